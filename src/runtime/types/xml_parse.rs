//! XML text to nodes (XML 1.0, without external entities).

use std::rc::Rc;

use super::xml::{Child, Node};

/// Elements inside each other go no deeper than this.
const MAX_DEPTH: usize = 256;

/// Reads a text into a document; the error names line and place.
pub(super) fn read(text: &str, document: &Rc<Node>) -> Result<(), String> {
    let mut reader = Reader {
        text: text.trim_start_matches('\u{feff}'),
        at: 0,
    };
    reader.content(document).map_err(|why| reader.located(&why))
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn located(&self, why: &str) -> String {
        let before = self.text.get(..self.at).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before
            .rsplit('\n')
            .next()
            .map_or(0, |last| last.chars().count())
            + 1;
        format!("{why} Line {line}, position {column}.")
    }

    fn take(&mut self, mark: &str) -> bool {
        let found = self.rest().starts_with(mark);
        if found {
            self.at += mark.len();
        }
        found
    }

    /// What stands before a mark; the mark is taken too.
    fn until(&mut self, mark: &str) -> Result<&'a str, String> {
        let rest = self.rest();
        let end = rest
            .find(mark)
            .ok_or_else(|| format!("Unexpected end of file: '{mark}' is missing."))?;
        self.at += end + mark.len();
        Ok(&rest[..end])
    }

    fn blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    fn name(&mut self) -> Result<&'a str, String> {
        let rest = self.rest();
        let end = rest
            .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | ':' | '-' | '.')))
            .unwrap_or(rest.len());
        let starts_well = rest
            .chars()
            .next()
            .is_some_and(|c| c.is_alphabetic() || matches!(c, '_' | ':'));
        if end == 0 || !starts_well {
            let found = rest
                .chars()
                .next()
                .map_or("the end".to_owned(), |c| format!("'{c}'"));
            return Err(format!("Name cannot begin with {found}."));
        }
        self.at += end;
        Ok(&rest[..end])
    }

    /// The whole document: elements are kept open on a list, not on the stack.
    fn content(&mut self, document: &Rc<Node>) -> Result<(), String> {
        let mut open: Vec<Rc<Node>> = vec![document.clone()];
        loop {
            let Some(inside) = open.last().cloned() else {
                return Ok(());
            };
            if self.rest().is_empty() {
                break;
            }
            if self.take("<!--") {
                let text = self.until("-->")?;
                inside.append(Child::Comment(Rc::from(text)));
            } else if self.take("<![CDATA[") {
                let text = self.until("]]>")?;
                inside.append(Child::Text(Rc::from(text)));
            } else if self.take("<?") {
                let text = self.until("?>")?;
                inside.append(Child::Instruction(Rc::from(text)));
            } else if self.take("<!") {
                self.declaration()?;
            } else if self.take("</") {
                let name = self.name()?;
                self.blanks();
                if open.len() == 1 || *inside.name != *name || !self.take(">") {
                    return Err(format!(
                        "The end tag '{name}' does not match the start tag '{}'.",
                        inside.name
                    ));
                }
                open.pop();
            } else if self.take("<") {
                let (element, closed) = self.element()?;
                if open.len() == 1 && has_root(document) {
                    return Err("There are multiple root elements.".to_owned());
                }
                inside.append(Child::Element(element.clone()));
                if !closed {
                    if open.len() > MAX_DEPTH {
                        return Err("Elements stand too deep inside each other.".to_owned());
                    }
                    open.push(element);
                }
            } else {
                let rest = self.rest();
                let end = rest.find('<').unwrap_or(rest.len());
                let text = entities(&rest[..end])?;
                if open.len() == 1 && !text.trim().is_empty() {
                    return Err("Data at the root level is invalid.".to_owned());
                }
                self.at += end;
                if !text.trim().is_empty() {
                    inside.append(Child::Text(Rc::from(text)));
                }
            }
        }
        match open.last() {
            Some(inside) if open.len() > 1 => Err(format!(
                "Unexpected end of file has occurred. The following elements are not closed: {}.",
                inside.name
            )),
            _ if !has_root(document) => Err("Root element is missing.".to_owned()),
            _ => Ok(()),
        }
    }

    /// `<!DOCTYPE …>`, passed over.
    fn declaration(&mut self) -> Result<(), String> {
        let mut depth = 1;
        while depth > 0 {
            let c = self
                .rest()
                .chars()
                .next()
                .ok_or("Unexpected end of file.")?;
            self.at += c.len_utf8();
            match c {
                '<' => depth += 1,
                '>' => depth -= 1,
                _ => {}
            }
        }
        Ok(())
    }

    /// An element's name and attributes, and whether it ends at once.
    fn element(&mut self) -> Result<(Rc<Node>, bool), String> {
        let element = Node::new(self.name()?);
        loop {
            self.blanks();
            if self.take("/>") {
                return Ok((element, true));
            }
            if self.take(">") {
                return Ok((element, false));
            }
            let name = self.name()?;
            self.blanks();
            if !self.take("=") {
                return Err(format!(
                    "'{name}' is an unexpected token. The expected token is '='."
                ));
            }
            self.blanks();
            let quote = if self.take("\"") {
                "\""
            } else if self.take("'") {
                "'"
            } else {
                return Err("An attribute's value must be quoted.".to_owned());
            };
            let value = entities(self.until(quote)?)?;
            if element
                .attributes
                .borrow()
                .iter()
                .any(|(own, _)| **own == *name)
            {
                return Err(format!("'{name}' is a duplicate attribute name."));
            }
            element
                .attributes
                .borrow_mut()
                .push((Rc::from(name), Rc::from(value)));
        }
    }
}

fn has_root(document: &Node) -> bool {
    document
        .children
        .borrow()
        .iter()
        .any(|child| matches!(child, Child::Element(_)))
}

/// The text with `&amp;`, `&#65;` and so on read.
fn entities(text: &str) -> Result<String, String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let (name, after) = rest[at + 1..]
            .split_once(';')
            .ok_or("An '&' must be written &amp;.")?;
        let number = |digits: &str, radix| {
            u32::from_str_radix(digits, radix)
                .ok()
                .and_then(char::from_u32)
        };
        let letter = match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => match name.strip_prefix('#') {
                Some(hex) if hex.starts_with('x') => number(&hex[1..], 16),
                Some(digits) => number(digits, 10),
                None => None,
            },
        };
        out.push(letter.ok_or_else(|| format!("Reference to undeclared entity '{name}'."))?);
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_documents_are_refused() {
        for bad in [
            "",
            "x",
            "<a>",
            "<a></b>",
            "<a b=1/>",
            "<a/><b/>",
            "<a>&nope;</a>",
            "<a b='1' b='2'/>",
            "<1/>",
            "<a",
        ] {
            assert!(read(bad, &Node::new("#document")).is_err(), "{bad}");
        }
        assert!(read(&"<a>".repeat(100_000), &Node::new("#document")).is_err());
        assert!(
            read(
                "<?xml version='1.0'?><!DOCTYPE a><a b='&#65;&lt;'>t<!-- c --><c/></a>",
                &Node::new("#document")
            )
            .is_ok()
        );
    }
}
