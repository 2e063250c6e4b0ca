//! What the engine does with mailboxes.

use uuid::Uuid;

use super::{MailboxFilter, MailboxView, NewMailbox};
use crate::engine::error::{EngineError, ErrorId};
use crate::engine::handle::Engine;
use crate::engine::names::check_name;
use crate::engine::time::timestamp;
use crate::mail::Address;
use crate::store::{MailboxRecord, SealedFor, Store, StoreError, make_folder};
use crate::transport::maildir::MaildirStore;
use crate::transport::{ErrorClass, TransportError};

impl Engine {
    /// Makes a mailbox in the embedded mail store. Mail that lies there of an earlier mailbox of that address is taken up.
    ///
    /// # Errors
    /// `ObjectAlreadyExists`, `InvalidArgument`.
    pub async fn new_mailbox(&self, request: NewMailbox) -> Result<MailboxView, EngineError> {
        check_name("The mailbox name", &request.name)?;
        let address = address_of(&request)?;
        let store = self.store().await?;
        let guid = Uuid::new_v4();
        let password = match request
            .password
            .as_ref()
            .filter(|secret| !secret.is_empty())
        {
            Some(secret) => Some(store.secrets().seal(secret, SealedFor::Mailbox(guid))?),
            None => None,
        };
        let mut mailbox = MailboxRecord {
            id: 0,
            guid,
            alias: request
                .alias
                .filter(|alias| !alias.is_empty())
                .unwrap_or_else(|| address.local().to_owned()),
            display_name: request
                .display_name
                .filter(|name| !name.is_empty())
                .unwrap_or_else(|| request.name.clone()),
            first_name: request.first_name,
            last_name: request.last_name,
            upn: request
                .user_principal_name
                .filter(|upn| !upn.is_empty())
                .unwrap_or_else(|| address.as_str().to_owned()),
            address: address.as_str().to_owned(),
            name: request.name,
            password,
            created_at: self.shared().now(),
        };
        // the tree first: a mailbox that is on record can take mail
        make_folder(&self.shared().home.mail())?;
        self.shared()
            .mail
            .create(&mailbox.address)
            .await
            .map_err(storage)?;
        match store.add_mailbox(&mut mailbox).await {
            Err(StoreError::Taken(what)) => Err(EngineError::new(
                ErrorId::ObjectAlreadyExists,
                &mailbox.name,
                format!(
                    "The {what} of \"{}\" ({}) is already used by another mailbox.",
                    mailbox.name, mailbox.address
                ),
                "Choose another, or find it with Get-Mailbox.",
            )),
            Err(error) => Err(error.into()),
            Ok(()) => Ok(view(&self.shared().mail, mailbox)),
        }
    }

    /// Mailboxes, in the order of their names.
    ///
    /// # Errors
    /// `ObjectNotFound` for an identity that is given and unknown.
    pub async fn get_mailboxes(
        &self,
        filter: MailboxFilter,
    ) -> Result<Vec<MailboxView>, EngineError> {
        let mail = &self.shared().mail;
        if let Some(identity) = &filter.identity {
            let (_, records) = self.mailbox_records(identity).await?;
            return Ok(records.into_iter().map(|one| view(mail, one)).collect());
        }
        let Some(store) = self.existing().await? else {
            return Ok(Vec::new());
        };
        let Some(anr) = filter.anr.map(|text| text.to_lowercase()) else {
            let records = store.mailboxes(filter.limit).await?;
            return Ok(records.into_iter().map(|one| view(mail, one)).collect());
        };
        let most = filter.limit.map_or(usize::MAX, |limit| limit as usize);
        let records = store.mailboxes(None).await?;
        let matching = records.into_iter().filter(|one| matches(one, &anr));
        Ok(matching.take(most).map(|one| view(mail, one)).collect())
    }

