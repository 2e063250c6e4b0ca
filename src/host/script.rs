//! Running a text to its end: a file, `-Command`, standard input.

use std::path::Path;

use crate::runtime::Value;
use crate::runtime::shell::{Outcome, Shell};
use crate::session::{ExitCode, Session};

/// Runs a script file with arguments.
///
/// # Errors
/// The file cannot be read: what to tell.
pub fn file(
    shell: &mut Shell,
    session: &Session,
    path: &Path,
    arguments: &[String],
) -> Result<i32, String> {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let bytes = std::fs::read(&path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => format!(
            "There is no script '{}'. Check its name and folder; a command is given with -Command.",
            path.display()
        ),
        _ => format!("The script '{}' cannot be read: {error}.", path.display()),
    })?;
    let text = decode(&bytes);
    let arguments = arguments.iter().map(Value::str).collect();
    let outcome = shell.run_text(&text, Some(&path), arguments);
    Ok(code(&outcome, session, false))
}

/// Runs a text; the code says whether its last statement failed.
pub fn text(shell: &mut Shell, session: &Session, text: &str) -> i32 {
    let outcome = shell.run_text(text, None, Vec::<Value>::new());
    code(&outcome, session, true)
}

/// A file as text: UTF-8 or UTF-16 by its mark, UTF-8 without one.
pub fn decode(bytes: &[u8]) -> String {
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes
            .chunks_exact(2)
            .map(|pair| unit([pair[0], pair[1]]))
            .collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        [0xFF, 0xFE, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => wide(rest, u16::from_be_bytes),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// The exit code of a run. An error that ended it is 1; so is a last statement that failed, when `last_counts`. What was waited
/// for has its own codes, unless the script says `exit`.
fn code(outcome: &Outcome, session: &Session, last_counts: bool) -> i32 {
    let own = |code: ExitCode| i32::from(code.number());
    if let Some(exit) = outcome.exit {
        return exit;
    }
    if outcome.interrupted {
        return own(ExitCode::Interrupted);
    }
    let failed = outcome.fatal || (last_counts && outcome.failed);
    let said = session.outcome().unwrap_or(ExitCode::Success);
    own(if failed {
        said.graver(ExitCode::ScriptError)
    } else {
        said
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_read_by_their_mark() {
        assert_eq!(decode(b"\xEF\xBB\xBFa"), "a");
        assert_eq!(decode(b"\xFF\xFEa\0\xe9\0"), "aé");
        assert_eq!(decode(b"\xFE\xFF\0a"), "a");
        assert_eq!(decode("é".as_bytes()), "é");
    }
}
