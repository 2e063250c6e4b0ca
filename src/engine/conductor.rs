//! The one task that starts and ends workers. The state decides what is wanted; the conductor makes it so.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use tokio::sync::Notify;
use tokio::task::{Id, JoinSet};
use tokio_util::sync::CancellationToken;

use super::background::{Background, FAULT_PAUSE, until};
use super::batch::BatchStatus;
use super::batch::ops::{is_active, is_resting, status_of};
use super::batch::refresh::refresh;
use super::config::Config;
use super::event::EventKind;
use super::failure::Failure;
use super::handle::Shared;
use super::reports::publish;
use super::rest;
use super::scheduler::{EndpointLimits, Ends, Running, Snapshot, Waiting, decide, free_places};
use super::settle::{Ended, is_last_pass, settle};
use super::user::UserStatus;
use super::worker::{Job, Outcome};
use crate::store::{BatchRecord, EndpointRecord, Store, StoreError, UserChange, Wanted};

/// Starts the task on the runtime this is called in.
pub(super) fn start(shared: Arc<Shared>, store: Store) -> Background {
    Background::start(|poke, stop| {
        let work = Work {
            shared,
            store,
            poke,
            stop,
            workers: JoinSet::new(),
            at_work: HashMap::new(),
            reported: HashMap::new(),
            unsettled: Vec::new(),
        };
        work.run()
    })
}

/// A user a worker has.
struct AtWork {
    running: Running,
    ended: Ended,
    stop: CancellationToken,
}

struct Work {
    shared: Arc<Shared>,
    store: Store,
    poke: Arc<Notify>,
    stop: CancellationToken,
    workers: JoinSet<Outcome>,
    at_work: HashMap<Id, AtWork>,
    /// When the reports of a batch at work were last written.
    reported: HashMap<i64, i64>,
    /// Results that could not be kept yet, because the state could not be written.
    unsettled: Vec<(Ended, Outcome)>,
}

impl Work {
    async fn run(mut self) {
        let mut is_recovered = false;
        let mut is_told = false;
        while !self.stop.is_cancelled() {
            if !is_recovered {
                is_recovered = self.recover().await.is_ok();
            }
            let sleep = match self.round().await {
                Ok(wake_at) if is_recovered => {
                    is_told = false;
                    until(self.shared.now(), wake_at)
                }
                Ok(_) => FAULT_PAUSE,
                Err(error) => {
                    self.tell_fault(&error, &mut is_told).await;
                    FAULT_PAUSE
                }
            };
            tokio::select! {
                () = self.stop.cancelled() => break,
                () = self.poke.notified() => {}
                Some(done) = self.workers.join_next_with_id(), if !self.workers.is_empty() => {
                    self.collect(done);
                    while let Some(done) = self.workers.try_join_next_with_id() {
                        self.collect(done);
                    }
                }
                () = tokio::time::sleep(sleep) => {}
            }
        }
        for user in self.at_work.values() {
            user.stop.cancel();
        }
        while let Some(done) = self.workers.join_next_with_id().await {
            self.collect(done);
            drop(self.settle_all().await);
        }
        drop(self.settle_all().await);
    }

    /// Says once, to every batch that is waiting for it, that the state cannot be read or written.
    async fn tell_fault(&self, error: &StoreError, is_told: &mut bool) {
        if std::mem::replace(is_told, true) {
            return;
        }
        let names: Vec<String> = match self.store.batches().await {
            Ok(batches) => batches
                .iter()
                .filter(|batch| is_open(batch))
                .map(|batch| batch.name.clone())
                .collect(),
            Err(_) => vec![String::new()],
        };
        for name in names {
            let message = format!(
                "{error} The work waits and goes on by itself when that is mended; nothing is lost."
            );
            let kind = EventKind::Warning {
                user: None,
                message,
            };
            self.shared.tell(&name, kind);
        }
    }

    /// After a crash: nobody is at work, and batches that were being removed go.
    async fn recover(&self) -> Result<(), StoreError> {
        self.store.recover_users(self.shared.now()).await?;
        for batch in self.store.batches().await? {
            if batch.wanted == Wanted::Remove {
                self.store.remove_batch(batch.id).await?;
                self.shared.tell(&batch.name, EventKind::BatchRemoved);
            }
        }
        Ok(())
    }

