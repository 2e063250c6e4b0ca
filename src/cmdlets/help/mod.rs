//! Help and history: `Get-Help`, `Get-Command`, `Update-Help`, `Get-History`, `Clear-History`, `Invoke-History`.

mod about;
mod catalog;
mod clear_history;
mod command_info;
mod comment;
mod common;
mod get_command;
mod get_help;
mod get_history;
mod history;
mod info;
mod invoke_history;
mod page;
mod read_cmdlet;
mod read_function;
mod syntax;
mod topic;
mod types;
mod update_help;

pub use about::TOPICS;
pub use command_info::CommandInfo;
pub use common::{COMMON, Common, RISK};
pub use history::{CommandHistory, HistoryEntry};

use crate::format::view::{Column, View, column};
use crate::runtime::CmdletMeta;
use crate::runtime::cmdlet::Declared;

/// The cmdlets of this folder.
pub const CMDLETS: &[&CmdletMeta] = &[
    &<clear_history::ClearHistory as Declared>::META,
    &<get_command::GetCommand as Declared>::META,
    &<get_help::GetHelp as Declared>::META,
    &<get_history::GetHistory as Declared>::META,
    &<invoke_history::InvokeHistory as Declared>::META,
    &<update_help::UpdateHelp as Declared>::META,
];

/// How the objects of this folder are shown.
pub const VIEWS: &[View] = &[
    View::table(
        "HelpInfoShort",
        &[
            column("Name").width(33),
            column("Category").width(9),
            column("Module").width(25),
            column("Synopsis"),
        ],
    ),
    View::table("System.Management.Automation.CommandInfo", COMMANDS),
    View::table("System.Management.Automation.AliasInfo", COMMANDS),
];

/// An alias shows what it stands for in place of its name.
const COMMANDS: &[Column] = &[
    column("CommandType").width(15),
    column("DisplayName").label("Name").width(50),
    column("Version").width(10),
    column("Source"),
];
