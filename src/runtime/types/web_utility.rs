//! `System.Net.WebUtility` and `System.Web.HttpUtility`: texts for addresses and pages.

use super::args::Args;
use super::table::{Kind, Method, TypeTable};
use super::uri;

/// A text for the query of an address: blanks become `+` (HTML 5, URL-encoded forms).
fn query(text: &str, upper: bool) -> String {
    text.bytes().fold(String::new(), |mut all, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' => all.push(char::from(byte)),
            b'-' | b'_' | b'.' | b'!' | b'*' | b'(' | b')' => all.push(char::from(byte)),
            b' ' => all.push('+'),
            _ if upper => all.push_str(&format!("%{byte:02X}")),
            _ => all.push_str(&format!("%{byte:02x}")),
        }
        all
    })
}

fn page(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\u{a0}'..='\u{ff}' => out.push_str(&format!("&#{};", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

/// The letter of an entity, without `&` and `;`.
fn letter(entity: &str) -> Option<char> {
    if let Some(number) = entity.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        return char::from_u32(code.ok()?);
    }
    Some(match entity {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "copy" => '©',
        "reg" => '®',
        "euro" => '€',
        "auml" => 'ä',
        "ouml" => 'ö',
        "uuml" => 'ü',
        "Auml" => 'Ä',
        "Ouml" => 'Ö',
        "Uuml" => 'Ü',
        "szlig" => 'ß',
        _ => return None,
    })
}

fn unpaged(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let entity = rest[at + 1..].split_once(';');
        match entity.and_then(|(entity, tail)| Some((letter(entity)?, tail))) {
            Some((c, tail)) => {
                out.push(c);
                rest = tail;
            }
            None => {
                out.push('&');
                rest = &rest[at + 1..];
            }
        }
    }
    out + rest
}

macro_rules! utility {
    ($table:ident, $name:literal, $upper:literal) => {
        #[doc = concat!("`", $name, "`")]
        pub static $table: TypeTable = TypeTable {
            name: $name,
            kind: Kind::Static,
            static_methods: &[
                Method::new("string UrlEncode(string value)", |c| {
                    Ok(query(&c.text(0), $upper).into())
                }),
                Method::new("string UrlDecode(string encodedValue)", |c| {
                    Ok(uri::unescaped(&c.text(0).replace('+', " ")).into())
                }),
                Method::new("string HtmlEncode(string value)", |c| {
                    Ok(page(&c.text(0)).into())
                }),
                Method::new("string HtmlDecode(string value)", |c| {
                    Ok(unpaged(&c.text(0)).into())
                }),
            ],
            ..TypeTable::EMPTY
        };
    };
}

utility!(NET, "System.Net.WebUtility", true);
utility!(WEB, "System.Web.HttpUtility", false);
