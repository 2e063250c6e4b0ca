//! The embedded mail store: Maildir++ trees that Dovecot serves as they are.
