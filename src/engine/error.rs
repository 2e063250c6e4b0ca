//! What the engine refuses, and how it says so: a stable id, a kind, and words that name the thing, the reason and the next step.

use super::named::named_enum;
use crate::store::StoreError;

named_enum! {
    /// The stable name of an error: Exchange's own where one is documented. Scripts match on it.
    pub enum ErrorId {
        /// No batch of that name or GUID.
        BatchNotFound = "MigrationBatchNotFoundException",
        /// A batch of that name exists already.
        BatchAlreadyExists = "MigrationBatchAlreadyExistsException",
        /// No endpoint of that name or GUID.
        EndpointNotFound = "MigrationEndpointNotFoundException",
        /// An endpoint of that name exists already.
        EndpointAlreadyExists = "MigrationEndpointAlreadyExistsException",
        /// A batch uses the endpoint.
        EndpointInUse = "MigrationEndpointInUseException",
        /// No user of that address or GUID.
        UserNotFound = "MigrationUserNotFoundException",
        /// No mailbox of that name, address or GUID.
        ObjectNotFound = "ManagementObjectNotFoundException",
        /// A mailbox of that name or address exists already.
        ObjectAlreadyExists = "ProxyAddressExistsException",
        /// The mailbox has a subscription of that name already.
        SubscriptionAlreadyExists = "SubscriptionNameAlreadyExistsException",
        /// The source server could not be reached or would not talk.
        ServerConnectionFailed = "MigrationServerConnectionFailedException",
        /// The source server refused the sign-in.
        SignInFailed = "AuthenticationErrorException",
        /// More concurrent migrations than the limit of the endpoint type.
        ConcurrencyExceeded = "MaximumConcurrentMigrationLimitExceededException",
        /// The CSV file cannot be used at all.
        CsvFileInvalid = "MigrationCSVParsingException",
        /// A row of the CSV file cannot be used.
        CsvRowInvalid = "MigrationCSVRowValidationException",
        /// The batch is in a state that does not allow the command.
        BatchCommandRefused = "MigrationBatchCannotBeProcessedException",
        /// The user is in a state that does not allow the command.
        UserCommandRefused = "MigrationUserCannotBeProcessedException",
        /// The target mailbox does not exist.
        RecipientNotFound = "RecipientNotFoundPermanentException",
        /// A value that cannot be used: an address, a port, a name.
        InvalidArgument = "ParameterValidationException",
        /// A limit on skipped items was exceeded.
        TooManyBadItems = "TooManyBadItemsPermanentException",
        /// A limit on over-size items was exceeded.
        TooManyLargeItems = "TooManyLargeItemsPermanentException",
        /// The state folder is in use by another process.
        StateLocked = "MigrationStateLockedException",
        /// The state database is of another version, of another application, or damaged.
        StateUnusable = "MigrationDataCorruptionException",
        /// The key that opens the stored passwords is missing or wrong.
        KeyUnusable = "MigrationSecretKeyException",
        /// Reading or writing the state or the mail store failed now and may work later.
        StorageTransient = "StorageTransientException",
        /// Reading or writing the state or the mail store failed for good: disk full, no permission.
        StoragePermanent = "StoragePermanentException",
        /// The target has no room.
        QuotaExceeded = "QuotaExceededException",
        /// The connection broke or the server was busy: tried again later.
        CommunicationTransient = "CommunicationErrorTransientException",
        /// The server refused for good.
        RemotePermanent = "RemotePermanentException",
        /// Not done by this version.
        NotSupported = "MigrationNotSupportedException",
        /// Waiting took longer than allowed.
        TimedOut = "MigrationTimeoutException",
        /// A fault of the program itself.
        Internal = "MigrationPermanentException",
    }
}

/// What kind of trouble it is: the shell's category and the exit code follow from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// The named thing does not exist.
    NotFound,
    /// The named thing exists already.
    AlreadyExists,
    /// A value cannot be used.
    InvalidArgument,
    /// A file or the state holds what cannot be used.
    InvalidData,
    /// The thing is in a state that does not allow the command.
    InvalidOperation,
    /// The network or the server.
    Connection,
    /// The sign-in.
    Authentication,
    /// No permission on a file or folder.
    Permission,
    /// Somebody else holds it.
    Busy,
    /// A limit: disk, quota, counts.
    Limit,
    /// Not done by this version.
    NotImplemented,
    /// Too long.
    Timeout,
    /// A fault of the program itself.
    Internal,
}

