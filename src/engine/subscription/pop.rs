//! One poll of a POP3 account. The order that exactly once rests on: intent on disk, group into the mailbox, stored on disk;
//! and only then, where nothing is to be left on the server, DELE, the memory of it on disk, QUIT.

use std::collections::HashMap;

use tokio::sync::mpsc;

use super::basket::Basket;
use super::plan::{Memory, compare, name_hash};
use super::run::{Brought, End, Job, or_stopped};
use crate::engine::failure::Failure;
use crate::mail::{FlagSet, FolderPath, MessageMeta};
use crate::store::{DropMessage, DropState, Maildrop};
use crate::transport::pop3::{Listed, Pop3Settings, Pop3Source, Refused, Retrieved};
use crate::transport::{Incoming, Login, NetSettings, Origin, Target};

/// Messages between the server and the mailbox beside the byte budget.
const IN_FLIGHT: usize = 64;
/// How long a message that the server does not list any more is remembered.
const REMEMBERED_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// Polls the account.
pub(super) async fn poll(
    job: &Job,
    net: NetSettings,
    login: &Login,
    target: &Target,
    brought: &mut Brought,
) -> Result<(), End> {
    let stop = &job.stop;
    let mut source = or_stopped(stop, Pop3Source::connect(&Pop3Settings::new(net), login)).await?;
    let listed = or_stopped(stop, source.list()).await?;
    let account = job.account();
    let store = &job.store;
    let maildrop = store
        .maildrop(&job.record.mailbox_address, &account, job.random())
        .await?;
    let into = target
        .ensure_folder(&FolderPath::inbox(), None, true)
        .await?;
    let origin = Origin {
        account,
        folder: "POP3".into(),
        uid_validity: maildrop.validity,
    };
    let known = settled(job, &maildrop, target.present(&into, &origin).await?).await?;
    let (mut memory, read) = compare(&listed, known);
    if !maildrop.is_settled && !read.is_empty() {
        let contents = target.contents(&into).await?.unwrap_or_default();
        memory.found(contents.into_iter().map(|content| content.0));
    }
    let basket = Basket::new(store, target, &into, &origin, job.shared.group_messages);
    let mut delivery = Delivery {
        job,
        maildrop: maildrop.id,
        listed: listed.iter().map(|one| (one.number, one)).collect(),
        next: maildrop.next_number,
        memory,
        basket,
        rows: Vec::new(),
        brought,
    };
    let spool = store.home().spool()?;
    let (out, incoming) = mpsc::channel(IN_FLIGHT);
    let budget = &job.shared.budget;
    let fetch = async {
        let end = or_stopped(stop, source.fetch(&read, budget, &spool, &out)).await;
        drop(out);
        end
    };
    let (fetched, delivered) = tokio::join!(fetch, delivery.take(incoming));
    delivered?;
    let refused = fetched?;
    let mut memory = delivery.memory;
    note(job, &refused, brought).await?;
    let now = job.shared.now();
    store
        .keep_drop_messages(maildrop.id, &memory.changes(Some(now)))
        .await?;
    if !maildrop.is_settled {
        store.settle_maildrop(maildrop.id).await?;
    }
    store
        .tidy_maildrop(maildrop.id, now - REMEMBERED_MS)
        .await?;
    if job.record.leave_on_server || memory.here.is_empty() {
        // it has nothing to commit; what the server makes of it does not matter
        let _ = or_stopped(stop, source.quit()).await;
        return Ok(());
    }
    delete(job, source, maildrop.id, &mut memory).await
}

/// What is remembered, with the doubt of a crash taken out: names of files say what the mailbox has.
async fn settled(
    job: &Job,
    maildrop: &Maildrop,
    present: Option<crate::mail::UidSet>,
) -> Result<Vec<DropMessage>, Failure> {
    let mut known = job.store.drop_messages(maildrop.id).await?;
    if known.iter().all(|one| one.state != DropState::Intended) {
        return Ok(known);
    }
    let present = present.unwrap_or_default();
    let mut found = Vec::new();
    for one in &mut known {
        if one.state == DropState::Intended && present.contains(one.number) {
            one.state = DropState::Stored;
            found.push(one.clone());
        }
    }
    job.store.keep_drop_messages(maildrop.id, &found).await?;
    known.retain(|one| one.state != DropState::Intended);
    Ok(known)
}

