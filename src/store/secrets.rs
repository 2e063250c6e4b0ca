//! Passwords at rest: sealed with a key that lives outside the database, each bound to the row it belongs to.

use std::io::Write;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use chacha20poly1305::aead::{Aead, AeadCore, KeyInit, OsRng, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::StoreError;
use super::home::new_file;
use crate::mail::Secret;

const FORMAT: u8 = 1;
const KEY_ID: usize = 8;
const NONCE: usize = 24;

/// The row a secret belongs to. A sealed text that is copied to another row does not open there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SealedFor {
    /// The source password of a user.
    User(uuid::Uuid),
    /// The target password of a user.
    UserAtTarget(uuid::Uuid),
    /// The password of an endpoint's administrator.
    Endpoint(uuid::Uuid),
    /// The password of a mailbox.
    Mailbox(uuid::Uuid),
    /// The password of a subscription.
    Subscription(uuid::Uuid),
}

impl SealedFor {
    fn associated_data(self) -> Vec<u8> {
        let (kind, guid) = match self {
            Self::User(guid) => ("user", guid),
            Self::UserAtTarget(guid) => ("user-target", guid),
            Self::Endpoint(guid) => ("endpoint", guid),
            Self::Mailbox(guid) => ("mailbox", guid),
            Self::Subscription(guid) => ("subscription", guid),
        };
        format!("{kind}:{guid}").into_bytes()
    }
}

/// Seals and opens with the key of one home. The key is made when the first secret is sealed.
#[derive(Clone)]
pub struct Secrets {
    path: PathBuf,
    cipher: Arc<Mutex<Option<Keyed>>>,
}

#[derive(Clone)]
struct Keyed {
    id: [u8; KEY_ID],
    cipher: XChaCha20Poly1305,
}

impl Keyed {
    fn new(key: &[u8; 32]) -> Self {
        let digest = Sha256::new()
            .chain_update(b"mailtern key id\0")
            .chain_update(key)
            .finalize();
        let mut id = [0; KEY_ID];
        id.copy_from_slice(&digest[..KEY_ID]);
        Self {
            id,
            cipher: XChaCha20Poly1305::new(Key::from_slice(key)),
        }
    }
}

impl Secrets {
    pub(super) fn new(path: PathBuf) -> Self {
        Self {
            path,
            cipher: Arc::default(),
        }
    }

    /// Seals a secret for a row. The result is `format | key id | nonce | text and tag`.
    pub fn seal(&self, secret: &Secret, owner: SealedFor) -> Result<Vec<u8>, StoreError> {
        let keyed = self.keyed(true)?;
        let nonce = XChaCha20Poly1305::generate_nonce(&mut OsRng);
        let payload = Payload {
            msg: secret.expose().as_bytes(),
            aad: &owner.associated_data(),
        };
        let sealed = keyed
            .cipher
            .encrypt(&nonce, payload)
            .map_err(|_| self.fault("cannot seal this text"))?;
        let mut out = Vec::with_capacity(1 + KEY_ID + NONCE + sealed.len());
        out.push(FORMAT);
        out.extend_from_slice(&keyed.id);
        out.extend_from_slice(&nonce);
        out.extend_from_slice(&sealed);
        Ok(out)
    }

    /// Opens what was sealed for this row.
    pub fn open(&self, sealed: &[u8], owner: SealedFor) -> Result<Secret, StoreError> {
        let damaged = || self.fault("does not fit the stored text, which is damaged");
        if sealed.len() < 1 + KEY_ID + NONCE || sealed[0] != FORMAT {
            return Err(damaged());
        }
        let (head, text) = sealed.split_at(1 + KEY_ID + NONCE);
        let keyed = self.keyed(false)?;
        if head[1..=KEY_ID] != keyed.id {
            return Err(self.fault("is not the one the password was stored with"));
        }
        let payload = Payload {
            msg: text,
            aad: &owner.associated_data(),
        };
        let nonce = XNonce::from_slice(&head[1 + KEY_ID..]);
        let open = Zeroizing::new(
            keyed
                .cipher
                .decrypt(nonce, payload)
                .map_err(|_| damaged())?,
        );
        let text = std::str::from_utf8(&open).map_err(|_| damaged())?;
        Ok(Secret::new(text))
    }

    fn fault(&self, reason: &str) -> StoreError {
        StoreError::Key {
            path: self.path.clone(),
            reason: reason.into(),
        }
    }

    fn keyed(&self, make: bool) -> Result<Keyed, StoreError> {
        let mut slot = self
            .cipher
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(keyed) = &*slot {
            return Ok(keyed.clone());
        }
        let key = match std::fs::read(&self.path) {
            Ok(bytes) => self.checked(Zeroizing::new(bytes))?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                if !make {
                    return Err(self.fault("is missing"));
                }
                self.make_key()?
            }
            Err(error) => return Err(StoreError::io(&self.path, "read")(error)),
        };
        let keyed = Keyed::new(&key);
        *slot = Some(keyed.clone());
        Ok(keyed)
    }

    fn checked(&self, bytes: Zeroizing<Vec<u8>>) -> Result<Zeroizing<[u8; 32]>, StoreError> {
        let key: [u8; 32] = bytes
            .as_slice()
            .try_into()
            .map_err(|_| self.fault("is damaged"))?;
        Ok(Zeroizing::new(key))
    }

    fn make_key(&self) -> Result<Zeroizing<[u8; 32]>, StoreError> {
        let key: Zeroizing<[u8; 32]> =
            Zeroizing::new(XChaCha20Poly1305::generate_key(&mut OsRng).into());
        let write = || -> std::io::Result<()> {
            let mut file = new_file(&self.path)?;
            file.write_all(key.as_slice())?;
            file.sync_all()?;
            std::fs::File::open(self.path.parent().unwrap_or(&self.path))?.sync_all()
        };
        write().map_err(StoreError::io(&self.path, "written"))?;
        Ok(key)
    }
}
