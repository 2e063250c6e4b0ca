//! The accounts, checked from outside: the numbers of the state database against each other and against the mail that is there.

use std::path::Path;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection, Row};

/// What a user's mail came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    pub total: i64,
    pub copied: i64,
    pub adopted: i64,
    pub skipped: i64,
    pub vanished: i64,
}

impl Sums {
    /// Messages that are at the target.
    pub fn arrived(&self) -> i64 {
        self.copied + self.adopted
    }

    fn decided(&self) -> i64 {
        self.arrived() + self.skipped + self.vanished
    }
}

/// Reads the only user's sums out of a state that nobody has open. Fails when the sums of user, folders and journal do not agree.
/// When the work is `over`, an intent without an end is a failure too, and a message without a verdict, except in a folder of which
/// there is a record that it could not be opened.
pub async fn sums(home: &Path, over: bool, what: &str) -> Sums {
    let options = SqliteConnectOptions::new().filename(home.join("state.db"));
    let mut state = options.connect().await.unwrap();
    let user = row(
        &mut state,
        "SELECT total_items, copied_items, adopted_items, skipped_items, vanished_items FROM users",
    )
    .await;
    let folders = row(
        &mut state,
        "SELECT COALESCE(SUM(total_items), 0), COALESCE(SUM(copied_items), 0), COALESCE(SUM(adopted_items), 0), \
         COALESCE(SUM(skipped_items), 0), COALESCE(SUM(vanished_items), 0) FROM folders",
    )
    .await;
    assert_eq!(
        user, folders,
        "{what}: the user's sums are not those of the folders"
    );
    let folders = "SELECT COUNT(*) FROM skipped_items WHERE uid IS NULL";
    let excused = !over || number(&mut state, folders).await > 0;
    let is_decided = user.total == user.decided() || (excused && user.total > user.decided());
    assert!(is_decided, "{what}: messages without a verdict: {user:?}");
    let unequal = "SELECT COUNT(*) FROM folders WHERE copied_items + adopted_items <> (SELECT COALESCE(SUM(messages), 0) \
        FROM journal WHERE folder_id = folders.id AND done = 1)";
    assert_eq!(
        number(&mut state, unequal).await,
        0,
        "{what}: journal and folders do not agree"
    );
    let open = "SELECT COUNT(*) FROM journal WHERE done = 0";
    let open = number(&mut state, open).await;
    assert!(open == 0 || !over, "{what}: intents without an end");
    let items = "SELECT COUNT(*) FROM skipped_items WHERE uid IS NOT NULL";
    assert_eq!(
        number(&mut state, items).await,
        user.skipped + user.vanished,
        "{what}: items without a record"
    );
    state.close().await.unwrap();
    user
}

async fn row(state: &mut SqliteConnection, sql: &'static str) -> Sums {
    let row = sqlx::query(sql).fetch_one(state).await.unwrap();
    Sums {
        total: row.get(0),
        copied: row.get(1),
        adopted: row.get(2),
        skipped: row.get(3),
        vanished: row.get(4),
    }
}

async fn number(state: &mut SqliteConnection, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(state).await.unwrap()
}
