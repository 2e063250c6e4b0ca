//! Objects to text: views, table, list, wide. Knows the runtime, not the cmdlets.

pub mod align;
pub mod cells;
pub mod list;
pub mod packet;
pub mod sanitise;
pub mod table;
pub mod wide;
pub mod widths;
pub mod wrap;
pub mod writer;

pub use sanitise::sanitise;
