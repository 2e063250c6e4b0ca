//! Who works next: a pure function from what runs and what waits to what starts.

use std::collections::HashMap;

/// Connections to one host at once, over all endpoints and batches.
pub(super) const HOST_CONNECTIONS: u32 = 300;

/// What decides: limits, who works, who waits.
#[derive(Clone, Debug, Default)]
pub(super) struct Snapshot {
    /// The endpoints that matter.
    pub endpoints: Vec<EndpointLimits>,
    /// Who works now: (batch, endpoint, incremental).
    pub running: Vec<Running>,
    /// Batches with users whose run can start now, oldest batch first.
    pub waiting: Vec<Waiting>,
    /// Mailboxes at work at once, over all endpoints; `None` = unlimited.
    pub most: Option<u32>,
}

/// The limits of an endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct EndpointLimits {
    /// Row id.
    pub id: i64,
    /// Host, lower-case.
    pub host: String,
    /// First copies at once; `None` = unlimited.
    pub migrations: Option<u32>,
    /// Incremental syncs at once; `None` = unlimited.
    pub incrementals: Option<u32>,
}

/// Somebody at work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Running {
    /// Batch.
    pub batch: i64,
    /// Where mail comes from and goes to.
    pub ends: Ends,
    /// An incremental sync, not a first copy.
    pub incremental: bool,
}

/// The endpoints that a run has connections to. Each of them has one mailbox more at work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Ends {
    /// Source.
    pub source: i64,
    /// Target; `None` = the embedded mail store.
    pub target: Option<i64>,
}

impl Ends {
    /// The endpoints, each once.
    fn each(self) -> impl Iterator<Item = i64> {
        let target = self.target.filter(|target| *target != self.source);
        std::iter::once(self.source).chain(target)
    }
}

/// Users of a batch that can start, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Waiting {
    /// Batch.
    pub batch: i64,
    /// Where mail comes from and goes to.
    pub ends: Ends,
    /// (user, incremental).
    pub users: Vec<(i64, bool)>,
}