    /// Removes a mailbox; with `with_mail` also its mail, else the mail stays on disk and a new mailbox of that address takes
    /// it up.
    ///
    /// # Errors
    /// `ObjectNotFound`; `InvalidArgument` when the identity stands for several; `StoragePermanent` when mail could not be removed.
    pub async fn remove_mailbox(&self, identity: &str, with_mail: bool) -> Result<(), EngineError> {
        let (store, mailbox) = self.mailbox_record(identity).await?;
        if with_mail {
            let mail = &self.shared().mail;
            mail.remove(&mailbox.address).await.map_err(storage)?;
            store.forget_maildrops(&mailbox.address).await?;
        }
        Ok(store.remove_mailbox(mailbox.id).await?)
    }

    /// The one mailbox an identity stands for.
    pub(in crate::engine) async fn mailbox_record(
        &self,
        identity: &str,
    ) -> Result<(&Store, MailboxRecord), EngineError> {
        let (store, mut records) = self.mailbox_records(identity).await?;
        match records.pop() {
            Some(record) if records.is_empty() => Ok((store, record)),
            _ => Err(EngineError::new(
                ErrorId::InvalidArgument,
                identity,
                format!("\"{identity}\" stands for {} mailboxes.", records.len() + 1),
                "Give the address or the GUID.",
            )),
        }
    }

    async fn mailbox_records(
        &self,
        identity: &str,
    ) -> Result<(&Store, Vec<MailboxRecord>), EngineError> {
        if let Some(store) = self.existing().await? {
            let records = store.mailboxes_of(identity).await?;
            if !records.is_empty() {
                return Ok((store, records));
            }
        }
        Err(EngineError::new(
            ErrorId::ObjectNotFound,
            identity,
            format!(
                "The operation couldn't be performed because object '{identity}' couldn't be found on '{}'.",
                server_name()
            ),
            "Get-Mailbox lists the mailboxes; New-Mailbox makes one.",
        ))
    }
}

/// An error of the mail store.
pub(super) fn storage(error: TransportError) -> EngineError {
    let id = match error.class {
        ErrorClass::Quota => ErrorId::QuotaExceeded,
        _ => ErrorId::StoragePermanent,
    };
    EngineError::new(id, "", error.to_string(), "")
}

/// The name of this machine, as the system has it.
pub(in crate::engine) fn server_name() -> String {
    let name = std::fs::read_to_string("/proc/sys/kernel/hostname")
        .or_else(|_| std::fs::read_to_string("/etc/hostname"))
        .unwrap_or_default();
    match name.trim() {
        "" => "localhost".into(),
        name => name.to_owned(),
    }
}

fn address_of(request: &NewMailbox) -> Result<Address, EngineError> {
    let given = [&request.primary_smtp_address, &request.user_principal_name];
    let text = given
        .into_iter()
        .flatten()
        .find(|text| !text.is_empty())
        .unwrap_or(&request.name);
    let invalid = |reason: String| {
        EngineError::new(
            ErrorId::InvalidArgument,
            text,
            reason,
            "Give -PrimarySmtpAddress an address such as terry@contoso.com.",
        )
    };
    let address = Address::parse(text).map_err(|error| {
        invalid(format!(
            "The mailbox \"{}\" has no address: {error}.",
            request.name
        ))
    })?;
    if text.contains(['/', '\0']) {
        return Err(invalid(format!(
            "The address \"{text}\" has a \"/\", which no folder of the mail store can have."
        )));
    }
    Ok(address)
}

fn matches(mailbox: &MailboxRecord, text: &str) -> bool {
    [
        &mailbox.name,
        &mailbox.alias,
        &mailbox.display_name,
        &mailbox.address,
        &mailbox.first_name,
        &mailbox.last_name,
    ]
    .iter()
    .any(|field| field.to_lowercase().starts_with(text))
}

fn view(mail: &MaildirStore, mailbox: MailboxRecord) -> MailboxView {
    MailboxView {
        identity: mailbox.name.clone(),
        path: mail.path_of(&mailbox.address),
        name: mailbox.name,
        alias: mailbox.alias,
        display_name: mailbox.display_name,
        first_name: mailbox.first_name,
        last_name: mailbox.last_name,
        primary_smtp_address: mailbox.address,
        user_principal_name: mailbox.upn,
        guid: mailbox.guid,
        recipient_type: "UserMailbox",
        server_name: server_name(),
        when_created: timestamp(mailbox.created_at),
    }
}
