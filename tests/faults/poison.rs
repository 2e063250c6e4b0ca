//! Messages that break what touches them: they are found, told and left out, and everything else arrives.

use mailtern::engine::batch::BatchStatus;
use tokio::runtime::Runtime;

use crate::case::{Case, Source};
use crate::maildir::{self, count};
use crate::support::corpus::{self, Numbers};
use crate::wire::{Break, Side, Wire};

const MARK: &str = "poison-in-the-body";

/// A source with one message more, in the middle of its inbox.
fn poisoned(messages: usize) -> Source {
    let source = Source::new(messages);
    let inbox = source.server.maildir("ann");
    let body = format!("Subject: poison\n\n{MARK}\n");
    corpus::write(&inbox, 9000, body.as_bytes(), &mut Numbers(9));
    source
}

#[test]
fn a_message_that_ends_the_session_of_the_source() {
    let (runtime, source) = (Runtime::new().unwrap(), poisoned(12));
    let mail = source.mail();
    for hard in [false, true] {
        runtime.block_on(async {
            let at = Break::Before(Side::Down, MARK.into());
            let wire = Wire::start(source.server.imap, at, hard).await;
            let case = Case::new(wire.port).await;
            let sums = case.goes_on_to(BatchStatus::Synced, "poisoned").await;
            let all = count(&mail) as i64;
            assert_eq!(
                (sums.total, sums.arrived(), sums.skipped),
                (all, all - 1, 1)
            );
            let found = maildir::differences(&mail, &maildir::mail(&case.target()));
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(wire.breaks() >= 2);
            // what was left out is not asked for again
            let breaks = wire.breaks();
            assert_eq!(case.goes_on_to(BatchStatus::Synced, "again").await, sums);
            assert_eq!(wire.breaks(), breaks);
        });
    }
}