/// Decides who starts: (batch, user). Batches take turns, the one with the fewest at work first, so that a small batch is not
/// kept waiting behind a large one; inside a batch the order of rows holds.
pub(super) fn decide(snapshot: &Snapshot) -> Vec<(i64, i64)> {
    let limits: Limits<'_> = snapshot
        .endpoints
        .iter()
        .map(|limits| (limits.id, limits))
        .collect();
    let mut load = Load {
        limits: Some(&limits),
        most: snapshot.most,
        ..Load::default()
    };
    for running in &snapshot.running {
        load.add(running.batch, running.ends, running.incremental);
    }
    let mut queues: Vec<(&Waiting, std::slice::Iter<'_, (i64, bool)>)> = snapshot
        .waiting
        .iter()
        .map(|waiting| (waiting, waiting.users.iter()))
        .collect();
    let mut starts = Vec::new();
    while let Some(at) = next_queue(&queues, &load) {
        let (waiting, users) = &mut queues[at];
        let next = users
            .by_ref()
            .find(|(_, incremental)| load.has_room(waiting.ends, *incremental));
        if let Some((user, incremental)) = next {
            load.add(waiting.batch, waiting.ends, *incremental);
            starts.push((waiting.batch, *user));
        } else {
            drop(queues.remove(at));
        }
    }
    starts
}

/// The queue whose batch has the fewest at work; the older of two equals.
fn next_queue(
    queues: &[(&Waiting, std::slice::Iter<'_, (i64, bool)>)],
    load: &Load<'_>,
) -> Option<usize> {
    let at_work = |at: usize| load.batches.get(&queues[at].0.batch).copied().unwrap_or(0);
    (0..queues.len()).min_by_key(|&at| (at_work(at), at))
}

/// How many of an endpoint's places are free: (first copies, incremental syncs). What need not be read need not be asked for.
pub(super) fn free_places(endpoint: &EndpointLimits, running: &[Running]) -> (u32, u32) {
    let count = |incremental: bool| {
        let at_work = running
            .iter()
            .filter(|one| one.ends.each().any(|id| id == endpoint.id))
            .filter(|one| one.incremental == incremental);
        u32::try_from(at_work.count()).unwrap_or(u32::MAX)
    };
    let free =
        |limit: Option<u32>, used: u32| limit.unwrap_or(HOST_CONNECTIONS).saturating_sub(used);
    (
        free(endpoint.migrations, count(false)),
        free(endpoint.incrementals, count(true)),
    )
}

type Limits<'a> = HashMap<i64, &'a EndpointLimits>;

/// Who is at work, as the limits count them.
#[derive(Default)]
struct Load<'a> {
    limits: Option<&'a Limits<'a>>,
    most: Option<u32>,
    all: u32,
    places: HashMap<(i64, bool), u32>,
    hosts: HashMap<&'a str, u32>,
    batches: HashMap<i64, u32>,
}

impl<'a> Load<'a> {
    fn limits_of(&self, endpoint: i64) -> Option<&'a EndpointLimits> {
        self.limits?.get(&endpoint).copied()
    }

    fn add(&mut self, batch: i64, ends: Ends, incremental: bool) {
        self.all += 1;
        *self.batches.entry(batch).or_default() += 1;
        for id in ends.each() {
            *self.places.entry((id, incremental)).or_default() += 1;
        }
        // a server that is both source and target has two connections
        for id in std::iter::once(ends.source).chain(ends.target) {
            if let Some(endpoint) = self.limits_of(id) {
                *self.hosts.entry(&endpoint.host).or_default() += 1;
            }
        }
    }

    fn has_room(&self, ends: Ends, incremental: bool) -> bool {
        let has_room_at = |id: i64| {
            let Some(endpoint) = self.limits_of(id) else {
                return false;
            };
            let limit = if incremental {
                endpoint.incrementals
            } else {
                endpoint.migrations
            };
            let used = self.places.get(&(id, incremental)).copied().unwrap_or(0);
            let host = self.hosts.get(&*endpoint.host).copied().unwrap_or(0);
            limit.is_none_or(|limit| used < limit) && host < HOST_CONNECTIONS
        };
        self.most.is_none_or(|most| self.all < most) && ends.each().all(has_room_at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn endpoint(id: i64, host: &str, migrations: u32) -> EndpointLimits {
        EndpointLimits {
            id,
            host: host.into(),
            migrations: Some(migrations),
            incrementals: Some(1),
        }
    }

    fn waiting(batch: i64, endpoint: i64, users: std::ops::Range<i64>) -> Waiting {
        Waiting {
            batch,
            ends: Ends {
                source: endpoint,
                target: None,
            },
            users: users.map(|user| (user, false)).collect(),
        }
    }

    #[test]
    fn the_limit_of_an_endpoint_holds_over_its_batches_which_take_turns() {
        let snapshot = Snapshot {
            endpoints: vec![endpoint(1, "a", 4)],
            waiting: vec![waiting(7, 1, 0..100), waiting(8, 1, 200..202)],
            ..Snapshot::default()
        };
        assert_eq!(decide(&snapshot), [(7, 0), (8, 200), (7, 1), (8, 201)]);
    }

    #[test]
    fn those_at_work_count_and_the_smaller_batch_goes_first() {
        let busy = Running {
            batch: 7,
            ends: Ends {
                source: 1,
                target: None,
            },
            incremental: false,
        };
        let snapshot = Snapshot {
            endpoints: vec![endpoint(1, "a", 4)],
            running: vec![busy; 3],
            waiting: vec![waiting(7, 1, 0..9), waiting(8, 1, 20..29)],
            ..Snapshot::default()
        };
        assert_eq!(decide(&snapshot), [(8, 20)]);
        assert_eq!(
            free_places(&snapshot.endpoints[0], &snapshot.running),
            (1, 1)
        );
    }

    #[test]
    fn incremental_syncs_have_their_own_places() {
        let mut mixed = waiting(7, 1, 0..3);
        mixed.users = vec![(0, true), (1, true), (2, false), (3, true)];
        let snapshot = Snapshot {
            endpoints: vec![endpoint(1, "a", 1)],
            waiting: vec![mixed],
            ..Snapshot::default()
        };
        assert_eq!(decide(&snapshot), [(7, 0), (7, 2)]);
    }

    #[test]
    fn a_host_has_one_budget_for_all_its_endpoints() {
        let mut unlimited = endpoint(1, "a", 0);
        unlimited.migrations = None;
        let mut other = unlimited.clone();
        other.id = 2;
        let snapshot = Snapshot {
            endpoints: vec![unlimited, other],
            waiting: vec![waiting(7, 1, 0..1000), waiting(8, 2, 0..1000)],
            ..Snapshot::default()
        };
        assert_eq!(decide(&snapshot).len(), HOST_CONNECTIONS as usize);
    }

    #[test]
    fn a_target_has_its_limit_too_and_its_host_counts_both_sides() {
        let to = |batch, source, target, users| {
            let mut waiting = waiting(batch, source, users);
            waiting.ends.target = Some(target);
            waiting
        };
        let snapshot = Snapshot {
            endpoints: vec![
                endpoint(1, "a", 9),
                endpoint(2, "b", 9),
                endpoint(3, "c", 3),
            ],
            waiting: vec![to(7, 1, 3, 0..9), to(8, 2, 3, 20..29)],
            ..Snapshot::default()
        };
        assert_eq!(decide(&snapshot), [(7, 0), (8, 20), (7, 1)]);
        let mut same = endpoint(1, "a", 0);
        same.migrations = None;
        let snapshot = Snapshot {
            endpoints: vec![same],
            waiting: vec![to(7, 1, 1, 0..1000)],
            ..Snapshot::default()
        };
        assert_eq!(decide(&snapshot).len(), HOST_CONNECTIONS as usize / 2);
    }

    #[test]
    fn the_organization_has_a_limit_over_all_endpoints() {
        let snapshot = Snapshot {
            endpoints: vec![endpoint(1, "a", 4), endpoint(2, "b", 4)],
            waiting: vec![waiting(7, 1, 0..9), waiting(8, 2, 20..29)],
            most: Some(3),
            ..Snapshot::default()
        };
        assert_eq!(decide(&snapshot).len(), 3);
    }
}
