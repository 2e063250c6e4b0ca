//! `*-Subscription`, `*-PopSubscription`, `*-ImapSubscription`: accounts elsewhere that are polled for a mailbox here.

mod field;
mod get;
mod get_imap;
mod get_pop;
mod keep;
mod list;
mod new_imap;
mod new_pop;
mod remove;
mod set_imap;
mod set_pop;
pub mod view;

pub use get::GetSubscription;
pub use get_imap::GetImapSubscription;
pub use get_pop::GetPopSubscription;
pub use new_imap::NewImapSubscription;
pub use new_pop::NewPopSubscription;
pub use remove::RemoveSubscription;
pub use set_imap::SetImapSubscription;
pub use set_pop::SetPopSubscription;

use crate::runtime::cmdlet::{CmdletMeta, Declared};

/// The cmdlets of this folder.
pub const CMDLETS: &[&CmdletMeta] = &[
    &<GetImapSubscription as Declared>::META,
    &<GetPopSubscription as Declared>::META,
    &<GetSubscription as Declared>::META,
    &<NewImapSubscription as Declared>::META,
    &<NewPopSubscription as Declared>::META,
    &<RemoveSubscription as Declared>::META,
    &<SetImapSubscription as Declared>::META,
    &<SetPopSubscription as Declared>::META,
];
