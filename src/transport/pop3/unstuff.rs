//! The end of a multi-line answer, and the dots before it (RFC 1939 section 3): a line that begins with a dot has one too
//! many, and a dot alone is the end. Works on bytes as they come, wherever they are cut.

use memchr::memchr;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// A line begins.
    Start,
    /// It began with a dot.
    Dot,
    /// A dot and CR.
    DotCr,
    /// Somewhere in a line; its last byte so far was CR.
    Inside(bool),
}

/// Takes the dots out of a multi-line answer and finds its end.
#[derive(Debug)]
pub(super) struct Unstuff {
    state: State,
    /// The server ends its lines with a bare LF. Otherwise a bare LF is a part of the message, and a dot after it is too.
    takes_lf: bool,
}

impl Unstuff {
    pub(super) fn new(takes_lf: bool) -> Self {
        Self {
            state: State::Start,
            takes_lf,
        }
    }

    /// Puts what belongs to the answer into `out`. `Some` at its end: how many bytes of the input it took.
    pub(super) fn feed(&mut self, input: &[u8], out: &mut Vec<u8>) -> Option<usize> {
        let mut at = 0;
        while let Some(&byte) = input.get(at) {
            match (self.state, byte) {
                (State::Start, b'.') => {
                    self.state = State::Dot;
                    at += 1;
                }
                (State::Start, _) => self.state = State::Inside(false),
                (State::Dot, b'\r') => {
                    self.state = State::DotCr;
                    at += 1;
                }
                (State::Dot, b'\n') if self.takes_lf => return Some(at + 1),
                (State::Dot, _) => self.state = State::Inside(false),
                (State::DotCr, b'\n') => return Some(at + 1),
                (State::DotCr, _) => {
                    out.push(b'\r');
                    self.state = State::Inside(true);
                }
                (State::Inside(after_cr), _) => {
                    let rest = &input[at..];
                    let Some(end) = memchr(b'\n', rest) else {
                        out.extend_from_slice(rest);
                        self.state = State::Inside(rest.last() == Some(&b'\r'));
                        return None;
                    };
                    out.extend_from_slice(&rest[..=end]);
                    let has_cr = match end {
                        0 => after_cr,
                        end => rest[end - 1] == b'\r',
                    };
                    let is_end = has_cr || self.takes_lf;
                    self.state = if is_end {
                        State::Start
                    } else {
                        State::Inside(false)
                    };
                    at += end + 1;
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Row = (&'static [u8], bool, &'static [u8], Option<usize>);

    fn whole(input: &[u8], takes_lf: bool, step: usize) -> (Vec<u8>, Option<usize>) {
        let mut unstuff = Unstuff::new(takes_lf);
        let mut out = Vec::new();
        let mut before = 0;
        for piece in input.chunks(step) {
            if let Some(taken) = unstuff.feed(piece, &mut out) {
                return (out, Some(before + taken));
            }
            before += piece.len();
        }
        (out, None)
    }

    #[test]
    fn dots_and_ends_wherever_the_bytes_are_cut() {
        let rows: [Row; 12] = [
            (b".\r\n+OK", false, b"", Some(3)),
            (b"a\r\n.\r\n+OK", false, b"a\r\n", Some(6)),
            (b"..\r\n...x\r\n.\r\n", false, b".\r\n..x\r\n", Some(13)),
            (b".x\r\n.\r\n", false, b"x\r\n", Some(7)),
            (b"a.\r\n\r\n.\r\n", false, b"a.\r\n\r\n", Some(9)),
            // a bare LF is a part of the message
            (b"a\n.\nb\n.\r\n.\r\n", false, b"a\n.\nb\n.\r\n", Some(12)),
            (b"a\n.\n", true, b"a\n", Some(4)),
            (b"a\n..\n.\r\n", true, b"a\n.\n", Some(8)),
            (b".\rx\r\n.\r\n", false, b"\rx\r\n", Some(8)),
            (b"\r\r\n.\r\n", false, b"\r\r\n", Some(6)),
            (b"a\r\n.", false, b"a\r\n", None),
            (b".\n.\r\n", false, b"\n.\r\n", None),
        ];
        for (input, takes_lf, out, end) in rows {
            for step in 1..=input.len() {
                let got = whole(input, takes_lf, step);
                assert_eq!(
                    got,
                    (out.to_vec(), end),
                    "{:?} by {step}",
                    input.escape_ascii().to_string()
                );
            }
        }
    }
}
