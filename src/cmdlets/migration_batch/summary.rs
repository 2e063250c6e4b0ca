//! What `Wait-MigrationBatch -Summary` draws: one line a mailbox.

use crate::cmdlets::migration::call::call;
use crate::engine::batch::BatchView;
use crate::engine::user::{UserFilter, UserView};
use crate::format::dashboard::{Column, draw};
use crate::runtime::Run;
use crate::runtime::cx::Cx;
use crate::runtime::preferences::HostText;

/// More mailboxes than this are not drawn; `Get-MigrationUser` lists them.
const MOST: u32 = 200;

const COLUMNS: &[Column] = &[
    Column {
        title: "Mailbox",
        right: false,
    },
    Column {
        title: "Status",
        right: false,
    },
    Column {
        title: "Copied",
        right: true,
    },
    Column {
        title: "Left out",
        right: true,
    },
    Column {
        title: "Consistency",
        right: false,
    },
    Column {
        title: "Error",
        right: false,
    },
];

/// Draws the mailboxes of a batch, failed ones first.
///
/// # Errors
/// Ctrl-C.
pub fn show(batch: &BatchView, cx: &mut Cx<'_>) -> Run<()> {
    let filter = UserFilter {
        batch: Some(batch.identity.clone()),
        limit: Some(MOST),
        ..UserFilter::default()
    };
    let Ok(mut users) = call(cx, |engine| async move { engine.get_users(filter).await })? else {
        // A batch that was removed meanwhile has nothing to draw.
        return Ok(());
    };
    users.sort_by_key(|user| user.error_summary.is_empty());
    let rows: Vec<Vec<String>> = users.iter().map(row).collect();
    let width = cx.ui().width();
    // With -NonInteractive the text goes into a mail or a log: no line-drawing characters there.
    let plain = !cx.ui().can_prompt();
    let text = draw(COLUMNS, &rows, width, plain);
    cx.shell.write_host(&HostText {
        text,
        foreground: None,
        background: None,
    });
    Ok(())
}

fn row(user: &UserView) -> Vec<String> {
    vec![
        user.identity.clone(),
        user.status.to_string(),
        user.synced_item_count.to_string(),
        user.skipped_item_count.to_string(),
        user.data_consistency_score
            .map_or_else(String::new, |score| score.to_string()),
        user.error_summary.clone(),
    ]
}
