//! The default columns of what the migration cmdlets write (cmdlets.md §2.1).

use crate::cmdlets::{mailbox, migration_batch, migration_endpoint, migration_user, subscription};
use crate::format::view::{Column, View, column};

const SUBSCRIPTION: &[Column] = &[
    column("Name"),
    column("SubscriptionType"),
    column("EmailAddress"),
    column("Status"),
];

/// The views.
pub const VIEWS: &[View] = &[
    View::table(
        migration_batch::view::TYPE,
        &[
            column("Identity"),
            column("Status"),
            column("MigrationType").label("Type"),
            column("TotalCount").right(),
        ],
    ),
    View::table(
        migration_batch::preview::TYPE,
        &[
            column("Identity"),
            column("SourceFolder"),
            column("TargetFolder"),
            column("ItemCount").label("Items").right(),
            column("Size").right(),
            column("OversizeCount").label("Oversize").right(),
        ],
    ),
    View::table(
        migration_batch::test::TYPE,
        &[
            column("Identity"),
            column("Folder"),
            column("Result"),
            column("SourceCount").label("Source").right(),
            column("TargetCount").label("Target").right(),
            column("MissingCount").label("Missing").right(),
            column("ExtraCount").label("Extra").right(),
        ],
    ),
    View::table(
        migration_endpoint::view::TYPE,
        &[
            column("Identity"),
            column("EndpointType"),
            column("RemoteServer"),
        ],
    ),
    View::table(
        migration_user::view::TYPE,
        &[
            column("Identity"),
            column("BatchId").label("Batch"),
            column("Status"),
            column("LastSuccessfulSyncTime").label("LastSyncTime"),
        ],
    ),
    View::table(
        migration_user::view::STATISTICS_TYPE,
        &[
            column("Identity"),
            column("BatchId").label("Batch"),
            column("Status"),
            column("SyncedItemCount").label("Items Synced").right(),
            column("SkippedItemCount").label("Items Skipped").right(),
        ],
    ),
    View::table(subscription::view::POP_TYPE, SUBSCRIPTION),
    View::table(subscription::view::IMAP_TYPE, SUBSCRIPTION),
    View::table(
        mailbox::view::TYPE,
        &[
            column("Name"),
            column("Alias"),
            column("PrimarySmtpAddress"),
        ],
    ),
];