/// Deletes what the mailbox has. The memory of it goes to the disk before QUIT: after a cut nobody knows whether the server
/// did it, and then the messages that are still there are read again and compared.
async fn delete(
    job: &Job,
    mut source: Pop3Source,
    maildrop: i64,
    memory: &mut Memory,
) -> Result<(), End> {
    let numbers: Vec<u32> = memory.here.keys().copied().collect();
    let left = or_stopped(&job.stop, source.mark_deleted(&numbers)).await?;
    let gone: Vec<u32> = numbers.into_iter().filter(|n| !left.contains(n)).collect();
    let deleted = memory.deleted(&gone, job.shared.now());
    job.store.keep_drop_messages(maildrop, &deleted).await?;
    or_stopped(&job.stop, source.quit()).await
}

async fn note(job: &Job, refused: &[Refused], brought: &mut Brought) -> Result<(), Failure> {
    brought.refused += refused.len() as u64;
    for one in refused.iter().take(10) {
        job.report(&format!(
            "Message {} was not given. {}",
            one.number, one.error
        ))
        .await?;
    }
    Ok(())
}

fn following(number: u32) -> Result<u32, Failure> {
    let most = "more than four thousand million messages of one account";
    number.checked_add(1).ok_or_else(|| Failure::internal(most))
}

/// Messages as they come.
struct Delivery<'a> {
    job: &'a Job,
    maildrop: i64,
    listed: HashMap<u32, &'a Listed>,
    /// Our number for the next new message.
    next: u32,
    memory: Memory,
    basket: Basket<'a>,
    /// What the basket has: the number at the server, and what will be remembered.
    rows: Vec<(u32, DropMessage)>,
    brought: &'a mut Brought,
}

impl Delivery<'_> {
    /// Takes messages and commits them in groups; what came whole is kept also when it ends early.
    async fn take(&mut self, mut incoming: mpsc::Receiver<Retrieved>) -> Result<(), End> {
        loop {
            let next = tokio::select! {
                biased;
                () = self.job.stop.cancelled() => {
                    drop(incoming);
                    self.commit().await?;
                    return Err(End::Stopped);
                }
                next = incoming.recv() => next,
            };
            let Some(message) = next else {
                return Ok(self.commit().await?);
            };
            if let Err(error) = self.add(message).await {
                drop(incoming);
                self.commit().await?;
                let is_stopped = self.job.stop.is_cancelled();
                return Err(if is_stopped { End::Stopped } else { error });
            }
            if self.basket.is_full() {
                self.commit().await?;
            }
        }
    }

    async fn add(&mut self, message: Retrieved) -> Result<(), End> {
        let Some(listed) = self.listed.get(&message.number).copied() else {
            return Ok(());
        };
        let content = message.content.0;
        if self.memory.recognise(listed, content) {
            self.brought.known += 1;
            return Ok(());
        }
        let number = self.next;
        let row = DropMessage {
            number,
            state: DropState::Intended,
            name: listed.name.as_deref().map(name_hash),
            content,
            size: listed.size,
            gone_at: None,
        };
        if self.memory.adopt(content) {
            self.next = following(number)?;
            let row = DropMessage {
                state: DropState::Stored,
                ..row
            };
            self.memory.adopted(listed.number, row);
            self.brought.known += 1;
            return Ok(());
        }
        let meta = MessageMeta {
            uid: number,
            flags: FlagSet::new(),
            internal_date: message.date,
            size: Some(message.body.size()),
        };
        let bytes = message.body.size();
        let body = message.body;
        self.basket.add(Incoming { meta, body }).await?;
        self.next = following(number)?;
        self.brought.add(bytes);
        self.rows.push((listed.number, row));
        Ok(())
    }

    /// Makes the basket durable, and with it what is known of other messages: a number that was given is given for good.
    async fn commit(&mut self) -> Result<(), Failure> {
        let store = &self.job.store;
        let mut rows = std::mem::take(&mut self.rows);
        let mut known = self.memory.changes(None);
        known.extend(rows.iter().map(|(_, row)| row.clone()));
        store.keep_drop_messages(self.maildrop, &known).await?;
        if self.basket.is_empty() {
            return Ok(());
        }
        let receipt = self.basket.commit().await?;
        rows.retain(|(_, row)| receipt.stored.contains(row.number));
        rows.iter_mut()
            .for_each(|(_, row)| row.state = DropState::Stored);
        let stored: Vec<DropMessage> = rows.iter().map(|(_, row)| row.clone()).collect();
        store.keep_drop_messages(self.maildrop, &stored).await?;
        self.job.count(rows.len() as u64, receipt.bytes).await?;
        for (listed, row) in rows {
            self.memory.stored(listed, row);
        }
        Ok(())
    }
}
