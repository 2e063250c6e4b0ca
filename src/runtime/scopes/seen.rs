//! Which names may stand in the calls around, so that a lookup in a deep chain of calls need not walk through all of them.

use std::cell::Cell;
use std::rc::Rc;

/// A set of names that may say "perhaps" of a name it does not hold, but never "no" of one it does.
#[derive(Clone, Copy, Default)]
pub(super) struct Names(u128);

impl Names {
    /// The set of one name: two of 128 bits.
    pub(super) fn of(name: &str) -> Names {
        let hash = crate::runtime::names::hash(name);
        Names(1 << (hash & 127) | 1 << ((hash >> 7) & 127))
    }

    /// Whether all of these may be among them.
    pub(super) fn may_hold(self, other: Names) -> bool {
        self.0 & other.0 == other.0
    }

    fn with(self, other: Names) -> Names {
        Names(self.0 | other.0)
    }
}

/// What a scope knows of the names declared in it and around it. The outermost scope is left out: it is always asked.
#[derive(Default)]
pub(super) struct Seen {
    /// Declared here, ever.
    own: Cell<Names>,
    /// Declared around, as of a time.
    around: Cell<(u64, Names)>,
    /// Counts declarations in scopes that others stand in, whose knowledge is out of date from then on.
    clock: Rc<Cell<u64>>,
    /// How many scopes stand in this one.
    inner: Cell<usize>,
}

impl Seen {
    /// For a scope that stands in one with this knowledge; `outer` is none for the outermost.
    pub(super) fn within(outer: &Seen, outermost: bool, around: Names) -> Seen {
        outer.inner.set(outer.inner.get() + 1);
        let known = if outermost {
            Names::default()
        } else {
            around.with(outer.own.get())
        };
        Seen {
            own: Cell::default(),
            around: Cell::new((outer.clock.get(), known)),
            clock: outer.clock.clone(),
            inner: Cell::default(),
        }
    }

    /// A scope within is gone.
    pub(super) fn left(&self) {
        self.inner.set(self.inner.get().saturating_sub(1));
    }

    /// A name is declared here.
    pub(super) fn add(&self, name: &str) {
        let name = Names::of(name);
        if self.own.get().may_hold(name) {
            return;
        }
        self.own.set(self.own.get().with(name));
        if self.inner.get() > 0 {
            self.clock.set(self.clock.get() + 1);
        }
    }

    /// What is declared around; `walk` gives the knowledge of the scopes around, when it must be gathered anew.
    pub(super) fn around<'a>(&self, walk: impl Iterator<Item = &'a Seen>) -> Names {
        let (time, known) = self.around.get();
        if time == self.clock.get() {
            return known;
        }
        let known = walk.fold(Names::default(), |all, seen| all.with(seen.own.get()));
        self.around.set((self.clock.get(), known));
        known
    }
}
