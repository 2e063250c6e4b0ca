#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    missing_docs
)]
use mailtern::{
    mail::*,
    transport::{imap::*, maildir::*, *},
};
use tokio::sync::mpsc;
#[tokio::main]
async fn main() {
    let a: Vec<String> = std::env::args().collect();
    let (port, sec, first, last, root) = (
        a[1].parse().unwrap(),
        a[2].as_str(),
        a[3].parse::<u32>().unwrap(),
        a[4].parse::<u32>().unwrap(),
        a[5].clone(),
    );
    let sec = match sec {
        "ssl" => Security::Ssl,
        "tls" => Security::Tls,
        _ => Security::None,
    };
    let store = MaildirStore::new(root);
    let budget = Budget::default();
    let t = std::time::Instant::now();
    let mut jobs = vec![];
    for u in first..=last {
        let (store, budget) = (store.clone(), budget.clone());
        jobs.push(tokio::spawn(async move {
            let mut net = NetSettings::new("localhost", port, sec);
            net.host = "127.0.0.1".into();
            let mut settings = ImapSettings::new(net);
            if std::env::var("TRACE").is_ok() {
                settings.trace = Some(Trace::new(|c, l| println!("{c}: {l}")));
            }
            let login = Login {
                user: format!("user{u}"),
                password: Secret::new(format!("pw-user{u}")),
                authzid: None,
            };
            let mut src = ImapSource::connect(&settings, &login).await.unwrap();
            let mailbox = Target::Maildir(store.create(&format!("user{u}")).await.unwrap());
            let mut n = 0;
            for f in src.list_folders().await.unwrap() {
                let tf = mailbox
                    .ensure_folder(&f.path, f.special_use, f.is_subscribed)
                    .await
                    .unwrap();
                if !f.is_selectable {
                    continue;
                }
                let state = src.examine(&f.wire).await.unwrap();
                let uids = src.uids().await.unwrap();
                assert_eq!(uids.len(), u64::from(state.exists));
                let origin = Origin {
                    account: format!("user{u}"),
                    folder: f.path.to_string(),
                    uid_validity: state.uid_validity,
                };
                let (tx, mut rx) = mpsc::channel(64);
                let (b, want) = (budget.clone(), uids.clone());
                let feed = async {
                    let r = src.fetch(&want, &b, &tx).await;
                    drop(tx);
                    r
                };
                let drain = async {
                    let mut pending = tokio::task::JoinSet::new();
                    let mut stored = UidSet::new();
                    let mut group = mailbox.begin(&tf, &origin).await.unwrap();
                    let mut k = 0;
                    while let Some(m) = rx.recv().await {
                        group.add(m).await.unwrap();
                        k += 1;
                        if k >= 500 {
                            pending.spawn(group.commit());
                            k = 0;
                            group = mailbox.begin(&tf, &origin).await.unwrap();
                        }
                    }
                    pending.spawn(group.commit());
                    while let Some(r) = pending.join_next().await {
                        stored.extend_set(&r.unwrap().unwrap().stored);
                    }
                    stored
                };
                let (fetched, stored) = tokio::join!(feed, drain);
                let fetched = fetched.unwrap();
                assert_eq!(fetched.delivered, stored);
                if stored != uids {
                    println!(
                        "{}: vanished {} refused {:?}",
                        f.path, fetched.vanished, fetched.refused
                    );
                }
                n += stored.len();
            }
            src.log_out().await;
            n
        }));
    }
    let mut n = 0;
    for j in jobs {
        n += j.await.unwrap();
    }
    println!("{n} messages in {:?}", t.elapsed());
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    println!(
        "{}",
        status.lines().find(|l| l.starts_with("VmHWM")).unwrap()
    );
}
