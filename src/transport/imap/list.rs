//! Folders of an account: NAMESPACE, LIST, LSUB, STATUS (RFC 2342, RFC 3501, RFC 5258, RFC 5819, RFC 6154).

use std::collections::{HashMap, HashSet, VecDeque};

use super::{
    command::Command,
    connection::{Connection, Tag},
    folder::{FolderStatus, ListedFolder, WireName},
    response::{ListData, Namespace, Response},
};
use crate::{
    mail::{FolderPath, SpecialUse, utf7},
    transport::{ErrorClass, TransportError},
};

/// How many STATUS commands are on their way at once, where LIST cannot carry the counts.
const STATUS_WINDOW: usize = 16;

pub(super) async fn list_folders(
    connection: &mut Connection,
) -> Result<Vec<ListedFolder>, TransportError> {
    Ok(folders_and_spaces(connection).await?.0)
}

/// All folders, and the namespaces they lie in. NAMESPACE and LIST go out together.
pub(super) async fn folders_and_spaces(
    connection: &mut Connection,
) -> Result<(Vec<ListedFolder>, Spaces), TransportError> {
    let asked = ask_namespaces(connection).await?;
    let items = status_items(connection);
    let mut listing = Listing::default();
    // a server that offers the one command and then refuses it still knows the plain ones
    let listed = extended(connection, &items, &mut listing).await;
    if unless_serious(listed)? != Some(true) {
        plain(connection, &mut listing).await?;
    }
    if let Some(tag) = asked {
        let told = connection.finish(&tag, "tell its namespaces", |_| {});
        unless_serious(told.await)?;
    }
    let Listing {
        spaces,
        lines,
        counts,
        subscribed,
        has_counts,
    } = listing;
    let spaces = Spaces::new(spaces);
    let mut folders: Vec<ListedFolder> = Vec::new();
    let mut seen = HashSet::new();
    for line in lines {
        if !seen.insert(line.name.clone()) {
            continue;
        }
        let status = counts.get(&line.name).copied();
        let is_subscribed = has_attribute(&line, "\\Subscribed") || subscribed.contains(&line.name);
        if let Some(folder) = folder(line, &spaces, is_subscribed, status) {
            folders.push(folder);
        }
    }
    guess_special_uses(&mut folders);
    if !has_counts {
        ask_counts(connection, &mut folders, &items).await?;
    }
    Ok((folders, spaces))
}

/// What LIST gave, in whichever form.
#[derive(Default)]
struct Listing {
    spaces: [Vec<Namespace>; 3],
    lines: Vec<ListData>,
    counts: HashMap<Vec<u8>, FolderStatus>,
    subscribed: HashSet<Vec<u8>>,
    has_counts: bool,
}

impl Listing {
    fn take(&mut self, response: Response) {
        match response {
            Response::Namespace(told) => self.spaces = told,
            Response::List(line) => self.lines.push(line),
            Response::FolderStatus(name, values) => {
                self.counts.insert(name, folder_status(&values));
            }
            _ => {}
        }
    }
}

/// Names, subscriptions, special uses and counts in one command; false where the server does not offer that.
async fn extended(
    connection: &mut Connection,
    items: &str,
    listing: &mut Listing,
) -> Result<bool, TransportError> {
    let has = |name: &str| connection.info.has(name) || connection.info.has("IMAP4REV2");
    if !has("LIST-EXTENDED") {
        return Ok(false);
    }
    let has_counts = has("LIST-STATUS");
    let special = if connection.info.has("SPECIAL-USE") {
        " SPECIAL-USE"
    } else {
        ""
    };
    let status = if has_counts {
        format!(" STATUS ({items})")
    } else {
        String::new()
    };
    let command = Command::new(format!(
        "LIST \"\" \"*\" RETURN (SUBSCRIBED{special}{status})"
    ));
    connection
        .run(&command, "list the folders", |response| {
            listing.take(response)
        })
        .await?;
    listing.has_counts = has_counts;
    Ok(true)
}

/// Names and subscriptions as every server gives them.
async fn plain(connection: &mut Connection, listing: &mut Listing) -> Result<(), TransportError> {
    // what came before a refusal is not all
    listing.lines.clear();
    connection
        .run(
            &Command::new("LIST \"\" \"*\""),
            "list the folders",
            |response| listing.take(response),
        )
        .await?;
    listing.subscribed = subscriptions(connection).await?;
    Ok(())
}

pub(super) async fn status(
    connection: &mut Connection,
    folder: &WireName,
) -> Result<FolderStatus, TransportError> {
    let items = status_items(connection);
    let command = Command::new("STATUS")
        .astring(&folder.0)?
        .text(&format!(" ({items})"));
    let mut found = FolderStatus::default();
    connection
        .run(&command, "tell the state of the folder", |response| {
            if let Response::FolderStatus(_, values) = response {
                found = folder_status(&values);
            }
        })
        .await?;
    Ok(found)
}

