//! Any text is a table or is refused; no row has more columns than the header.

use std::collections::HashMap;

use mailtern::cmdlets::utility::data::csv_read::Table;
use mailtern::engine::csv;

pub fn holds(data: &[u8]) {
    let text = super::text(data);
    for delimiter in [',', ';', '\t'] {
        let Ok(mut table) = Table::open(&text, delimiter, None) else {
            continue;
        };
        while let Ok(Some(_)) = table.next_object() {}
    }
    if let Ok(file) = csv::read(data, true, &HashMap::new(), csv::TargetSignIn::EachUser) {
        assert!(file.users.len() + file.rejected.len() <= file.total_rows as usize);
    }
}
