//! Rules for names, the same for every named thing.

use super::error::{EngineError, ErrorId};

/// Characters a name may have.
const LONGEST: usize = 64;

/// Checks the name of an endpoint, batch or mailbox. `what` begins the sentence: `The batch name`.
pub(super) fn check_name(what: &str, name: &str) -> Result<(), EngineError> {
    let reason = if name.trim().is_empty() {
        "is empty"
    } else if name.trim() != name {
        "begins or ends with a blank"
    } else if name.chars().count() > LONGEST {
        "is longer than 64 characters"
    } else if name.chars().any(char::is_control) {
        "has a control character"
    } else {
        return Ok(());
    };
    Err(EngineError::new(
        ErrorId::InvalidArgument,
        name,
        format!("{what} {reason}."),
        "Choose a name of 1 to 64 visible characters.",
    ))
}