fn status_items(connection: &Connection) -> String {
    let modseq = if connection.info.has("CONDSTORE") || connection.info.has("QRESYNC") {
        " HIGHESTMODSEQ"
    } else {
        ""
    };
    format!("MESSAGES UIDNEXT UIDVALIDITY{modseq}")
}

fn folder_status(values: &[(String, u64)]) -> FolderStatus {
    let value = |name: &str| values.iter().find(|v| v.0 == name).map(|v| v.1);
    let short = |name: &str| value(name).and_then(|n| u32::try_from(n).ok()).unwrap_or(0);
    FolderStatus {
        messages: short("MESSAGES"),
        uid_next: short("UIDNEXT"),
        uid_validity: short("UIDVALIDITY"),
        highest_modseq: value("HIGHESTMODSEQ").filter(|&n| n > 0),
        size: value("SIZE"),
    }
}

/// Personal, other users' and shared namespaces; one personal one without a prefix where the server tells none.
pub(super) struct Spaces {
    pub(super) personal: Vec<Namespace>,
    foreign: Vec<Namespace>,
}

impl Spaces {
    fn new([personal, others, shared]: [Vec<Namespace>; 3]) -> Self {
        let mut spaces = Self {
            personal,
            foreign: [others, shared].concat(),
        };
        if spaces.personal.is_empty() {
            spaces.personal.push((Vec::new(), None));
        }
        // the longest prefix is the right one
        spaces
            .personal
            .sort_by_key(|space| std::cmp::Reverse(space.0.len()));
        spaces.foreign.retain(|space| !space.0.is_empty());
        spaces
    }
}

async fn ask_namespaces(connection: &mut Connection) -> Result<Option<Tag>, TransportError> {
    if connection.info.has("NAMESPACE") || connection.info.has("IMAP4REV2") {
        return Ok(Some(connection.start(&Command::new("NAMESPACE")).await?));
    }
    Ok(None)
}

async fn subscriptions(connection: &mut Connection) -> Result<HashSet<Vec<u8>>, TransportError> {
    let mut found = HashSet::new();
    let ask = Command::new("LSUB \"\" \"*\"");
    let told = connection.run(&ask, "list the subscriptions", |response| {
        if let Response::Lsub(line) = response {
            found.insert(line.name);
        }
    });
    unless_serious(told.await)?;
    Ok(found)
}

/// A refusal that can be lived without is no error; one that will not pass, or wants us to wait, is.
fn unless_serious<T>(outcome: Result<T, TransportError>) -> Result<Option<T>, TransportError> {
    match outcome {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.is_fatal || error.class == ErrorClass::Throttle => Err(error),
        Err(_) => Ok(None),
    }
}

fn has_attribute(line: &ListData, name: &str) -> bool {
    line.attributes.iter().any(|a| a.eq_ignore_ascii_case(name))
}

fn folder(
    line: ListData,
    spaces: &Spaces,
    is_subscribed: bool,
    status: Option<FolderStatus>,
) -> Option<ListedFolder> {
    let path = path_of(&line, spaces)?;
    let is_selectable =
        !has_attribute(&line, "\\Noselect") && !has_attribute(&line, "\\NonExistent");
    Some(ListedFolder {
        path,
        separator: line.separator.map(char::from),
        is_selectable,
        is_subscribed,
        special_use: line
            .attributes
            .iter()
            .find_map(|a| SpecialUse::from_attribute(a)),
        is_guessed: false,
        status: status.filter(|_| is_selectable),
        wire: WireName(line.name),
    })
}

/// The decoded path without the personal prefix; `None` for what is not the user's own, or has no name.
fn path_of(line: &ListData, spaces: &Spaces) -> Option<FolderPath> {
    let name = line.name.as_slice();
    if name.eq_ignore_ascii_case(b"INBOX") {
        return Some(FolderPath::inbox());
    }
    if spaces
        .foreign
        .iter()
        .any(|(prefix, separator)| is_under(name, prefix, *separator))
    {
        return None;
    }
    let rest = spaces
        .personal
        .iter()
        .find_map(|(prefix, _)| strip(name, prefix))?;
    let levels: Vec<String> = match line.separator {
        Some(separator) => rest
            .split(|&b| b == separator)
            .filter(|level| !level.is_empty())
            .map(utf7::decode)
            .collect(),
        None => vec![utf7::decode(rest)],
    };
    FolderPath::new(levels).ok()
}

/// `INBOX.` is `inbox.` too (RFC 3501 section 5.1); other prefixes keep their case.
fn strip<'a>(name: &'a [u8], prefix: &[u8]) -> Option<&'a [u8]> {
    let head = name.get(..prefix.len())?;
    let is_inbox = prefix.len() >= 5 && prefix[..5].eq_ignore_ascii_case(b"INBOX");
    (head == prefix || is_inbox && head.eq_ignore_ascii_case(prefix)).then(|| &name[prefix.len()..])
}

fn is_under(name: &[u8], prefix: &[u8], separator: Option<u8>) -> bool {
    let bare = separator
        .and_then(|s| prefix.strip_suffix(&[s]))
        .unwrap_or(prefix);
    name.starts_with(prefix) || name == bare
}

