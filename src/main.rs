//! Reads the command line and picks a host.
fn main() {}
