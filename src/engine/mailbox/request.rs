//! What is asked of mailboxes.

use crate::mail::Secret;

/// A mailbox to make in the embedded mail store.
#[derive(Clone, Default)]
pub struct NewMailbox {
    /// 1 to 64 characters, unique, without regard to case.
    pub name: String,
    /// The sign-in name; also the address when `primary_smtp_address` is not given.
    pub user_principal_name: Option<String>,
    /// The address, unique.
    pub primary_smtp_address: Option<String>,
    /// Mail nickname; by default the local part of the address.
    pub alias: Option<String>,
    /// Friendly name; by default the name.
    pub display_name: Option<String>,
    /// Given name.
    pub first_name: String,
    /// Surname.
    pub last_name: String,
    /// The password of the mailbox, kept sealed.
    pub password: Option<Secret>,
}

/// Which mailboxes to give, in the order of their names.
#[derive(Clone, Debug, Default)]
pub struct MailboxFilter {
    /// Name, alias, address, UPN, display name or GUID; an unknown one is an error.
    pub identity: Option<String>,
    /// Text that name, alias, display name or address begins with.
    pub anr: Option<String>,
    /// At most so many; `None` = all.
    pub limit: Option<u32>,
}
