//! Reading and changing the settings.

use std::time::Duration;

use uuid::Uuid;

use super::{ConfigView, SetConfig};
use crate::engine::error::{EngineError, ErrorId};
use crate::engine::handle::Engine;
use crate::store::{Store, StoreError};

/// GUID of the endpoint that new batches move to.
const TARGET: &str = "target_endpoint";
const MAX_MIGRATIONS: &str = "max_concurrent_migrations";
const MAX_BATCHES: &str = "max_number_of_batches";
const SYNC_INTERVAL: &str = "sync_interval_ms";

/// The settings as stored.
pub(in crate::engine) struct Config {
    pub(in crate::engine) target: Option<Uuid>,
    pub(in crate::engine) max_migrations: Option<u32>,
    pub(in crate::engine) max_batches: u32,
    pub(in crate::engine) sync_interval_ms: i64,
}

impl Config {
    /// Reads the settings; what was never set is as `ConfigView::default` says.
    pub(in crate::engine) async fn read(store: &Store) -> Result<Self, StoreError> {
        let stored = store.settings().await?;
        let value = |name: &str| {
            stored
                .iter()
                .find(|(stored, _)| stored == name)
                .map(|(_, value)| value.as_str())
        };
        let usual = ConfigView::default();
        Ok(Self {
            target: value(TARGET).and_then(|text| text.parse().ok()),
            max_migrations: value(MAX_MIGRATIONS)
                .map_or(usual.max_concurrent_migrations, |text| text.parse().ok()),
            max_batches: value(MAX_BATCHES)
                .and_then(|text| text.parse().ok())
                .unwrap_or(usual.max_number_of_batches),
            sync_interval_ms: value(SYNC_INTERVAL)
                .and_then(|text| text.parse().ok())
                .unwrap_or_else(|| milliseconds(usual.sync_interval)),
        })
    }
}

fn milliseconds(length: Duration) -> i64 {
    i64::try_from(length.as_millis()).unwrap_or(i64::MAX)
}

impl Engine {
    /// What is set for all batches.
    pub async fn config(&self) -> Result<ConfigView, EngineError> {
        let Some(store) = self.existing().await? else {
            return Ok(ConfigView::default());
        };
        let config = Config::read(store).await?;
        let target = match config.target {
            Some(guid) => store.endpoint(&guid.to_string()).await?,
            None => None,
        };
        Ok(ConfigView {
            target_endpoint: target.map(|endpoint| endpoint.name),
            max_concurrent_migrations: config.max_migrations,
            max_number_of_batches: config.max_batches,
            sync_interval: Duration::from_millis(config.sync_interval_ms.unsigned_abs()),
        })
    }

    /// Changes what is set for all batches. A batch that exists keeps its target: what it copied is known of that one only.
    ///
    /// # Errors
    /// `EndpointNotFound`, `InvalidArgument`.
    pub async fn set_config(&self, request: SetConfig) -> Result<(), EngineError> {
        let mut changes = Vec::new();
        if let Some(target) = request.target_endpoint {
            let guid = match target {
                Some(identity) => Some(self.endpoint_record(&identity).await?.1.guid.to_string()),
                None => None,
            };
            changes.push((TARGET, guid));
        }
        if request.max_concurrent_migrations == Some(Some(0))
            || request.max_number_of_batches == Some(0)
        {
            return Err(EngineError::new(
                ErrorId::InvalidArgument,
                "",
                "A limit of 0 would let nothing run.",
                "Give 1 or more.",
            ));
        }
        if let Some(limit) = request.max_concurrent_migrations {
            changes.push((MAX_MIGRATIONS, limit.map(|n| n.to_string())));
        }
        if let Some(limit) = request.max_number_of_batches {
            changes.push((MAX_BATCHES, Some(limit.to_string())));
        }
        if let Some(interval) = request.sync_interval {
            changes.push((SYNC_INTERVAL, Some(milliseconds(interval).to_string())));
        }
        self.store().await?.set_settings(&changes).await?;
        self.poke();
        Ok(())
    }
}
