//! A user at a mail client: changes a mailbox of a real server over IMAP.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::time::Duration;

pub struct Client {
    stream: BufReader<TcpStream>,
    tag: u32,
}

impl Client {
    /// Signs in as `userN`.
    pub fn connect(port: u16, user: usize) -> Self {
        let stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        stream.set_nodelay(true).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(60)))
            .unwrap();
        let mut client = Self {
            stream: BufReader::new(stream),
            tag: 0,
        };
        client.line();
        client.ask(&format!("LOGIN user{user} pw-user{user}"));
        client
    }

    fn line(&mut self) -> String {
        let mut line = Vec::new();
        self.stream.read_until(b'\n', &mut line).unwrap();
        assert!(line.ends_with(b"\r\n"), "the server hung up");
        String::from_utf8_lossy(&line).trim_end().to_owned()
    }

    /// Sends a command that must succeed; gives the lines before its end.
    pub fn ask(&mut self, command: &str) -> Vec<String> {
        self.tag += 1;
        let tag = format!("c{} ", self.tag);
        let text = format!("{tag}{command}\r\n");
        self.stream.get_mut().write_all(text.as_bytes()).unwrap();
        let mut lines = Vec::new();
        loop {
            let line = self.line();
            if let Some(status) = line.strip_prefix(&tag) {
                assert!(status.starts_with("OK"), "{command}: {status}");
                return lines;
            }
            lines.push(line);
        }
    }

    /// Adds a message.
    pub fn append(&mut self, folder: &str, flags: &str, text: &str) {
        self.ask(&format!(
            "APPEND {folder} ({flags}) {{{}+}}\r\n{text}",
            text.len()
        ));
    }

    /// Opens a folder; gives the UIDs in it.
    pub fn select(&mut self, folder: &str) -> Vec<u32> {
        self.ask(&format!("SELECT {folder}"));
        let found = self.ask("UID SEARCH ALL");
        let line = found.iter().find_map(|line| line.strip_prefix("* SEARCH"));
        line.unwrap_or_default()
            .split_whitespace()
            .map(|uid| uid.parse().unwrap())
            .collect()
    }
}
