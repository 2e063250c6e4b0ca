//! The exit codes of the program.

/// How a run ended, as the caller's shell sees it. The numbers are part of the interface (`Get-Help about_Exit_Codes`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum ExitCode {
    /// All fine; the batches waited for are finished or synced and nothing was skipped.
    Success = 0,
    /// The script ended with an error.
    ScriptError = 1,
    /// The command line could not be understood, or the script file could not be read.
    Usage = 2,
    /// A batch waited for is finished, and some of its messages were skipped.
    SkippedItems = 3,
    /// A batch waited for is finished, and some or all of its mailboxes failed.
    MailboxesFailed = 4,
    /// Every mailbox that failed was refused at sign-in.
    SignIn = 5,
    /// The batch or the server's settings cannot work: unknown host, certificate, CSV file.
    Configuration = 6,
    /// The time to wait ended while the source server made the work wait.
    Throttled = 7,
    /// Another process holds the state folder.
    StateLocked = 8,
    /// Ctrl-C, or the reader of the output went away.
    Interrupted = 130,
}

impl ExitCode {
    /// All codes in order of their numbers.
    pub const ALL: [ExitCode; 10] = [
        ExitCode::Success,
        ExitCode::ScriptError,
        ExitCode::Usage,
        ExitCode::SkippedItems,
        ExitCode::MailboxesFailed,
        ExitCode::SignIn,
        ExitCode::Configuration,
        ExitCode::Throttled,
        ExitCode::StateLocked,
        ExitCode::Interrupted,
    ];

    /// The number the caller's shell sees.
    pub fn number(self) -> u8 {
        self as u8
    }

    /// The graver of two: what stands later in the list of causes that one thing can have.
    pub fn graver(self, other: ExitCode) -> ExitCode {
        if other.weight() > self.weight() {
            other
        } else {
            self
        }
    }

    fn weight(self) -> u8 {
        match self {
            ExitCode::Success => 0,
            ExitCode::SkippedItems => 1,
            ExitCode::Throttled => 2,
            ExitCode::ScriptError => 3,
            ExitCode::MailboxesFailed => 4,
            ExitCode::SignIn => 5,
            ExitCode::Configuration => 6,
            ExitCode::StateLocked => 7,
            ExitCode::Usage => 8,
            ExitCode::Interrupted => 9,
        }
    }
}
