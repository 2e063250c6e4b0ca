//! A target server that does what real ones do only on bad days: it refuses, hangs up, loses its answers, forgets dates, has no
//! extensions. It keeps mail in memory and notes every command.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// How the server behaves.
#[derive(Clone)]
pub struct Manners {
    pub capabilities: &'static str,
    /// A message with this text in it is refused, with the command it comes in.
    pub refuses: &'static str,
    /// A message with this text in it ends the session.
    pub hangs_up_at: &'static str,
    /// So many bytes and no more.
    pub quota: usize,
    pub keeps_dates: bool,
    /// The answers to these APPEND commands (counted from 1 over all connections) are lost with the connection.
    pub lost_answers: Vec<usize>,
    /// Before the message with this text, another one is delivered by somebody else.
    pub stranger_before: &'static str,
    /// What a folder name must not have in it.
    pub refused_name: char,
    /// The folder for sent mail, which is there from the start.
    pub sent: &'static str,
}

impl Default for Manners {
    fn default() -> Self {
        Self {
            capabilities: "MULTIAPPEND LITERAL+ UIDPLUS",
            refuses: "\0none",
            hangs_up_at: "\0none",
            quota: usize::MAX,
            keeps_dates: true,
            lost_answers: Vec::new(),
            stranger_before: "\0none",
            refused_name: '\0',
            sent: "",
        }
    }
}

/// A message that was stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    pub uid: u32,
    pub flags: String,
    pub date: String,
    pub bytes: Vec<u8>,
}

#[derive(Default)]
struct State {
    folders: BTreeMap<String, Folder>,
    commands: Vec<String>,
    appends: usize,
    bytes: usize,
}

#[derive(Clone)]
struct Folder {
    validity: u32,
    next: u32,
    is_subscribed: bool,
    messages: Vec<Stored>,
}

impl Default for Folder {
    fn default() -> Self {
        Self {
            validity: 7,
            next: 1,
            is_subscribed: false,
            messages: Vec::new(),
        }
    }
}

impl Folder {
    fn put(&mut self, flags: &str, date: &str, bytes: Vec<u8>) -> u32 {
        let uid = self.next;
        self.next += 1;
        self.messages.push(Stored {
            uid,
            flags: flags.into(),
            date: date.into(),
            bytes,
        });
        uid
    }
}

/// Listens on a port of its own while it lives.
pub struct Server {
    pub port: u16,
    state: Arc<Mutex<State>>,
    manners: Arc<Mutex<Manners>>,
    task: JoinHandle<()>,
}

