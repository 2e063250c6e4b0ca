//! Verifying the mailbox of a user.

use super::compare::compare;
use super::read::{Content, Side, SideFolder};
use super::{FolderCheckView, VerifyLevel, VerifyResult};
use crate::engine::endpoint::probe::{imap_settings, stored};
use crate::engine::error::{EngineError, ErrorId};
use crate::engine::failure::Failure;
use crate::engine::handle::{Engine, Shared};
use crate::engine::sync::FolderFilter;
use crate::engine::target;
use crate::engine::worker::source_login;
use crate::mail::FolderPath;
use crate::store::{BatchRecord, EndpointRecord, Store, UserQuery, UserRecord};
use crate::transport::imap::ImapSource;
use crate::transport::{TargetMap, TransportError};

/// What a verification needs.
pub(in crate::engine) struct Check<'a> {
    pub(in crate::engine) shared: &'a Shared,
    pub(in crate::engine) store: &'a Store,
    pub(in crate::engine) batch: &'a BatchRecord,
    pub(in crate::engine) source: &'a EndpointRecord,
    pub(in crate::engine) target: Option<&'a EndpointRecord>,
    pub(in crate::engine) user: &'a UserRecord,
}

impl Engine {
    /// Compares the mailboxes of a user at source and target as they are now, folder by folder; the journal is not asked.
    ///
    /// # Errors
    /// `UserNotFound`; what keeps one of the sides from being read.
    pub async fn verify_user(
        &self,
        identity: &str,
        level: VerifyLevel,
    ) -> Result<Vec<FolderCheckView>, EngineError> {
        let not_found = || {
            let message = format!("The migration user \"{identity}\" can't be found.");
            let advice = "Get-MigrationUser lists the users.";
            EngineError::new(ErrorId::UserNotFound, identity, message, advice)
        };
        let store = self.existing().await?.ok_or_else(not_found)?;
        let query = UserQuery {
            identity: Some(identity.to_owned()),
            ..UserQuery::default()
        };
        let user = store.users(&query).await?.pop().ok_or_else(not_found)?;
        let batch = store.batch_by_id(user.batch).await?.ok_or_else(not_found)?;
        let source = store.endpoint_by_id(batch.endpoint).await?;
        let source = source.ok_or_else(not_found)?;
        let target = match batch.target_endpoint {
            Some(id) => store.endpoint_by_id(id).await?,
            None => None,
        };
        let what = Check {
            shared: self.shared(),
            store,
            batch: &batch,
            source: &source,
            target: target.as_ref(),
            user: &user,
        };
        let checked = check(&what, level).await;
        checked.map_err(|failure| EngineError::new(failure.id, &user.address, failure.message, ""))
    }
}

/// Compares the two mailboxes of a user.
pub(in crate::engine) async fn check(
    what: &Check<'_>,
    level: VerifyLevel,
) -> Result<Vec<FolderCheckView>, Failure> {
    let filter = FolderFilter::parse(&what.batch.included_folders, &what.batch.excluded_folders)
        .map_err(Failure::not_supported)?;
    let mut source = source(what).await?;
    let mut target = target_side(what).await?;
    let mut folders = source.folders().await?;
    folders.retain(|folder| filter.takes(&folder.path, folder.special_use));
    let there = target
        .folders()
        .await
        .map_err(|error| of_target(what, error))?;
    let map = map_of(&target, &there);
    let known = what.store.folders(what.user.id).await?;
    let place = |folder: &SideFolder| {
        let wire = folder.wire.as_ref().map(|wire| &wire.0);
        let known = known.iter().find(|one| Some(&one.source_name) == wire);
        known
            .and_then(|one| one.target_name.parse().ok())
            .unwrap_or_else(|| map.place(&folder.path, folder.special_use))
    };
    let mut views = Vec::new();
    for group in groups(folders, &there, place) {
        let budget = &what.shared.budget;
        let ours = async {
            let mut all = Content::default();
            for (at, folder) in group.sources.iter().enumerate() {
                let one = source.read(folder, level, budget).await?;
                if at == 0 {
                    all = one;
                } else {
                    all.merge(one);
                }
            }
            Ok::<Content, TransportError>(all)
        };
        let theirs = async {
            match &group.target {
                Some(folder) => target.read(folder, level, budget).await,
                None => Ok(Content::default()),
            }
        };
        let (ours, theirs) = tokio::join!(ours, theirs);
        let theirs = theirs.map_err(|error| of_target(what, error))?;
        views.push(view(what, &group, level, ours?, theirs));
    }
    Ok(views)
}

