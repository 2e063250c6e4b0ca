//! A server that does what real ones will not do on demand: it lists other numbers of messages than it counts, and keeps what it
//! was asked.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// What the server pretends.
#[derive(Clone)]
pub struct Odd {
    /// Capabilities beside the plain ones.
    pub capabilities: &'static str,
    /// Messages it counts in its only folder.
    pub exists: u32,
    /// Messages it lists, with the UIDs from 1 on.
    pub listed: u32,
}

/// Serves until the process ends.
pub struct OddServer {
    pub port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

impl OddServer {
    pub fn start(odd: &Odd) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (odd, log) = (odd.clone(), Arc::clone(&asked));
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (odd, log) = (odd.clone(), Arc::clone(&log));
                // a client that hangs up ends its thread
                std::thread::spawn(move || odd.serve(stream, &log));
            }
        });
        Self { port, asked }
    }

    /// The commands since the last call, without tags and secrets.
    pub fn asked(&self) -> Vec<String> {
        std::mem::take(&mut *self.asked.lock().unwrap())
    }
}

impl Odd {
    fn serve(&self, stream: TcpStream, log: &Mutex<Vec<String>>) -> std::io::Result<()> {
        let mut output = stream.try_clone()?;
        let capabilities = format!(
            "[CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR LIST-EXTENDED LIST-STATUS ESEARCH {}]",
            self.capabilities
        );
        write!(output, "* OK {capabilities} hello\r\n")?;
        for line in BufReader::new(stream).lines() {
            let line = line?;
            let (tag, command) = line.split_once(' ').unwrap_or_default();
            let words: Vec<&str> = command.split(' ').collect();
            let name = match words[0] {
                "AUTHENTICATE" => "AUTHENTICATE",
                _ => command,
            };
            log.lock().unwrap().push(name.to_owned());
            let answer = self.answer(command, words[0]);
            write!(output, "{answer}{tag} OK {capabilities} done\r\n")?;
        }
        Ok(())
    }

    fn answer(&self, command: &str, first: &str) -> String {
        let (exists, next) = (self.exists, self.exists + 1);
        match first {
            "LIST" => format!(
                "* LIST () \"/\" INBOX\r\n* STATUS INBOX (MESSAGES {exists} UIDNEXT {next} UIDVALIDITY 7 HIGHESTMODSEQ 9)\r\n"
            ),
            "EXAMINE" => format!(
                "* {exists} EXISTS\r\n* OK [UIDVALIDITY 7] v\r\n* OK [UIDNEXT {next}] n\r\n* OK [HIGHESTMODSEQ 9] m\r\n"
            ),
            "UID" if command.starts_with("UID SEARCH") => {
                format!("* ESEARCH (TAG \"x\") UID ALL 1:{}\r\n", self.listed)
            }
            "UID" => self.fetch(command),
            _ => String::new(),
        }
    }

    fn fetch(&self, command: &str) -> String {
        let set = command.split(' ').nth(2).unwrap();
        let wanted: mailtern::mail::UidSet = set.parse().unwrap();
        let mut text = String::new();
        for uid in (1..=self.listed).filter(|&uid| wanted.contains(uid)) {
            let body = format!("Subject: {uid}\r\nMessage-ID: <{uid}@odd>\r\n\r\nx\r\n");
            let size = body.len();
            text.push_str(&format!(
                "* {uid} FETCH (UID {uid} FLAGS (\\Seen) INTERNALDATE \"14-Jul-2017 02:40:00 +0000\" RFC822.SIZE {size}"
            ));
            if command.contains("BODY.PEEK[]") {
                text.push_str(&format!(" BODY[] {{{size}}}\r\n{body}"));
            }
            text.push_str(")\r\n");
        }
        text
    }
}
