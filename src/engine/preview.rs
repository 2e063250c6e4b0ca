//! What a batch would do, without doing it: per mailbox the folders, their places at the target, counts, sizes, and messages that
//! the target would not take.

use std::collections::HashMap;

use super::batch::NewBatch;
use super::batch::ops::sign_in;
use super::config::Config;
use super::csv::{self, CsvUser, MAX_ROWS};
use super::endpoint::probe::{imap_settings, settings_of, stored};
use super::endpoint::{ConnectionSettings, ProbeTarget};
use super::error::{EngineError, ErrorId};
use super::failure::Failure;
use super::handle::Engine;
use super::sync::FolderFilter;
use super::target;
use super::worker::source_login;
use crate::mail::UidSet;
use crate::store::{EndpointRecord, UserQuery, UserRecord};
use crate::transport::TargetMap;
use crate::transport::imap::{ImapSource, ImapTarget, ListedFolder, Login};

/// Messages whose sizes are asked for at once.
const WINDOW: usize = 5000;

/// What is looked at: the rows of a batch that may not exist yet.
pub struct Preview {
    settings: ConnectionSettings,
    target: Option<EndpointRecord>,
    filter: FolderFilter,
    rows: Vec<Row>,
    /// Rows that would be refused: (row, address, reasons).
    pub refused: Vec<(u32, String, String)>,
}

/// What matters of the target.
#[derive(Default)]
struct Place {
    map: TargetMap,
    /// The largest message that it takes, where it says so.
    limit: Option<u64>,
}

enum Row {
    New(CsvUser),
    Known(Box<UserRecord>),
}

/// A folder of a mailbox that would be moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderPreview {
    /// The target address.
    pub identity: String,
    /// The folder at the source, parts joined with `/`.
    pub source_folder: String,
    /// The folder at the target; `None` when it would be left out.
    pub target_folder: Option<String>,
    /// Its special use, if any.
    pub special_use: Option<String>,
    /// Its messages.
    pub item_count: u64,
    /// Their bytes.
    pub size: u64,
    /// Messages larger than the target takes; 0 where it has no limit.
    pub oversize_count: u64,
}

impl Preview {
    /// How many mailboxes there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// True when there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

impl Engine {
    /// Checks a batch that may be made, as `new_batch` would; `source` says where from, and `request.source_endpoint` is not used.
    ///
    /// # Errors
    /// As `new_batch`.
    pub async fn preview_new(
        &self,
        request: &NewBatch,
        source: ProbeTarget,
    ) -> Result<Preview, EngineError> {
        let settings = match source {
            ProbeTarget::Endpoint(identity) => stored(&self.endpoint_record(&identity).await?.1),
            ProbeTarget::Imap {
                remote_server,
                port,
                security,
                accept_untrusted_certificates,
            } => settings_of(remote_server, port, security, accept_untrusted_certificates),
        };
        let (mut target, mut elsewhere) = (None, HashMap::new());
        if let Some(store) = self.existing().await? {
            let config = Config::read(store).await?;
            let named = request.target_endpoint.as_deref();
            target = self.target_of(store, named, &config).await?;
            elsewhere = store.user_addresses().await?.into_iter().collect();
        }
        let sign_in = sign_in(target.as_ref());
        let unknown = request.allow_unknown_columns;
        let file = csv::read(&request.csv, unknown, &elsewhere, sign_in)?;
        let refused = file.rejected_rows();
        Ok(Preview {
            settings,
            target,
            filter: filter(&request.include_folders, &request.exclude_folders)?,
            rows: file.users.into_iter().map(Row::New).collect(),
            refused: refused
                .into_iter()
                .map(|row| (row.row, row.address, row.message))
                .collect(),
        })
    }

    /// The mailboxes of a batch that exists.
    ///
    /// # Errors
    /// `BatchNotFound`.
    pub async fn preview_batch(&self, identity: &str) -> Result<Preview, EngineError> {
        let (store, batch) = self.batch_record(identity).await?;
        let source = store.endpoint_by_id(batch.endpoint).await?;
        let source = source.ok_or_else(|| Self::no_endpoint(identity))?;
        let target = match batch.target_endpoint {
            Some(id) => store.endpoint_by_id(id).await?,
            None => None,
        };
        let query = UserQuery {
            batch: Some(batch.id),
            limit: u32::try_from(MAX_ROWS).ok(),
            ..UserQuery::default()
        };
        let users = store.users(&query).await?;
        Ok(Preview {
            settings: stored(&source),
            target,
            filter: filter(&batch.included_folders, &batch.excluded_folders)?,
            rows: users
                .into_iter()
                .map(|user| Row::Known(Box::new(user)))
                .collect(),
            refused: Vec::new(),
        })
    }

