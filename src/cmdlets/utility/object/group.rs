use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use crate::cmdlet;
use crate::format::expression::{Key, Property};
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::types::hashtable::Hashtable;
use crate::runtime::types::key::Key as GroupKey;
use crate::runtime::{PsObject, Run, Value, compare, convert};

cmdlet! {
    /// Puts objects with the same values together.
    pub struct GroupObject("Group", "Object").default_set("HashTable").aliases(&["group"])
        .module("Microsoft.PowerShell.Utility")
    {
        /// The objects.
        input_object: Option<Value> = param("InputObject").by_value(),
        /// Names, script blocks, or tables of Expression; the objects themselves when none is given.
        property: Option<Vec<Value>> = param("Property").position(0).completes("Property"),
        /// Leaves the objects out of the result.
        no_element: bool = param("NoElement"),
        /// Gives one table of all groups instead of an object a group.
        as_hash_table: bool = param("AsHashTable").aliases(&["AHT"]).in_sets(&["HashTable"]),
        /// With -AsHashTable, makes the keys texts.
        as_string: bool = param("AsString").in_sets(&["HashTable"]),
        /// Upper and lower case differ.
        case_sensitive: bool = param("CaseSensitive"),
        /// The culture whose order counts; the order is the same in all.
        culture: Option<String> = param("Culture"),
    }
    example "'Synced','Failed','Synced' | Group-Object" => "Counts equal texts.";
    example "Get-ChildItem | Group-Object Extension -NoElement" => "Counts files by their extension.";
    example "$by = 'Synced','Failed' | Group-Object -AsHashTable -AsString; $by['Synced']" => "Looks a group up by its name.";
}

/// One group: the values that are the same, and its objects.
struct Group {
    keys: Vec<Value>,
    objects: Vec<Value>,
}

/// Groups in order of appearance, with an index of those that are texts or numbers.
#[derive(Default)]
pub struct Groups {
    all: Vec<Group>,
    index: HashMap<Vec<GroupKey>, usize>,
}

impl Cmdlet for GroupObject {
    type State = Groups;

    fn process(&self, state: &mut Groups, cx: &mut Cx<'_>) -> Run<()> {
        let Some(object) = self.input_object.clone().filter(|object| !object.is_null()) else {
            return Ok(());
        };
        let mut keys = Vec::new();
        for property in self.properties()? {
            keys.push(
                property
                    .try_value(&object, cx.shell)?
                    .ok()
                    .flatten()
                    .unwrap_or_default(),
            );
        }
        if self.property.is_none() {
            keys.push(object.clone());
        }
        let hash: Vec<GroupKey> = keys
            .iter()
            .map(|key| group_key(key, self.case_sensitive))
            .collect();
        match state.index.get(&hash) {
            Some(&at) => state.all[at].objects.push(object),
            None => {
                state.index.insert(hash, state.all.len());
                state.all.push(Group {
                    keys,
                    objects: vec![object],
                });
            }
        }
        Ok(())
    }

    fn end(&self, state: &mut Groups, cx: &mut Cx<'_>) -> Run<()> {
        let mut groups = std::mem::take(&mut state.all);
        if self.as_hash_table {
            let table = Hashtable::new();
            for group in groups {
                let key = match group.keys.as_slice() {
                    [key] if !self.as_string => key.clone(),
                    _ => Value::str(name(&group)),
                };
                table.insert(key, Value::array(group.objects));
            }
            return cx.write(Value::Hashtable(Rc::new(table)));
        }
        // Keys of one type come in their order, others as they appeared.
        let types: HashSet<_> = groups
            .iter()
            .map(|group| {
                group
                    .keys
                    .iter()
                    .map(|key| key.type_ref().map(|ty| ty.full_name()))
                    .collect::<Vec<_>>()
            })
            .collect();
        if types.len() == 1 {
            compare::sort_by(&mut groups, |a, b| {
                let orders = a
                    .keys
                    .iter()
                    .zip(&b.keys)
                    .map(|(a, b)| compare::sort_order(a, b, self.case_sensitive));
                orders.fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then)
            });
        }
        groups
            .into_iter()
            .try_for_each(|group| cx.write(self.describe(group)))
    }
}

impl GroupObject {
    fn properties(&self) -> Run<Vec<Property>> {
        Ok(Property::parse_all(
            self.property.as_deref().unwrap_or_default(),
            Key::VALUE,
        )?)
    }

    fn describe(&self, group: Group) -> Value {
        let count = Value::int(i32::try_from(group.objects.len()).unwrap_or(i32::MAX));
        let name = Value::str(name(&group));
        let values = Value::array(group.keys);
        match self.no_element {
            true => PsObject::view(
                "Microsoft.PowerShell.Commands.GroupInfoNoElement",
                vec![("Values", values), ("Count", count), ("Name", name)],
            ),
            false => PsObject::view(
                "Microsoft.PowerShell.Commands.GroupInfo",
                vec![
                    ("Values", values),
                    ("Count", count),
                    ("Group", Value::array(group.objects)),
                    ("Name", name),
                ],
            ),
        }
    }
}

/// Values that compare equal are one key: texts by their letters, numbers by their value.
fn group_key(value: &Value, sensitive: bool) -> GroupKey {
    let value = match value {
        Value::Number(_) | Value::Str(_) | Value::Bool(_) | Value::DateTime(_) | Value::Null => {
            value.clone()
        }
        other => Value::str(convert::to_text(other)),
    };
    GroupKey { value, sensitive }
}

fn name(group: &Group) -> String {
    let texts: Vec<String> = group.keys.iter().map(convert::to_text).collect();
    texts.join(", ")
}
