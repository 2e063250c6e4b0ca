//! What the engine does with subscriptions.

use uuid::Uuid;

use super::run::{check, kind};
use super::{
    IncomingAuth, NewSubscription, SetSubscription, SubscriptionDetail, SubscriptionEntry,
    SubscriptionFilter, SubscriptionStatus, SubscriptionView,
};
use crate::engine::endpoint::{Security, check_server};
use crate::engine::error::{EngineError, ErrorId};
use crate::engine::handle::Engine;
use crate::engine::names::check_name;
use crate::engine::time::{maybe, timestamp};
use crate::mail::{Address, Secret};
use crate::store::{SealedFor, Store, StoreError, SubscriptionQuery, SubscriptionRecord};

impl Engine {
    /// Makes a subscription; its first poll begins at once.
    ///
    /// # Errors
    /// `InvalidArgument`, `ObjectNotFound` for the mailbox, `SubscriptionAlreadyExists`; when it was not forced also what the
    /// server said to the sign-in: `ServerConnectionFailed`, `SignInFailed` and others.
    pub async fn new_subscription(
        &self,
        request: NewSubscription,
    ) -> Result<SubscriptionView, EngineError> {
        check_name("The subscription name", &request.name)?;
        check_address(&request.email_address)?;
        let port = request
            .port
            .unwrap_or_else(|| request.kind.default_port(request.security));
        check_server(&request.server, port)?;
        let identity = request.mailbox.as_ref().unwrap_or(&request.email_address);
        let (store, mailbox) = self.mailbox_record(identity).await?;
        let same = SubscriptionQuery {
            mailbox: Some(mailbox.id),
            identity: Some(request.name.clone()),
            ..SubscriptionQuery::default()
        };
        if !store.subscriptions(&same).await?.is_empty() {
            return Err(exists(&request.name, &mailbox.address));
        }
        let guid = Uuid::new_v4();
        let now = self.shared().now();
        let mut record = SubscriptionRecord {
            id: 0,
            guid,
            mailbox: mailbox.id,
            mailbox_address: mailbox.address,
            kind: request.kind.name().into(),
            display_name: request
                .display_name
                .filter(|name| !name.is_empty())
                .unwrap_or_else(|| request.email_address.clone()),
            name: request.name,
            email_address: request.email_address,
            host: request.server,
            port,
            security: request.security.name().into(),
            authentication: request.authentication.name().into(),
            user_name: request.user_name,
            password: store
                .secrets()
                .seal(&request.password, SealedFor::Subscription(guid))?,
            leave_on_server: request.leave_on_server,
            enabled: true,
            status: SubscriptionStatus::InProgress.name().into(),
            detail: SubscriptionDetail::None.name().into(),
            message: String::new(),
            attempts: 0,
            due_at: Some(now),
            items: 0,
            bytes: 0,
            created_at: now,
            modified_at: now,
            synced_at: None,
            succeeded_at: None,
        };
        if !request.force {
            check(&record, request.password).await?;
        }
        match store.add_subscription(&mut record).await {
            Err(StoreError::Taken(_)) => {
                return Err(exists(&record.name, &record.mailbox_address));
            }
            other => other?,
        }
        self.poll().await?;
        Ok(view(record))
    }

