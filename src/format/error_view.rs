//! Error records as the console prints them: NormalView as in Windows PowerShell, ConciseView, CategoryView.

use std::rc::Rc;

use crate::runtime::error::{ErrorRecord, Place, Position};
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
    out.push_str(&told(record, &place));
    out.push_str(&format!(
        "\n    + CategoryInfo          : {}",
        category(record)
    ));
    out.push_str(&format!(
        "\n    + FullyQualifiedErrorId : {}",
        record.fully_qualified_id()
    ));
    // Details are a script's or cmdlet's own words, and stand alone.
    if let Some(advice) = record
        .recommendation
        .as_ref()
        .filter(|_| record.details.is_none())
    {
        out.push_str(&format!("\n    + RecommendedAction     : {advice}"));
    }
    // A message of the cmdlet's own choice is followed by nothing.
    out.push_str(if record.details.is_some() {
        "\n"
    } else {
        "\n \n"
    });
    out
}

/// The message with its place. Errors of a text that does not parse stand each under its place.
fn told(record: &ErrorRecord, place: &Place) -> String {
    let message = record.details.as_ref().unwrap_or(&record.exception.message);
    let Some(position) = &place.position else {
        return message.to_string();
    };
    let syntax = record.syntax.borrow();
    if syntax.is_empty() {
        return format!("{message}\n{}", position.message());
    }
    let each = syntax.iter().map(|(message, span)| {
        let position = Position {
            source: position.source.clone(),
            span: *span,
        };
        format!("{}\n{message}", position.message())
    });
    each.collect::<Vec<_>>().join("\n")
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
        other => other.to_owned(),
    }
}

/// Whether a value is an error record.
pub fn is_error(value: &Value) -> bool {
    matches!(value, Value::Error(_))
}
