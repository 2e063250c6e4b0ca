//! A mailbox, and a folder of one, as objects.

use crate::cmdlets::migration::show;
use crate::cmdlets::migration::size::ByteQuantifiedSize;
use crate::engine::mailbox::{FolderStatisticsView, MailboxView};
use crate::runtime::Value;
use crate::runtime::object::PsObject;

/// Type name of mailbox objects.
pub const TYPE: &str = "Microsoft.Exchange.Data.Directory.Management.Mailbox";
/// Type name of folder objects.
pub const FOLDER_TYPE: &str = "Microsoft.Exchange.Management.Tasks.MailboxFolderConfiguration";

/// The object of a mailbox.
pub fn object(mailbox: &MailboxView) -> Value {
    PsObject::view(
        TYPE,
        vec![
            ("Identity", Value::str(&mailbox.identity)),
            ("Name", Value::str(&mailbox.name)),
            ("Alias", Value::str(&mailbox.alias)),
            ("DisplayName", Value::str(&mailbox.display_name)),
            ("FirstName", Value::str(&mailbox.first_name)),
            ("LastName", Value::str(&mailbox.last_name)),
            (
                "PrimarySmtpAddress",
                Value::str(&mailbox.primary_smtp_address),
            ),
            (
                "WindowsEmailAddress",
                Value::str(&mailbox.primary_smtp_address),
            ),
            (
                "UserPrincipalName",
                Value::str(&mailbox.user_principal_name),
            ),
            ("Guid", show::guid(mailbox.guid)),
            ("RecipientType", Value::str(mailbox.recipient_type)),
            ("RecipientTypeDetails", Value::str(mailbox.recipient_type)),
            ("ServerName", Value::str(&mailbox.server_name)),
            ("Path", Value::from(mailbox.path.display().to_string())),
            ("WhenCreated", show::local(mailbox.when_created)),
            ("WhenCreatedUTC", show::utc(mailbox.when_created)),
            ("IsValid", true.into()),
        ],
    )
}

/// The object of a folder.
pub fn folder(folder: &FolderStatisticsView) -> Value {
    PsObject::view(
        FOLDER_TYPE,
        vec![
            ("Identity", Value::str(&folder.identity)),
            ("Name", Value::str(&folder.name)),
            ("FolderPath", Value::str(&folder.folder_path)),
            ("FolderType", Value::str(folder.folder_type.name())),
            ("ItemsInFolder", show::count(folder.items_in_folder)),
            (
                "ItemsInFolderAndSubfolders",
                show::count(folder.items_in_folder_and_subfolders),
            ),
            ("FolderSize", ByteQuantifiedSize::value(folder.folder_size)),
            (
                "FolderAndSubfolderSize",
                ByteQuantifiedSize::value(folder.folder_and_subfolder_size),
            ),
            ("NumberOfSubfolders", show::few(folder.number_of_subfolders)),
            (
                "OldestItemReceivedDate",
                folder
                    .oldest_item_received_date
                    .map_or(Value::Null, show::local),
            ),
            (
                "NewestItemReceivedDate",
                folder
                    .newest_item_received_date
                    .map_or(Value::Null, show::local),
            ),
        ],
    )
}
