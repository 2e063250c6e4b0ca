//! A server that follows a script.
//!
//! A line of the script is one of
//! - `S: text`: the server sends the text and CRLF
//! - `S! text`: it sends the text without a line end (`\r`, `\n`, `\0` and `\\` are escapes)
//! - `S* n c`: it sends the character `c` n times
//! - `C: text`: it expects this line; a word `$x` in the place of the tag gives the tag that name
//! - `C~ text`: it expects a line that begins with this
//! - `C! n`: it expects n bytes
//! - `END`: it closes the connection; without it, it waits until the client does
//!
//! `$x` in the text of the server is the tag of that name.

use std::{
    collections::HashMap,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    thread::JoinHandle,
    time::Duration,
};

pub struct Server {
    pub port: u16,
    thread: JoinHandle<Result<(), String>>,
}

impl Server {
    /// Serves one connection.
    pub fn start(script: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let script = script.to_owned();
        let thread = std::thread::spawn(move || {
            let (stream, _) = listener.accept().map_err(|e| e.to_string())?;
            stream
                .set_read_timeout(Some(Duration::from_secs(20)))
                .map_err(|e| e.to_string())?;
            play(&script, stream)
        });
        Self { port, thread }
    }

    /// As `check`, while tasks of the client go on.
    pub async fn checked(self) {
        tokio::task::spawn_blocking(|| self.check()).await.unwrap();
    }

    /// The client did what the script says.
    pub fn check(self) {
        if let Err(error) = self.thread.join().expect("the server panicked") {
            panic!("{error}");
        }
    }
}

fn play(script: &str, stream: TcpStream) -> Result<(), String> {
    let mut output = stream.try_clone().map_err(|e| e.to_string())?;
    let mut input = BufReader::new(stream);
    let mut tags: HashMap<String, String> = HashMap::new();
    for line in script
        .lines()
        .map(str::trim_start)
        .filter(|line| !line.is_empty())
    {
        // a client that hangs up early is seen at the next line it should have sent
        if let Some(text) = line.strip_prefix("S: ") {
            let _ = output.write_all(format!("{}\r\n", filled(text, &tags)).as_bytes());
        } else if let Some(text) = line.strip_prefix("S! ") {
            let _ = output.write_all(&unescaped(&filled(text, &tags)));
        } else if let Some(text) = line.strip_prefix("S* ") {
            let (count, c) = text.split_once(' ').ok_or(line)?;
            let bytes = vec![c.as_bytes()[0]; count.parse().map_err(|_| line)?];
            let _ = output.write_all(&bytes);
        } else if let Some(text) = line.strip_prefix("C: ") {
            let mut got = Vec::new();
            input
                .read_until(b'\n', &mut got)
                .map_err(|e| format!("expected {text:?}: {e}"))?;
            expect(text, &String::from_utf8_lossy(&got), &mut tags)?;
        } else if let Some(text) = line.strip_prefix("C~ ") {
            let mut got = Vec::new();
            input
                .read_until(b'\n', &mut got)
                .map_err(|e| format!("expected {text:?}: {e}"))?;
            let got = String::from_utf8_lossy(&got);
            let begin: String = match text.strip_prefix('$') {
                Some(_) => {
                    let words = text.split(' ').count();
                    let head: Vec<&str> = got.trim_end().split(' ').take(words).collect();
                    let (wanted, last) = text.rsplit_once(' ').unwrap_or(("", text));
                    if !head.last().is_some_and(|word| word.starts_with(last)) {
                        return Err(format!("expected {text:?}, got {got:?}"));
                    }
                    expect(wanted, &head[..words - 1].join(" "), &mut tags)?;
                    continue;
                }
                None => text.to_owned(),
            };
            if !got.starts_with(&begin) {
                return Err(format!("expected {text:?}, got {got:?}"));
            }
        } else if let Some(count) = line.strip_prefix("C! ") {
            let mut got = vec![0; count.parse().map_err(|_| line)?];
            input
                .read_exact(&mut got)
                .map_err(|e| format!("expected {count} bytes: {e}"))?;
        } else if line == "END" {
            return Ok(());
        } else {
            return Err(format!("no such line in a script: {line}"));
        }
    }
    let mut rest = Vec::new();
    // a reset is an end too
    let _ = input.read_to_end(&mut rest);
    Ok(())
}

fn expect(text: &str, got: &str, tags: &mut HashMap<String, String>) -> Result<(), String> {
    let line = got.trim_end_matches(['\r', '\n']);
    let wrong = || Err(format!("expected {text:?}, got {line:?}"));
    let Some(rest) = text.strip_prefix('$') else {
        return if line == text { Ok(()) } else { wrong() };
    };
    let (name, wanted) = rest.split_once(' ').unwrap_or((rest, ""));
    let (tag, command) = line.split_once(' ').unwrap_or((line, ""));
    if command != wanted {
        return wrong();
    }
    tags.insert(name.to_owned(), tag.to_owned());
    Ok(())
}

fn filled(text: &str, tags: &HashMap<String, String>) -> String {
    let known = |text: String, (name, tag): (&String, &String)| {
        text.replace(&format!("${name} "), &format!("{tag} "))
    };
    tags.iter().fold(text.to_owned(), known)
}

fn unescaped(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        let c = match c {
            '\\' => match chars.next() {
                Some('r') => '\r',
                Some('n') => '\n',
                Some('0') => '\0',
                other => other.unwrap_or('\\'),
            },
            c => c,
        };
        out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
    }
    out
}