impl ErrorId {
    /// The kind that goes with the id.
    pub fn kind(self) -> ErrorKind {
        use ErrorId as Id;
        match self {
            Id::BatchNotFound
            | Id::EndpointNotFound
            | Id::UserNotFound
            | Id::ObjectNotFound
            | Id::RecipientNotFound => ErrorKind::NotFound,
            Id::BatchAlreadyExists
            | Id::EndpointAlreadyExists
            | Id::ObjectAlreadyExists
            | Id::SubscriptionAlreadyExists => ErrorKind::AlreadyExists,
            Id::EndpointInUse | Id::BatchCommandRefused | Id::UserCommandRefused => {
                ErrorKind::InvalidOperation
            }
            Id::ServerConnectionFailed | Id::CommunicationTransient | Id::RemotePermanent => {
                ErrorKind::Connection
            }
            Id::SignInFailed => ErrorKind::Authentication,
            Id::ConcurrencyExceeded
            | Id::TooManyBadItems
            | Id::TooManyLargeItems
            | Id::QuotaExceeded => ErrorKind::Limit,
            Id::CsvFileInvalid | Id::CsvRowInvalid | Id::StateUnusable | Id::KeyUnusable => {
                ErrorKind::InvalidData
            }
            Id::InvalidArgument => ErrorKind::InvalidArgument,
            Id::StateLocked => ErrorKind::Busy,
            Id::StorageTransient | Id::StoragePermanent => ErrorKind::Permission,
            Id::NotSupported => ErrorKind::NotImplemented,
            Id::TimedOut => ErrorKind::Timeout,
            Id::Internal => ErrorKind::Internal,
        }
    }
}

/// An error of the engine. `Display` gives the message and, after it, the next step.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}{}{advice}", if advice.is_empty() { "" } else { " " })]
pub struct EngineError {
    /// The stable id.
    pub id: ErrorId,
    /// The object the error is about: a name, an address, a path.
    pub target: Option<String>,
    /// What was wrong, naming the thing and the reason: one sentence or more, ending in a full stop.
    pub message: String,
    /// What to do next; empty where there is nothing to say.
    pub advice: String,
}

impl EngineError {
    /// An error of that id, with its words. `target` is the object it is about.
    pub fn new(
        id: ErrorId,
        target: impl Into<String>,
        message: impl Into<String>,
        advice: impl Into<String>,
    ) -> Self {
        let target = target.into();
        Self {
            id,
            target: (!target.is_empty()).then_some(target),
            message: message.into(),
            advice: advice.into(),
        }
    }

    /// The kind of trouble.
    pub fn kind(&self) -> ErrorKind {
        self.id.kind()
    }
}

impl From<StoreError> for EngineError {
    fn from(error: StoreError) -> Self {
        let message = error.to_string();
        let (id, target, advice) = match &error {
            StoreError::Locked { home, .. } => (
                ErrorId::StateLocked,
                home.display().to_string(),
                "Close the other console, or choose another folder with --home.",
            ),
            StoreError::Foreign { path, .. } => (
                ErrorId::StateUnusable,
                path.display().to_string(),
                "Choose another folder with --home.",
            ),
            StoreError::Version { path, .. } => (
                ErrorId::StateUnusable,
                path.display().to_string(),
                "Use the version of the program that wrote it, or choose another folder with --home.",
            ),
            StoreError::Damaged { path, .. } => (
                ErrorId::StateUnusable,
                path.display().to_string(),
                "Put a backup of it back, or move it away: mail already in the mail store is found there again.",
            ),
            StoreError::Key { path, .. } => (
                ErrorId::KeyUnusable,
                path.display().to_string(),
                "Put the key file back, or remove the batch and make it again from its CSV file; only passwords are lost.",
            ),
            StoreError::Io { path, source, .. }
                if source.kind() == std::io::ErrorKind::StorageFull =>
            {
                (
                    ErrorId::StoragePermanent,
                    path.display().to_string(),
                    "Make room on the disk and try again.",
                )
            }
            StoreError::Io { path, .. } => (
                ErrorId::StoragePermanent,
                path.display().to_string(),
                "Check the permissions of the folder and try again.",
            ),
            StoreError::Full => (
                ErrorId::StoragePermanent,
                String::new(),
                "Make room on the disk and try again; nothing was lost.",
            ),
            StoreError::Taken(_) => (
                ErrorId::ObjectAlreadyExists,
                String::new(),
                "Choose another.",
            ),
            StoreError::Database(_) => (ErrorId::StorageTransient, String::new(), "Try again."),
        };
        Self::new(id, target, message, advice)
    }
}