    /// Changes a subscription. When how it signs in changed, or it is wanted now, it is polled at once.
    ///
    /// # Errors
    /// `ObjectNotFound`, and those of `new_subscription`.
    pub async fn set_subscription(
        &self,
        request: SetSubscription,
    ) -> Result<SubscriptionView, EngineError> {
        let (store, mut record) = self
            .subscription_record(&request.identity, request.mailbox.as_deref(), request.kind)
            .await?;
        let before = record.clone();
        let password = apply(&mut record, &request, store)?;
        check_address(&record.email_address)?;
        check_server(&record.host, record.port)?;
        let has_other_sign_in = sign_in(&before) != sign_in(&record);
        if has_other_sign_in && record.enabled && !request.force {
            let password = match password {
                Some(password) => password,
                None => store
                    .secrets()
                    .open(&record.password, SealedFor::Subscription(record.guid))?,
            };
            check(&record, password).await?;
        }
        record.modified_at = self.shared().now();
        let is_wanted = has_other_sign_in || request.sync_now || !before.enabled;
        if !record.enabled {
            record.status = SubscriptionStatus::Disabled.name().into();
            record.detail = SubscriptionDetail::None.name().into();
            record.message = "It was switched off with -Enabled $false.".into();
            record.due_at = None;
        } else if is_wanted {
            record.status = SubscriptionStatus::InProgress.name().into();
            record.detail = SubscriptionDetail::None.name().into();
            record.message = String::new();
            record.attempts = 0;
            record.due_at = Some(record.modified_at);
        }
        store.change_subscription(&record).await?;
        self.poll().await?;
        Ok(view(record))
    }

    /// Subscriptions, in the order of their names.
    ///
    /// # Errors
    /// `ObjectNotFound` for an identity or mailbox that is given and unknown.
    pub async fn get_subscriptions(
        &self,
        filter: SubscriptionFilter,
    ) -> Result<Vec<SubscriptionView>, EngineError> {
        let mailbox = match &filter.mailbox {
            Some(mailbox) => Some(self.mailbox_record(mailbox).await?.1.id),
            None => None,
        };
        let query = SubscriptionQuery {
            mailbox,
            identity: filter.identity.clone(),
            kind: filter.kind.map(|kind| kind.name()),
            limit: filter.limit,
        };
        let store = self.existing().await?;
        let records = match store {
            Some(store) => store.subscriptions(&query).await?,
            None => Vec::new(),
        };
        if let (Some(identity), true) = (&filter.identity, records.is_empty()) {
            return Err(unknown(identity, filter.mailbox.as_deref()));
        }
        let mut views = Vec::with_capacity(records.len());
        for record in records {
            let report = match store.filter(|_| filter.include_report) {
                Some(store) => Some(entries(store.subscription_entries(record.id).await?)),
                None => None,
            };
            views.push(SubscriptionView {
                report,
                ..view(record)
            });
        }
        Ok(views)
    }

    /// Removes a subscription: it stops at once. The mail it brought stays.
    ///
    /// # Errors
    /// `ObjectNotFound`; `InvalidArgument` when several mailboxes have one of that name.
    pub async fn remove_subscription(
        &self,
        identity: &str,
        mailbox: Option<&str>,
    ) -> Result<(), EngineError> {
        let (store, record) = self.subscription_record(identity, mailbox, None).await?;
        store.remove_subscription(record.id).await?;
        self.poll().await
    }

    /// The one subscription an identity stands for.
    async fn subscription_record(
        &self,
        identity: &str,
        mailbox: Option<&str>,
        wanted: Option<super::SubscriptionType>,
    ) -> Result<(&Store, SubscriptionRecord), EngineError> {
        let mailbox_id = match mailbox {
            Some(mailbox) => Some(self.mailbox_record(mailbox).await?.1.id),
            None => None,
        };
        let Some(store) = self.existing().await? else {
            return Err(unknown(identity, mailbox));
        };
        let query = SubscriptionQuery {
            mailbox: mailbox_id,
            identity: Some(identity.to_owned()),
            kind: wanted.map(|kind| kind.name()),
            limit: None,
        };
        let mut records = store.subscriptions(&query).await?;
        match records.pop() {
            None => Err(unknown(identity, mailbox)),
            Some(record) if records.is_empty() => Ok((store, record)),
            Some(_) => Err(EngineError::new(
                ErrorId::InvalidArgument,
                identity,
                format!(
                    "{} mailboxes have a subscription \"{identity}\".",
                    records.len() + 1
                ),
                "Say whose with -Mailbox, or give the GUID.",
            )),
        }
    }
}

