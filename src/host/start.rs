//! Makes a shell with everything in it.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use crate::cmdlets::{self, help::CommandHistory};
use crate::runtime::Ui;
use crate::runtime::shell::Shell;
use crate::session::Session;

/// Stack of the shell's thread in bytes. Only what is used of it takes memory.
pub const STACK: usize = 256 << 20;

/// `help` and `man`: Get-Help, one screen at a time.
const PAGED_HELP: &str = "function help { Get-Help @args | Out-Host -Paging }";

/// A shell on this person's side, with all cmdlets, views and the session.
pub fn shell(ui: Rc<dyn Ui>, session: &Session) -> Shell {
    let mut shell = Shell::new(ui, &cmdlets::all());
    cmdlets::install(&mut shell);
    // As in PowerShell: a function, so that `$args` are passed on as they are.
    shell.run_text(PAGED_HELP, None, Vec::new());
    shell.global().set_alias("man", "help");
    let profile = profile_of(session.home()).display().to_string();
    shell
        .global()
        .set_own("PROFILE", crate::runtime::Value::str(profile));
    shell.set_drives_folder(session.home().join("drives"));
    shell.set_extension(Rc::new(session.clone()));
    shell.set_extension(Rc::new(CommandHistory::default()));
    shell
}

/// `$PROFILE`: the script that a shell runs first.
fn profile_of(home: &Path) -> PathBuf {
    home.join("profile.ps1")
}

/// Runs `profile.ps1` of the state folder, when there is one, in the shell's own scope. Gives the code of its `exit`.
pub fn run_profile(shell: &mut Shell, home: &Path) -> Option<i32> {
    let profile = profile_of(home);
    if !profile.is_file() {
        return None;
    }
    let quoted = profile.display().to_string().replace('\'', "''");
    shell
        .run_text(&format!(". '{quoted}'"), None, Vec::new())
        .exit
}
