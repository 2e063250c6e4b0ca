//! Files, folders and the other drives.

pub mod add_content;
pub mod clear_content;
pub mod encoding;
pub mod errors;
pub mod filter;
pub mod get_content;
pub mod get_location;
pub mod join_path;
pub mod other_drives;
pub mod place;
pub mod pop_location;
pub mod push_location;
pub mod remove_item;
pub mod resolve_path;
pub mod set_content;
pub mod set_item;
pub mod set_location;
pub mod split_path;
pub mod stack;
pub mod test_path;
pub mod time_zones;
pub mod transfer;
pub mod writing;

use crate::runtime::cmdlet::{CmdletMeta, Declared};

/// One line a verb.
pub const CMDLETS: &[&CmdletMeta] = &[
    &add_content::AddContent::META,
    &clear_content::ClearContent::META,
    &get_content::GetContent::META,
    &get_location::GetLocation::META,
    &join_path::JoinPath::META,
    &pop_location::PopLocation::META,
    &push_location::PushLocation::META,
    &remove_item::RemoveItem::META,
    &resolve_path::ResolvePath::META,
    &set_content::SetContent::META,
    &set_item::SetItem::META,
    &set_location::SetLocation::META,
    &split_path::SplitPath::META,
    &test_path::TestPath::META,
];
