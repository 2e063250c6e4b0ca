//! The one task that polls: those that are due, longest waiting first, a bounded number of connections to each host.

use std::collections::HashMap;
use std::sync::Arc;

use tokio::sync::Notify;
use tokio::task::{Id, JoinSet};
use tokio_util::sync::CancellationToken;

use super::SubscriptionStatus;
use super::run::{Job, account};
use crate::engine::background::{Background, FAULT_PAUSE, until};
use crate::engine::handle::Shared;
use crate::store::{Store, StoreError};

/// Connections to one host at once. Exchange and Dovecot let an address have more; others are polled from there too.
const HOST_CONNECTIONS: usize = 20;
/// Connections at once over all hosts: memory stays flat however many subscriptions there are.
const CONNECTIONS: usize = 60;
/// Starts the task on the runtime this is called in.
pub(in crate::engine) fn start(shared: Arc<Shared>, store: Store) -> Background {
    Background::start(|poke, stop| {
        let work = Work {
            shared,
            store,
            poke,
            stop,
            workers: JoinSet::new(),
            at_work: HashMap::new(),
        };
        work.run()
    })
}

/// A subscription that is being polled.
struct AtWork {
    id: i64,
    host: String,
    /// The mailbox and the account: their memory has one writer at a time.
    memory: (String, String),
    stop: CancellationToken,
}

struct Work {
    shared: Arc<Shared>,
    store: Store,
    poke: Arc<Notify>,
    stop: CancellationToken,
    workers: JoinSet<()>,
    at_work: HashMap<Id, AtWork>,
}

impl Work {
    async fn run(mut self) {
        while !self.stop.is_cancelled() {
            let sleep = match self.round().await {
                Ok(due) => until(self.shared.now(), due),
                // it waits and goes on by itself when that is mended
                Err(_) => FAULT_PAUSE,
            };
            tokio::select! {
                () = self.stop.cancelled() => break,
                () = self.poke.notified() => {}
                Some(done) = self.workers.join_next_with_id(), if !self.workers.is_empty() => self.ended(done),
                () = tokio::time::sleep(sleep) => {}
            }
        }
        for one in self.at_work.values() {
            one.stop.cancel();
        }
        while self.workers.join_next().await.is_some() {}
    }

    fn ended(&mut self, done: Result<(Id, ()), tokio::task::JoinError>) {
        let id = match done {
            Ok((id, ())) => id,
            Err(error) => error.id(),
        };
        self.at_work.remove(&id);
    }

    /// Stops those that are not wanted any more, starts those that are due. Gives the time of the next look.
    async fn round(&mut self) -> Result<Option<i64>, StoreError> {
        for one in self.at_work.values() {
            let record = self.store.subscription(one.id).await?;
            if !record.is_some_and(|record| record.enabled) {
                one.stop.cancel();
            }
        }
        let now = self.shared.now();
        let mut left_alone = Vec::new();
        loop {
            let free = CONNECTIONS.saturating_sub(self.at_work.len());
            if free == 0 {
                break;
            }
            let mut ids: Vec<i64> = self.at_work.values().map(|one| one.id).collect();
            ids.extend(&left_alone);
            let limit = u32::try_from(free).unwrap_or(u32::MAX);
            let due = self
                .store
                .due_subscriptions(now, &ids, &self.full_hosts(), limit)
                .await?;
            if due.is_empty() {
                break;
            }
            for (id, host, _) in due {
                let has_room = self.at_host(&host.to_lowercase()) < HOST_CONNECTIONS;
                if has_room && !self.start(id).await? {
                    left_alone.push(id);
                }
            }
        }
        self.store.next_subscription(now).await
    }

    fn at_host(&self, host: &str) -> usize {
        self.at_work.values().filter(|one| one.host == host).count()
    }

    fn full_hosts(&self) -> Vec<String> {
        let mut hosts: Vec<String> = self.at_work.values().map(|one| one.host.clone()).collect();
        hosts.sort_unstable();
        hosts.dedup();
        hosts.retain(|host| self.at_host(host) >= HOST_CONNECTIONS);
        hosts
    }

    /// False when another of the same account is at work for the mailbox: it has its turn after that.
    async fn start(&mut self, id: i64) -> Result<bool, StoreError> {
        let Some(record) = self.store.subscription(id).await? else {
            return Ok(true);
        };
        let memory = (record.mailbox_address.to_lowercase(), account(&record));
        if self.at_work.values().any(|one| one.memory == memory) {
            return Ok(false);
        }
        let status = SubscriptionStatus::InProgress.name();
        self.store.subscription_at_work(id, status).await?;
        let stop = CancellationToken::new();
        let host = record.host.to_lowercase();
        let job = Job {
            shared: Arc::clone(&self.shared),
            store: self.store.clone(),
            record,
            stop: stop.clone(),
        };
        let worker = self.workers.spawn(job.run());
        let one = AtWork {
            id,
            host,
            memory,
            stop,
        };
        self.at_work.insert(worker.id(), one);
        Ok(true)
    }
}
