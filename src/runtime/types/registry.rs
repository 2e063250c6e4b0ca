//! All tables, found by name.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::table::TypeTable;

/// Every type with members. Order is of no account.
static ALL: &[&[&TypeTable]] = &[];

/// Lower-case full names and accelerators.
static BY_NAME: LazyLock<HashMap<String, &'static TypeTable>> = LazyLock::new(|| {
    let mut map = HashMap::new();
    for table in tables() {
        map.insert(table.name.to_ascii_lowercase(), table);
        for alias in table.aliases {
            map.insert(alias.to_ascii_lowercase(), table);
        }
    }
    map
});

/// All tables.
pub fn tables() -> impl Iterator<Item = &'static TypeTable> {
    ALL.iter().flat_map(|group| group.iter().copied())
}

/// The table of a full name or accelerator, any case.
pub fn table(name: &str) -> Option<&'static TypeTable> {
    BY_NAME.get(name.to_ascii_lowercase().as_str()).copied()
}
