//! `System.Uri`.

use std::any::Any;

use super::TypeRef;
use super::args::Args;
use super::table::{Answer, Fault, Method, Property, TypeTable};
use crate::runtime::value::{Native, Value};

/// A parsed address (RFC 3986, section 3). Scheme and host are kept in lower case.
#[derive(Clone, Default)]
struct Uri {
    original: String,
    scheme: String,
    user_info: String,
    host: String,
    port: Option<u16>,
    path: String,
    query: String,
    fragment: String,
}

impl Uri {
    fn read(text: &str) -> Option<Uri> {
        let (scheme, rest) = text.split_once(':')?;
        let valid = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
        if !valid {
            return None;
        }
        let (rest, fragment) = cut(rest, '#');
        let (rest, query) = cut(rest, '?');
        let mut uri = Uri {
            original: text.to_owned(),
            scheme: scheme.to_ascii_lowercase(),
            query,
            fragment,
            path: rest.to_owned(),
            ..Uri::default()
        };
        if let Some(tail) = rest.strip_prefix("//") {
            let at = tail.find('/').unwrap_or(tail.len());
            uri.authority(&tail[..at])?;
            uri.path = if at == tail.len() {
                "/".to_owned()
            } else {
                tail[at..].to_owned()
            };
        }
        Some(uri)
    }

    fn authority(&mut self, text: &str) -> Option<()> {
        let (user, rest) = text.rsplit_once('@').unwrap_or(("", text));
        let (host, port) = match rest.rsplit_once(':') {
            Some((host, port)) if !port.contains(']') => (host, Some(port)),
            _ => (rest, None),
        };
        self.user_info = user.to_owned();
        self.host = host.to_ascii_lowercase();
        self.port = match port {
            Some("") | None => None,
            Some(port) => Some(port.parse().ok()?),
        };
        (!self.host.is_empty() || self.scheme == "file").then_some(())
    }

    fn default_port(&self) -> Option<u16> {
        Some(match self.scheme.as_str() {
            "http" | "ws" => 80,
            "https" | "wss" => 443,
            "ftp" => 21,
            "imap" => 143,
            "imaps" => 993,
            "pop3" | "pop" => 110,
            "smtp" | "mailto" => 25,
            "ldap" => 389,
            _ => return None,
        })
    }

    fn port(&self) -> i32 {
        self.port
            .or_else(|| self.default_port())
            .map_or(-1, i32::from)
    }

    fn shows_port(&self) -> bool {
        self.port.is_some() && self.port != self.default_port()
    }

    fn absolute(&self) -> String {
        if !self.original.contains("://") {
            return self.original.clone();
        }
        let user = if self.user_info.is_empty() {
            String::new()
        } else {
            format!("{}@", self.user_info)
        };
        let port = if self.shows_port() {
            format!(":{}", self.port())
        } else {
            String::new()
        };
        format!(
            "{}://{user}{}{port}{}{}{}",
            self.scheme, self.host, self.path, self.query, self.fragment
        )
    }
}

/// The text before a mark, and the mark with what follows.
fn cut(text: &str, mark: char) -> (&str, String) {
    text.find(mark).map_or((text, String::new()), |at| {
        (&text[..at], text[at..].to_owned())
    })
}

impl Native for Uri {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named(TABLE.name)
    }

    fn text(&self) -> String {
        self.absolute()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn equals(&self, other: &dyn Native) -> bool {
        other
            .as_any()
            .downcast_ref::<Uri>()
            .is_some_and(|other| other.absolute() == self.absolute())
    }
}

fn this(value: &Value) -> Uri {
    value.downcast::<Uri>().cloned().unwrap_or_default()
}

fn text(part: String) -> Answer {
    Ok(Value::from(part))
}

/// Percent-encoding of everything but unreserved characters (RFC 3986, section 2.3).
fn escaped(text: &str) -> String {
    text.bytes().fold(String::new(), |mut all, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                all.push(char::from(byte))
            }
            _ => all.push_str(&format!("%{byte:02X}")),
        }
        all
    })
}

pub(super) fn unescaped(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut result = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = (bytes[at] == b'%')
            .then(|| text.get(at + 1..at + 3))
            .flatten();
        match code.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                result.push(byte);
                at += 3;
            }
            None => {
                result.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&result).into_owned()
}

/// Its declaration.
pub static TABLE: TypeTable = TypeTable {
    name: "System.Uri",
    aliases: &["uri"],
    constructors: &[Method::new("uri new(string uriString)", |c| {
        Uri::read(&c.text(0)).map(Value::native).ok_or_else(|| {
            Fault::Exception(
                "System.UriFormatException",
                "Invalid URI: The format of the URI could not be determined.".into(),
            )
        })
    })],
    properties: &[
        Property::read("string AbsolutePath {get;}", |v| text(this(v).path)),
        Property::read("string AbsoluteUri {get;}", |v| text(this(v).absolute())),
        Property::read("string Authority {get;}", |v| {
            let uri = this(v);
            text(if uri.shows_port() {
                format!("{}:{}", uri.host, uri.port())
            } else {
                uri.host
            })
        }),
        Property::read("string Fragment {get;}", |v| text(this(v).fragment)),
        Property::read("string Host {get;}", |v| text(this(v).host)),
        Property::read("bool IsAbsoluteUri {get;}", |_| Ok(Value::Bool(true))),
        Property::read("bool IsDefaultPort {get;}", |v| {
            Ok(Value::Bool(!this(v).shows_port()))
        }),
        Property::read("string LocalPath {get;}", |v| {
            text(unescaped(&this(v).path))
        }),
        Property::read("string OriginalString {get;}", |v| text(this(v).original)),
        Property::read("string PathAndQuery {get;}", |v| {
            let uri = this(v);
            text(uri.path + &uri.query)
        }),
        Property::read("int Port {get;}", |v| Ok(Value::int(this(v).port()))),
        Property::read("string Query {get;}", |v| text(this(v).query)),
        Property::read("string Scheme {get;}", |v| text(this(v).scheme)),
        Property::read("string UserInfo {get;}", |v| text(this(v).user_info)),
    ],
    static_methods: &[
        Method::new("string EscapeDataString(string stringToEscape)", |c| {
            text(escaped(&c.text(0)))
        }),
        Method::new("string UnescapeDataString(string stringToUnescape)", |c| {
            text(unescaped(&c.text(0)))
        }),
        Method::new(
            "bool IsWellFormedUriString(string uriString, System.Object uriKind)",
            |c| Ok(Value::Bool(Uri::read(&c.text(0)).is_some())),
        ),
    ],
    ..TypeTable::EMPTY
};
