//! What lies in the maildrop: numbers and sizes by LIST, names by UIDL, headers by TOP (RFC 1939 sections 5 and 7).

use std::collections::{BTreeMap, HashMap};

use sha2::{Digest, Sha256};

use super::{
    reply::{Reply, refusal},
    source::Pop3Source,
};
use crate::transport::{ErrorClass, TransportError};

/// A message in the maildrop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its number in this session.
    pub number: u32,
    /// Its size as told, which not every server gets right.
    pub size: u64,
    /// What names it from one session to the next: its unique id, or a hash of its header where there is none. `None` when
    /// nothing tells it from others.
    pub name: Option<Vec<u8>>,
}

impl Pop3Source {
    /// All messages, by number.
    ///
    /// # Errors
    /// When the server refuses LIST, or the connection breaks.
    pub async fn list(&mut self) -> Result<Vec<Listed>, TransportError> {
        let reply = self.io.command("LIST").await?;
        if !reply.is_ok {
            return Err(self.refused(&reply, "list its messages"));
        }
        let mut all = BTreeMap::new();
        for line in self.io.lines().await? {
            let text = String::from_utf8_lossy(&line);
            let mut words = text.split_whitespace();
            let number = words.next().and_then(|word| word.parse::<u32>().ok());
            if let Some(number) = number.filter(|&number| number > 0) {
                let size = words.next().and_then(|word| word.parse().ok()).unwrap_or(0);
                let name = None;
                all.insert(number, Listed { number, size, name });
            }
        }
        if all.is_empty() {
            return Ok(Vec::new());
        }
        for (number, name) in self.names().await? {
            if let Some(listed) = all.get_mut(&number) {
                listed.name = Some(name);
            }
        }
        let mut all: Vec<Listed> = all.into_values().collect();
        forget_repeated(&mut all);
        self.name_by_header(&mut all).await?;
        forget_repeated(&mut all);
        Ok(all)
    }

    /// The unique ids, where the server has them.
    async fn names(&mut self) -> Result<Vec<(u32, Vec<u8>)>, TransportError> {
        if !self.io.command("UIDL").await?.is_ok {
            return Ok(Vec::new());
        }
        Ok(self
            .io
            .lines()
            .await?
            .iter()
            .filter_map(|line| unique_id(line))
            .collect())
    }

    /// Names by their header those that have no other name.
    async fn name_by_header(&mut self, all: &mut [Listed]) -> Result<(), TransportError> {
        let mut nameless: Vec<&mut Listed> =
            all.iter_mut().filter(|one| one.name.is_none()).collect();
        let depth = self.depth().min(64);
        for part in nameless.chunks_mut(depth) {
            for one in part.iter() {
                let command = format!("TOP {} 0", one.number);
                self.io.queue(&command, &command);
            }
            self.io.flush().await?;
            for one in part.iter_mut() {
                if let Some(header) = self.header().await? {
                    let mut hash = Sha256::new();
                    hash.update(b"header\0");
                    hash.update(one.size.to_be_bytes());
                    hash.update(header);
                    one.name = Some(hash.finalize()[..12].to_vec());
                }
            }
        }
        Ok(())
    }

    /// The hash of the header that TOP answers with; `None` when the server has no TOP, or no header.
    async fn header(&mut self) -> Result<Option<[u8; 32]>, TransportError> {
        if !self.io.reply().await?.is_ok {
            return Ok(None);
        }
        let mut hash = Sha256::new();
        let mut size = 0_usize;
        let mut body = self.io.body();
        let mut bytes = Vec::new();
        loop {
            bytes.clear();
            let is_end = self.io.more(&mut body, &mut bytes).await?;
            hash.update(&bytes);
            size += bytes.len();
            if is_end {
                return Ok((size > 2).then(|| hash.finalize().into()));
            }
        }
    }

    pub(super) fn refused(&self, reply: &Reply, what: &str) -> TransportError {
        let message = format!("The server {} refuses to {what}", self.io.net().host);
        refusal(reply, message, ErrorClass::Refused)
    }
}

/// A line of UIDL. RFC 1939 wants 1 to 70 visible characters; longer ones are taken, and blanks at the end are not a part.
fn unique_id(line: &[u8]) -> Option<(u32, Vec<u8>)> {
    let text = line.trim_ascii();
    let blank = text.iter().position(|b| *b == b' ')?;
    let number = std::str::from_utf8(&text[..blank]).ok()?.parse().ok()?;
    let name = text[blank..].trim_ascii();
    (!name.is_empty()).then(|| (number, name.to_vec()))
}

/// A name that several messages have names none of them.
fn forget_repeated(all: &mut [Listed]) {
    let mut counts: HashMap<Vec<u8>, u32> = HashMap::new();
    for name in all.iter().filter_map(|one| one.name.as_ref()) {
        *counts.entry(name.clone()).or_default() += 1;
    }
    for one in all {
        if one
            .name
            .as_ref()
            .is_some_and(|name| counts.get(name).is_some_and(|n| *n > 1))
        {
            one.name = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unique_ids() {
        let long = format!("3 {}", "x".repeat(200));
        for (line, found) in [
            (
                "1 whqtswO00WBw418f9t5JxYwZ",
                Some((1, "whqtswO00WBw418f9t5JxYwZ")),
            ),
            (" 2  a b ", Some((2, "a b"))),
            (long.as_str(), Some((3, &long[2..]))),
            ("4 ", None),
            ("4", None),
            ("x y", None),
            ("", None),
        ] {
            let expected = found.map(|(n, name)| (n, name.as_bytes().to_vec()));
            assert_eq!(unique_id(line.as_bytes()), expected, "{line}");
        }
    }
}
