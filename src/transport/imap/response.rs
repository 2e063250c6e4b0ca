//! Response lines of a server (RFC 3501 section 7), read tolerantly: a line that no rule covers is `Other`.

use super::{
    lexer::Part,
    token::{Token, Tokens, text_of},
};
use crate::mail::{FlagSet, InternalDate, UidSet};

/// The word of a status response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    Ok,
    No,
    Bad,
    Bye,
    PreAuth,
}

impl Status {
    fn parse(word: &[u8]) -> Option<Self> {
        match word.to_ascii_uppercase().as_slice() {
            b"OK" => Some(Self::Ok),
            b"NO" => Some(Self::No),
            b"BAD" => Some(Self::Bad),
            b"BYE" => Some(Self::Bye),
            b"PREAUTH" => Some(Self::PreAuth),
            _ => None,
        }
    }
}

/// A status with its response code and words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StatusLine {
    pub(super) status: Status,
    /// The first word of the response code, in capitals; empty without one.
    pub(super) code: String,
    /// The rest of the response code.
    pub(super) argument: String,
    /// Everything after the status word, verbatim.
    pub(super) words: String,
}

/// The bytes of a message in a FETCH response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum FetchedBody {
    /// All of them.
    Whole(Vec<u8>),
    /// They went out in pieces before.
    Streamed(u64),
    /// `NIL`: the server has none.
    Nil,
}

/// A FETCH response (RFC 3501 section 7.4.2). An attribute that did not come is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct FetchData {
    pub(super) uid: Option<u32>,
    pub(super) flags: Option<FlagSet>,
    /// `Some(None)` when the date is NIL or cannot be read.
    pub(super) internal_date: Option<Option<InternalDate>>,
    pub(super) size: Option<u64>,
    pub(super) body: Option<FetchedBody>,
    /// `BODY[HEADER…]`, whichever fields were asked for.
    pub(super) header: Option<Vec<u8>>,
}

/// A LIST or LSUB response (RFC 3501 section 7.2.2, RFC 5258).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ListData {
    pub(super) attributes: Vec<String>,
    pub(super) separator: Option<u8>,
    pub(super) name: Vec<u8>,
}

/// One namespace: its prefix and separator.
pub(super) type Namespace = (Vec<u8>, Option<u8>);

/// A response line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Response {
    Tagged {
        tag: String,
        line: StatusLine,
    },
    /// `+`: the server waits for more, and says this.
    Continue(String),
    Status(StatusLine),
    Capability(Vec<String>),
    Exists(u32),
    Expunge,
    Fetch(Box<FetchData>),
    List(ListData),
    Lsub(ListData),
    /// STATUS: the name and the numbers by item.
    FolderStatus(Vec<u8>, Vec<(String, u64)>),
    /// Personal, other users', shared.
    Namespace([Vec<Namespace>; 3]),
    Flags(Vec<String>),
    /// SEARCH or ESEARCH.
    Search(UidSet),
    Other,
}

impl Response {
    /// Reads a logical line.
    pub(super) fn parse(parts: Vec<Part>) -> Self {
        let mut tokens = Tokens::new(parts);
        match tokens.next() {
            Some(Token::Atom(star)) if star == b"*" => untagged(&mut tokens),
            Some(Token::Atom(plus)) if plus == b"+" => Self::Continue(text_of(&tokens.rest())),
            Some(Token::Atom(tag)) => match tokens
                .next()
                .as_ref()
                .and_then(Token::bytes)
                .and_then(Status::parse)
            {
                Some(status) => Self::Tagged {
                    tag: text_of(&tag),
                    line: status_line(status, &tokens.rest()),
                },
                None => Self::Other,
            },
            _ => Self::Other,
        }
    }
}

/// The attributes of a FETCH line whose message bytes are still to come.
pub(super) fn fetch_head(parts: Vec<Part>) -> FetchData {
    match Response::parse(parts) {
        Response::Fetch(data) => *data,
        _ => FetchData::default(),
    }
}

