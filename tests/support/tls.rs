//! Certificates of an authority made for one run of the tests.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// Files of the run's authority: made once, removed by nobody but the operating system's cleaner of temporary files.
pub struct Authority {
    folder: PathBuf,
}

/// The authority of this run.
pub fn authority() -> &'static Authority {
    static AUTHORITY: OnceLock<Authority> = OnceLock::new();
    AUTHORITY.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap().keep();
        openssl(
            &folder,
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=Test_authority -keyout ca.key -out ca.pem",
        );
        Authority { folder }
    })
}

impl Authority {
    /// What clients are given as `SSL_CERT_FILE`.
    pub fn file(&self) -> PathBuf {
        self.folder.join("ca.pem")
    }

    /// A certificate for a host name (or several, with commas between them), valid until `days` from now (negative: expired). Gives certificate and key.
    pub fn certificate(&self, host: &str, days: i32) -> (PathBuf, PathBuf) {
        let stem = format!("{host}.{days}");
        let (crt, key) = (
            self.folder.join(format!("{stem}.crt")),
            self.folder.join(format!("{stem}.key")),
        );
        if !crt.exists() {
            let unique = format!("{stem}.{:?}", std::thread::current().id());
            std::fs::write(
                self.folder.join(format!("{unique}.ext")),
                format!("subjectAltName=DNS:{}\n", host.replace(',', ",DNS:")),
            )
            .unwrap();
            openssl(
                &self.folder,
                &format!(
                    "req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN={} -keyout {unique}.key -out {unique}.csr",
                    host.split(',').next().unwrap()
                ),
            );
            openssl(
                &self.folder,
                &format!(
                    "x509 -req -in {unique}.csr -CA ca.pem -CAkey ca.key -CAcreateserial -CAserial {unique}.srl -days {days} -extfile {unique}.ext -out {unique}.crt"
                ),
            );
            std::fs::rename(self.folder.join(format!("{unique}.key")), &key).unwrap();
            std::fs::rename(self.folder.join(format!("{unique}.crt")), &crt).unwrap();
        }
        (crt, key)
    }
}

fn openssl(folder: &Path, arguments: &str) {
    let made = Command::new("openssl")
        .args(arguments.split(' '))
        .current_dir(folder)
        .output()
        .expect("openssl is not installed");
    assert!(
        made.status.success(),
        "openssl {arguments}: {}",
        String::from_utf8_lossy(&made.stderr)
    );
}
