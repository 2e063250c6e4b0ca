//! What the console needs of the person's side beside [`Ui`].

use crate::runtime::Ui;

/// The person's side of a console.
pub trait Screen: Ui {
    /// Prints text of the host's own (prompts, notices) where a person sees it, as it is.
    fn say(&self, text: &str);
    /// Removes what the last pipeline left: progress bars, an unfinished line.
    fn settle(&self);
    /// Whether the reader of the output went away.
    fn is_closed(&self) -> bool;
}
