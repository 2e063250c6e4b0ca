//! Quotes around values that need them.

/// A word as typed, taken apart: its open quote and what follows.
pub fn open(word: &str) -> (Option<char>, String) {
    match word.chars().next() {
        Some(quote @ ('\'' | '"')) => {
            let inner = &word[1..];
            let inner = inner.strip_suffix(quote).unwrap_or(inner);
            let doubled: String = [quote, quote].iter().collect();
            (Some(quote), inner.replace(&doubled, &quote.to_string()))
        }
        _ => (None, word.to_owned()),
    }
}

/// The value as an argument: in the quote it was begun with, or in single quotes when it could be misread bare.
pub fn close(value: &str, quote: Option<char>) -> String {
    match quote {
        Some('"') => format!(
            "\"{}\"",
            value
                .replace('`', "``")
                .replace('"', "`\"")
                .replace('$', "`$")
        ),
        Some(_) => format!("'{}'", value.replace('\'', "''")),
        None if needs_quotes(value) => format!("'{}'", value.replace('\'', "''")),
        None => value.to_owned(),
    }
}

fn needs_quotes(value: &str) -> bool {
    let special = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '\'' | '"'
                    | '`'
                    | '$'
                    | '('
                    | ')'
                    | '{'
                    | '}'
                    | ';'
                    | '|'
                    | '&'
                    | '<'
                    | '>'
                    | ','
                    | '#'
            )
    };
    value.is_empty() || value.contains(special) || value.starts_with(['-', '@', '['])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_quoted_where_they_must_be() {
        assert_eq!(close("plain", None), "plain");
        assert_eq!(close("two words", None), "'two words'");
        assert_eq!(close("it's", None), "'it''s'");
        assert_eq!(close("a$b", Some('"')), "\"a`$b\"");
        assert_eq!(open("'it''s"), (Some('\''), "it's".into()));
        assert_eq!(open("bare"), (None, "bare".into()));
    }
}
