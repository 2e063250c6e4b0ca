//! Making the folders of a target (RFC 3501 sections 6.3.3 and 6.3.6, RFC 6154 section 3).

use std::collections::{HashMap, HashSet};

use super::{
    command::Command,
    connection::{Connection, Tag},
    open::open_folder,
    response::Response,
    target::{ImapTarget, Known},
};
use crate::{
    mail::{FolderPath, SpecialUse},
    transport::{ErrorClass, TargetFolder, TargetMap, TransportError, WantedFolder},
};

/// Commands on their way at once.
const DEPTH: usize = 32;

/// Names to try for a folder that is not there.
type Names = [Vec<u8>; 2];

impl ImapTarget {
    /// The folders as they were found at the opening.
    pub async fn map(&self) -> TargetMap {
        TargetMap {
            uses: self.inner.uses.clone(),
            paths: self.inner.folders.lock().await.keys().cloned().collect(),
        }
    }

    /// Whether a folder is there, and subscribed to when wanted.
    pub async fn is_ready(&self, path: &FolderPath, subscribe: bool) -> bool {
        let folders = self.inner.folders.lock().await;
        self.find(&folders, path)
            .is_ok_and(|known| known.is_subscribed || !subscribe || path.is_inbox())
    }

    /// Opens a folder, making it when it is missing, and subscribes to it when wanted. Where the server refuses the name it gets
    /// a plainer one.
    ///
    /// # Errors
    /// `Refused` or another class when the server does not make or open it.
    pub async fn ensure_folder(
        &self,
        path: &FolderPath,
        special_use: Option<SpecialUse>,
        subscribe: bool,
    ) -> Result<TargetFolder, TransportError> {
        let mut folders = self.inner.folders.lock().await;
        let (mut folder, missing) = match self.find(&folders, path) {
            Ok(known) => (known, None),
            Err(names) => (Known::default(), Some(names)),
        };
        let wants = subscribe && !folder.is_subscribed;
        let create_use = self.create_use(special_use);
        let name = folder.name.clone();
        let (name, state) = self
            .work(move |connection| {
                Box::pin(async move {
                    let name = match missing {
                        Some(names) => make(connection, names, create_use).await?,
                        None => name,
                    };
                    if wants {
                        subscribe_to(connection, &name).await?;
                    }
                    // SELECT, because EXAMINE does not tell which flags can be kept; nothing is ever expunged here
                    let state = open_folder(connection, "SELECT", &name).await?;
                    Ok((name, state))
                })
            })
            .await?;
        let opened = TargetFolder {
            path: path.clone(),
            special_use,
            uid_validity: state.uid_validity,
            uid_next: state.uid_next.unwrap_or(0),
            exists: state.exists,
        };
        folder.name = name;
        folder.is_subscribed |= subscribe;
        folder.state = Some(state);
        folders.insert(path.clone(), folder);
        Ok(opened)
    }

    /// Makes the folders that are missing and subscribes to them, with all commands on their way at once. A folder that the server
    /// does not make, or does not list when it is asked after it, stays for `ensure_folder` to tell of.
    ///
    /// # Errors
    /// When the connection broke.
    pub async fn prepare(&self, wanted: &[WantedFolder]) -> Result<(), TransportError> {
        let mut folders = self.inner.folders.lock().await;
        let mut plan = Vec::new();
        for one in wanted {
            if let Err([name, _]) = self.find(&folders, &one.path) {
                plan.push((name, self.create_use(one.special_use), one.subscribe));
            }
        }
        if plan.is_empty() {
            return Ok(());
        }
        let made = self
            .work(move |connection| Box::pin(async move { make_all(connection, &plan).await }))
            .await?;
        for one in wanted {
            if let Err([name, _]) = self.find(&folders, &one.path)
                && made.contains(&name)
            {
                let known = Known {
                    name,
                    is_subscribed: one.subscribe,
                    state: None,
                };
                folders.insert(one.path.clone(), known);
            }
        }
        Ok(())
    }

    /// What is known of a folder; one that is not there has the name it would get.
    pub(super) async fn known(&self, path: &FolderPath) -> Known {
        let folders = self.inner.folders.lock().await;
        self.find(&folders, path).unwrap_or_else(|[name, _]| Known {
            name,
            ..Known::default()
        })
    }

    /// A folder by its path, else by a name that we would have given it; else the names to try.
    fn find(
        &self,
        folders: &HashMap<FolderPath, Known>,
        path: &FolderPath,
    ) -> Result<Known, Names> {
        if let Some(known) = folders.get(path) {
            return Ok(known.clone());
        }
        let naming = &self.inner.naming;
        if path.is_inbox() {
            return Ok(Known {
                name: naming.name(path),
                ..Known::default()
            });
        }
        let parent = path.parent().map(|parent| {
            if parent.is_inbox() {
                return naming.under_inbox();
            }
            match self.find(folders, &parent) {
                Ok(known) => known.name,
                Err([name, _]) => name,
            }
        });
        let names = naming.names_under(path, parent.as_deref());
        let found = folders.values().find(|known| names.contains(&known.name));
        found.cloned().ok_or(names)
    }

