//! Colours of a typed line, from the parser's tokens.

use crate::language::{TokenKind, parse};

/// The SGR sequence of a kind of token; empty for plain text. The colours of PSReadLine.
fn colour(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::Command | TokenKind::Name => "93",
        TokenKind::Parameter | TokenKind::Operator => "90",
        TokenKind::Variable | TokenKind::Keyword | TokenKind::Label => "92",
        TokenKind::StringLiteral => "36",
        TokenKind::Number => "97",
        TokenKind::Type | TokenKind::Attribute => "37",
        TokenKind::Comment => "32",
        TokenKind::Unknown => "91",
        _ => "",
    }
}

/// The line with escape sequences that colour it. `before` is what was typed on earlier lines of the statement, and decides
/// what the line means. What cannot be right and lies before the cursor is underlined.
pub fn line(before: &str, line: &str, cursor: usize) -> String {
    let text = format!("{before}{line}");
    let skip = before.len();
    let parsed = parse(&text);
    let wrong = parsed
        .errors
        .iter()
        .find(|e| !e.incomplete && (e.span.end as usize) < skip + cursor);
    let wrong =
        wrong.map(|e| e.span.start as usize..(e.span.end as usize).max(e.span.start as usize + 1));
    let mut out = String::with_capacity(line.len() * 2);
    let mut at = skip;
    for token in &parsed.tokens {
        let (start, end) = ((token.span.start as usize).max(at), token.span.end as usize);
        if end <= at {
            continue;
        }
        out.push_str(text.get(at..start).unwrap_or_default());
        let piece = text.get(start..end).unwrap_or_default();
        let underline = wrong
            .as_ref()
            .is_some_and(|w| start < w.end && w.start < end);
        let sgr = match (colour(token.kind), underline) {
            ("", false) => String::new(),
            ("", true) => "4".to_owned(),
            (colour, false) => colour.to_owned(),
            (colour, true) => format!("{colour};4"),
        };
        paint(&mut out, &sgr, piece);
        at = end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

fn paint(out: &mut String, sgr: &str, text: &str) {
    if sgr.is_empty() {
        out.push_str(text);
        return;
    }
    out.push_str("\x1b[");
    out.push_str(sgr);
    out.push('m');
    out.push_str(text);
    out.push_str("\x1b[0m");
}

#[cfg(test)]
mod tests {
    use super::line;

    fn bare(text: &str) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some(at) = rest.find('\x1b') {
            out.push_str(&rest[..at]);
            rest = rest[at..].split_once('m').map_or("", |(_, r)| r);
        }
        out + rest
    }

    #[test]
    fn colours_change_no_text() {
        for text in [
            "Get-X -Name 'a b' | ? { $_.N -gt 5 } # c",
            "\"open $x",
            "1 +",
            "] wrong )",
            "é → $x",
            "",
        ] {
            assert_eq!(bare(&line("", text, text.len())), text);
            assert_eq!(bare(&line("@'\n", text, 0)), text);
        }
        assert!(line("", "Get-X", 5).starts_with("\x1b[93mGet-X"));
        assert!(line("$s = 'a\n", "b' -f 1", 0).starts_with("\x1b[36mb'"));
    }
}
