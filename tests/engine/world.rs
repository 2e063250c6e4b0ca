//! What the tests share: an engine on a folder of its own.

use std::path::Path;
use std::time::Duration;

use mailtern::engine::endpoint::{NewEndpoint, Security};
use mailtern::engine::mailbox::NewMailbox;
use mailtern::engine::{Engine, EngineOptions};

/// An engine whose failed runs are tried again almost at once.
pub async fn engine(home: &Path) -> Engine {
    let options = EngineOptions {
        retry_unit: Duration::from_millis(20),
        ..EngineOptions::new(home)
    };
    Engine::open(options).await.unwrap()
}

/// An endpoint that is kept without a probe.
pub async fn endpoint(engine: &Engine, name: &str, port: u16) {
    let request = NewEndpoint {
        name: name.into(),
        remote_server: "127.0.0.1".into(),
        port: Some(port),
        security: Security::None,
        skip_verification: true,
        max_concurrent_migrations: Some(10),
        ..NewEndpoint::default()
    };
    engine.new_endpoint(request).await.unwrap();
}

/// A mailbox of this address.
pub async fn mailbox(engine: &Engine, address: &str) {
    let request = NewMailbox {
        name: address.into(),
        primary_smtp_address: Some(address.into()),
        ..NewMailbox::default()
    };
    engine.new_mailbox(request).await.unwrap();
}

/// A CSV file of rows (address, login, password).
pub fn csv(rows: &[(&str, &str, &str)]) -> Vec<u8> {
    let mut text = String::from("EmailAddress,UserName,Password\n");
    for (address, login, password) in rows {
        text.push_str(&format!("{address},{login},{password}\n"));
    }
    text.into_bytes()
}
