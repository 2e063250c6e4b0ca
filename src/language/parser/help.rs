//! Comment-based help: comments with `.SYNOPSIS` and its kin that stand before, at the head or at the foot of a body.

use std::rc::Rc;

use super::super::{Token, TokenKind};
use super::Parser;

/// The keywords that make a comment help.
const KEYWORDS: [&str; 15] = [
    "synopsis",
    "description",
    "parameter",
    "example",
    "inputs",
    "outputs",
    "notes",
    "link",
    "component",
    "role",
    "functionality",
    "forwardhelptargetname",
    "forwardhelpcategory",
    "remotehelprunspace",
    "externalhelp",
];

impl Parser<'_> {
    /// Help at the head of a script: its first comments. Those right in front of a function belong to the function,
    /// unless two blank lines part them.
    pub(super) fn script_help(&mut self) -> Option<Rc<str>> {
        self.newlines();
        let comments = Run::first_group(&self.tokens);
        let behind = self.tokens.get(comments.0.len()..).unwrap_or_default();
        let blank_lines = behind
            .iter()
            .take_while(|t| t.kind == TokenKind::NewLine)
            .count();
        let next = self.keyword().unwrap_or_default().to_ascii_lowercase();
        let function = matches!(next.as_str(), "function" | "filter");
        let owned = function && blank_lines == behind.len() && blank_lines < 2;
        if owned {
            None
        } else {
            self.help_text(comments)
        }
    }

    /// Help in the comments right before a function: at most one blank line between.
    pub(super) fn preceding_help(&self) -> Option<Rc<str>> {
        let blank_lines = self
            .tokens
            .iter()
            .rev()
            .take_while(|t| t.kind == TokenKind::NewLine)
            .count();
        if blank_lines > 2 {
            None
        } else {
            self.help_text(Run::last(&self.tokens))
        }
    }

    /// Help at the head or the foot of a body whose tokens start at an index.
    pub(super) fn body_help(&self, first_token: usize) -> Option<Rc<str>> {
        let tokens = self.tokens.get(first_token..)?;
        self.help_text(Run::first(tokens))
            .or_else(|| self.help_text(Run::last(tokens)))
    }

    /// The text of a run of comments without their marks, if a line of it starts with a keyword.
    fn help_text(&self, Run(comments): Run<'_>) -> Option<Rc<str>> {
        let mut lines = Vec::new();
        for comment in comments.iter().filter(|t| t.kind == TokenKind::Comment) {
            let text = self.slice(comment.span);
            match text.strip_prefix("<#") {
                Some(block) => lines.extend(block.strip_suffix("#>").unwrap_or(block).lines()),
                None => lines.push(text.trim_start_matches('#')),
            }
        }
        let is_keyword = |line: &&str| {
            let word = line
                .trim_start()
                .strip_prefix('.')
                .and_then(|rest| rest.split_whitespace().next());
            word.is_some_and(|word| {
                KEYWORDS
                    .iter()
                    .any(|keyword| word.eq_ignore_ascii_case(keyword))
            })
        };
        lines
            .iter()
            .any(is_keyword)
            .then(|| lines.join("\n").into())
    }
}

/// Comments that stand together.
struct Run<'a>(&'a [Token]);

impl<'a> Run<'a> {
    /// The first comments of a text, up to a blank line. The line end after the last is part of the group.
    fn first_group(tokens: &'a [Token]) -> Self {
        let start = tokens
            .iter()
            .position(|t| t.kind == TokenKind::Comment)
            .unwrap_or(0);
        let blank_line = |w: &[Token]| w.iter().all(|t| t.kind == TokenKind::NewLine);
        let run = Run::first(tokens).0;
        let after = run.get(start..).unwrap_or_default();
        let end = after
            .windows(2)
            .position(blank_line)
            .map_or(run.len(), |at| start + at + 1);
        Run(run.get(..end).unwrap_or_default())
    }

    /// Before the first token that is neither a comment nor a line end.
    fn first(tokens: &'a [Token]) -> Self {
        let end = tokens
            .iter()
            .position(|t| !is_trivia(t))
            .unwrap_or(tokens.len());
        Run(tokens.get(..end).unwrap_or_default())
    }

    /// After the last such token, and there not parted by a blank line.
    fn last(tokens: &'a [Token]) -> Self {
        let start = tokens
            .iter()
            .rposition(|t| !is_trivia(t))
            .map_or(0, |last| last + 1);
        let run = tokens.get(start..).unwrap_or_default();
        let parted = run.windows(3).rposition(|w| {
            w.first().is_some_and(|t| t.kind == TokenKind::Comment)
                && w.iter().skip(1).all(|t| t.kind == TokenKind::NewLine)
        });
        let last_comment = run.iter().rposition(|t| t.kind == TokenKind::Comment);
        let start = parted
            .filter(|&at| Some(at) != last_comment)
            .map_or(0, |at| at + 1);
        Run(run.get(start..).unwrap_or_default())
    }
}

fn is_trivia(token: &Token) -> bool {
    matches!(token.kind, TokenKind::Comment | TokenKind::NewLine)
}
