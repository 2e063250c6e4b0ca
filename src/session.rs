//! What one shell session owns and lends to cmdlets: the home folder and the engine, opened on first use.
