//! Where the cursor stands: at a command's name, at an argument, behind a dot.

use crate::language::{Token, TokenKind, parse};

/// What stands at the cursor, and from where on it would be replaced.
pub struct Place {
    /// Byte offset of the word.
    pub start: usize,
    /// What it is.
    pub kind: Kind,
}

/// What can be completed.
pub enum Kind {
    /// The name of a command.
    Command { word: String },
    /// A parameter of a command; the word begins with a dash.
    Parameter { command: CommandLine, word: String },
    /// A value given to a command; the word is as typed, with its quote.
    Argument { command: CommandLine, word: String },
    /// The word begins with `$` or `@`.
    Variable { word: String },
    /// Behind a dot.
    Member { target: String, word: String },
    /// Behind `::`.
    StaticMember { type_name: String, word: String },
    /// Behind `[`.
    Type { word: String },
    /// A dash behind an expression.
    Operator { word: String },
    /// A path outside a command: in a string, after `>`.
    Path { word: String },
    /// Nothing sensible.
    Nothing,
}

/// The command the cursor stands in, up to the cursor.
#[derive(Clone, Debug, Default)]
pub struct CommandLine {
    /// As written.
    pub name: String,
    /// What follows the name, the word at the cursor apart.
    pub elements: Vec<Element>,
    /// The command in front of the pipe, for properties.
    pub upstream: Option<String>,
    /// The expression in front of the pipe, for properties.
    pub upstream_expression: Option<String>,
}

/// One element after the name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Element {
    /// The name without dash; whether a colon ends it.
    Parameter(String, bool),
    /// A value with its elements joined by commas, as written.
    Value(String),
    /// A comma at the end: the word goes on with the value before.
    Comma,
}

/// Finds the place at the end of `text`.
pub fn find(text: &str) -> Place {
    let tokens = parse(text).tokens;
    let tokens: Vec<Token> = tokens
        .into_iter()
        .filter(|t| t.span.end > t.span.start)
        .collect();
    let cursor = text.len();
    let scan = Scan {
        text,
        tokens: &tokens,
    };
    let touching = tokens
        .last()
        .filter(|t| t.span.end as usize == cursor)
        .copied();
    if touching.is_some_and(|t| t.kind == TokenKind::Comment) {
        return Place {
            start: cursor,
            kind: Kind::Nothing,
        };
    }
    if let Some(place) = scan
        .variable(touching)
        .or_else(|| scan.member(touching))
        .or_else(|| scan.type_name(touching))
    {
        return place;
    }
    scan.word(touching)
}

struct Scan<'a> {
    text: &'a str,
    tokens: &'a [Token],
}

