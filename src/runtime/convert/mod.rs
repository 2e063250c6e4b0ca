//! Values of one type made into another, by PowerShell's rules and independent of the machine's language.

mod cast;
mod date;
mod error;
mod number;
mod object;
mod scan;
mod text;

pub use cast::{custom_object, to_type, try_type};
pub use date::{to_datetime, to_timespan};
pub use error::ConvertError;
pub use number::{
    decimal_of, double_of, from_i128, integral, is_zero, number_as, round_half_even, to_bool,
    to_decimal, to_f64, to_i32, to_i64, to_number, to_u32, to_u64, to_usize,
};
pub use object::{array_of, blank, to_array, to_enum, to_list};
pub use scan::scan_number;
pub use text::{
    decimal_text, double_text, join, number_text, single_text, to_rc_text, to_text, to_text_with,
};
