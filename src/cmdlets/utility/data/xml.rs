//! A small reader of XML: elements, attributes, text (XML 1.0 without document types).

/// An element.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Element {
    /// Its name without prefix.
    pub name: String,
    /// Names and values.
    pub attributes: Vec<(String, String)>,
    /// The elements inside.
    pub children: Vec<Element>,
    /// The text inside, without that of inner elements.
    pub text: String,
}

impl Element {
    /// An attribute's value.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// The first element inside of this name.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }
}

/// How deep elements may stand.
const DEPTH: usize = 200;

/// Reads a document.
///
/// # Errors
/// What is wrong, and at which character.
pub fn parse(text: &str) -> Result<Element, String> {
    let mut open: Vec<Element> = Vec::new();
    let mut at = 0;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let Some(mark) = rest.find('<') else {
            return Err(match open.last() {
                Some(element) => format!("the element <{}> is not closed", element.name),
                None => "there is no element".to_owned(),
            });
        };
        if let Some(element) = open.last_mut() {
            element.text.push_str(&unescape(&rest[..mark])?);
        }
        let tag = &rest[mark..];
        let skipped = [("<?", "?>"), ("<!--", "-->"), ("<!", ">")]
            .iter()
            .find(|(start, _)| tag.starts_with(start));
        let end_mark = skipped.map_or(">", |(_, end)| end);
        let Some(end) = tag.find(end_mark) else {
            return Err(format!("a tag is not closed at {}", at + mark));
        };
        at += mark + end + end_mark.len();
        if skipped.is_some() {
            continue;
        }
        let body = &tag[1..end];
        let done = if let Some(name) = body.strip_prefix('/') {
            let element = open
                .pop()
                .ok_or_else(|| format!("</{name}> closes nothing"))?;
            if element.name != local(name.trim()) {
                return Err(format!("</{}> closes <{}>", name.trim(), element.name));
            }
            element
        } else {
            let element = start(body.trim_end_matches('/'))?;
            if !body.ends_with('/') {
                if open.len() >= DEPTH {
                    return Err(format!("elements stand more than {DEPTH} deep"));
                }
                open.push(element);
                continue;
            }
            element
        };
        match open.last_mut() {
            Some(parent) => parent.children.push(done),
            None => return Ok(done),
        }
    }
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

fn start(body: &str) -> Result<Element, String> {
    let (name, mut rest) = body.split_at(body.find(char::is_whitespace).unwrap_or(body.len()));
    let mut element = Element {
        name: local(name).to_owned(),
        ..Element::default()
    };
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return Ok(element);
        }
        let wrong = || format!("<{body}> has an attribute without a value in quotes");
        let (key, value) = rest.split_once('=').ok_or_else(wrong)?;
        let value = value.trim_start();
        let quote = value
            .chars()
            .next()
            .filter(|c| *c == '"' || *c == '\'')
            .ok_or_else(wrong)?;
        let (inside, after) = value[1..].split_once(quote).ok_or_else(wrong)?;
        element
            .attributes
            .push((local(key.trim()).to_owned(), unescape(inside)?));
        rest = after;
    }
}

fn unescape(text: &str) -> Result<String, String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let (name, after) = rest[at + 1..]
            .split_once(';')
            .ok_or("an & stands for nothing")?;
        let number = name
            .strip_prefix("#x")
            .map(|hex| u32::from_str_radix(hex, 16));
        let number = number.or_else(|| name.strip_prefix('#').map(str::parse));
        out.push(match (name, number) {
            ("lt", _) => '<',
            ("gt", _) => '>',
            ("amp", _) => '&',
            ("quot", _) => '"',
            ("apos", _) => '\'',
            (_, Some(Ok(code))) => {
                char::from_u32(code).ok_or_else(|| format!("&{name}; is no character"))?
            }
            _ => return Err(format!("&{name}; is not known")),
        });
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_attributes_and_text_are_read() {
        let read = parse(
            "<?xml version=\"1.0\"?>\n<a x='1'><!-- no --><b N=\"q&quot;\">t&amp;<c/></b></a>",
        )
        .unwrap_or_default();
        assert_eq!((read.name.as_str(), read.attribute("x")), ("a", Some("1")));
        let b = read.child("b").cloned().unwrap_or_default();
        assert_eq!(
            (b.text.as_str(), b.attribute("N"), b.children.len()),
            ("t&", Some("q\""), 1)
        );
    }

    #[test]
    fn broken_texts_are_refused() {
        for text in [
            "",
            "<a>",
            "<a></b>",
            "</a>",
            "<a x=1/>",
            "<a>&nope;</a>",
            "<a",
            &"<a>".repeat(100_000),
        ] {
            assert!(parse(text).is_err(), "{text:.20}");
        }
    }
}