fn of_target(what: &Check<'_>, error: TransportError) -> TransportError {
    match what.target {
        Some(endpoint) => error.of_target(&endpoint.host),
        None => error,
    }
}

async fn source(what: &Check<'_>) -> Result<Side, Failure> {
    let login = source_login(what.store, what.user).await?;
    let settings = imap_settings(&stored(what.source));
    let server = ImapSource::connect(&settings, &login).await?;
    Ok(Side::Imap(Box::new(server)))
}

async fn target_side(what: &Check<'_>) -> Result<Side, Failure> {
    let Some(endpoint) = what.target else {
        let Some(mailbox) = what.store.mailbox_at(&what.user.address).await? else {
            return Err(Failure::no_recipient(&what.user.address));
        };
        return Ok(Side::Store(what.shared.mail.open(&mailbox.address).await?));
    };
    let login = target::login(what.store, endpoint, what.user).await?;
    let settings = imap_settings(&stored(endpoint));
    let server = ImapSource::connect(&settings, &login).await;
    let server = server.map_err(|error| error.of_target(&endpoint.host))?;
    Ok(Side::Imap(Box::new(server)))
}

/// Source folders that go into one target folder.
struct Meeting {
    path: FolderPath,
    sources: Vec<SideFolder>,
    target: Option<SideFolder>,
}

/// The folders of the target as a copy would find them; those of the mail store keep the names of the source.
fn map_of(target: &Side, there: &[SideFolder]) -> TargetMap {
    if matches!(target, Side::Store(_)) {
        return TargetMap::default();
    }
    let mut map = TargetMap::default();
    for folder in there {
        map.paths.insert(folder.path.clone());
        let Some(kind) = folder.special_use else {
            continue;
        };
        let is_better = map
            .uses
            .get(&kind)
            .is_none_or(|(_, is_guessed)| *is_guessed && !folder.is_guessed);
        if is_better {
            map.uses
                .insert(kind, (folder.path.clone(), folder.is_guessed));
        }
    }
    map
}

/// Pairs the folders: each goes where the copy has put it, or would put it.
fn groups(
    sources: Vec<SideFolder>,
    there: &[SideFolder],
    place: impl Fn(&SideFolder) -> FolderPath,
) -> Vec<Meeting> {
    let mut groups: Vec<Meeting> = Vec::new();
    for folder in sources {
        let path = place(&folder);
        let target = there.iter().find(|other| other.path == path).cloned();
        match groups.iter_mut().find(|group| group.path == path) {
            Some(group) => group.sources.push(folder),
            None => groups.push(Meeting {
                path,
                sources: vec![folder],
                target,
            }),
        }
    }
    groups
}

fn view(
    what: &Check<'_>,
    group: &Meeting,
    level: VerifyLevel,
    ours: Content,
    theirs: Content,
) -> FolderCheckView {
    let (source_count, target_count) = (ours.count, theirs.count);
    let unreadable_count = ours.unreadable + theirs.unreadable;
    let (missing_count, extra_count, found) = if level == VerifyLevel::Count {
        (
            source_count.saturating_sub(target_count),
            target_count.saturating_sub(source_count),
            super::compare::Difference::default(),
        )
    } else {
        let found = compare(ours.prints, theirs.prints);
        (found.missing, found.extra, found)
    };
    let result = if missing_count + found.flags + found.dates + unreadable_count > 0 {
        VerifyResult::Different
    } else if extra_count > 0 {
        VerifyResult::TargetHasMore
    } else {
        VerifyResult::Identical
    };
    FolderCheckView {
        identity: what.user.address.clone(),
        batch_id: what.batch.name.clone(),
        folder: group.path.to_string(),
        source_folders: group
            .sources
            .iter()
            .map(|folder| folder.path.to_string())
            .collect(),
        level,
        result,
        source_count,
        target_count,
        missing_count,
        extra_count,
        different_flags_count: found.flags,
        different_dates_count: found.dates,
        unreadable_count,
        missing_uids: found.missing_uids.to_string(),
    }
}
