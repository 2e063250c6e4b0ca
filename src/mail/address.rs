//! SMTP addresses (RFC 5321 section 4.1.2).

use std::{fmt, str::FromStr};

/// An SMTP address that follows RFC 5321 section 4.1.2 (with UTF-8 local parts and domains, RFC 6531).
///
/// Two addresses are equal when they differ in letter case only, which is how mail systems in use treat them.
#[derive(Clone, Debug)]
pub struct Address {
    text: String,
    at: usize,
}

/// Why a text is not an SMTP address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{text}\" is not an SMTP address: {reason}")]
pub struct AddressError {
    /// The text as given.
    pub text: String,
    /// What is wrong with it.
    pub reason: &'static str,
}

/// RFC 5321 section 4.5.3.1.1.
const MAX_LOCAL: usize = 64;
/// RFC 5321 section 4.5.3.1.3, less the angle brackets of the path.
const MAX_ADDRESS: usize = 254;
/// RFC 1035 section 2.3.4.
const MAX_LABEL: usize = 63;

impl Address {
    /// Checks and keeps an address.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        check(text)
            .map(|at| Self {
                text: text.to_owned(),
                at,
            })
            .map_err(|reason| AddressError {
                text: text.to_owned(),
                reason,
            })
    }

    /// The address as given.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What stands before the `@`.
    pub fn local(&self) -> &str {
        &self.text[..self.at]
    }

    /// What stands after the `@`.
    pub fn domain(&self) -> &str {
        &self.text[self.at + 1..]
    }
}

fn check(text: &str) -> Result<usize, &'static str> {
    if text.is_empty() {
        return Err("it is empty");
    }
    if text.len() > MAX_ADDRESS {
        return Err("it is longer than 254 bytes");
    }
    let at = text.rfind('@').ok_or("it has no \"@\"")?;
    check_local(&text[..at])?;
    check_domain(&text[at + 1..])?;
    Ok(at)
}

fn check_local(local: &str) -> Result<(), &'static str> {
    if local.is_empty() {
        return Err("nothing stands before the \"@\"");
    }
    if local.len() > MAX_LOCAL {
        return Err("the part before the \"@\" is longer than 64 bytes");
    }
    if let Some(inner) = local.strip_prefix('"') {
        let inner = inner
            .strip_suffix('"')
            .filter(|_| local.len() > 1)
            .ok_or("the quotation mark is not closed")?;
        return check_quoted(inner);
    }
    for atom in local.split('.') {
        if atom.is_empty() {
            return Err("a dot stands first, last or twice before the \"@\"");
        }
        if !atom.chars().all(is_atext) {
            return Err("the part before the \"@\" has a character that must be quoted");
        }
    }
    Ok(())
}

fn check_quoted(inner: &str) -> Result<(), &'static str> {
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        let bad = match c {
            '\\' => chars
                .next()
                .is_none_or(|next| !next.is_ascii() || next.is_ascii_control()),
            '"' => true,
            _ => c.is_control(),
        };
        if bad {
            return Err("the quoted part has a character that is not allowed in it");
        }
    }
    Ok(())
}

fn check_domain(domain: &str) -> Result<(), &'static str> {
    if domain.is_empty() {
        return Err("nothing stands after the \"@\"");
    }
    if let Some(literal) = domain.strip_prefix('[') {
        let literal = literal
            .strip_suffix(']')
            .ok_or("the address literal is not closed")?;
        let ip = literal.strip_prefix("IPv6:").unwrap_or(literal);
        return ip
            .parse::<std::net::IpAddr>()
            .map(|_| ())
            .map_err(|_| "the address literal is not an IP address");
    }
    for label in domain.split('.') {
        if label.is_empty() {
            return Err("a dot stands first, last or twice in the domain");
        }
        if label.len() > MAX_LABEL {
            return Err("a part of the domain is longer than 63 bytes");
        }
        if label.starts_with('-') || label.ends_with('-') {
            return Err("a part of the domain starts or ends with a hyphen");
        }
        if !label
            .chars()
            .all(|c| c.is_alphanumeric() || c == '-' || c == '_' || is_mark(c))
        {
            return Err("the domain has a character that is not allowed in it");
        }
    }
    Ok(())
}

/// `atext` of RFC 5322 section 3.2.3, widened by RFC 6531 section 3.3.
fn is_atext(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || "!#$%&'*+-/=?^_`{|}~".contains(c)
        || (!c.is_ascii() && !c.is_control() && !c.is_whitespace())
}

/// Combining marks, which many scripts need inside a label.
fn is_mark(c: char) -> bool {
    !c.is_ascii() && !c.is_control() && !c.is_whitespace() && !c.is_alphanumeric() && c > '\u{2ff}'
}

impl FromStr for Address {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        Self::parse(text)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl PartialEq for Address {
    fn eq(&self, other: &Self) -> bool {
        self.text.to_lowercase() == other.text.to_lowercase()
    }
}

impl Eq for Address {}

impl std::hash::Hash for Address {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.text.to_lowercase().hash(state);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn takes_what_rfc_5321_takes() {
        for good in [
            "a@b",
            "user@example.com",
            "first.last+tag@sub.example.co.uk",
            "\"john doe\"@example.com",
            "\"a\\\"b\"@example.com",
            "\"a@b\"@example.com",
            "user@[192.0.2.1]",
            "user@[IPv6:2001:db8::1]",
            "jürgen@größe.example",
            "!#$%&'*+-/=?^_`{|}~@example.com",
        ] {
            assert!(
                Address::parse(good).is_ok(),
                "{good}: {:?}",
                Address::parse(good).err()
            );
        }
        let both = Address::parse("\"a@b\"@example.com").unwrap();
        assert_eq!((both.local(), both.domain()), ("\"a@b\"", "example.com"));
    }

    #[test]
    fn says_what_is_wrong_with_the_rest() {
        let long = format!("{}@b", "x".repeat(65));
        for (bad, reason) in [
            ("", "empty"),
            ("plain", "no \"@\""),
            ("@example.com", "before"),
            ("a@", "after"),
            ("a..b@c", "dot"),
            (".a@c", "dot"),
            ("a b@c", "quoted"),
            ("a@b..c", "dot"),
            ("a@-b.c", "hyphen"),
            ("a@b c", "not allowed"),
            ("a@[300.1.1.1]", "IP address"),
            ("a@[1.1.1.1", "not closed"),
            ("\"a@b", "not closed"),
            ("\"@b", "not closed"),
            ("a\n@b", "quoted"),
            ("a@b\r\nRCPT", "not allowed"),
            (long.as_str(), "64"),
        ] {
            let error = Address::parse(bad).expect_err(bad);
            assert!(error.reason.contains(reason), "{bad:?}: {}", error.reason);
        }
    }

    #[test]
    fn letter_case_makes_no_other_address() {
        assert_eq!(
            Address::parse("Ann@Example.COM").unwrap(),
            Address::parse("ann@example.com").unwrap()
        );
    }
}
