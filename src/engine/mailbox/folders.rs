//! The folders of a mailbox, counted afresh.