impl Server {
    pub async fn start(manners: Manners) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = Arc::new(Mutex::new(State::default()));
        for name in ["INBOX", manners.sent]
            .into_iter()
            .filter(|name| !name.is_empty())
        {
            let mut state = state.lock().unwrap();
            state.folders.insert(name.into(), Folder::default());
        }
        let manners = Arc::new(Mutex::new(manners));
        let (all, how) = (Arc::clone(&state), Arc::clone(&manners));
        let task = tokio::spawn(async move {
            let mut lines = tokio::task::JoinSet::new();
            loop {
                let (socket, _) = listener.accept().await.unwrap();
                let (state, manners) = (Arc::clone(&all), Arc::clone(&how));
                lines.spawn(async move {
                    let session = Session::new(socket, state, manners);
                    // whatever ends a session ends it
                    session.run().await.ok()
                });
            }
        });
        Self {
            port,
            state,
            manners,
            task,
        }
    }

    /// Lets it behave otherwise from now on.
    pub fn behave(&self, manners: Manners) {
        *self.manners.lock().unwrap() = manners;
    }

    /// The messages of a folder.
    pub fn messages(&self, folder: &str) -> Vec<Stored> {
        let state = self.state.lock().unwrap();
        state
            .folders
            .get(folder)
            .map(|folder| folder.messages.clone())
            .unwrap_or_default()
    }

    /// Stores a message as somebody else would.
    pub fn deliver(&self, folder: &str, bytes: &[u8]) {
        let mut state = self.state.lock().unwrap();
        let folder = state.folders.entry(folder.into()).or_default();
        folder.put("", "01-Jan-2020 00:00:00 +0000", bytes.to_vec());
    }

    /// The verbs of the commands since the last time, without those of the sign-in.
    pub fn take_commands(&self) -> Vec<String> {
        std::mem::take(&mut self.state.lock().unwrap().commands)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

struct Session {
    input: BufReader<OwnedReadHalf>,
    output: OwnedWriteHalf,
    state: Arc<Mutex<State>>,
    manners: Arc<Mutex<Manners>>,
    selected: String,
}

type Io<T> = std::io::Result<T>;

fn gone<T>() -> Io<T> {
    Err(std::io::ErrorKind::ConnectionAborted.into())
}

impl Session {
    fn new(socket: TcpStream, state: Arc<Mutex<State>>, manners: Arc<Mutex<Manners>>) -> Self {
        let (input, output) = socket.into_split();
        Self {
            input: BufReader::new(input),
            output,
            state,
            manners,
            selected: String::new(),
        }
    }

    fn manners(&self) -> Manners {
        self.manners.lock().unwrap().clone()
    }

    async fn run(mut self) -> Io<()> {
        self.say("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] difficult")
            .await?;
        loop {
            let parts = self.command().await?;
            let text = String::from_utf8_lossy(&parts[0]).into_owned();
            let mut words = text.splitn(3, ' ');
            let (tag, verb) = (words.next().unwrap(), words.next().unwrap_or_default());
            let rest = words.next().unwrap_or_default();
            let verb = match verb.to_uppercase().as_str() {
                "UID" => format!("UID {}", rest.split(' ').next().unwrap()),
                verb => verb.to_owned(),
            };
            if !["AUTHENTICATE", "CAPABILITY", "LOGOUT"].contains(&verb.as_str()) {
                self.state.lock().unwrap().commands.push(verb.clone());
            }
            let end = match verb.as_str() {
                "AUTHENTICATE" => {
                    let capabilities = self.manners().capabilities;
                    format!("OK [CAPABILITY IMAP4rev1 {capabilities}] in")
                }
                "APPEND" => self.append(&parts).await?,
                "LOGOUT" => return Ok(()),
                _ => self.small(&verb, rest).await?,
            };
            self.say(&format!("{tag} {end}")).await?;
        }
    }

    async fn say(&mut self, line: &str) -> Io<()> {
        self.output.write_all(line.as_bytes()).await?;
        self.output.write_all(b"\r\n").await
    }

    /// A command: text, literal, text, literal …
    async fn command(&mut self) -> Io<Vec<Vec<u8>>> {
        let mut parts = Vec::new();
        loop {
            let mut line = Vec::new();
            if self.input.read_until(b'\n', &mut line).await? == 0 {
                return gone();
            }
            let line = line.trim_ascii_end().to_vec();
            let text = String::from_utf8_lossy(&line).into_owned();
            parts.push(line);
            let Some(size) = text
                .strip_suffix('}')
                .and_then(|text| text.rsplit_once('{'))
            else {
                return Ok(parts);
            };
            let is_free = size.1.ends_with('+');
            if !is_free {
                self.say("+ go").await?;
            }
            let mut bytes = vec![0; size.1.trim_end_matches('+').parse().unwrap()];
            self.input.read_exact(&mut bytes).await?;
            parts.push(bytes);
        }
    }

    async fn append(&mut self, parts: &[Vec<u8>]) -> Io<String> {
        let manners = self.manners();
        let first = String::from_utf8_lossy(&parts[0]).into_owned();
        let name = first.split('"').nth(1).unwrap().to_owned();
        let contains = |text: &str, bytes: &[u8]| {
            bytes
                .windows(text.len())
                .any(|window| window == text.as_bytes())
        };
        let bodies: Vec<&Vec<u8>> = parts.iter().skip(1).step_by(2).collect();
        if bodies
            .iter()
            .any(|body| contains(manners.hangs_up_at, body))
        {
            return gone();
        }
        if bodies.iter().any(|body| contains(manners.refuses, body)) {
            return Ok("NO this one is not to my taste".into());
        }
        let size: usize = bodies.iter().map(|body| body.len()).sum();
        let (end, is_lost) = {
            let mut state = self.state.lock().unwrap();
            state.appends += 1;
            if state.bytes + size > manners.quota {
                return Ok("NO [OVERQUOTA] the mailbox is full".into());
            }
            state.bytes += size;
            let count = state.appends;
            let Some(folder) = state.folders.get_mut(&name) else {
                return Ok("NO [TRYCREATE] no such folder".into());
            };
            let mut uids = Vec::new();
            for (about, body) in parts.iter().step_by(2).zip(&bodies) {
                if contains(manners.stranger_before, body) {
                    folder.put(
                        "",
                        "01-Jan-2020 00:00:00 +0000",
                        b"From: s\r\n\r\nx\r\n".to_vec(),
                    );
                }
                let about = String::from_utf8_lossy(about).into_owned();
                let flags = about.rsplit_once('(').unwrap().1.split_once(')').unwrap();
                let date = flags.1.split('"').nth(1).unwrap_or_default();
                let date = if manners.keeps_dates {
                    date
                } else {
                    "01-Jan-2026 00:00:00 +0000"
                };
                uids.push(folder.put(flags.0, date, body.to_vec()).to_string());
            }
            let end = if manners.capabilities.contains("UIDPLUS") {
                format!("OK [APPENDUID {} {}] in", folder.validity, uids.join(","))
            } else {
                "OK in".to_owned()
            };
            (end, manners.lost_answers.contains(&count))
        };
        if is_lost {
            return gone();
        }
        Ok(end)
    }

    async fn small(&mut self, verb: &str, rest: &str) -> Io<String> {
        let name = rest.split('"').nth(1).unwrap_or_default().to_owned();
        let mut said = Vec::new();
        let end = {
            let manners = self.manners();
            let mut state = self.state.lock().unwrap();
            let folder = state.folders.get(&name).cloned();
            match (verb, folder) {
                ("LIST", _) => {
                    for (name, folder) in &state.folders {
                        let subscribed = if folder.is_subscribed {
                            "\\Subscribed"
                        } else {
                            ""
                        };
                        let sent = if *name == manners.sent { "\\Sent " } else { "" };
                        said.push(format!("* LIST ({sent}{subscribed}) \"/\" \"{name}\""));
                    }
                    "OK"
                }
                ("LSUB", _) => {
                    for (name, _) in state.folders.iter().filter(|one| one.1.is_subscribed) {
                        said.push(format!("* LSUB () \"/\" \"{name}\""));
                    }
                    "OK"
                }
                ("CREATE", _) if name.contains(manners.refused_name) => "NO a name with that?",
                ("CREATE", None) => {
                    state.folders.insert(name, Folder::default());
                    "OK"
                }
                ("CREATE", Some(_)) => "NO [ALREADYEXISTS] it is there",
                ("SUBSCRIBE", Some(_)) => {
                    state.folders.get_mut(&name).unwrap().is_subscribed = true;
                    "OK"
                }
                ("STATUS", Some(folder)) => {
                    said.push(format!(
                        "* STATUS \"{name}\" (MESSAGES {} UIDNEXT {} UIDVALIDITY {})",
                        folder.messages.len(),
                        folder.next,
                        folder.validity
                    ));
                    "OK"
                }
                ("SELECT" | "EXAMINE", Some(folder)) => {
                    said.push(format!("* {} EXISTS", folder.messages.len()));
                    said.push(format!("* OK [UIDVALIDITY {}]", folder.validity));
                    said.push(format!("* OK [UIDNEXT {}]", folder.next));
                    self.selected = name;
                    "OK"
                }
                ("UID FETCH", _) => {
                    let folder = &state.folders[&self.selected];
                    said.extend(fetch(folder, rest));
                    "OK"
                }
                ("UID STORE", _) => "OK",
                (_, None) => "NO [NONEXISTENT] no such folder",
                _ => "BAD what?",
            }
        };
        for line in said {
            self.say(&line).await?;
        }
        Ok(end.to_owned())
    }
}

/// The answers to `FETCH set (items)`.
fn fetch(folder: &Folder, rest: &str) -> Vec<String> {
    let (set, items) = rest.trim_start_matches("FETCH ").split_once(' ').unwrap();
    let last = folder.messages.last().map_or(0, |last| last.uid);
    let number = |text: &str| {
        if text == "*" {
            last
        } else {
            text.parse().unwrap()
        }
    };
    let ranges: Vec<(u32, u32)> = set
        .split(',')
        .map(|part| match part.split_once(':') {
            Some((low, high)) => {
                let (low, high) = (number(low), number(high));
                (low.min(high), low.max(high))
            }
            None => (number(part), number(part)),
        })
        .collect();
    let is_asked = |uid: u32| {
        ranges
            .iter()
            .any(|range| (range.0..=range.1).contains(&uid))
    };
    let asked = folder
        .messages
        .iter()
        .enumerate()
        .filter(|one| is_asked(one.1.uid));
    asked
        .map(|(at, message)| {
            let mut line = format!("* {} FETCH (UID {}", at + 1, message.uid);
            if items.contains("INTERNALDATE") {
                line.push_str(&format!(" INTERNALDATE \"{}\"", message.date));
            }
            if items.contains("RFC822.SIZE") {
                line.push_str(&format!(" RFC822.SIZE {}", message.bytes.len()));
            }
            if items.contains("HEADER.FIELDS") {
                let text = String::from_utf8_lossy(&message.bytes).into_owned();
                let head = text
                    .split_once("\r\n\r\n")
                    .map_or(text.as_str(), |parts| parts.0);
                let head = format!("{head}\r\n\r\n");
                line.push_str(&format!(
                    " BODY[HEADER.FIELDS (MESSAGE-ID DATE FROM SUBJECT)] {{{}}}\r\n{head}",
                    head.len()
                ));
            }
            line + ")"
        })
        .collect()
}
