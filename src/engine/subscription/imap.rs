//! One poll of an IMAP account: every folder, what is new in it. Messages are known by folder and UID, and files in the
//! mailbox are named after both, so a crash leaves no doubt.

use tokio::sync::mpsc;

use super::basket::Basket;
use super::run::{Brought, End, Job, or_stopped};
use crate::engine::failure::Failure;
use crate::mail::UidSet;
use crate::store::Maildrop;
use crate::transport::imap::{ImapSettings, ImapSource, ListedFolder};
use crate::transport::{ErrorClass, Incoming, Login, NetSettings, Origin, Target, TransportError};

/// Messages between the server and the mailbox beside the byte budget.
const IN_FLIGHT: usize = 64;

/// Polls the account.
pub(super) async fn poll(
    job: &Job,
    net: NetSettings,
    login: &Login,
    target: &Target,
    brought: &mut Brought,
) -> Result<(), End> {
    let mut source = or_stopped(
        &job.stop,
        ImapSource::connect(&ImapSettings::new(net), login),
    )
    .await?;
    let folders = or_stopped(&job.stop, source.list_folders()).await?;
    let maildrop = job
        .store
        .maildrop(&job.record.mailbox_address, &job.account(), job.random())
        .await?;
    for folder in folders.iter().filter(|folder| folder.is_selectable) {
        let poll = Poll {
            job,
            maildrop: &maildrop,
            folder,
            target,
        };
        match poll.run(&mut source, brought).await {
            Err(End::OfFolder(error)) => {
                brought.refused += 1;
                job.report(&format!(
                    "The folder \"{}\" was not copied. {error}",
                    folder.path
                ))
                .await?;
            }
            other => other?,
        }
    }
    let goodbye = async {
        source.log_out().await;
        Ok::<(), TransportError>(())
    };
    let _ = or_stopped(&job.stop, goodbye).await;
    Ok(())
}

/// A folder and where it goes.
struct Poll<'a> {
    job: &'a Job,
    maildrop: &'a Maildrop,
    folder: &'a ListedFolder,
    target: &'a Target,
}

impl Poll<'_> {
    async fn run(&self, source: &mut ImapSource, brought: &mut Brought) -> Result<(), End> {
        let stop = &self.job.stop;
        let wire = &self.folder.wire;
        let state = or_stopped(stop, source.examine(wire))
            .await
            .map_err(of_folder)?;
        let listed = or_stopped(stop, source.uids()).await.map_err(of_folder)?;
        let store = &self.job.store;
        let known = store.drop_folder(self.maildrop.id, &wire.0).await?;
        let validity = state.uid_validity;
        let mut have = match known {
            Some((was, _)) if was != validity => {
                let message = format!(
                    "The source gave the folder new message numbers (UIDVALIDITY was {was}, is {validity}). It is not copied again, because every message would be there twice"
                );
                return Err(End::OfFolder(TransportError::new(
                    ErrorClass::Refused,
                    message,
                )));
            }
            Some((_, uids)) => uids,
            None => UidSet::new(),
        };
        let into = self
            .target
            .ensure_folder(
                &self.folder.path,
                self.folder.special_use,
                self.folder.is_subscribed,
            )
            .await?;
        let origin = Origin {
            account: self.job.account(),
            folder: wire.0.escape_ascii().to_string(),
            uid_validity: validity,
        };
        let present = self.target.present(&into, &origin).await?;
        have.extend_set(&present.unwrap_or_default());
        let new = listed.subtract(&have);
        if !new.is_empty() {
            let basket = Basket::new(
                store,
                self.target,
                &into,
                &origin,
                self.job.shared.group_messages,
            );
            let copy = self
                .copy(source, &new, basket, &mut have, validity, brought)
                .await;
            copy.map_err(of_folder)?;
        }
        Ok(store
            .keep_drop_folder(self.maildrop.id, &wire.0, validity, &have)
            .await?)
    }

    async fn copy(
        &self,
        source: &mut ImapSource,
        new: &UidSet,
        mut basket: Basket<'_>,
        have: &mut UidSet,
        validity: u32,
        brought: &mut Brought,
    ) -> Result<(), End> {
        let (out, mut incoming) = mpsc::channel::<Incoming>(IN_FLIGHT);
        let budget = &self.job.shared.budget;
        let fetch = async {
            let end = or_stopped(&self.job.stop, source.fetch(new, budget, &out)).await;
            drop(out);
            end
        };
        let deliver = async {
            loop {
                let next = tokio::select! {
                    biased;
                    () = self.job.stop.cancelled() => {
                        drop(incoming);
                        self.commit(&mut basket, have, validity).await?;
                        return Err(End::Stopped);
                    }
                    next = incoming.recv() => next,
                };
                let Some(message) = next else {
                    return self
                        .commit(&mut basket, have, validity)
                        .await
                        .map_err(End::from);
                };
                let bytes = message.body.size();
                match basket.add(message).await {
                    Ok(()) => brought.add(bytes),
                    // the source broke off, and says why itself
                    Err(error) if error.class == ErrorClass::Transport => {}
                    Err(error) => {
                        drop(incoming);
                        self.commit(&mut basket, have, validity).await?;
                        return Err(error.into());
                    }
                }
                if basket.is_full() {
                    self.commit(&mut basket, have, validity).await?;
                }
            }
        };
        let (fetched, delivered) = tokio::join!(fetch, deliver);
        delivered?;
        let fetched = fetched?;
        brought.refused += fetched.refused.len() as u64;
        for one in fetched.refused.iter().take(10) {
            let name = &self.folder.path;
            let line = format!(
                "Message {} of \"{name}\" was not given. {}",
                one.uid, one.error
            );
            self.job.report(&line).await?;
        }
        Ok(())
    }

    async fn commit(
        &self,
        basket: &mut Basket<'_>,
        have: &mut UidSet,
        validity: u32,
    ) -> Result<(), Failure> {
        if basket.is_empty() {
            return Ok(());
        }
        let receipt = basket.commit().await?;
        have.extend_set(&receipt.stored);
        self.job
            .store
            .keep_drop_folder(self.maildrop.id, &self.folder.wire.0, validity, have)
            .await?;
        self.job.count(receipt.stored.len(), receipt.bytes).await
    }
}

/// What stays with the folder: the others can be copied.
fn of_folder(end: End) -> End {
    match end {
        End::Wire(error)
            if !error.is_fatal
                && matches!(error.class, ErrorClass::Vanished | ErrorClass::Refused) =>
        {
            End::OfFolder(error)
        }
        other => other,
    }
}
