//! How a cmdlet asks the engine.

use std::future::Future;

use super::errors::record;
use crate::engine::{Engine, EngineError};
use crate::runtime::cx::Cx;
use crate::runtime::{ErrorCategory, ErrorRecord, Flow, Run};
use crate::session::Session;

/// Asks the engine and waits for its answer. Ctrl-C ends the waiting, not what the engine does.
///
/// # Errors
/// Interrupted, or a shell that has no session to lend.
pub fn call<T, F>(cx: &Cx<'_>, ask: impl FnOnce(Engine) -> F) -> Run<Result<T, EngineError>>
where
    F: Future<Output = Result<T, EngineError>>,
{
    let Some(session) = cx.session::<Session>() else {
        return Err(ErrorRecord::new(
            "System.InvalidOperationException",
            "NoMigrationSession",
            ErrorCategory::InvalidOperation,
            "This shell was started without a migration session, so there is nothing to ask.",
        )
        .into());
    };
    let engine = match session.engine() {
        Ok(engine) => engine,
        Err(error) => return Ok(Err(error)),
    };
    session.block_on(ask(engine)).ok_or(Flow::Interrupted)
}

/// Asks the engine; what it refuses is written as a non-terminating error, and the answer is `None`.
///
/// # Errors
/// As [`call`], and whatever `-ErrorAction` makes of a refusal.
pub fn answer<T, F>(cx: &mut Cx<'_>, ask: impl FnOnce(Engine) -> F) -> Run<Option<T>>
where
    F: Future<Output = Result<T, EngineError>>,
{
    match call(cx, ask)? {
        Ok(answer) => Ok(Some(answer)),
        Err(error) => cx.error(record(&error)).map(|()| None),
    }
}

/// Cuts a list to `-ResultSize` and says so when something was left off. Ask the engine for one more than the size.
///
/// # Errors
/// As a warning may under `-WarningAction`.
pub fn cut<T>(cx: &mut Cx<'_>, list: &mut Vec<T>, size: Option<u32>) -> Run<()> {
    let Some(size) = size.map(|n| n as usize) else {
        return Ok(());
    };
    if list.len() > size {
        list.truncate(size);
        cx.warning("There are more results than -ResultSize lets through; -ResultSize Unlimited shows all of them.")?;
    }
    Ok(())
}

/// What `-ResultSize` is when it is not given.
pub const RESULT_SIZE: Option<u32> = Some(1000);

/// One more than the size, so that [`cut`] can tell.
pub fn one_more(size: Option<u32>) -> Option<u32> {
    size.map(|n| n.saturating_add(1))
}
