//! The .NET types of the shell: one file per type, each with a table of its members.
//!
//! A table row is the member's signature as `Get-Member` prints it and the function that does it; overloads, argument
//! conversion, help for unknown names and completion all come from the signature.

pub mod args;
pub mod construct;
pub mod culture;
pub mod culture_info;
pub mod custom_number;
pub mod datetime;
pub mod datetime_offset;
pub mod enum_members;
pub mod enums;
pub mod error_record;
pub mod exception;
pub mod hashtable;
pub mod invoke;
pub mod key;
pub mod names;
pub mod nearest;
pub mod number_format;
pub mod object;
pub mod ps_object;
pub mod reference;
pub mod regex;
pub mod registry;
pub mod signature;
pub mod table;
pub mod timespan;
mod type_ref;
pub mod units;

pub use table::{Answer, Call, Fault, Invoker, Kind, Method, Property, Setter, TypeTable};
pub use type_ref::{Shape, TypeInfo, TypeRef, type_names};
