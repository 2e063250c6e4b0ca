//! `System.Collections.Hashtable` and `System.Collections.Specialized.OrderedDictionary`.

use std::cell::RefCell;

use indexmap::IndexMap;

use super::key::{Key, NameProbe, Probe};
use crate::runtime::value::Value;

/// Keys and values in order of insertion. A literal's string keys are found without regard to case.
#[derive(Default)]
pub struct Hashtable {
    ordered: bool,
    sensitive: bool,
    entries: RefCell<IndexMap<Key, Value>>,
}

impl Hashtable {
    /// An empty `@{}`.
    pub fn new() -> Hashtable {
        Hashtable::default()
    }

    /// An empty `[ordered]@{}`.
    pub fn ordered() -> Hashtable {
        Hashtable {
            ordered: true,
            ..Hashtable::default()
        }
    }

    /// An empty table in which letter case counts, as `[hashtable]::new()` makes it.
    pub fn case_sensitive() -> Hashtable {
        Hashtable {
            sensitive: true,
            ..Hashtable::default()
        }
    }

    /// Whether it is an `OrderedDictionary`.
    pub fn is_ordered(&self) -> bool {
        self.ordered
    }

    /// Number of keys.
    pub fn len(&self) -> usize {
        self.entries.borrow().len()
    }

    /// Whether there is no key.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value of a key.
    pub fn get(&self, key: &Value) -> Option<Value> {
        self.entries
            .borrow()
            .get(&Probe {
                value: key,
                sensitive: self.sensitive,
            })
            .cloned()
    }

    /// The value of a key that is a text.
    pub fn get_name(&self, name: &str) -> Option<Value> {
        self.entries
            .borrow()
            .get(&NameProbe {
                name,
                sensitive: self.sensitive,
            })
            .cloned()
    }

    /// Whether the key is there.
    pub fn contains(&self, key: &Value) -> bool {
        self.entries.borrow().contains_key(&Probe {
            value: key,
            sensitive: self.sensitive,
        })
    }

    /// Adds or replaces.
    pub fn insert(&self, key: Value, value: Value) {
        let mut entries = self.entries.borrow_mut();
        match entries.get_mut(&Probe {
            value: &key,
            sensitive: self.sensitive,
        }) {
            Some(slot) => *slot = value,
            None => {
                entries.insert(
                    Key {
                        value: key,
                        sensitive: self.sensitive,
                    },
                    value,
                );
            }
        }
    }

    /// Adds or replaces under a text.
    pub fn insert_name(&self, name: &str, value: impl Into<Value>) {
        self.insert(Value::str(name), value.into());
    }

    /// Takes a key away.
    pub fn remove(&self, key: &Value) -> Option<Value> {
        self.entries.borrow_mut().shift_remove(&Probe {
            value: key,
            sensitive: self.sensitive,
        })
    }

    /// Key and value at a place, from 0.
    pub fn at(&self, index: usize) -> Option<(Value, Value)> {
        self.entries
            .borrow()
            .get_index(index)
            .map(|(key, value)| (key.value.clone(), value.clone()))
    }

    /// Replaces the value at a place; `false` when there is none.
    pub fn set_at(&self, index: usize, value: Value) -> bool {
        self.entries
            .borrow_mut()
            .get_index_mut(index)
            .map(|(_, slot)| *slot = value)
            .is_some()
    }

    /// Puts a new key at a place, moving later ones back.
    pub fn insert_at(&self, index: usize, key: Value, value: Value) {
        let mut entries = self.entries.borrow_mut();
        let index = index.min(entries.len());
        entries.shift_insert(
            index,
            Key {
                value: key,
                sensitive: self.sensitive,
            },
            value,
        );
    }

    /// Takes away what stands at a place.
    pub fn remove_at(&self, index: usize) -> Option<Value> {
        self.entries
            .borrow_mut()
            .shift_remove_index(index)
            .map(|(_, value)| value)
    }

    /// Takes all away.
    pub fn clear(&self) {
        self.entries.borrow_mut().clear();
    }

    /// All keys in order.
    pub fn keys(&self) -> Vec<Value> {
        self.entries
            .borrow()
            .keys()
            .map(|key| key.value.clone())
            .collect()
    }

    /// All values in order.
    pub fn values(&self) -> Vec<Value> {
        self.entries.borrow().values().cloned().collect()
    }

    /// All pairs in order.
    pub fn pairs(&self) -> Vec<(Value, Value)> {
        self.entries
            .borrow()
            .iter()
            .map(|(key, value)| (key.value.clone(), value.clone()))
            .collect()
    }

    /// A table of its own with the same content.
    pub fn copy(&self) -> Hashtable {
        Hashtable {
            ordered: self.ordered,
            sensitive: self.sensitive,
            entries: self.entries.clone(),
        }
    }
}
