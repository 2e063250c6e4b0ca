//! Secure strings at rest: ChaCha20-Poly1305 (RFC 8439) under a key that is given or kept with the person's files.

use std::fs;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;

use chacha20poly1305::aead::{Aead, AeadCore, KeyInit, OsRng};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use sha2::{Digest, Sha256};

use crate::runtime::Value;
use crate::runtime::error::{ErrorCategory, ErrorRecord};
use crate::runtime::shell::Shell;
use crate::runtime::types::secure_string::SecureString;

/// Marks a text that was sealed here.
const MARK: &str = "mt1:";
const NONCE: usize = 12;

/// Seals a text.
///
/// # Errors
/// A key of the wrong length.
pub fn seal(text: &str, key: &[u8]) -> Result<String, ErrorRecord> {
    let cipher = cipher(key)?;
    let nonce = ChaCha20Poly1305::generate_nonce(&mut OsRng);
    let sealed = cipher
        .encrypt(&nonce, text.as_bytes())
        .map_err(|_| wrong_key())?;
    let bytes = nonce.iter().chain(&sealed);
    Ok(bytes.fold(MARK.to_owned(), |out, b| out + &format!("{b:02x}")))
}

/// Opens a sealed text; `None` when it is none, or the key is another.
pub fn open(text: &str, key: &[u8]) -> Option<String> {
    let hex = text.trim().strip_prefix(MARK)?;
    let bytes: Vec<u8> = (0..hex.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok())
        .collect::<Option<_>>()?;
    let (nonce, sealed) = bytes.split_at_checked(NONCE)?;
    let plain = cipher(key)
        .ok()?
        .decrypt(Nonce::from_slice(nonce), sealed)
        .ok()?;
    String::from_utf8(plain).ok()
}

/// Whether a text was sealed here.
pub fn looks_sealed(text: &str) -> bool {
    text.trim().starts_with(MARK)
}

/// The key inside a secure string.
///
/// # Errors
/// The value is no secure string.
pub fn key_of(secret: &Value) -> Result<Vec<u8>, ErrorRecord> {
    secret
        .downcast::<SecureString>()
        .map(|secret| secret.reveal().into_bytes())
        .ok_or_else(wrong_key)
}

/// The key of this person on this machine, made when there is none.
///
/// # Errors
/// The file of the key cannot be read or written.
pub fn machine_key(shell: &Shell) -> Result<Vec<u8>, ErrorRecord> {
    let folder = shell.home_folder().join(".config/mailtern");
    let path = folder.join("securestring.key");
    if let Ok(key) = fs::read(&path) {
        return Ok(key);
    }
    let key = ChaCha20Poly1305::generate_key(&mut OsRng).to_vec();
    let kept = fs::create_dir_all(&folder).and_then(|()| {
        fs::File::options()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&path)?
            .write_all(&key)
    });
    kept.map(|()| key).map_err(|error| {
        ErrorRecord::new(
            "System.IO.IOException",
            "KeyNotKept",
            ErrorCategory::WriteError,
            format!(
                "The key {} cannot be kept: {error}. Give a key of your own with -Key.",
                path.display()
            ),
        )
    })
}

fn cipher(key: &[u8]) -> Result<ChaCha20Poly1305, ErrorRecord> {
    match key.len() {
        32 => Ok(ChaCha20Poly1305::new(Key::from_slice(key))),
        // Shorter keys that PowerShell takes are stretched by their digest.
        16 | 24 => Ok(ChaCha20Poly1305::new(&Sha256::digest(key))),
        _ => Err(wrong_key()),
    }
}

fn wrong_key() -> ErrorRecord {
    ErrorRecord::new(
        "System.Security.Cryptography.CryptographicException",
        "InvalidKeyLength",
        ErrorCategory::InvalidArgument,
        "The key does not fit: it has 16, 24 or 32 bytes.",
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn only_the_key_opens_a_sealed_text() {
        for size in [16, 24, 32] {
            let key = vec![7; size];
            let sealed = seal("Pa$$word1", &key).unwrap_or_default();
            assert!(!sealed.contains("Pa$$"));
            assert_eq!(open(&sealed, &key).as_deref(), Some("Pa$$word1"));
            assert_eq!(open(&sealed, &vec![8; size]), None);
        }
        assert!(seal("x", &[1, 2, 3]).is_err());
        assert_eq!(open("76492d1116743f0423413b16050a5345", &[0; 32]), None);
    }
}
