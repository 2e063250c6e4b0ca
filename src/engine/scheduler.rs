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
    /// Endpoint.
    pub endpoint: i64,
    /// An incremental sync, not a first copy.
    pub incremental: bool,
}

/// Users of a batch that can start, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Waiting {
    /// Batch.
    pub batch: i64,
    /// Endpoint.
    pub endpoint: i64,
    /// (user, incremental).
    pub users: Vec<(i64, bool)>,
}

/// Decides who starts: (batch, user). Batches take turns, the one with the fewest at work first, so that a small batch is not
/// kept waiting behind a large one; inside a batch the order of rows holds.
pub(super) fn decide(snapshot: &Snapshot) -> Vec<(i64, i64)> {
    let limits: HashMap<i64, &EndpointLimits> = snapshot
        .endpoints
        .iter()
        .map(|limits| (limits.id, limits))
        .collect();
    let mut load = Load::default();
    for running in &snapshot.running {
        if let Some(endpoint) = limits.get(&running.endpoint) {
            load.add(endpoint, running.incremental);
        }
        *load.batches.entry(running.batch).or_default() += 1;
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
            .find(|(_, incremental)| {
                limits
                    .get(&waiting.endpoint)
                    .is_some_and(|endpoint| load.has_room(endpoint, *incremental))
            })
            .copied();
        match (next, limits.get(&waiting.endpoint)) {
            (Some((user, incremental)), Some(endpoint)) => {
                load.add(endpoint, incremental);
                *load.batches.entry(waiting.batch).or_default() += 1;
                starts.push((waiting.batch, user));
            }
            _ => drop(queues.remove(at)),
        }
    }
    starts
}

/// The queue whose batch has the fewest at work; the older of two equals.
fn next_queue(
    queues: &[(&Waiting, std::slice::Iter<'_, (i64, bool)>)],
    load: &Load,
) -> Option<usize> {
    let at_work = |at: usize| load.batches.get(&queues[at].0.batch).copied().unwrap_or(0);
    (0..queues.len()).min_by_key(|&at| (at_work(at), at))
}

/// How many of an endpoint's places are free: (first copies, incremental syncs). What need not be read need not be asked for.
pub(super) fn free_places(endpoint: &EndpointLimits, running: &[Running]) -> (u32, u32) {
    let count = |incremental: bool| {
        let at_work = running
            .iter()
            .filter(|one| one.endpoint == endpoint.id && one.incremental == incremental);
        u32::try_from(at_work.count()).unwrap_or(u32::MAX)
    };
    let free =
        |limit: Option<u32>, used: u32| limit.unwrap_or(HOST_CONNECTIONS).saturating_sub(used);
    (
        free(endpoint.migrations, count(false)),
        free(endpoint.incrementals, count(true)),
    )
}

#[derive(Default)]
struct Load {
    places: HashMap<(i64, bool), u32>,
    hosts: HashMap<String, u32>,
    batches: HashMap<i64, u32>,
}

impl Load {
    fn add(&mut self, endpoint: &EndpointLimits, incremental: bool) {
        *self.places.entry((endpoint.id, incremental)).or_default() += 1;
        *self.hosts.entry(endpoint.host.clone()).or_default() += 1;
    }

    fn has_room(&self, endpoint: &EndpointLimits, incremental: bool) -> bool {
        let limit = if incremental {
            endpoint.incrementals
        } else {
            endpoint.migrations
        };
        let used = self
            .places
            .get(&(endpoint.id, incremental))
            .copied()
            .unwrap_or(0);
        let host = self.hosts.get(&endpoint.host).copied().unwrap_or(0);
        limit.is_none_or(|limit| used < limit) && host < HOST_CONNECTIONS
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
            endpoint,
            users: users.map(|user| (user, false)).collect(),
        }
    }

    #[test]
    fn the_limit_of_an_endpoint_holds_over_its_batches_which_take_turns() {
        let snapshot = Snapshot {
            endpoints: vec![endpoint(1, "a", 4)],
            running: Vec::new(),
            waiting: vec![waiting(7, 1, 0..100), waiting(8, 1, 200..202)],
        };
        assert_eq!(decide(&snapshot), [(7, 0), (8, 200), (7, 1), (8, 201)]);
    }

    #[test]
    fn those_at_work_count_and_the_smaller_batch_goes_first() {
        let busy = Running {
            batch: 7,
            endpoint: 1,
            incremental: false,
        };
        let snapshot = Snapshot {
            endpoints: vec![endpoint(1, "a", 4)],
            running: vec![busy; 3],
            waiting: vec![waiting(7, 1, 0..9), waiting(8, 1, 20..29)],
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
            running: Vec::new(),
            waiting: vec![mixed],
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
            running: Vec::new(),
            waiting: vec![waiting(7, 1, 0..1000), waiting(8, 2, 0..1000)],
        };
        assert_eq!(decide(&snapshot).len(), HOST_CONNECTIONS as usize);
    }
}