    /// Looks at the mailbox of one row, at the source and where the target says how much it takes. Nothing is changed.
    ///
    /// # Errors
    /// What keeps the source from being read, or the target from being reached.
    pub async fn preview_mailbox(
        &self,
        preview: &Preview,
        row: usize,
    ) -> Result<Vec<FolderPreview>, EngineError> {
        let Some(row) = preview.rows.get(row) else {
            return Ok(Vec::new());
        };
        let address = match row {
            Row::New(user) => user.address.clone(),
            Row::Known(user) => user.address.clone(),
        };
        let looked = self.look(preview, row, &address).await;
        looked.map_err(|failure| EngineError::new(failure.id, &address, failure.message, ""))
    }

    async fn look(
        &self,
        preview: &Preview,
        row: &Row,
        address: &str,
    ) -> Result<Vec<FolderPreview>, Failure> {
        let place = self.place(preview, row, address).await?;
        let login = match row {
            Row::New(user) => Login::new(user.user_name.clone(), user.password.clone()),
            Row::Known(user) => {
                let store = self.existing().await.map_err(Failure::of_engine)?;
                let store = store.ok_or_else(|| Failure::internal("there is no state"))?;
                source_login(store, user).await?
            }
        };
        let settings = imap_settings(&preview.settings);
        let mut source = ImapSource::connect(&settings, &login).await?;
        let mut folders = Vec::new();
        let mut all = source.list_folders().await?;
        all.sort_by(|a, b| (!a.path.is_inbox(), &a.path).cmp(&(!b.path.is_inbox(), &b.path)));
        for listed in all {
            if listed.is_selectable {
                folders.push(folder(&mut source, preview, &listed, address, &place).await?);
            }
        }
        source.log_out().await;
        Ok(folders)
    }

    /// Looks at the target; in the mail store the mailbox must be there.
    async fn place(&self, preview: &Preview, row: &Row, address: &str) -> Result<Place, Failure> {
        let store = self.existing().await.map_err(Failure::of_engine)?;
        let Some(store) = store else {
            return Err(Failure::no_recipient(address));
        };
        let Some(endpoint) = &preview.target else {
            return match store.mailbox_at(address).await? {
                Some(_) => Ok(Place::default()),
                None => Err(Failure::no_recipient(address)),
            };
        };
        let login = match row {
            Row::Known(user) => target::login(store, endpoint, user).await?,
            Row::New(user) => {
                let name = if user.target_user_name.is_empty() {
                    &user.address
                } else {
                    &user.target_user_name
                };
                target::login_of(store, endpoint, name, user.target_password.clone())?
            }
        };
        let settings = imap_settings(&stored(endpoint));
        let server = ImapTarget::connect(&settings, &login).await;
        let server = server.map_err(|error| error.of_target(&endpoint.host))?;
        Ok(Place {
            map: server.map().await,
            limit: server.append_limit(),
        })
    }

    fn no_endpoint(batch: &str) -> EngineError {
        let message = format!("The endpoint of the migration batch \"{batch}\" can't be found.");
        EngineError::new(ErrorId::EndpointNotFound, batch, message, "")
    }
}

fn filter(include: &[String], exclude: &[String]) -> Result<FolderFilter, EngineError> {
    FolderFilter::parse(include, exclude)
        .map_err(|message| EngineError::new(ErrorId::InvalidArgument, "", message, ""))
}

async fn folder(
    source: &mut ImapSource,
    preview: &Preview,
    listed: &ListedFolder,
    address: &str,
    place: &Place,
) -> Result<FolderPreview, Failure> {
    let limit = place.limit;
    let is_taken = preview.filter.takes(&listed.path, listed.special_use);
    let status = listed.status.unwrap_or_default();
    let mut view = FolderPreview {
        identity: address.to_owned(),
        source_folder: listed.path.to_string(),
        target_folder: is_taken.then(|| {
            let place = place.map.place(&listed.path, listed.special_use);
            place.to_string()
        }),
        special_use: listed.special_use.map(|kind| kind.to_string()),
        item_count: u64::from(status.messages),
        size: status.size.unwrap_or(0),
        oversize_count: 0,
    };
    let has_sizes = status.size.is_some() && limit.is_none();
    if !is_taken || has_sizes || status.messages == 0 {
        return Ok(view);
    }
    source.examine(&listed.wire).await?;
    let mut rest = source.uids().await?;
    view.size = 0;
    while !rest.is_empty() {
        let window: UidSet = rest.iter().take(WINDOW).collect();
        rest = rest.subtract(&window);
        for message in source.list_messages(&window).await? {
            let size = message.size.unwrap_or(0);
            view.size += size;
            view.oversize_count += u64::from(limit.is_some_and(|limit| size > limit));
        }
    }
    Ok(view)
}
