//! The .NET types of the shell: one file per type, each with a table of its members.
//!
//! A table row is the member's signature as `Get-Member` prints it and the function that does it; overloads, argument
//! conversion, help for unknown names and completion all come from the signature.

pub mod args;
pub mod array;
pub mod boolean;
pub mod console;
mod console_color;
pub mod construct;
pub mod credential;
pub mod crypto;
pub mod culture;
pub mod culture_info;
pub mod custom_number;
pub mod datetime;
pub mod datetime_offset;
pub mod dictionary;
pub mod encoding;
pub mod enum_members;
pub mod enumerator;
pub mod enums;
pub mod environment;
pub mod error_record;
pub mod exception;
pub mod file_info;
pub mod guid;
pub mod hash_set;
pub mod hashtable;
pub mod hashtable_members;
pub mod invoke;
pub mod io;
pub mod io_path;
pub mod key;
pub mod list;
pub mod mail_address;
pub mod math;
pub mod names;
pub mod nearest;
pub mod net_convert;
pub mod number_format;
pub mod numbers;
pub mod object;
pub mod pair;
pub mod ps_object;
pub mod queue;
pub mod random;
pub mod reference;
pub mod regex;
pub mod registry;
pub mod runtime_type;
pub mod script_block;
pub mod secure_string;
pub mod signature;
pub mod stopwatch;
pub mod string;
pub mod string_builder;
pub mod table;
pub mod timespan;
mod type_ref;
pub mod units;
pub mod uri;
pub mod version;
pub mod xml;
mod xml_parse;

pub use table::{Answer, Call, Fault, Invoker, Kind, Method, Property, Setter, TypeTable};
pub use type_ref::{Shape, TypeInfo, TypeRef, type_names};
