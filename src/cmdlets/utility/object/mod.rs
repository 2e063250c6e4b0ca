//! Objects: pick, order, group, measure, compare, make, look into.

mod add_member;
mod compare;
mod for_each;
mod get_member;
mod get_unique;
mod group;
mod measure;
pub mod members;
mod new_object;
mod select;
mod sort;
mod tee;
mod where_object;

use crate::runtime::cmdlet::{CmdletMeta, Declared};

/// One line a verb.
pub const CMDLETS: &[&CmdletMeta] = &[
    &add_member::AddMember::META,
    &compare::CompareObject::META,
    &for_each::ForEachObject::META,
    &get_member::GetMember::META,
    &get_unique::GetUnique::META,
    &group::GroupObject::META,
    &measure::MeasureObject::META,
    &new_object::NewObject::META,
    &select::SelectObject::META,
    &sort::SortObject::META,
    &tee::TeeObject::META,
    &where_object::WhereObject::META,
];
