//! The notation of the grammar files: reading, matching, making sentences.

use std::collections::HashMap;

/// A part of a rule.
#[derive(Debug)]
pub enum Node {
    /// A text; `exact` counts letter case.
    Text { text: String, exact: bool },
    /// One character of a range.
    Range(char, char),
    /// `any`, `letter` or `digit`.
    Class(String),
    /// Another rule.
    Rule(String),
    /// Parts one after the other; `true` forbids blanks before a part.
    Sequence(Vec<(bool, Node)>),
    /// One of them.
    Choice(Vec<Node>),
    /// May be missing.
    Maybe(Box<Node>),
    /// Any number of times.
    Many(Box<Node>),
    /// The first unless it is the second as well.
    Except(Box<Node>, Box<Node>),
}

/// A rule of a file.
#[derive(Debug)]
pub struct Rule {
    pub text: String,
    pub node: Node,
    pub lexical: bool,
}

pub type Grammar = HashMap<String, Rule>;

/// Both files.
pub fn grammar() -> Grammar {
    let mut rules = HashMap::new();
    for (text, lexical) in [
        (include_str!("../../grammar/lexical.ebnf"), true),
        (include_str!("../../grammar/shell.ebnf"), false),
    ] {
        let mut reader = Reader {
            tokens: tokens(text),
            at: 0,
        };
        while let Some((name, text, node)) = reader.rule() {
            assert!(
                rules
                    .insert(
                        name.clone(),
                        Rule {
                            text,
                            node,
                            lexical
                        }
                    )
                    .is_none(),
                "{name} is defined twice"
            );
        }
    }
    rules
}

/// Words, quoted texts and marks; comments left out.
fn tokens(text: &str) -> Vec<String> {
    let (mut out, mut rest) = (Vec::new(), text);
    loop {
        rest = rest.trim_start();
        let Some(first) = rest.chars().next() else {
            return out;
        };
        let length = match first {
            '(' if rest.starts_with("(*") => {
                rest = &rest[rest.find("*)").unwrap() + 2..];
                continue;
            }
            '"' | '\'' => rest[1..].find(first).unwrap() + 2,
            '.' => 2,
            c if c.is_alphabetic() => rest
                .find(|c: char| !(c.is_alphanumeric() || c == '_'))
                .unwrap_or(rest.len()),
            c => c.len_utf8(),
        };
        out.push(rest[..length].to_owned());
        rest = &rest[length..];
    }
}

struct Reader {
    tokens: Vec<String>,
    at: usize,
}

impl Reader {
    fn peek(&self) -> &str {
        self.tokens.get(self.at).map_or("", String::as_str)
    }

    fn next(&mut self) -> String {
        self.at += 1;
        self.tokens[self.at - 1].clone()
    }

    fn rule(&mut self) -> Option<(String, String, Node)> {
        if self.at == self.tokens.len() {
            return None;
        }
        let start = self.at;
        let name = self.next();
        assert_eq!(self.next(), "=", "after {name}");
        let node = self.choice();
        assert_eq!(self.next(), ";", "after the rule {name}");
        Some((
            name,
            self.tokens[start..self.at].join(" ").replace(" .. ", ".."),
            node,
        ))
    }

    fn choice(&mut self) -> Node {
        let mut choices = vec![self.difference()];
        while self.peek() == "|" {
            self.at += 1;
            choices.push(self.difference());
        }
        if choices.len() == 1 {
            choices.pop().unwrap()
        } else {
            Node::Choice(choices)
        }
    }

    fn difference(&mut self) -> Node {
        let all = self.sequence();
        if self.peek() != "-" {
            return all;
        }
        self.at += 1;
        Node::Except(Box::new(all), Box::new(self.sequence()))
    }

    fn sequence(&mut self) -> Node {
        let mut parts = Vec::new();
        while !["|", "-", ")", "]", "}", ";", ""].contains(&self.peek()) {
            let glued = self.peek() == "~";
            self.at += usize::from(glued);
            parts.push((glued, self.part()));
        }
        assert!(
            !parts.is_empty(),
            "an empty sequence before {:?}",
            self.peek()
        );
        if parts.len() == 1 && !parts[0].0 {
            parts.pop().unwrap().1
        } else {
            Node::Sequence(parts)
        }
    }

