//! What survives a restart: schema, records, sync journal, sealed secrets. Knows no protocol.
