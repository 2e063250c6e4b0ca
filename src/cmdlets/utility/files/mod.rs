//! Files, folders and the other drives.

mod add_content;
mod clear_content;
mod copy_item;
pub mod encoding;
pub mod errors;
pub mod filter;
mod get_child_item;
mod get_content;
mod get_item;
mod get_location;
pub mod item;
mod join_path;
mod move_item;
mod new_item;
pub mod other_drives;
pub mod place;
mod pop_location;
mod push_location;
mod remove_item;
mod rename_item;
mod resolve_path;
mod set_content;
mod set_item;
mod set_location;
mod split_path;
pub mod stack;
mod test_path;
pub mod transfer;
pub mod writing;

use crate::runtime::cmdlet::{CmdletMeta, Declared};

/// One line a verb.
pub const CMDLETS: &[&CmdletMeta] = &[
    &add_content::AddContent::META,
    &clear_content::ClearContent::META,
    &copy_item::CopyItem::META,
    &get_child_item::GetChildItem::META,
    &get_content::GetContent::META,
    &get_item::GetItem::META,
    &get_location::GetLocation::META,
    &join_path::JoinPath::META,
    &move_item::MoveItem::META,
    &new_item::NewItem::META,
    &pop_location::PopLocation::META,
    &push_location::PushLocation::META,
    &remove_item::RemoveItem::META,
    &rename_item::RenameItem::META,
    &resolve_path::ResolvePath::META,
    &set_content::SetContent::META,
    &set_item::SetItem::META,
    &set_location::SetLocation::META,
    &split_path::SplitPath::META,
    &test_path::TestPath::META,
];
