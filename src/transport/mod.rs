//! One protocol per folder. Knows neither batches nor users nor the store.