impl Scan<'_> {
    fn slice(&self, token: &Token) -> &str {
        self.text
            .get(token.span.start as usize..token.span.end as usize)
            .unwrap_or_default()
    }

    fn is(&self, token: &Token, text: &str) -> bool {
        self.slice(token) == text
    }

    fn variable(&self, touching: Option<Token>) -> Option<Place> {
        let token = touching?;
        let text = self.slice(&token);
        let begins = text.starts_with('$') && !text.starts_with("$(");
        let is_variable = token.kind == TokenKind::Variable && !text.ends_with('}');
        (is_variable
            || (begins
                && token.kind != TokenKind::Bracket
                && token.kind != TokenKind::StringLiteral))
            .then(|| Place {
                start: token.span.start as usize,
                kind: Kind::Variable {
                    word: text.to_owned(),
                },
            })
    }

    /// `$x.na`, `[int]::Ma`: the word behind the dot or the colons, and the text of what stands before.
    fn member(&self, touching: Option<Token>) -> Option<Place> {
        let token = touching?;
        let last = self.tokens.len() - 1;
        let (dot, start, word) = match token.kind {
            TokenKind::Member => (
                last.checked_sub(1)?,
                token.span.start as usize,
                self.slice(&token).to_owned(),
            ),
            _ if matches!(self.slice(&token), "." | "::" | "?.") => {
                (last, self.text.len(), String::new())
            }
            _ => return None,
        };
        let operator = self.tokens.get(dot)?;
        let first = self.operand_before(dot)?;
        let target = self
            .text
            .get(self.tokens.get(first)?.span.start as usize..operator.span.start as usize)?;
        let kind = match self.slice(operator) {
            "::" => {
                let type_name = target
                    .trim()
                    .strip_prefix('[')?
                    .strip_suffix(']')?
                    .to_owned();
                Kind::StaticMember { type_name, word }
            }
            "." | "?." => Kind::Member {
                target: target.to_owned(),
                word,
            },
            _ => return None,
        };
        Some(Place { start, kind })
    }

    /// The first token of the operand that ends right before the token `at`.
    fn operand_before(&self, at: usize) -> Option<usize> {
        let mut first = at;
        let mut depth = 0usize;
        while let Some(index) = first.checked_sub(1) {
            let token = &self.tokens[index];
            let adjacent = token.span.end == self.tokens[first].span.start;
            if depth == 0 && !adjacent {
                break;
            }
            match (token.kind, self.slice(token)) {
                (TokenKind::Bracket, ")" | "]" | "}") => depth += 1,
                (TokenKind::Bracket, _) if depth == 0 => break,
                (TokenKind::Bracket, _) => depth -= 1,
                (TokenKind::Operator, "." | "::" | "?.") => {}
                (
                    TokenKind::Operator
                    | TokenKind::Separator
                    | TokenKind::NewLine
                    | TokenKind::Keyword,
                    _,
                ) if depth == 0 => break,
                _ => {}
            }
            first = index;
        }
        (first < at).then_some(first)
    }

    /// `[Syst`: a type's name behind an open bracket that does not follow a value.
    fn type_name(&self, touching: Option<Token>) -> Option<Place> {
        let token = touching?;
        let last = self.tokens.len() - 1;
        let (bracket, start, word) = match token.kind {
            TokenKind::Type | TokenKind::Attribute => (
                last.checked_sub(1)?,
                token.span.start as usize,
                self.slice(&token).to_owned(),
            ),
            TokenKind::Bracket if self.is(&token, "[") => (last, self.text.len(), String::new()),
            _ => return None,
        };
        let after_value = bracket.checked_sub(1).is_some_and(|before| {
            let before = &self.tokens[before];
            before.span.end == self.tokens[bracket].span.start
                && (matches!(
                    before.kind,
                    TokenKind::Variable | TokenKind::Member | TokenKind::StringLiteral
                ) || matches!(self.slice(before), ")" | "]"))
        });
        (!after_value || token.kind == TokenKind::Type).then_some(Place {
            start,
            kind: Kind::Type { word },
        })
    }

    /// An ordinary word: a command's name, a parameter or an argument.
    fn word(&self, touching: Option<Token>) -> Place {
        let cursor = self.text.len();
        let first = self.first_of_word(touching);
        let start = self
            .tokens
            .get(first)
            .map_or(cursor, |t| (t.span.start as usize).min(cursor));
        let word = self.text.get(start..).unwrap_or_default().to_owned();
        let begin = self.command_begin(first);
        let before = &self.tokens[begin..first];
        let kind = match before.first() {
            None if is_path(&word) || word.starts_with(['\'', '"']) => Kind::Path { word },
            None if self.text.trim().is_empty() => Kind::Nothing,
            None => Kind::Command { word },
            _ if before.last().is_some_and(|t| t.kind == TokenKind::Keyword) => {
                Kind::Command { word }
            }
            Some(head) if head.kind == TokenKind::Command => {
                let command = self.command_line(begin, first);
                let after_redirection = before
                    .last()
                    .is_some_and(|t| t.kind == TokenKind::Operator && self.slice(t).contains('>'));
                if after_redirection {
                    Kind::Path { word }
                } else if word.starts_with('-') {
                    Kind::Parameter { command, word }
                } else {
                    Kind::Argument { command, word }
                }
            }
            Some(_) if word.starts_with('-') => Kind::Operator { word },
            Some(_) if word.starts_with(['\'', '"']) || is_path(&word) => Kind::Path { word },
            Some(_) => Kind::Nothing,
        };
        Place { start, kind }
    }

    /// Index of the first token of the word at the cursor; the number of tokens when the cursor stands behind a blank.
    fn first_of_word(&self, touching: Option<Token>) -> usize {
        let count = self.tokens.len();
        let Some(last) = touching else { return count };
        if self.ends_a_word(&last) {
            return count;
        }
        let mut first = count - 1;
        while let Some(index) = first.checked_sub(1) {
            let token = &self.tokens[index];
            if token.span.end != self.tokens[first].span.start || self.ends_a_word(token) {
                break;
            }
            first = index;
        }
        first
    }

    /// Whether what follows the token begins a new word.
    fn ends_a_word(&self, token: &Token) -> bool {
        match token.kind {
            TokenKind::Separator | TokenKind::NewLine | TokenKind::LineContinuation => true,
            TokenKind::Bracket => !matches!(self.slice(token), ")" | "]" | "}"),
            TokenKind::Operator => !self.slice(token).starts_with('-'),
            TokenKind::Unknown => self.slice(token).ends_with(['|', '&', ')', '}']),
            TokenKind::Parameter => self.slice(token).ends_with(':'),
            _ => false,
        }
    }

    /// Index of the first token of the command or expression that holds the token `at`.
    fn command_begin(&self, at: usize) -> usize {
        let mut begin = at;
        let mut depth = 0usize;
        while let Some(index) = begin.checked_sub(1) {
            let token = &self.tokens[index];
            let text = self.slice(token);
            match token.kind {
                TokenKind::Bracket if matches!(text, ")" | "]" | "}") => depth += 1,
                TokenKind::Bracket if depth == 0 => break,
                TokenKind::Bracket => depth -= 1,
                TokenKind::Separator | TokenKind::NewLine if depth == 0 => break,
                TokenKind::Operator | TokenKind::Unknown
                    if depth == 0 && self.is_boundary(index) =>
                {
                    break;
                }
                _ => {}
            }
            begin = index;
        }
        begin
    }

    /// Whether the operator ends a command or expression, so that a new one follows. A dot does only as `. script`.
    fn is_boundary(&self, index: usize) -> bool {
        let token = &self.tokens[index];
        match self.slice(token) {
            "." => self
                .tokens
                .get(index + 1)
                .is_some_and(|next| next.span.start > token.span.end),
            text => matches!(
                text,
                "|" | "||" | "&&" | "&" | "=" | "+=" | "-=" | "*=" | "/=" | "%=" | "??="
            ),
        }
    }

    fn command_line(&self, begin: usize, end: usize) -> CommandLine {
        let name = self
            .tokens
            .get(begin)
            .map(|t| self.slice(t).to_owned())
            .unwrap_or_default();
        let (upstream, upstream_expression) = self.upstream(begin);
        CommandLine {
            name,
            elements: self.elements(begin + 1, end),
            upstream,
            upstream_expression,
        }
    }

    /// Groups tokens to parameters and values: neighbours and what commas join are one value.
    fn elements(&self, begin: usize, end: usize) -> Vec<Element> {
        let mut elements: Vec<Element> = Vec::new();
        let mut at = begin;
        let mut joins = false;
        while at < end {
            let token = &self.tokens[at];
            let text = self.slice(token);
            if token.kind == TokenKind::Parameter {
                let name = text.trim_start_matches('-');
                let bare = name.trim_end_matches(':');
                elements.push(Element::Parameter(
                    bare.to_owned(),
                    name.len() != bare.len(),
                ));
                at += 1;
                joins = false;
                continue;
            }
            if text == "," {
                joins = true;
                at += 1;
                continue;
            }
            if token.kind == TokenKind::LineContinuation {
                at += 1;
                continue;
            }
            let last = self.end_of_value(at, end);
            let written = self
                .text
                .get(token.span.start as usize..self.tokens[last].span.end as usize)
                .unwrap_or_default();
            match elements.last_mut() {
                Some(Element::Value(value)) if joins => value.push_str(&format!(",{written}")),
                _ => elements.push(Element::Value(written.to_owned())),
            }
            joins = false;
            at = last + 1;
        }
        if joins {
            elements.push(Element::Comma);
        }
        elements
    }

    /// Index of the last token of the value that begins at `at`.
    fn end_of_value(&self, at: usize, end: usize) -> usize {
        let mut depth = 0usize;
        let mut last = at;
        for index in at..end {
            let token = &self.tokens[index];
            let adjacent = index == at || token.span.start == self.tokens[index - 1].span.end;
            if depth == 0 && (!adjacent || (index > at && self.is(token, ","))) {
                break;
            }
            if token.kind == TokenKind::Bracket {
                if matches!(self.slice(token), ")" | "]" | "}") {
                    depth = depth.saturating_sub(1);
                } else {
                    depth += 1;
                }
            }
            last = index;
        }
        last
    }

    /// The command or expression in front of the pipe before `begin`.
    fn upstream(&self, begin: usize) -> (Option<String>, Option<String>) {
        let Some(pipe) = begin
            .checked_sub(1)
            .filter(|&at| self.is(&self.tokens[at], "|"))
        else {
            return (None, None);
        };
        let from = self.command_begin(pipe);
        let Some(head) = self.tokens.get(from).filter(|_| from < pipe) else {
            return (None, None);
        };
        if head.kind == TokenKind::Command {
            let name = self.slice(head).to_owned();
            // These hand on what they get.
            const PASSING: [&str; 8] = [
                "where",
                "where-object",
                "?",
                "sort",
                "sort-object",
                "select",
                "select-object",
                "tee-object",
            ];
            if PASSING.contains(&name.to_lowercase().as_str()) {
                return self.upstream(from);
            }
            return (Some(name), None);
        }
        let text = self
            .text
            .get(head.span.start as usize..self.tokens[pipe].span.start as usize)
            .unwrap_or_default();
        (None, Some(text.trim().to_owned()))
    }
}

fn is_path(word: &str) -> bool {
    word.starts_with("./")
        || word.starts_with("../")
        || word.starts_with('/')
        || word.starts_with("~/")
        || word.starts_with(".\\")
}
