//! A POP3 server on loopback whose maildrop the test changes, and which breaks off where it is told to.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// A message.
#[derive(Clone)]
pub struct Message {
    pub name: String,
    pub text: String,
    /// RETR does not give it.
    pub is_withheld: bool,
}

/// What the server has and how it behaves.
pub struct Maildrop {
    pub messages: Vec<Message>,
    pub password: String,
    /// No UIDL and no TOP.
    pub is_old: bool,
    /// So many logins find the maildrop locked.
    pub locked: usize,
    /// So many bytes are sent in the next session, then it ends.
    pub cut: Option<usize>,
    /// How often each command came.
    pub retrieved: usize,
    pub logins: usize,
}

pub struct PopServer {
    pub port: u16,
    pub maildrop: Arc<Mutex<Maildrop>>,
}

/// A message of this name with this text in it.
pub fn message(name: &str, text: &str) -> Message {
    Message {
        name: name.into(),
        text: format!("Subject: {text}\r\nMessage-ID: <{text}@x>\r\n\r\n.{text}\r\nend\r\n"),
        is_withheld: false,
    }
}

impl PopServer {
    /// A server of these messages; its password is `p`.
    pub fn start(messages: Vec<Message>) -> Self {
        let maildrop = Arc::new(Mutex::new(Maildrop {
            messages,
            password: "p".into(),
            is_old: false,
            locked: 0,
            cut: None,
            retrieved: 0,
            logins: 0,
        }));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::clone(&maildrop);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let shared = Arc::clone(&shared);
                std::thread::spawn(move || session(stream.unwrap(), &shared));
            }
        });
        Self { port, maildrop }
    }

    /// Changes the maildrop.
    pub fn change<T>(&self, change: impl FnOnce(&mut Maildrop) -> T) -> T {
        change(&mut self.maildrop.lock().unwrap())
    }
}

/// The stream, and how many bytes may still be sent.
struct Out(TcpStream, Option<usize>);

impl Out {
    fn say(&mut self, text: &str) -> bool {
        let count = self.1.map_or(text.len(), |left| left.min(text.len()));
        let sent = self.0.write_all(&text.as_bytes()[..count]);
        self.1 = self.1.map(|left| left - count);
        if self.1 == Some(0) {
            let _ = self.0.shutdown(std::net::Shutdown::Both);
        }
        sent.is_ok() && self.1 != Some(0)
    }
}

fn session(stream: TcpStream, shared: &Mutex<Maildrop>) {
    let input = BufReader::new(stream.try_clone().unwrap());
    let cut = shared.lock().unwrap().cut.take();
    let mut out = Out(stream, cut);
    let listed = shared.lock().unwrap().messages.clone();
    let mut deleted: Vec<usize> = Vec::new();
    if !out.say("+OK ready\r\n") {
        return;
    }
    for line in input.lines() {
        let Ok(line) = line else { return };
        let mut words = line.split(' ');
        let verb = words.next().unwrap_or_default();
        let at = words
            .next()
            .and_then(|word| word.parse::<usize>().ok())
            .unwrap_or(0);
        let message = listed.get(at.wrapping_sub(1));
        let is_old = shared.lock().unwrap().is_old;
        let answer = match (verb, message) {
            ("CAPA", _) => "+OK\r\nUSER\r\nPIPELINING\r\n.\r\n".into(),
            ("USER", _) => "+OK\r\n".into(),
            ("PASS", _) => password(&line, shared),
            ("LIST", _) => {
                let lines = (1..)
                    .zip(&listed)
                    .map(|(n, one)| format!("{n} {}\r\n", one.text.len()));
                format!("+OK\r\n{}.\r\n", lines.collect::<String>())
            }
            ("UIDL", _) if !is_old => {
                let lines = (1..)
                    .zip(&listed)
                    .map(|(n, one)| format!("{n} {}\r\n", one.name));
                format!("+OK\r\n{}.\r\n", lines.collect::<String>())
            }
            ("TOP", Some(one)) if !is_old => {
                let header = one.text.split("\r\n\r\n").next().unwrap();
                format!("+OK\r\n{header}\r\n\r\n.\r\n")
            }
            ("RETR", Some(one)) if !one.is_withheld => {
                shared.lock().unwrap().retrieved += 1;
                let text = one.text.replace("\r\n.", "\r\n..");
                format!("+OK\r\n{text}.\r\n")
            }
            ("RETR", _) => "-ERR no such message\r\n".into(),
            ("DELE", Some(_)) => {
                deleted.push(at - 1);
                "+OK\r\n".into()
            }
            ("QUIT", _) => {
                // only now (RFC 1939 section 6)
                let gone: Vec<&Message> = deleted.iter().map(|at| &listed[*at]).collect();
                let mut maildrop = shared.lock().unwrap();
                maildrop.messages.retain(|one| {
                    !gone
                        .iter()
                        .any(|gone| gone.name == one.name && gone.text == one.text)
                });
                "+OK bye\r\n".into()
            }
            _ => "-ERR what\r\n".into(),
        };
        if !out.say(&answer) || verb == "QUIT" {
            return;
        }
    }
}

fn password(line: &str, shared: &Mutex<Maildrop>) -> String {
    let mut maildrop = shared.lock().unwrap();
    maildrop.logins += 1;
    if line.strip_prefix("PASS ") != Some(maildrop.password.as_str()) {
        return "-ERR [AUTH] that is not the password\r\n".into();
    }
    if maildrop.locked > 0 {
        maildrop.locked -= 1;
        return "-ERR [IN-USE] another session is going on\r\n".into();
    }
    "+OK in\r\n".into()
}
