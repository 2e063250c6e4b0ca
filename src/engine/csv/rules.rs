//! The rules of the header and of a row.

use std::collections::HashMap;

use csv::StringRecord;

use super::{
    CsvRejected, CsvUser, OPTIONAL, REQUIRED, TARGET_PASSWORD, TARGET_USER_NAME, TargetSignIn,
    USER_ROOT,
};
use crate::engine::batch::RowWarning;
use crate::mail::{Address, Secret};

/// Where each known column stands.
pub(super) struct Columns {
    address: usize,
    user_name: usize,
    password: usize,
    user_root: Option<usize>,
    target_user_name: Option<usize>,
    target_password: Option<usize>,
    sign_in: TargetSignIn,
}

/// Finds the columns; `None`, with faults, when a required one is missing.
pub(super) fn columns(
    header: &StringRecord,
    allow_unknown: bool,
    sign_in: TargetSignIn,
    faults: &mut Vec<String>,
) -> Option<Columns> {
    let place = |name: &str| {
        header
            .iter()
            .position(|cell| cell.eq_ignore_ascii_case(name))
    };
    for (at, cell) in header.iter().enumerate() {
        let is_known = REQUIRED
            .iter()
            .chain(&OPTIONAL)
            .any(|name| cell.eq_ignore_ascii_case(name));
        if is_known && place(cell) != Some(at) {
            faults.push(format!("Column \"{cell}\" is in the CSV file twice."));
        } else if !is_known && !allow_unknown {
            faults.push(unknown(at, cell));
        }
    }
    for name in REQUIRED {
        if place(name).is_none() {
            faults.push(format!(
                "Column \"{name}\" is missing from the CSV file.{}",
                hint(header)
            ));
        }
    }
    if sign_in == TargetSignIn::Nobody {
        // else the mail of users who are meant to have a sign-in elsewhere would go into the mail store
        for name in [TARGET_USER_NAME, TARGET_PASSWORD] {
            if place(name).is_some() {
                faults.push(format!(
                    "Column \"{name}\" is a sign-in at a target server, and the batch has none; name it with -TargetEndpoint."
                ));
            }
        }
    }
    Some(Columns {
        address: place(REQUIRED[0])?,
        user_name: place(REQUIRED[1])?,
        password: place(REQUIRED[2])?,
        user_root: place(USER_ROOT),
        target_user_name: place(TARGET_USER_NAME),
        target_password: place(TARGET_PASSWORD),
        sign_in,
    })
}

/// A header cell is named only when it looks like a name: a file without a header has a password there.
fn unknown(at: usize, cell: &str) -> String {
    let is_name = cell.len() <= 40 && cell.chars().all(|c| c.is_ascii_alphabetic() || c == ' ');
    if is_name && !cell.trim().is_empty() {
        format!("Column \"{cell}\" isn't allowed.")
    } else {
        format!("Column {} of the header isn't a known name.", at + 1)
    }
}

fn hint(header: &StringRecord) -> &'static str {
    match (header.len(), header.get(0)) {
        (1, Some(cell)) if cell.contains(';') => {
            " The header has semicolons: separate with commas."
        }
        (1, Some(cell)) if cell.contains('\t') => " The header has tabs: separate with commas.",
        _ => "",
    }
}

/// Checks a row; every reason is told. `seen` maps the addresses of earlier rows to their row numbers.
pub(super) fn row(
    row: u32,
    record: &StringRecord,
    columns: &Columns,
    elsewhere: &HashMap<String, String>,
    seen: &mut HashMap<String, u32>,
) -> Result<CsvUser, CsvRejected> {
    let cell = |at: usize| record.get(at).unwrap_or_default();
    let address = cell(columns.address);
    let user_name = cell(columns.user_name);
    let password = cell(columns.password);
    let user_root = columns.user_root.map_or("", cell);
    let target_user_name = columns.target_user_name.map_or("", cell);
    let target_password = columns.target_password.map_or("", cell);
    let mut reasons = Vec::new();
    if let Some(reason) = address_fault(address) {
        reasons.push(reason);
    } else {
        let key = address.to_lowercase();
        if let Some(batch) = elsewhere.get(&key) {
            reasons.push(format!(
                "The user has already been migrated or is in the migration batch \"{batch}\"."
            ));
        }
        match seen.get(&key) {
            Some(first) => reasons.push(format!("EmailAddress is the same as in row {first}.")),
            None => drop(seen.insert(key, row)),
        }
    }
    reasons.extend(text_fault("UserName", user_name));
    reasons.extend(password_fault("Password", password));
    if !target_user_name.is_empty() {
        reasons.extend(text_fault(TARGET_USER_NAME, target_user_name));
    }
    if !target_password.is_empty() || columns.sign_in == TargetSignIn::EachUser {
        reasons.extend(password_fault(TARGET_PASSWORD, target_password));
    }
    if user_root.chars().any(char::is_control) {
        reasons.push("UserRoot has a control character.".into());
    }
    if reasons.is_empty() {
        return Ok(CsvUser {
            row,
            address: address.to_owned(),
            user_name: user_name.to_owned(),
            password: Secret::new(password),
            user_root: user_root.to_owned(),
            target_user_name: target_user_name.to_owned(),
            target_password: (!target_password.is_empty()).then(|| Secret::new(target_password)),
        });
    }
    Err(CsvRejected {
        warning: RowWarning {
            row_index: row,
            email_address: visible(address),
            message: reasons.join(" "),
        },
        user_name: visible(user_name),
    })
}

fn address_fault(address: &str) -> Option<String> {
    text_fault("EmailAddress", address).or_else(|| {
        Address::parse(address)
            .err()
            .map(|_| "EmailAddress isn't a valid SMTP address.".into())
    })
}

fn text_fault(column: &str, text: &str) -> Option<String> {
    if text.trim().is_empty() {
        Some(format!("{column} is empty."))
    } else if text.trim() != text {
        Some(format!("{column} begins or ends with a blank."))
    } else if text.chars().any(char::is_control) {
        Some(format!("{column} has a control character."))
    } else {
        None
    }
}

fn password_fault(column: &str, password: &str) -> Option<String> {
    if password.is_empty() {
        Some(format!("{column} is empty."))
    } else if password.contains(['\0', '\r', '\n']) {
        Some(format!("{column} has a line end or a NUL."))
    } else {
        None
    }
}

/// At most 320 characters (the longest address, RFC 5321 section 4.5.3.1) without control characters.
fn visible(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(320).collect()
}