    fn part(&mut self) -> Node {
        let token = self.next();
        let close = |reader: &mut Self, mark: &str| assert_eq!(reader.next(), mark);
        match token.as_str() {
            "(" => {
                let node = self.choice();
                close(self, ")");
                node
            }
            "[" => {
                let node = self.choice();
                close(self, "]");
                Node::Maybe(Box::new(node))
            }
            "{" => {
                let node = self.choice();
                close(self, "}");
                Node::Many(Box::new(node))
            }
            "any" | "letter" | "digit" => Node::Class(token),
            text if text.starts_with(['"', '\'']) => {
                let value = unescape(&text[1..text.len() - 1]);
                if self.peek() != ".." {
                    return Node::Text {
                        text: value,
                        exact: text.starts_with('\''),
                    };
                }
                self.at += 1;
                let last = self.next();
                let last = unescape(&last[1..last.len() - 1]);
                Node::Range(value.chars().next().unwrap(), last.chars().next().unwrap())
            }
            name => Node::Rule(name.to_owned()),
        }
    }
}

/// `\n`, `\r`, `\t`, `\0` and `\u{…}`; any other backslash is itself.
fn unescape(text: &str) -> String {
    let mut out = text.to_owned();
    for (mark, c) in [("\\n", "\n"), ("\\r", "\r"), ("\\t", "\t"), ("\\0", "\0")] {
        out = out.replace(mark, c);
    }
    while let Some(at) = out.find("\\u{") {
        let end = at + out[at..].find('}').unwrap();
        let c = char::from_u32(u32::from_str_radix(&out[at + 3..end], 16).unwrap()).unwrap();
        out.replace_range(at..=end, &c.to_string());
    }
    out
}

/// Where a part can end that starts at a place of a text, blanks not counted in.
pub fn ends(grammar: &Grammar, node: &Node, text: &[char], at: usize) -> Vec<usize> {
    let one = |ok: bool| if ok { vec![at + 1] } else { Vec::new() };
    let next = text.get(at).copied();
    match node {
        Node::Text {
            text: wanted,
            exact,
        } => {
            let same = |(a, b): (char, &char)| {
                if *exact {
                    a == *b
                } else {
                    a.eq_ignore_ascii_case(b)
                }
            };
            let length = wanted.chars().count();
            let matched = text.len() >= at + length && wanted.chars().zip(&text[at..]).all(same);
            if matched {
                vec![at + length]
            } else {
                Vec::new()
            }
        }
        Node::Range(first, last) => one(next.is_some_and(|c| {
            (*first..=*last).contains(&c) || (*first..=*last).contains(&c.to_ascii_lowercase())
        })),
        Node::Class(name) => one(next.is_some_and(|c| match name.as_str() {
            "letter" => c.is_alphabetic(),
            "digit" => c.is_numeric(),
            _ => true,
        })),
        Node::Rule(name) => ends(
            grammar,
            &grammar
                .get(name)
                .unwrap_or_else(|| panic!("no rule {name}"))
                .node,
            text,
            at,
        ),
        Node::Sequence(parts) => parts.iter().fold(vec![at], |from, (_, part)| {
            distinct(
                from.into_iter()
                    .flat_map(|at| ends(grammar, part, text, at))
                    .collect(),
            )
        }),
        Node::Choice(choices) => distinct(
            choices
                .iter()
                .flat_map(|c| ends(grammar, c, text, at))
                .collect(),
        ),
        Node::Maybe(part) => distinct([vec![at], ends(grammar, part, text, at)].concat()),
        Node::Many(part) => {
            let (mut all, mut fresh) = (vec![at], vec![at]);
            while let Some(from) = fresh.pop() {
                for end in ends(grammar, part, text, from) {
                    if !all.contains(&end) {
                        all.push(end);
                        fresh.push(end);
                    }
                }
            }
            all
        }
        Node::Except(all, without) => {
            let without = ends(grammar, without, text, at);
            ends(grammar, all, text, at)
                .into_iter()
                .filter(|end| !without.contains(end))
                .collect()
        }
    }
}

fn distinct(mut ends: Vec<usize>) -> Vec<usize> {
    ends.sort_unstable();
    ends.dedup();
    ends
}
