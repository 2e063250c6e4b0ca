//! Where bytes meet a person or a file: the console, completion, progress, the script runner. The only room that prints.

pub mod input;
pub mod notices;
pub mod options;
pub mod progress;
mod secret;
pub mod signals;
pub mod style;
pub mod terminal;
