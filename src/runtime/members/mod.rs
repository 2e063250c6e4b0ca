//! The one door to members of values and types.
//!
//! Names are compared without regard to case. The functions that may run script blocks take the shell as an [`Invoker`].

mod call;
mod failure;
mod intrinsic;
mod list;
mod method_value;
mod read;
mod text;
mod write;

pub use super::types::Invoker;
pub use call::{call, call_static, construct, has_method};
pub use failure::{as_exception, category_info};
pub use list::{Member, MemberKind, member_list, property_list, property_names, static_names};
pub use method_value::{method, static_method};
pub use read::{get, get_own, get_static};
pub use text::{expansion, format_column, format_value, is_text, switch_value, text, text_of};
pub use write::{set, set_static};