fn untagged(tokens: &mut Tokens) -> Response {
    let Some(first) = tokens.next() else {
        return Response::Other;
    };
    if let Some(status) = first.bytes().and_then(Status::parse) {
        return Response::Status(status_line(status, &tokens.rest()));
    }
    if let Some(number) = first.number() {
        let kind = tokens.next();
        let kind = |name: &str| kind.as_ref().is_some_and(|k| k.is(name));
        return match u32::try_from(number) {
            Ok(n) if kind("EXISTS") => Response::Exists(n),
            _ if kind("EXPUNGE") => Response::Expunge,
            _ if kind("FETCH") => Response::Fetch(Box::new(fetch(tokens))),
            _ => Response::Other,
        };
    }
    match text_of(first.bytes().unwrap_or_default())
        .to_ascii_uppercase()
        .as_str()
    {
        "CAPABILITY" => Response::Capability(capabilities(tokens)),
        "LIST" | "XLIST" => list(tokens).map_or(Response::Other, Response::List),
        "LSUB" => list(tokens).map_or(Response::Other, Response::Lsub),
        "STATUS" => folder_status(tokens),
        "NAMESPACE" => {
            Response::Namespace([namespaces(tokens), namespaces(tokens), namespaces(tokens)])
        }
        "FLAGS" => Response::Flags(tokens.list().iter().map(Token::text).collect()),
        "SEARCH" => Response::Search(
            tokens
                .map_while(|t| t.number())
                .filter_map(|n| u32::try_from(n).ok())
                .collect(),
        ),
        "ESEARCH" => esearch(tokens),
        _ => Response::Other,
    }
}

/// Reads `[CODE argument] words` (RFC 3501 section 7.1).
fn status_line(status: Status, rest: &[u8]) -> StatusLine {
    let words = text_of(rest);
    let (mut code, mut argument) = (String::new(), String::new());
    if let Some((inner, _)) = words.strip_prefix('[').and_then(|w| w.split_once(']')) {
        let (name, more) = inner.trim().split_once(' ').unwrap_or((inner.trim(), ""));
        code = name.to_ascii_uppercase();
        more.trim().clone_into(&mut argument);
    }
    StatusLine {
        status,
        code,
        argument,
        words,
    }
}

fn capabilities(tokens: &mut Tokens) -> Vec<String> {
    tokens
        .map(|t| t.text().to_uppercase())
        .filter(|t| !t.is_empty())
        .collect()
}

/// The capabilities that a status line carries (`[CAPABILITY …]`).
pub(super) fn capability_code(line: &StatusLine) -> Option<Vec<String>> {
    (line.code == "CAPABILITY").then(|| {
        line.argument
            .split_whitespace()
            .map(str::to_uppercase)
            .collect()
    })
}

fn fetch(tokens: &mut Tokens) -> FetchData {
    let mut data = FetchData::default();
    if tokens.next() != Some(Token::Open) {
        return data;
    }
    while let Some(name) = tokens.next() {
        let Token::Atom(name) = name else {
            if name == Token::Close {
                break;
            }
            continue;
        };
        match name.to_ascii_uppercase().as_slice() {
            b"UID" => {
                data.uid = tokens
                    .next()
                    .and_then(|t| t.number())
                    .and_then(|n| u32::try_from(n).ok())
                    .filter(|&n| n > 0)
            }
            b"FLAGS" => {
                let names: Vec<String> = tokens.list().iter().map(Token::text).collect();
                data.flags = Some(FlagSet::from_names(names.iter().map(String::as_str)));
            }
            b"INTERNALDATE" => {
                data.internal_date = tokens.next().map(|t| InternalDate::parse(&t.text()))
            }
            b"RFC822.SIZE" => data.size = tokens.next().and_then(|t| t.number()),
            b"BODY[]" | b"BODY[]<0>" | b"BINARY[]" | b"RFC822" => {
                data.body = tokens.next().and_then(body)
            }
            name if name.starts_with(b"BODY[HEADER") => {
                data.header = tokens.next().and_then(|t| t.bytes().map(<[u8]>::to_vec))
            }
            _ => tokens.skip_value(),
        }
    }
    data
}

fn body(token: Token) -> Option<FetchedBody> {
    match token {
        Token::Literal(bytes) | Token::Quoted(bytes) => Some(FetchedBody::Whole(bytes)),
        Token::Streamed(size) => Some(FetchedBody::Streamed(size)),
        nil if nil.is("NIL") => Some(FetchedBody::Nil),
        _ => None,
    }
}

