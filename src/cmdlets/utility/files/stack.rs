//! The folders that Push-Location keeps.

use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;

use crate::runtime::shell::Shell;

/// The kept folders of a shell, the latest last.
#[derive(Default)]
pub struct Folders {
    /// The folders.
    pub all: RefCell<Vec<PathBuf>>,
}

impl Folders {
    /// The shell's own.
    pub fn of(shell: &mut Shell) -> Rc<Folders> {
        if let Some(folders) = shell.extension::<Folders>() {
            return folders;
        }
        let folders = Rc::new(Folders::default());
        shell.set_extension(folders.clone());
        folders
    }
}