    /// One look at what is wanted: keeps results, stops whom it must, starts whom it may. Gives the time of the next look.
    async fn round(&mut self) -> Result<Option<i64>, StoreError> {
        self.settle_all().await?;
        let (mut resting, mut batches) = (Vec::new(), Vec::new());
        for batch in self.store.batches().await? {
            if is_open(&batch) {
                batches.push(batch);
            } else if is_resting(&batch) {
                resting.push(batch);
            }
        }
        self.stop_unwanted(&batches).await?;
        // one time for both: what becomes due between the start and the look for the next start would wait for somebody else's end
        let now = self.shared.now();
        self.start_wanted(&batches, now).await?;
        let mut wake_at = self.rouse(&resting).await?;
        for batch in &batches {
            if self.may_have_turned(batch) && !refresh(&self.shared, &self.store, batch.id).await? {
                self.poke.notify_one();
            }
            let start = batch.start_after.filter(|&at| at > now);
            let due = self.store.next_due(batch.id, now).await?;
            let report = self.report(batch).await?;
            let next = start.into_iter().chain(due).chain(report).min();
            wake_at = wake_at.into_iter().chain(next).min();
        }
        Ok(wake_at)
    }

    /// Writes the reports of a batch at work when their time has come. Gives the time of the next.
    async fn report(&mut self, batch: &BatchRecord) -> Result<Option<i64>, StoreError> {
        let interval = i64::try_from(batch.report_interval_ms).unwrap_or(i64::MAX);
        if interval == 0 || batch.skip_reports || !batch.wanted.is_work() {
            return Ok(None);
        }
        let now = self.shared.now();
        let last = self.reported.entry(batch.id).or_insert(now);
        if last.saturating_add(interval) <= now {
            *last = now;
            publish(&self.shared, &self.store, batch, status_of(batch)).await?;
        }
        Ok(self
            .reported
            .get(&batch.id)
            .map(|last| last.saturating_add(interval)))
    }

    /// Has batches that are at rest do what their time has come for. Gives the time of the next.
    async fn rouse(&self, resting: &[BatchRecord]) -> Result<Option<i64>, StoreError> {
        if resting.is_empty() {
            return Ok(None);
        }
        let interval = Config::read(&self.store).await?.sync_interval_ms;
        let mut wake_at = None;
        for batch in resting {
            match rest::look(&self.shared, &self.store, batch, interval).await? {
                rest::Look::Roused => self.poke.notify_one(),
                rest::Look::Until(at) => wake_at = wake_at.into_iter().chain(at).min(),
            }
        }
        Ok(wake_at)
    }

    fn collect(&mut self, done: Result<(Id, Outcome), tokio::task::JoinError>) {
        let (id, outcome) = match done {
            Ok((id, outcome)) => (id, outcome),
            Err(error) => (
                error.id(),
                Outcome::Failed(Failure::internal(&error.to_string()), false),
            ),
        };
        if let Some(user) = self.at_work.remove(&id) {
            self.unsettled.push((user.ended, outcome));
        }
    }

    /// Keeps results. One that cannot be kept now stays for the next round.
    async fn settle_all(&mut self) -> Result<(), StoreError> {
        let is_leaving = self.stop.is_cancelled();
        while let Some((ended, outcome)) = self.unsettled.last() {
            settle(&self.shared, &self.store, ended, outcome, is_leaving).await?;
            self.unsettled.pop();
        }
        Ok(())
    }

    /// Tells the workers of batches that are not to run any more.
    async fn stop_unwanted(&self, batches: &[BatchRecord]) -> Result<(), StoreError> {
        let mut stopping = HashSet::new();
        for batch in batches {
            if self.is_at_work(batch) {
                stopping.extend(self.store.stopping_users(batch.id).await?);
            }
        }
        for user in self.at_work.values() {
            let batch = batches.iter().find(|batch| batch.id == user.running.batch);
            let is_wanted = batch.is_some_and(|batch| batch.wanted.is_work())
                && !stopping.contains(&user.ended.user);
            if is_wanted || user.stop.is_cancelled() {
                continue;
            }
            user.stop.cancel();
            let change = UserChange {
                status: UserStatus::Stopping.name(),
                ..UserChange::default()
            };
            let ended = &user.ended;
            self.store
                .change_user(ended.user, self.shared.now(), &change)
                .await?;
            ended.tell(&self.shared, UserStatus::Stopping, None);
        }
        Ok(())
    }

