//! All tables, found by name.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::table::TypeTable;

/// Every type with members. Order is of no account.
static ALL: &[&[&TypeTable]] = &[
    super::object::PLAIN,
    super::exception::ALL,
    &[
        &super::console::TABLE,
        &super::console::THREAD,
        &super::xml::NODE,
        &super::xml::ELEMENT,
        &super::xml::DOCUMENT,
    ],
    super::crypto::ALL,
    super::numbers::INTEGERS,
    &[
        &super::numbers::DOUBLE,
        &super::numbers::SINGLE,
        &super::numbers::DECIMAL,
        &super::boolean::BOOLEAN,
        &super::boolean::CHAR,
        &super::string_builder::TABLE,
        &super::script_block::TABLE,
        &super::runtime_type::TYPE,
        &super::runtime_type::RUNTIME_TYPE,
        &super::string::TABLE,
        &super::string::STRING_COMPARISON,
        &super::string::SPLIT_OPTIONS,
        &super::string::COMPARER,
        &super::array::TABLE,
        &super::list::ARRAY_LIST,
        &super::list::LIST,
        &super::list::COLLECTION,
        &super::queue::QUEUE,
        &super::queue::GENERIC_QUEUE,
        &super::queue::STACK,
        &super::queue::GENERIC_STACK,
        &super::hash_set::HASH_SET,
        &super::hash_set::SORTED_SET,
        &super::dictionary::DICTIONARY,
        &super::dictionary::SORTED_DICTIONARY,
        &super::dictionary::SORTED_LIST,
        &super::dictionary::CONCURRENT,
        &super::hashtable_members::HASHTABLE,
        &super::hashtable_members::ORDERED,
        &super::pair::ENTRY,
        &super::pair::KEY_VALUE,
        &super::enumerator::TABLE,
        &super::enumerator::SIMPLE,
        &super::secure_string::TABLE,
        &super::secure_string::MARSHAL,
        &super::credential::TABLE,
        &super::credential::NETWORK,
        &super::file_info::FILE,
        &super::file_info::DIRECTORY,
        &super::file_info::FILE_SYSTEM,
        &super::file_info::FILE_ATTRIBUTES,
        &super::file_info::SEARCH_OPTION,
        &super::io::FILE,
        &super::io::DIRECTORY,
        &super::io_path::TABLE,
        &super::console_color::TABLE,
        &super::encoding::TABLE,
        &super::encoding::UTF8,
        &super::encoding::UNICODE,
        &super::encoding::ASCII,
        &super::regex::TABLE,
        &super::regex::GROUP,
        &super::regex::MATCH,
        &super::regex::MATCHES,
        &super::regex::GROUPS,
        &super::regex::OPTIONS,
        &super::error_record::TABLE,
        &super::error_record::CATEGORY,
        &super::ps_object::VIEW,
        &super::ps_object::COLLECTION,
        &super::ps_object::TYPE_NAMES,
        &super::ps_object::NOTE_PROPERTY,
        &super::ps_object::MEMBER_TYPES,
        &super::object::TABLE,
        &super::reference::TABLE,
        &super::culture_info::TABLE,
        &super::culture_info::NUMBER_FORMAT,
        &super::culture_info::DATE_FORMAT,
        &super::culture_info::TEXT_INFO,
        &super::culture_info::CALENDAR,
        &super::culture_info::WEEK_RULE,
        &super::culture_info::DATE_STYLES,
        &super::culture_info::NUMBER_STYLES,
        &super::culture_info::FORMAT_PROVIDER,
        &super::datetime::TABLE,
        &super::datetime::DAY_OF_WEEK,
        &super::datetime::KIND,
        &super::datetime_offset::TABLE,
        &super::timespan::TABLE,
    ],
    &[
        &super::math::TABLE,
        &super::math::MODES,
        &super::net_convert::TABLE,
        &super::guid::TABLE,
        &super::version::TABLE,
        &super::environment::TABLE,
        &super::uri::TABLE,
        &super::mail_address::TABLE,
        &super::random::TABLE,
        &super::stopwatch::TABLE,
        &super::time_zone::TABLE,
        &super::net_settings::TABLE,
        &super::net_settings::PROTOCOL,
        &super::bit_converter::TABLE,
        &super::web_utility::NET,
        &super::web_utility::WEB,
        &super::text_streams::READER,
        &super::text_streams::WRITER,
        &super::clr::ASSEMBLY,
        &super::clr::GC,
        &super::clr::IDENTITY,
        &super::clr::PRINCIPAL,
        &super::clr::ROLE,
        &super::environment::SPECIAL_FOLDER,
        &super::ip_address::TABLE,
        &super::ip_address::FAMILY,
        &super::dns::TABLE,
        &super::choice::TABLE,
        &super::ps_method::TABLE,
        &super::ps_method::SCRIPT,
        &super::stream_record::INFORMATIONAL,
        &super::stream_record::WARNING,
        &super::stream_record::VERBOSE,
        &super::stream_record::DEBUG,
        &super::stream_record::INFORMATION,
        &super::stream_record::HOST_MESSAGE,
    ],
];

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

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::runtime::types::{TypeRef, names, signature};

    /// Whether a type in a signature is known; letters stand for generic arguments.
    fn is_known(name: &str) -> bool {
        let name = name.trim_end_matches("[]");
        matches!(name, "T" | "TKey" | "TValue")
            || name.starts_with("IEnumerable[")
            || names::find(name).is_some()
    }

    #[test]
    fn every_signature_names_known_parameter_types() {
        for table in tables() {
            let rows = table
                .methods
                .iter()
                .chain(table.static_methods)
                .chain(table.constructors);
            for row in rows {
                let list = row
                    .signature
                    .split_once('(')
                    .map_or("", |(_, list)| list)
                    .trim_end_matches(')');
                for param in list.split(", ").filter(|param| !param.is_empty()) {
                    let param = param
                        .trim_start_matches("Params ")
                        .trim_start_matches("[ref] ");
                    let ty = param.rsplit_once(' ').map_or("", |(ty, _)| ty);
                    assert!(is_known(ty), "{}: {} ({ty})", table.name, row.signature);
                }
            }
        }
    }

    #[test]
    fn names_and_accelerators_belong_to_one_type() {
        let mut seen = HashSet::new();
        for table in tables() {
            assert!(seen.insert(table.name.to_lowercase()), "{}", table.name);
            for alias in table.aliases {
                assert!(seen.insert(alias.to_lowercase()), "{alias}");
            }
            assert!(
                table.base.is_empty() || super::table(table.base).is_some(),
                "{}: {}",
                table.name,
                table.base
            );
        }
    }

    #[test]
    fn every_member_is_found_by_its_name() {
        for table in tables().filter(|table| !table.name.contains('`')) {
            let members = TypeRef::named(table.name).members();
            for row in table.methods {
                assert!(
                    members
                        .methods
                        .contains_key(&signature::method_name(row.signature).to_lowercase())
                );
            }
            for row in table.properties {
                assert!(
                    members
                        .properties
                        .contains_key(&signature::property_name(row.signature).to_lowercase())
                );
            }
        }
    }
}
