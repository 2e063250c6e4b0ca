//! Any text is read to its end: the tokens cover it, the errors point into it.

use mailtern::language::{Parsed, parse};

pub fn holds(data: &[u8]) {
    let text = super::text(data);
    let parsed = parse(&text);
    tokens_cover(&parsed);
    let end = text.len() as u32 + 1;
    for error in &parsed.errors {
        let span = error.span;
        assert!(span.start <= span.end && span.start <= end, "{error:?}");
        assert!(!error.id.is_empty() && !error.message.is_empty());
        assert!(parsed.script.source.position(span.start).line > 0);
    }
}

/// Every letter that is no blank belongs to one token.
fn tokens_cover(parsed: &Parsed) {
    let text = parsed.script.source.text();
    let blank = |from: usize, to: usize| {
        let gap = text.get(from..to).unwrap();
        assert!(gap.chars().all(char::is_whitespace), "no token for {gap:?}");
    };
    let mut end = if text.starts_with('\u{feff}') { 3 } else { 0 };
    for token in &parsed.tokens {
        let (from, to) = (token.span.start as usize, token.span.end as usize);
        assert!(from >= end && to > from, "tokens overlap at {from}");
        blank(end, from);
        end = to;
    }
    blank(end, text.len());
}
