//! Texts: their order, their patterns, their composition.

pub mod collate;
pub mod format_string;
pub mod wildcard;
