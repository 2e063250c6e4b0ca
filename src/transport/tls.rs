//! TLS over a connected socket.
