//! Where a user's mail goes: the mailbox of the embedded mail store, or one on the target server, with who opens it.

use super::endpoint::AdminForm;
use super::endpoint::probe::{imap_settings, stored};
use super::failure::Failure;
use super::handle::Shared;
use crate::mail::Secret;
use crate::store::{EndpointRecord, SealedFor, Store, UserRecord};
use crate::transport::Target;
use crate::transport::imap::{ImapTarget, Login};

/// Opens the target mailbox of a user.
///
/// # Errors
/// `RecipientNotFound` in the mail store; the target's words on a server, where a mailbox exists when its sign-in works.
pub(super) async fn open(
    shared: &Shared,
    store: &Store,
    endpoint: Option<&EndpointRecord>,
    user: &UserRecord,
) -> Result<Target, Failure> {
    let Some(endpoint) = endpoint else {
        return in_store(shared, store, user).await;
    };
    let login = login(store, endpoint, user).await?;
    let settings = imap_settings(&stored(endpoint));
    match ImapTarget::connect(&settings, &login).await {
        Ok(target) => Ok(Target::Imap(target)),
        Err(error) => Err(error.of_target(&endpoint.host).into()),
    }
}

async fn in_store(shared: &Shared, store: &Store, user: &UserRecord) -> Result<Target, Failure> {
    let Some(mailbox) = store.mailbox_at(&user.address).await? else {
        return Err(Failure::no_recipient(&user.address));
    };
    if user.mailbox_guid != Some(mailbox.guid) {
        store.set_user_mailbox(user.id, mailbox.guid).await?;
    }
    Ok(Target::Maildir(shared.mail.create(&mailbox.address).await?))
}

/// Who signs in at the target: the user with the row's own password, else the administrator for the user.
pub(super) async fn login(
    store: &Store,
    endpoint: &EndpointRecord,
    user: &UserRecord,
) -> Result<Login, Failure> {
    let name = if user.target_user_name.is_empty() {
        &user.address
    } else {
        &user.target_user_name
    };
    let own = match store.target_password(user.id).await? {
        Some(sealed) => {
            let owner = SealedFor::UserAtTarget(user.guid);
            Some(store.secrets().open(&sealed, owner)?)
        }
        None => None,
    };
    login_of(store, endpoint, name, own)
}

/// The sign-in for a mailbox of that name, with its own password or the administrator's.
pub(super) fn login_of(
    store: &Store,
    endpoint: &EndpointRecord,
    name: &str,
    own: Option<Secret>,
) -> Result<Login, Failure> {
    if let Some(password) = own {
        return Ok(Login::new(name, password));
    }
    let Some((admin, sealed)) = &endpoint.admin else {
        return Err(Failure::no_target_sign_in(&endpoint.name));
    };
    let password = store
        .secrets()
        .open(sealed, SealedFor::Endpoint(endpoint.guid))?;
    let form = AdminForm::from_name(&endpoint.admin_form).unwrap_or(AdminForm::MasterUser);
    Ok(as_admin(form, name, admin, password))
}

/// The sign-in of an administrator for a mailbox.
fn as_admin(form: AdminForm, mailbox: &str, admin: &str, password: Secret) -> Login {
    match form {
        AdminForm::MasterUser => Login::new(format!("{mailbox}*{admin}"), password),
        AdminForm::AuthorizationId => Login {
            authzid: Some(mailbox.to_owned()),
            ..Login::new(admin, password)
        },
    }
}
