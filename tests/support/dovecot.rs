//! A private Dovecot on loopback: own folder, own ports, ended with the value. Root is not needed.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::tls::authority;

/// What differs between servers.
#[derive(Clone)]
pub struct Options {
    /// The name in the certificate.
    pub certificate_for: String,
    /// Days the certificate is still valid; negative: expired.
    pub days: i32,
    /// Offer STARTTLS and TLS at all.
    pub tls: bool,
    /// Any account is there, with the password `secret`.
    pub anyone: bool,
    /// Further lines of the configuration.
    pub more: String,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            certificate_for: "localhost".into(),
            days: 2,
            tls: true,
            anyone: false,
            more: String::new(),
        }
    }
}

/// A running server.
pub struct Dovecot {
    folder: tempfile::TempDir,
    /// Port of clear text and STARTTLS.
    pub imap: u16,
    /// Port of TLS from the first byte.
    pub imaps: u16,
    /// Port of POP3 in clear text and with STLS.
    pub pop3: u16,
    /// Port of POP3 under TLS from the first byte.
    pub pop3s: u16,
    running: bool,
}

/// Who owns the mail: root may not, so a root's server gives it to the system's user `mail`.
fn owner() -> (u32, u32, String) {
    let me = fs::metadata("/proc/self").unwrap();
    if me.uid() == 0 {
        let passwd = fs::read_to_string("/etc/passwd").unwrap();
        let line = passwd
            .lines()
            .find(|line| line.starts_with("mail:"))
            .expect("no user mail");
        let field = |n: usize| line.split(':').nth(n).unwrap().parse().unwrap();
        return (field(2), field(3), "mail".into());
    }
    let name = Command::new("id").arg("-un").output().unwrap().stdout;
    (
        me.uid(),
        me.gid(),
        String::from_utf8(name).unwrap().trim().to_owned(),
    )
}

/// Gives a tree to the user that Dovecot reads mail as.
pub fn give(path: &Path) {
    let (uid, gid, _) = owner();
    chown(path, Some(uid), Some(gid)).unwrap();
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            give(&entry.unwrap().path());
        }
    }
}

/// Ports that nobody has. All are taken before one is given back, else two may be the same.
fn free_ports() -> [u16; 4] {
    let taken = [(); 4].map(|()| TcpListener::bind("127.0.0.1:0").unwrap());
    taken.map(|listener| listener.local_addr().unwrap().port())
}

impl Dovecot {
    /// A server with a certificate for `localhost`.
    pub fn start() -> Dovecot {
        Dovecot::with(&Options::default())
    }

    /// A server of these options.
    pub fn with(options: &Options) -> Dovecot {
        let folder = tempfile::Builder::new()
            .prefix("dovecot")
            .permissions(fs::Permissions::from_mode(0o755))
            .tempdir()
            .unwrap();
        fs::create_dir(folder.path().join("mail")).unwrap();
        give(&folder.path().join("mail"));
        fs::write(folder.path().join("users"), "").unwrap();
        fs::write(folder.path().join("masters"), "mailadmin:{PLAIN}P@ssw0rd\n").unwrap();
        let [imap, imaps, pop3, pop3s] = free_ports();
        let mut server = Dovecot {
            folder,
            imap,
            imaps,
            pop3,
            pop3s,
            running: false,
        };
        fs::write(server.path("dovecot.conf"), server.configuration(options)).unwrap();
        server.restart();
        server
    }

    /// A path inside the server's folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Where the mail of a user lies.
    pub fn maildir(&self, user: &str) -> PathBuf {
        self.path("mail").join(user).join("Maildir")
    }

    /// Adds an account. `USER*mailadmin` with `P@ssw0rd` signs in as it too.
    pub fn user(&self, name: &str, password: &str) {
        self.user_at(name, password, &self.maildir(name));
    }

    /// Adds an account whose mail lies where `mail_location` says.
    pub fn plain_user(&self, name: &str, password: &str) {
        self.add(name, password, "");
    }

    /// Adds an account whose Maildir is somewhere else.
    pub fn user_at(&self, name: &str, password: &str, maildir: &Path) {
        self.add(
            name,
            password,
            &format!("userdb_mail=maildir:{}", maildir.display()),
        );
    }

    /// Has another name and password enter an account that is there, as a service account does.
    pub fn alias(&self, name: &str, password: &str, user: &str) {
        // a lookup in the file spells a backslash out
        let name = name.replace('\\', "\\\\");
        self.line(&format!("{name}:{{PLAIN}}{password}::::::user={user}\n"));
    }

    fn add(&self, name: &str, password: &str, more: &str) {
        let (uid, gid, _) = owner();
        let home = self.path("mail").join(name);
        let line = format!(
            "{name}:{{PLAIN}}{password}:{uid}:{gid}::{}::{more}\n",
            home.display()
        );
        self.line(&line);
    }

    fn line(&self, line: &str) {
        let mut users = fs::OpenOptions::new()
            .append(true)
            .open(self.path("users"))
            .unwrap();
        users.write_all(line.as_bytes()).unwrap();
    }

    /// What the server wrote into its log.
    pub fn log(&self) -> String {
        fs::read_to_string(self.path("log")).unwrap_or_default()
    }

