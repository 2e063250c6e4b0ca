//! Objects: pick, order, group, measure, compare, make, look into.

pub mod add_member;
pub mod compare;
pub mod for_each;
pub mod get_unique;
pub mod measure;
pub mod select;
pub mod sort;
pub mod tee;

use crate::runtime::cmdlet::{CmdletMeta, Declared};

/// One line a verb.
pub const CMDLETS: &[&CmdletMeta] = &[
    &add_member::AddMember::META,
    &compare::CompareObject::META,
    &for_each::ForEachObject::META,
    &get_unique::GetUnique::META,
    &measure::MeasureObject::META,
    &select::SelectObject::META,
    &sort::SortObject::META,
    &tee::TeeObject::META,
];