    fn create_use(&self, special_use: Option<SpecialUse>) -> Option<SpecialUse> {
        special_use.filter(|_| self.inner.info.has("CREATE-SPECIAL-USE"))
    }
}

/// Makes a folder under the first of its names that the server takes.
async fn make(
    connection: &mut Connection,
    [name, plainer]: Names,
    special_use: Option<SpecialUse>,
) -> Result<Vec<u8>, TransportError> {
    match create(connection, &name, special_use).await {
        Ok(()) => Ok(name),
        Err(error) if may_be_the_name(&error) && plainer != name => {
            match create(connection, &plainer, special_use).await {
                Ok(()) => Ok(plainer),
                Err(second) if second.is_fatal => Err(second),
                // the words about the real name are the ones to tell
                Err(_) => Err(error),
            }
        }
        Err(error) => Err(error),
    }
}

fn may_be_the_name(error: &TransportError) -> bool {
    let classes = [
        ErrorClass::Refused,
        ErrorClass::Config,
        ErrorClass::ServerBug,
    ];
    let is_right = error.words.contains("NOPERM");
    !error.is_fatal && !is_right && classes.contains(&error.class)
}

fn create_command(name: &[u8], special_use: Option<SpecialUse>) -> Result<Command, TransportError> {
    let command = Command::new("CREATE").astring(name)?;
    Ok(match special_use {
        Some(kind) => command.text(&format!(" (USE ({}))", kind.attribute())),
        None => command,
    })
}

async fn create(
    connection: &mut Connection,
    name: &[u8],
    special_use: Option<SpecialUse>,
) -> Result<(), TransportError> {
    let command = create_command(name, special_use)?;
    match connection.run(&command, "make the folder", |_| {}).await {
        Ok(_) => Ok(()),
        Err(error) if is_there(&error) => Ok(()),
        Err(error) if special_use.is_some() && !error.is_fatal => {
            let plain = create_command(name, None)?;
            let made = connection.run(&plain, "make the folder", |_| {}).await;
            made.map(|_| ())
        }
        Err(error) => Err(error),
    }
}

/// RFC 5530 ALREADYEXISTS, and servers that only have words for it.
fn is_there(error: &TransportError) -> bool {
    error.words.contains("ALREADYEXISTS") || error.words.to_lowercase().contains("exists")
}

/// A server that refuses a subscription still has the folder.
async fn subscribe_to(connection: &mut Connection, name: &[u8]) -> Result<(), TransportError> {
    let command = Command::new("SUBSCRIBE").astring(name)?;
    match connection.run(&command, "subscribe", |_| {}).await {
        Err(error) if error.is_fatal => Err(error),
        _ => Ok(()),
    }
}

/// Makes folders and subscribes to them; gives the names that the server lists after it.
async fn make_all(
    connection: &mut Connection,
    plan: &[(Vec<u8>, Option<SpecialUse>, bool)],
) -> Result<HashSet<Vec<u8>>, TransportError> {
    let creates = plan
        .iter()
        .filter_map(|(name, special_use, _)| create_command(name, *special_use).ok());
    run_all(connection, creates.collect(), "make the folder").await?;
    let subscribes = plan
        .iter()
        .filter(|one| one.2)
        .filter_map(|(name, ..)| Command::new("SUBSCRIBE").astring(name).ok());
    run_all(connection, subscribes.collect(), "subscribe").await?;
    let mut listed = HashSet::new();
    let list = Command::new("LIST \"\" \"*\"");
    let take = |response| {
        if let Response::List(line) = response {
            listed.insert(line.name);
        }
    };
    match connection.run(&list, "list the folders", take).await {
        Err(error) if error.is_fatal => Err(error),
        _ => Ok(listed),
    }
}

/// Sends commands without waiting for one another. What a server refuses is found out again where it matters.
async fn run_all(
    connection: &mut Connection,
    commands: Vec<Command>,
    what: &str,
) -> Result<(), TransportError> {
    // a name that must be sent in steps is left for later
    let simple = commands.iter().filter(|one| one.literals.is_empty());
    for some in simple.collect::<Vec<_>>().chunks(DEPTH) {
        let mut flying: Vec<Tag> = Vec::new();
        for command in some {
            flying.push(connection.start(command).await?);
        }
        for tag in flying {
            match connection.finish(&tag, what, |_| {}).await {
                Err(error) if error.is_fatal => return Err(error),
                _ => {}
            }
        }
    }
    Ok(())
}