/// Where no attribute says what a folder is for, its name may, at the top level and in `[Gmail]`-like containers.
fn guess_special_uses(folders: &mut [ListedFolder]) {
    let mut taken: HashSet<SpecialUse> = folders.iter().filter_map(|f| f.special_use).collect();
    for folder in folders
        .iter_mut()
        .filter(|f| f.special_use.is_none() && f.is_selectable)
    {
        let levels = folder.path.levels();
        if levels.len() > 1 && !(levels.len() == 2 && levels[0].starts_with('[')) {
            continue;
        }
        if let Some(guess) =
            SpecialUse::from_name(folder.path.name()).filter(|&guess| taken.insert(guess))
        {
            folder.special_use = Some(guess);
            folder.is_guessed = true;
        }
    }
}

/// Asks for the counts folder by folder, many questions on their way at once.
async fn ask_counts(
    connection: &mut Connection,
    folders: &mut [ListedFolder],
    items: &str,
) -> Result<(), TransportError> {
    let mut flying: VecDeque<(usize, Tag)> = VecDeque::new();
    for i in (0..folders.len())
        .filter(|&i| folders[i].is_selectable)
        .collect::<Vec<_>>()
    {
        // a name that no command can carry stays without counts
        let Ok(command) = Command::new("STATUS").astring(&folders[i].wire.0) else {
            continue;
        };
        let command = command.text(&format!(" ({items})"));
        // a server that must say "go on" to a literal has to be done with everything else
        let most = if command.literals.is_empty() {
            STATUS_WINDOW - 1
        } else {
            0
        };
        while flying.len() > most {
            take_counts(connection, folders, &mut flying).await?;
        }
        flying.push_back((i, connection.start(&command).await?));
    }
    while !flying.is_empty() {
        take_counts(connection, folders, &mut flying).await?;
    }
    Ok(())
}

/// Waits for the oldest question's answer.
async fn take_counts(
    connection: &mut Connection,
    folders: &mut [ListedFolder],
    flying: &mut VecDeque<(usize, Tag)>,
) -> Result<(), TransportError> {
    let Some((i, tag)) = flying.pop_front() else {
        return Ok(());
    };
    let mut found = None;
    let end = connection
        .finish(&tag, "tell the state of a folder", |response| {
            if let Response::FolderStatus(_, values) = response {
                found = Some(folder_status(&values));
            }
        })
        .await;
    match end {
        Ok(_) => folders[i].status = found,
        Err(error) if error.is_fatal || error.class.is_transient() => return Err(error),
        Err(_) => {}
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    fn line(separator: u8, name: &str) -> ListData {
        ListData {
            attributes: vec![],
            separator: Some(separator),
            name: name.as_bytes().to_vec(),
        }
    }

    #[test]
    fn names_lose_prefix_separator_and_encoding() {
        let spaces = |personal: &str, foreign: &str| Spaces {
            personal: vec![(personal.as_bytes().to_vec(), Some(b'.'))],
            foreign: vec![(foreign.as_bytes().to_vec(), Some(b'.'))],
        };
        for (personal, separator, name, path) in [
            ("", b'/', "INBOX", Some("INBOX")),
            ("", b'/', "inbox", Some("INBOX")),
            ("", b'/', "A/B", Some("A/B")),
            ("", b'.', "A.B/C", Some("A/B\\/C")),
            ("INBOX.", b'.', "INBOX.Entw&APw-rfe", Some("Entwürfe")),
            ("INBOX.", b'.', "Inbox.A.B", Some("A/B")),
            ("INBOX.", b'.', "Other", None),
            ("", b'.', "#shared.user2.Team", None),
            ("", b'.', "#shared", None),
            ("", b'/', "a//b/", Some("a/b")),
            ("", b'/', "/", None),
            ("", b'/', "../etc", Some("../etc")),
        ] {
            let found = path_of(&line(separator, name), &spaces(personal, "#shared."));
            assert_eq!(found.map(|p| p.to_string()).as_deref(), path, "{name}");
        }
    }

    #[test]
    fn an_attribute_wins_over_names() {
        let make = |name: &str, special_use| ListedFolder {
            path: name.parse().unwrap(),
            wire: WireName(vec![]),
            separator: None,
            is_selectable: true,
            is_subscribed: false,
            special_use,
            is_guessed: false,
            status: None,
        };
        let mut folders = [
            make("Sent", None),
            make("Gesendet", Some(SpecialUse::Sent)),
            make("x/Trash", None),
            make("[Gmail]/Bin", None),
        ];
        guess_special_uses(&mut folders);
        let uses: Vec<_> = folders
            .iter()
            .map(|f| (f.special_use, f.is_guessed))
            .collect();
        assert_eq!(
            uses,
            [
                (None, false),
                (Some(SpecialUse::Sent), false),
                (None, false),
                (Some(SpecialUse::Trash), true)
            ]
        );
    }
}
