//! The verbs: a folder for a noun, a file for a verb. The only room that sees both `runtime` and `engine`.

pub mod mailbox;
pub mod migration;
pub mod migration_batch;
pub mod migration_endpoint;
pub mod migration_user;
