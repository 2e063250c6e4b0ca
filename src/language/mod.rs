//! Text to tree, tokens and errors. The only room that knows nom; it imports nothing else of this crate.
