//! Ctrl-C and the signals that ask the process to end.

use crate::session::Session;

/// Listens on a thread of its own: Ctrl-C stops the running pipeline; SIGTERM and SIGHUP end the program after the engine has
/// ended what is in flight. A second one ends it at once. Work left over goes on with the next run.
#[cfg(unix)]
pub fn listen(session: &Session) {
    let session = session.clone();
    let (ready, installed) = std::sync::mpsc::channel();
    let listening = std::thread::Builder::new()
        .name("signals".into())
        .stack_size(256 << 10)
        .spawn(move || {
            let Ok(runtime) = tokio::runtime::Builder::new_current_thread()
                .enable_io()
                .build()
            else {
                return;
            };
            runtime.block_on(watch(&session, &ready));
        });
    // Without the thread Ctrl-C ends the program, which loses nothing either. With it, nothing runs before it listens.
    if listening.is_ok() {
        let _ = installed.recv();
    }
}

#[cfg(unix)]
async fn watch(session: &Session, ready: &std::sync::mpsc::Sender<()>) {
    use tokio::signal::unix::{SignalKind, signal};
    let kinds = (
        SignalKind::interrupt(),
        SignalKind::terminate(),
        SignalKind::hangup(),
    );
    let (Ok(mut press), Ok(mut end), Ok(mut hang_up)) =
        (signal(kinds.0), signal(kinds.1), signal(kinds.2))
    else {
        return;
    };
    let terminal = Terminal::remember();
    let _ = ready.send(());
    loop {
        let number = tokio::select! {
            _ = press.recv() => {
                session.interrupt().raise();
                continue;
            }
            _ = end.recv() => 15,
            _ = hang_up.recv() => 1,
        };
        if session.interrupt().is_ending() {
            terminal.restore();
            std::process::exit(128 + number);
        }
        session.interrupt().end();
        let (session, terminal) = (session.clone(), terminal.clone());
        // The shell's thread may sit in the line editor or in a question: it is not waited for.
        std::thread::spawn(move || {
            session.close();
            terminal.restore();
            std::process::exit(128 + number);
        });
    }
}

/// The terminal's settings before the line editor changed them.
#[cfg(unix)]
#[derive(Clone)]
struct Terminal(Option<rustix::termios::Termios>);

#[cfg(unix)]
impl Terminal {
    fn remember() -> Self {
        Self(rustix::termios::tcgetattr(std::io::stdin()).ok())
    }

    fn restore(&self) {
        if let Some(settings) = &self.0 {
            let _ = rustix::termios::tcsetattr(
                std::io::stdin(),
                rustix::termios::OptionalActions::Now,
                settings,
            );
        }
    }
}

/// Not done on this platform: Ctrl-C ends the program, which loses nothing.
#[cfg(not(unix))]
pub fn listen(_session: &Session) {}
