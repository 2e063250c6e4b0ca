//! `System.Net.Mail.MailAddress`.

use std::any::Any;

use super::TypeRef;
use super::args::Args;
use super::table::{Answer, Fault, Method, Property, TypeTable};
use crate::runtime::value::{Native, Value};

/// An address with its display name (RFC 5322, section 3.4).
#[derive(Clone, Default)]
struct MailAddress {
    name: String,
    user: String,
    host: String,
}

impl MailAddress {
    fn address(&self) -> String {
        format!("{}@{}", self.user, self.host)
    }
}

impl Native for MailAddress {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named(TABLE.name)
    }

    fn text(&self) -> String {
        if self.name.is_empty() {
            self.address()
        } else {
            format!("\"{}\" <{}>", self.name, self.address())
        }
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn equals(&self, other: &dyn Native) -> bool {
        let other = other.as_any().downcast_ref::<MailAddress>();
        other.is_some_and(|other| other.address().eq_ignore_ascii_case(&self.address()))
    }
}

/// Reads `user@host`, `Name <user@host>` or `"Name" <user@host>`.
fn read(text: &str) -> Option<MailAddress> {
    let text = text.trim();
    let (name, address) = match text.strip_suffix('>').and_then(|t| t.rsplit_once('<')) {
        Some((name, address)) => (name.trim().trim_matches('"'), address),
        None => ("", text),
    };
    let (user, host) = address.rsplit_once('@')?;
    let plain = |part: &str| {
        !part.is_empty()
            && !part
                .chars()
                .any(|c| c.is_whitespace() || "<>(),;:".contains(c))
    };
    let dots = |part: &str| !part.starts_with('.') && !part.ends_with('.') && !part.contains("..");
    let fine = plain(user) && plain(host) && !user.contains('@') && dots(user) && dots(host);
    fine.then(|| MailAddress {
        name: name.to_owned(),
        user: user.to_owned(),
        host: host.to_owned(),
    })
}

fn made(address: &str, name: Option<String>) -> Answer {
    if address.is_empty() {
        return Err(Fault::argument(
            "The parameter 'address' cannot be an empty string. (Parameter 'address')",
        ));
    }
    let found = read(address);
    let mut made = found.ok_or_else(|| {
        Fault::format("The specified string is not in the form required for an e-mail address.")
    })?;
    if let Some(name) = name {
        made.name = name;
    }
    Ok(Value::native(made))
}

fn this(value: &Value) -> MailAddress {
    value.downcast::<MailAddress>().cloned().unwrap_or_default()
}

/// Its declaration.
pub static TABLE: TypeTable = TypeTable {
    name: "System.Net.Mail.MailAddress",
    aliases: &["mailaddress", "Net.Mail.MailAddress"],
    constructors: &[
        Method::new("mailaddress new(string address)", |c| {
            made(&c.text(0), None)
        }),
        Method::new("mailaddress new(string address, string displayName)", |c| {
            made(&c.text(0), Some(c.text(1).to_string()))
        }),
    ],
    properties: &[
        Property::read("string DisplayName {get;}", |v| {
            Ok(Value::from(this(v).name))
        }),
        Property::read("string User {get;}", |v| Ok(Value::from(this(v).user))),
        Property::read("string Host {get;}", |v| Ok(Value::from(this(v).host))),
        Property::read("string Address {get;}", |v| {
            Ok(Value::from(this(v).address()))
        }),
    ],
    ..TypeTable::EMPTY
};