    async fn start_wanted(&mut self, batches: &[BatchRecord], now: i64) -> Result<(), StoreError> {
        let endpoints = self.store.endpoints().await?;
        let snapshot = self.snapshot(batches, &endpoints, now).await?;
        for (batch, user) in decide(&snapshot) {
            let batch = batches.iter().find(|record| record.id == batch);
            let endpoint = |id: i64| endpoints.iter().find(|one| one.id == id);
            if let Some(batch) = batch
                && let Some(source) = endpoint(batch.endpoint)
            {
                let target = batch.target_endpoint.and_then(endpoint);
                self.start(batch, source, target, user).await?;
            }
        }
        Ok(())
    }

    async fn snapshot(
        &self,
        batches: &[BatchRecord],
        endpoints: &[EndpointRecord],
        now: i64,
    ) -> Result<Snapshot, StoreError> {
        let mut snapshot = Snapshot {
            endpoints: endpoints.iter().map(limits).collect(),
            running: self.at_work.values().map(|user| user.running).collect(),
            waiting: Vec::new(),
            most: Config::read(&self.store).await?.max_migrations,
        };
        for batch in batches {
            let may_run = batch.wanted.is_work() && batch.start_after.is_none_or(|at| at <= now);
            let endpoint = snapshot
                .endpoints
                .iter()
                .find(|endpoint| endpoint.id == batch.endpoint);
            let (Some(endpoint), true) = (endpoint, may_run) else {
                continue;
            };
            let (first, later) = free_places(endpoint, &snapshot.running);
            let mut users = Vec::new();
            for (incremental, places) in [(false, first), (true, later)] {
                if places > 0 {
                    let found = self
                        .store
                        .candidates(batch.id, incremental, now, places)
                        .await?;
                    users.extend(found.into_iter().map(|user| (user, incremental)));
                }
            }
            snapshot.waiting.push(Waiting {
                batch: batch.id,
                ends: ends(batch),
                users,
            });
        }
        Ok(snapshot)
    }

    /// Gives a user to a worker, when nobody changed the user's mind meanwhile.
    async fn start(
        &mut self,
        batch: &BatchRecord,
        source: &EndpointRecord,
        target: Option<&EndpointRecord>,
        user: i64,
    ) -> Result<(), StoreError> {
        let Some(user) = self.store.user(user).await? else {
            return Ok(());
        };
        let status = if is_last_pass(&user) {
            UserStatus::Completing
        } else if user.initial_done {
            UserStatus::IncrementalSyncing
        } else {
            UserStatus::Syncing
        };
        let now = self.shared.now();
        if !self.store.claim_user(user.id, now, status.name()).await? {
            return Ok(());
        }
        let ended = Ended::new(batch, &user);
        ended.tell(&self.shared, status, None);
        let running = Running {
            batch: batch.id,
            ends: ends(batch),
            incremental: user.initial_done,
        };
        let stop = CancellationToken::new();
        let job = Job {
            shared: Arc::clone(&self.shared),
            store: self.store.clone(),
            batch: batch.clone(),
            source: source.clone(),
            target: target.cloned(),
            user,
            stop: stop.clone(),
        };
        let worker = self.workers.spawn(job.run());
        self.at_work.insert(
            worker.id(),
            AtWork {
                running,
                ended,
                stop,
            },
        );
        Ok(())
    }

    /// False while a batch is at work and is known to be: counting its users then says nothing new, and costs when they are
    /// many.
    fn may_have_turned(&self, batch: &BatchRecord) -> bool {
        let is_known = matches!(
            status_of(batch),
            BatchStatus::Syncing | BatchStatus::IncrementalSyncing | BatchStatus::Completing
        );
        !(is_known && self.is_at_work(batch) && batch.wanted.is_work())
    }

    fn is_at_work(&self, batch: &BatchRecord) -> bool {
        self.at_work
            .values()
            .any(|user| user.running.batch == batch.id)
    }
}

/// Whether there is anything to do for a batch.
fn is_open(batch: &BatchRecord) -> bool {
    let status = status_of(batch);
    (is_active(status) || status == BatchStatus::Waiting) && batch.wanted != Wanted::Nothing
}

fn ends(batch: &BatchRecord) -> Ends {
    Ends {
        source: batch.endpoint,
        target: batch.target_endpoint,
    }
}

fn limits(endpoint: &EndpointRecord) -> EndpointLimits {
    EndpointLimits {
        id: endpoint.id,
        host: endpoint.host.to_lowercase(),
        migrations: endpoint.max_migrations,
        incrementals: endpoint.max_incrementals,
    }
}
