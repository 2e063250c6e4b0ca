//! Reading keys that are not shown: a secret, or the key of a question. Ctrl-C and Ctrl-D give up.

use std::io::{self, Read, Write};

use zeroize::Zeroize;

/// Asks on standard error and reads a line from standard input, which must be a terminal, without echo. Backspace and Ctrl-U
/// work. `None` when it was given up; `Some(Err)` when the terminal could not be read.
pub fn read(prompt: &str) -> io::Result<Answer> {
    // Quiet before the prompt shows: a quick answer must not be echoed.
    let quiet = QuietTerminal::enter()?;
    let mut out = io::stderr();
    out.write_all(prompt.as_bytes())?;
    out.flush()?;
    let answer = read_line(&mut io::stdin());
    drop(quiet);
    out.write_all(b"\n")?;
    answer
}

/// Waits for one key, without echo. `None` at the end of the input.
///
/// # Errors
/// There is no terminal to read from.
pub fn read_key() -> io::Result<Option<u8>> {
    let quiet = QuietTerminal::enter()?;
    let mut byte = [0u8; 1];
    let count = io::stdin().read(&mut byte)?;
    drop(quiet);
    Ok((count > 0).then_some(byte[0]))
}

/// How the reading ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Answer {
    /// A line.
    Line(String),
    /// Ctrl-D on an empty line, or the end of the input.
    End,
    /// Ctrl-C.
    Interrupted,
}

fn read_line(input: &mut impl Read) -> io::Result<Answer> {
    let mut bytes: Vec<u8> = Vec::new();
    let mut byte = [0u8; 1];
    let answer = loop {
        match input.read(&mut byte) {
            Ok(0) => break Answer::End,
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        }
        match byte[0] {
            b'\r' | b'\n' => break Answer::Line(String::from_utf8_lossy(&bytes).into_owned()),
            3 => break Answer::Interrupted,
            4 if bytes.is_empty() => break Answer::End,
            8 | 127 => {
                // A character of UTF-8 goes as a whole.
                while bytes.pop().is_some_and(|b| b & 0xC0 == 0x80) {}
            }
            21 => bytes.clear(),
            other => bytes.push(other),
        }
    };
    bytes.zeroize();
    Ok(answer)
}

#[cfg(unix)]
struct QuietTerminal {
    before: rustix::termios::Termios,
}

#[cfg(unix)]
impl QuietTerminal {
    fn enter() -> io::Result<Self> {
        use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
        let before = tcgetattr(io::stdin())?;
        let mut quiet = before.clone();
        quiet
            .local_modes
            .remove(LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG);
        tcsetattr(io::stdin(), OptionalActions::Drain, &quiet)?;
        Ok(Self { before })
    }
}

#[cfg(unix)]
impl Drop for QuietTerminal {
    fn drop(&mut self) {
        use rustix::termios::{OptionalActions, tcsetattr};
        let _ = tcsetattr(io::stdin(), OptionalActions::Drain, &self.before);
    }
}

#[cfg(not(unix))]
struct QuietTerminal;

#[cfg(not(unix))]
impl QuietTerminal {
    fn enter() -> io::Result<Self> {
        Err(io::Error::new(
            io::ErrorKind::Unsupported,
            "secrets cannot be read without echo on this platform yet",
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_a_secret() {
        let cases: [(&[u8], Answer); 6] = [
            (b"pass\r", Answer::Line("pass".into())),
            (b"pab\x7fss\n", Answer::Line("pass".into())),
            ("pä\x7f\x7fx\n".as_bytes(), Answer::Line("x".into())),
            (b"wrong\x15right\n", Answer::Line("right".into())),
            (b"pa\x03", Answer::Interrupted),
            (b"\x04", Answer::End),
        ];
        for (keys, answer) in cases {
            assert_eq!(read_line(&mut &keys[..]).ok(), Some(answer));
        }
    }
}
