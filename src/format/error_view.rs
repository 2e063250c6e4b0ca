//! Error records as the console prints them: NormalView as in Windows PowerShell, ConciseView, CategoryView.

use std::rc::Rc;

use crate::runtime::error::{ErrorRecord, Position};
use crate::runtime::shell::Shell;
use crate::runtime::{Value, convert, members};

/// The finished lines of an error in the layout of `$ErrorView`.
pub fn text(record: &Rc<ErrorRecord>, shell: &mut Shell) -> String {
    let view = shell
        .variable("ErrorView")
        .map(|value| convert::to_text(&value))
        .unwrap_or_default();
    match view.to_lowercase().as_str() {
        "categoryview" => format!("{}\n", category(record)),
        "conciseview" => concise(record),
        _ => normal(record),
    }
}

/// `Category: (target:Type) [activity], Reason`.
pub fn category(record: &ErrorRecord) -> String {
    members::category_info(record)
}

/// The layout of Windows PowerShell: message, place, category, id.
pub fn normal(record: &ErrorRecord) -> String {
    let place = record.place.borrow();
    let mut out = String::new();
    if !place.command.is_empty() {
        out.push_str(&place.command);
        out.push_str(" : ");
    }
    out.push_str(&record.exception.message);
    if let Some(position) = &place.position {
        out.push('\n');
        out.push_str(&position.message());
    }
    out.push_str(&format!(
        "\n    + CategoryInfo          : {}",
        category(record)
    ));
    out.push_str(&format!(
        "\n    + FullyQualifiedErrorId : {}",
        record.fully_qualified_id()
    ));
    if let Some(advice) = &record.recommendation {
        out.push_str(&format!("\n    + RecommendedAction     : {advice}"));
    }
    out.push_str("\n \n");
    out
}

/// The layout of PowerShell 7: the line with the place underlined where there are several, else one line.
pub fn concise(record: &ErrorRecord) -> String {
    let place = record.place.borrow();
    let who = if place.command.is_empty() {
        reason(record)
    } else {
        place.command.to_string()
    };
    let message = &record.exception.message;
    let mut out = match place
        .position
        .as_ref()
        .filter(|position| shows_line(position))
    {
        Some(position) => with_line(&who, position, message),
        None => format!("{who}: {message}\n"),
    };
    if let Some(advice) = &record.recommendation {
        out.push_str(&format!("      {advice}\n"));
    }
    out
}

fn shows_line(position: &Position) -> bool {
    position.source.file().is_some() || position.source.text().trim_end().contains('\n')
}

fn with_line(who: &str, position: &Position, message: &str) -> String {
    let line = position.line();
    let header = match position.source.file() {
        Some(file) => format!("{who}: {file}:{line}\n"),
        None => format!("{who}: \n"),
    };
    let excerpt = position.underlined("     |  ");
    let message = message.replace('\n', "\n     | ");
    format!("{header}Line |\n{line:>4} |  {excerpt}\n     | {message}\n")
}

fn reason(record: &ErrorRecord) -> String {
    let name = &record.exception.type_name;
    let short = name.rsplit('.').next().unwrap_or(name);
    match short {
        "ParseException" | "ParentContainsErrorRecordException" => "ParserError".to_owned(),
        "RuntimeException" => format!("{:?}", record.category),
        other => other.to_owned(),
    }
}

/// Whether a value is an error record.
pub fn is_error(value: &Value) -> bool {
    matches!(value, Value::Error(_))
}