fn list(tokens: &mut Tokens) -> Option<ListData> {
    let attributes = tokens.list().iter().map(Token::text).collect();
    let separator = match tokens.next()? {
        nil if nil.is("NIL") => None,
        other => other.bytes().and_then(|b| b.first().copied()),
    };
    let name = match tokens.next()? {
        // an unquoted name may hold blanks on servers that do not know better
        Token::Atom(mut name) => {
            let rest = tokens.rest();
            if !rest.is_empty() && !rest.starts_with(b"(") {
                name.push(b' ');
                name.extend_from_slice(&rest);
            }
            name
        }
        other => other.bytes()?.to_vec(),
    };
    Some(ListData {
        attributes,
        separator,
        name,
    })
}

fn folder_status(tokens: &mut Tokens) -> Response {
    let Some(name) = tokens.next().and_then(|t| t.bytes().map(<[u8]>::to_vec)) else {
        return Response::Other;
    };
    let items = tokens.list();
    let items = items
        .chunks(2)
        .filter_map(|pair| Some((pair[0].text().to_uppercase(), pair.get(1)?.number()?)));
    Response::FolderStatus(name, items.collect())
}

fn namespaces(tokens: &mut Tokens) -> Vec<Namespace> {
    let mut found = Vec::new();
    let mut depth = 0usize;
    let mut prefix: Option<Vec<u8>> = None;
    let mut taken = 0;
    for token in tokens.by_ref() {
        match token {
            Token::Open => {
                depth += 1;
                (prefix, taken) = (None, 0);
            }
            Token::Close => depth = depth.saturating_sub(1),
            // prefix and separator; what follows them are extensions
            other if depth == 2 && taken < 2 => {
                taken += 1;
                match prefix.take() {
                    None => prefix = other.bytes().map(<[u8]>::to_vec),
                    Some(p) => found.push((
                        p,
                        if other.is("NIL") {
                            None
                        } else {
                            other.bytes().and_then(|b| b.first().copied())
                        },
                    )),
                }
            }
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    found
}

fn esearch(tokens: &mut Tokens) -> Response {
    let mut set = UidSet::new();
    while let Some(token) = tokens.next() {
        if token == Token::Open {
            // (TAG "A1")
            while tokens.next().is_some_and(|t| t != Token::Close) {}
        } else if token.is("ALL")
            && let Some(value) = tokens.next()
            && let Ok(found) = value.text().parse()
        {
            set = found;
        }
    }
    Response::Search(set)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    fn parse(text: &str) -> Response {
        Response::parse(vec![Part::Text(text.as_bytes().to_vec())])
    }

    fn fetched(text: &str) -> FetchData {
        match parse(text) {
            Response::Fetch(data) => *data,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn fetch_lines_of_all_kinds() {
        let data = fetched(
            "* 3 FETCH (FLAGS (\\Seen $x \\Recent) UID 9 INTERNALDATE \" 1-Jan-1970 00:00:01 +0000\" RFC822.SIZE 12)",
        );
        assert_eq!(
            (data.uid, data.size, data.internal_date),
            (Some(9), Some(12), Some(Some(InternalDate::utc(1))))
        );
        assert_eq!(data.flags.unwrap().to_string(), "\\Seen $x");
        assert_eq!(
            fetched("* 3 FETCH (INTERNALDATE NIL)").internal_date,
            Some(None)
        );
        assert_eq!(
            fetched("* 3 FETCH (BODY[] NIL UID 1)").body,
            Some(FetchedBody::Nil)
        );
        assert_eq!(
            fetched("* 3 fetch (body[] \"\" uid 1)").body,
            Some(FetchedBody::Whole(vec![]))
        );
        for odd in [
            "* 3 FETCH",
            "* 3 FETCH ()",
            "* 3  FETCH  (UID)",
            "* 3 FETCH (UID 0)",
            "* 3 FETCH (UID 4294967296)",
            "* 3 FETCH (((",
        ] {
            assert_eq!(fetched(odd), FetchData::default(), "{odd}");
        }
        let odd = "* 3 FETCH (ENVELOPE (NIL ((NIL NIL \"a\" \"b\")) ()) X-GM-LABELS (\\Inbox \"a b\") MODSEQ (7) UID 5 RFC822.SIZE -1)";
        assert_eq!(fetched(odd).uid, Some(5));
        assert_eq!(fetched(odd).size, None);
    }

    #[test]
    fn status_lines() {
        let Response::Tagged { tag, line } = parse("A1 NO [OVERQUOTA] no room {3}") else {
            panic!()
        };
        assert_eq!(
            (tag.as_str(), line.status, line.code.as_str()),
            ("A1", Status::No, "OVERQUOTA")
        );
        assert_eq!(line.words, "[OVERQUOTA] no room {3}");
        let Response::Status(line) = parse("* OK [UIDVALIDITY 7] x") else {
            panic!()
        };
        assert_eq!(
            (line.code.as_str(), line.argument.as_str()),
            ("UIDVALIDITY", "7")
        );
        for (text, status) in [
            ("* OK", Status::Ok),
            ("* bye", Status::Bye),
            ("* OK [never closed", Status::Ok),
            ("* PREAUTH hi", Status::PreAuth),
        ] {
            assert!(
                matches!(parse(text), Response::Status(line) if line.status == status && line.code.is_empty()),
                "{text}"
            );
        }
        assert_eq!(parse("+"), Response::Continue(String::new()));
        assert_eq!(parse("+ go on"), Response::Continue("go on".into()));
        for other in [
            "",
            "*",
            "* ",
            "A1",
            "A1 WHAT",
            "HTTP/1.1 400 Bad Request",
            "* 5",
            "* 5 WHAT",
            "* -1 EXISTS",
            "* 4294967296 EXISTS",
            "* SPLURGE x",
        ] {
            assert_eq!(parse(other), Response::Other, "{other}");
        }
    }

    #[test]
    fn folders_and_namespaces() {
        let Response::List(list) =
            parse("* LIST (\\HasNoChildren \\Sent) \"/\" \"a\\\"b\\\\c\" (\"OLDNAME\" (\"x\"))")
        else {
            panic!()
        };
        assert_eq!(
            (list.separator, list.name.as_slice()),
            (Some(b'/'), &b"a\"b\\c"[..])
        );
        assert_eq!(list.attributes, ["\\HasNoChildren", "\\Sent"]);
        for (text, separator, name) in [
            ("* LIST () NIL INBOX", None, "INBOX"),
            ("* LIST () \".\" Sent Items", Some(b'.'), "Sent Items"),
            ("* LIST (\\X) \"\\\\\" 100%", Some(b'\\'), "100%"),
        ] {
            let Response::List(list) = parse(text) else {
                panic!("{text}")
            };
            assert_eq!(
                (list.separator, list.name.as_slice()),
                (separator, name.as_bytes()),
                "{text}"
            );
        }
        let Response::FolderStatus(name, items) =
            parse("* STATUS \"x y\" (MESSAGES 3 UIDNEXT 4 SIZE -1 UIDVALIDITY 5)  ")
        else {
            panic!()
        };
        assert_eq!(name, b"x y");
        assert_eq!(
            items,
            [
                ("MESSAGES".to_owned(), 3),
                ("UIDNEXT".to_owned(), 4),
                ("UIDVALIDITY".to_owned(), 5)
            ]
        );
        let Response::Namespace(ns) = parse(
            "* NAMESPACE ((\"INBOX.\" \".\" \"X-P\" (\"a\"))(\"\" NIL)) NIL ((\"#shared.\" \".\"))",
        ) else {
            panic!()
        };
        assert_eq!(ns[0], [(b"INBOX.".to_vec(), Some(b'.')), (vec![], None)]);
        assert_eq!(ns[1], []);
        assert_eq!(ns[2], [(b"#shared.".to_vec(), Some(b'.'))]);
    }

    #[test]
    fn searches() {
        for (text, set) in [
            ("* SEARCH", ""),
            ("* SEARCH 3 1 2 (MODSEQ 9)", "1:3"),
            ("* ESEARCH (TAG \"A1\") UID ALL 4:18,21", "4:18,21"),
            ("* ESEARCH (TAG \"A1\") UID", ""),
        ] {
            assert_eq!(
                parse(text),
                Response::Search(set.parse().unwrap()),
                "{text}"
            );
        }
    }
}