/// Puts changes into a record. Gives the new password, when there is one.
fn apply(
    record: &mut SubscriptionRecord,
    request: &SetSubscription,
    store: &Store,
) -> Result<Option<Secret>, EngineError> {
    let set = |field: &mut String, value: &Option<String>| {
        if let Some(value) = value {
            field.clone_from(value);
        }
    };
    set(&mut record.display_name, &request.display_name);
    set(&mut record.email_address, &request.email_address);
    set(&mut record.host, &request.server);
    set(&mut record.user_name, &request.user_name);
    if let Some(security) = request.security {
        let old = Security::from_name(&record.security);
        let kind = kind(record);
        if old.is_some_and(|old| kind.default_port(old) == record.port) {
            record.port = kind.default_port(security);
        }
        record.security = security.name().into();
    }
    if let Some(port) = request.port {
        record.port = port;
    }
    if let Some(authentication) = request.authentication {
        record.authentication = authentication.name().into();
    }
    if let Some(leave) = request.leave_on_server {
        record.leave_on_server = leave;
    }
    if let Some(enabled) = request.enabled {
        record.enabled = enabled;
    }
    if let Some(password) = &request.password {
        record.password = store
            .secrets()
            .seal(password, SealedFor::Subscription(record.guid))?;
    }
    Ok(request.password.clone())
}

/// What a sign-in hangs on. A password that was given again is sealed differently, and so is another one.
fn sign_in(record: &SubscriptionRecord) -> (&str, u16, &str, &str, &str, &[u8]) {
    (
        &record.host,
        record.port,
        &record.security,
        &record.authentication,
        &record.user_name,
        &record.password,
    )
}

fn check_address(address: &str) -> Result<(), EngineError> {
    match Address::parse(address) {
        Ok(_) => Ok(()),
        Err(error) => Err(EngineError::new(
            ErrorId::InvalidArgument,
            address,
            format!("The address of the account cannot be used: {error}."),
            "Give -EmailAddress an address such as akohl@contoso.edu.",
        )),
    }
}

fn exists(name: &str, mailbox: &str) -> EngineError {
    EngineError::new(
        ErrorId::SubscriptionAlreadyExists,
        name,
        format!("The mailbox {mailbox} already has a subscription \"{name}\"."),
        "Choose another name, or change it with Set-PopSubscription or Set-ImapSubscription.",
    )
}

fn unknown(identity: &str, mailbox: Option<&str>) -> EngineError {
    let of = mailbox.map_or(String::new(), |mailbox| {
        format!(" of the mailbox {mailbox}")
    });
    EngineError::new(
        ErrorId::ObjectNotFound,
        identity,
        format!("The subscription \"{identity}\"{of} can't be found."),
        "Get-Subscription lists the subscriptions.",
    )
}

fn entries(lines: Vec<(i64, String)>) -> Vec<SubscriptionEntry> {
    let entry = |(at, message)| SubscriptionEntry {
        at: timestamp(at),
        message,
    };
    lines.into_iter().map(entry).collect()
}

fn view(record: SubscriptionRecord) -> SubscriptionView {
    SubscriptionView {
        kind: kind(&record),
        guid: record.guid,
        name: record.name,
        display_name: record.display_name,
        mailbox: record.mailbox_address,
        email_address: record.email_address,
        server: record.host,
        port: record.port,
        user_name: record.user_name,
        authentication: IncomingAuth::from_name(&record.authentication)
            .unwrap_or(IncomingAuth::Basic),
        security: Security::from_name(&record.security).unwrap_or(Security::Ssl),
        leave_on_server: record.leave_on_server,
        enabled: record.enabled,
        status: SubscriptionStatus::from_name(&record.status)
            .unwrap_or(SubscriptionStatus::Delayed),
        detail: SubscriptionDetail::from_name(&record.detail).unwrap_or(SubscriptionDetail::None),
        message: record.message,
        items: record.items,
        bytes: record.bytes,
        created: timestamp(record.created_at),
        modified: timestamp(record.modified_at),
        last_sync: maybe(record.synced_at),
        last_success: maybe(record.succeeded_at),
        next_sync: maybe(record.due_at),
        report: None,
    }
}
