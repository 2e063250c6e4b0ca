//! Waiting for a batch, by its events.

use std::time::Duration;

use tokio::sync::broadcast::error::RecvError;

use super::BatchStatus;
use super::ops::{is_active, not_found, status_of};
use crate::engine::error::{EngineError, ErrorId};
use crate::engine::event::{Event, EventKind};
use crate::engine::handle::Engine;

impl Engine {
    /// Waits until the batch is neither waiting for its start, starting, syncing, stopping nor completing, and gives its state.
    ///
    /// # Errors
    /// `TimedOut` after `timeout`; `BatchNotFound`, also when it is removed meanwhile.
    pub async fn wait_batch(
        &self,
        identity: &str,
        timeout: Option<Duration>,
    ) -> Result<BatchStatus, EngineError> {
        let (_, batch) = self.batch_record(identity).await?;
        let wait = self.settled(&batch.name);
        let Some(timeout) = timeout else {
            return wait.await;
        };
        match tokio::time::timeout(timeout, wait).await {
            Ok(settled) => settled,
            Err(_) => Err(EngineError::new(
                ErrorId::TimedOut,
                &batch.name,
                format!(
                    "The migration batch \"{}\" was not done after {} seconds.",
                    batch.name,
                    timeout.as_secs_f64()
                ),
                "It goes on; wait again, or look with Get-MigrationBatch.",
            )),
        }
    }

    async fn settled(&self, name: &str) -> Result<BatchStatus, EngineError> {
        let mut news = self.subscribe();
        loop {
            let (_, batch) = self.batch_record(name).await?;
            let status = status_of(&batch);
            if !is_active(status) && status != BatchStatus::Waiting {
                return Ok(status);
            }
            self.work().await?;
            loop {
                match news.recv().await {
                    Ok(event) if concerns(&event, name) => break,
                    Ok(_) => {}
                    Err(RecvError::Lagged(_)) => break,
                    Err(RecvError::Closed) => return Err(not_found(name)),
                }
            }
        }
    }
}

fn concerns(event: &Event, name: &str) -> bool {
    event.batch == name
        && matches!(
            event.kind,
            EventKind::BatchStatus { .. } | EventKind::BatchRemoved
        )
}
