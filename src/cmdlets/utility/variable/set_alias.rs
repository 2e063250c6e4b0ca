use crate::cmdlets::utility::files::other_drives::alias;
use crate::runtime::Run;
use crate::runtime::cmdlet::{Cmdlet, Impact};
use crate::runtime::cx::Cx;

use super::naming::{alias_maker, already_there};
use super::scope::one;

alias_maker! {
    /// Gives a command another name.
    SetAlias, "Set", alias "sal", keeps false,
    example "Set-Alias batches Get-MigrationBatch; (Get-Alias batches).Definition"
}
