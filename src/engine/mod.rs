//! Migration as a library: endpoints, batches, users, scheduler, workers, sync. Knows no shell.