    /// Starts a stopped server again, on the same ports.
    pub fn restart(&mut self) {
        let _ = fs::remove_file(self.path("run/master.pid"));
        // A daemon keeps what it inherits: a pipe would never end.
        let errors = fs::File::create(self.path("start.log")).unwrap();
        let mut dovecot = Command::new("dovecot");
        dovecot
            .env("PATH", path_with_sbin())
            .arg("-c")
            .arg(self.path("dovecot.conf"));
        let started = dovecot
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(errors)
            .status()
            .expect("dovecot is not installed");
        assert!(
            started.success(),
            "{}",
            fs::read_to_string(self.path("start.log")).unwrap()
        );
        self.running = true;
        let until = Instant::now() + Duration::from_secs(20);
        while !answers(self.imap) {
            assert!(
                Instant::now() < until,
                "Dovecot does not answer: {}",
                self.log()
            );
            std::thread::yield_now();
        }
    }

    /// Stops the server and every connection.
    pub fn stop(&mut self) {
        self.running = false;
        let Some(pid) = fs::read_to_string(self.path("run/master.pid"))
            .ok()
            .and_then(|text| text.trim().parse::<i32>().ok())
        else {
            return;
        };
        let Some(process) = rustix::process::Pid::from_raw(pid) else {
            return;
        };
        let _ = rustix::process::kill_process(process, rustix::process::Signal::TERM);
        let until = Instant::now() + Duration::from_secs(10);
        while rustix::process::test_kill_process(process).is_ok() && Instant::now() < until {
            std::thread::yield_now();
        }
    }

    fn configuration(&self, options: &Options) -> String {
        let folder = self.folder.path().display();
        let (uid, gid, me) = owner();
        let anyone = if options.anyone {
            format!(
                "passdb {{\n  driver = static\n  args = password=secret\n}}\n\
                 userdb {{\n  driver = static\n  args = uid={uid} gid={gid} home={folder}/mail/%u\n}}\n"
            )
        } else {
            String::new()
        };
        let (crt, key) = authority().certificate(&options.certificate_for, options.days);
        let ssl = if options.tls {
            format!(
                "ssl = yes\nssl_cert = <{}\nssl_key = <{}\n",
                crt.display(),
                key.display()
            )
        } else {
            "ssl = no\n".to_owned()
        };
        let own_user = if me == "mail" {
            String::new()
        } else {
            format!(
                "default_internal_user = {me}\ndefault_login_user = {me}\ndefault_internal_group =\nservice anvil {{\n  chroot =\n}}\nservice imap-login {{\n  chroot =\n}}\nservice pop3-login {{\n  chroot =\n}}\n"
            )
        };
        let secure = |name: &str, port: u16| {
            if options.tls {
                format!("  inet_listener {name} {{\n    port = {port}\n    ssl = yes\n  }}\n")
            } else {
                format!("  inet_listener {name} {{\n    port = 0\n  }}\n")
            }
        };
        let (imaps, pop3s) = (secure("imaps", self.imaps), secure("pop3s", self.pop3s));
        format!(
            "base_dir = {folder}/run\nstate_dir = {folder}/state\nlog_path = {folder}/log\n\
             protocols = imap pop3\nlisten = 127.0.0.1\n{ssl}disable_plaintext_auth = no\nauth_mechanisms = plain login\n\
             auth_master_user_separator = *\nauth_failure_delay = 0\nfirst_valid_uid = 1\nfirst_valid_gid = 1\n\
             mail_location = maildir:~/Maildir\nmail_plugins = listescape\nmaildir_very_dirty_syncs = no\n\
             mail_fsync = never\nmail_max_userip_connections = 500\n\
             passdb {{\n  driver = passwd-file\n  args = {folder}/masters\n  master = yes\n  result_success = continue\n}}\n\
             passdb {{\n  driver = passwd-file\n  args = username_format=%u {folder}/users\n}}\n\
             userdb {{\n  driver = passwd-file\n  args = username_format=%u {folder}/users\n}}\n\
             namespace inbox {{\n  inbox = yes\n  separator = /\n  mailbox Sent {{\n    special_use = \\Sent\n  }}\n  mailbox Trash {{\n    special_use = \\Trash\n  }}\n}}\n\
             service anvil {{\n  unix_listener anvil-auth-penalty {{\n    mode = 0\n  }}\n}}\n\
             service imap-login {{\n  service_count = 0\n  inet_listener imap {{\n    port = {}\n  }}\n{imaps}}}\n\
             service pop3-login {{\n  service_count = 0\n  inet_listener pop3 {{\n    port = {}\n  }}\n{pop3s}}}\n\
             {own_user}{anyone}{}\n",
            self.imap, self.pop3, options.more
        )
    }
}

impl Drop for Dovecot {
    fn drop(&mut self) {
        if self.running {
            self.stop();
        }
    }
}

fn path_with_sbin() -> String {
    format!(
        "{}:/usr/sbin:/sbin",
        std::env::var("PATH").unwrap_or_default()
    )
}

fn answers(port: u16) -> bool {
    let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)) else {
        return false;
    };
    let _ = stream.set_read_timeout(Some(Duration::from_secs(2)));
    let mut first = [0];
    matches!(stream.read(&mut first), Ok(1)) && first[0] == b'*'
}
