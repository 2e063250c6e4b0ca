//! Files, folders and the other drives.

mod add_content;
mod clear_content;
pub mod encoding;
pub mod errors;
pub mod filter;
mod get_content;
mod get_location;
mod join_path;
pub mod other_drives;
pub mod place;
mod pop_location;
mod push_location;
mod remove_item;
mod resolve_path;
mod set_content;
mod set_item;
mod set_location;
mod split_path;
pub mod stack;
mod test_path;
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
