//! Objects: pick, order, group, measure, compare, make, look into.

mod add_member;
mod compare;
mod for_each;
mod get_unique;
mod group;
mod measure;
mod select;
mod sort;
mod tee;

use crate::runtime::cmdlet::{CmdletMeta, Declared};

/// One line a verb.
pub const CMDLETS: &[&CmdletMeta] = &[
    &add_member::AddMember::META,
    &compare::CompareObject::META,
    &for_each::ForEachObject::META,
    &get_unique::GetUnique::META,
    &group::GroupObject::META,
    &measure::MeasureObject::META,
    &select::SelectObject::META,
    &sort::SortObject::META,
    &tee::TeeObject::META,
];
