use std::collections::VecDeque;
use std::rc::Rc;

use crate::cmdlet;
use crate::format::expression::{self, Key, Property};
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::error::{ErrorCategory, ErrorRecord};
use crate::runtime::object::{Property as Member, PropertyKind, PsObject};
use crate::runtime::param::Validate;
use crate::runtime::types::type_names;
use crate::runtime::wildcard::Wildcard;
use crate::runtime::{Run, Value, compare, enumerate};

cmdlet! {
    /// Picks properties of objects, or some objects of many.
    ///
    /// With -Property the output objects have just these properties; a table of Name and Expression makes a new one. With
    /// -First, -Last, -Skip and -Unique objects are picked.
    pub struct SelectObject("Select", "Object").default_set("DefaultParameter").aliases(&["select"])
        .module("Microsoft.PowerShell.Utility")
    {
        /// The objects.
        input_object: Option<Value> = param("InputObject").by_value(),
        /// Names (wildcards allowed), script blocks, or tables of Name and Expression.
        property: Option<Vec<Value>> = param("Property").position(0).in_sets(&["DefaultParameter", "SkipLastParameter"]).wildcards().completes("Property"),
        /// Properties to leave out; works with -Property.
        exclude: Option<Vec<String>> = param("ExcludeProperty").in_sets(&["DefaultParameter", "SkipLastParameter"]).wildcards().completes("Property"),
        /// The property whose value to give instead of the object.
        expand: Option<String> = param("ExpandProperty").in_sets(&["DefaultParameter", "SkipLastParameter"]).completes("Property"),
        /// Gives equal objects once.
        unique: bool = param("Unique"),
        /// How many from the end.
        last: Option<i32> = param("Last").in_sets(&["DefaultParameter"]).validate(Validate::Range(0, 2_147_483_647)),
        /// How many from the start; earlier commands stop when they are reached.
        first: Option<i32> = param("First").in_sets(&["DefaultParameter"]).validate(Validate::Range(0, 2_147_483_647)),
        /// How many to leave out at the start, or with -Last at the end.
        skip: Option<i32> = param("Skip").in_sets(&["DefaultParameter"]).validate(Validate::Range(0, 2_147_483_647)),
        /// How many to leave out at the end.
        skip_last: Option<i32> = param("SkipLast").in_sets(&["SkipLastParameter"]).validate(Validate::Range(0, 2_147_483_647)),
        /// Lets earlier commands run to their end although -First is reached.
        wait: bool = param("Wait").in_sets(&["DefaultParameter", "IndexParameter"]),
        /// The places of the objects to pick, from 0.
        index: Option<Vec<i32>> = param("Index").in_sets(&["IndexParameter"]),
    }
    example "Get-ChildItem | Select-Object Name,Length" => "Gives two properties of each file.";
    example "1..10 | Select-Object -First 3" => "Gives the first three numbers.";
    example "[pscustomobject]@{Name='a';Bytes=2048} | Select-Object Name,@{n='KB';e={$_.Bytes/1KB}}" => "Makes a new property of an expression.";
    example "1,2,2,3 | Select-Object -Unique" => "Gives each number once.";
}

/// What was seen so far.
#[derive(Default)]
pub struct Picking {
    properties: Vec<Property>,
    exclude: Vec<Wildcard>,
    seen: usize,
    given: usize,
    kept: VecDeque<Value>,
    unique: Vec<Value>,
}

impl Cmdlet for SelectObject {
    type State = Picking;

    fn begin(&self, state: &mut Picking, _cx: &mut Cx<'_>) -> Run<()> {
        let given = self.property.as_deref().unwrap_or_default();
        state.properties = Property::parse_all(given, Key::SELECT)?;
        state.exclude = self
            .exclude
            .iter()
            .flatten()
            .map(|pattern| Wildcard::new(pattern))
            .collect();
        Ok(())
    }

    fn process(&self, state: &mut Picking, cx: &mut Cx<'_>) -> Run<()> {
        let Some(object) = self.input_object.clone().filter(|object| !object.is_null()) else {
            return Ok(());
        };
        let place = state.seen;
        state.seen += 1;
        if let Some(index) = &self.index {
            let wanted = index.iter().any(|&i| i >= 0 && i as usize == place);
            if wanted {
                self.give(object, state, cx)?;
            }
            let last = index.iter().copied().max().unwrap_or(-1);
            return if !self.wait && last <= place as i32 {
                Err(cx.stop_upstream())
            } else {
                Ok(())
            };
        }
        if let Some(count) = self.skip_last {
            state.kept.push_back(object);
            return match state.kept.len() > count as usize {
                true => self.give_oldest(state, cx),
                false => Ok(()),
            };
        }
        let skip = self.skip.unwrap_or(0) as usize;
        if let Some(count) = self.last {
            state.kept.push_back(object.clone());
            if state.kept.len() > count as usize + skip {
                state.kept.pop_front();
            }
            let early = self.first.is_some_and(|first| place < first as usize);
            return if early {
                self.give(object, state, cx)
            } else {
                Ok(())
            };
        }
        if place < skip {
            return Ok(());
        }
        match self.first {
            Some(first) if state.given >= first as usize => self.enough(cx),
            Some(first) => {
                state.given += 1;
                self.give(object, state, cx)?;
                if state.given >= first as usize {
                    self.enough(cx)
                } else {
                    Ok(())
                }
            }
            None => self.give(object, state, cx),
        }
    }

    fn end(&self, state: &mut Picking, cx: &mut Cx<'_>) -> Run<()> {
        if let Some(count) = self.last {
            let skip = self.skip.unwrap_or(0) as usize;
            let first = self
                .first
                .map_or(0, |first| (first as usize).min(state.seen));
            let oldest = state.seen - state.kept.len();
            let end = state.kept.len().saturating_sub(skip);
            let start = end
                .saturating_sub(count as usize)
                .max(first.saturating_sub(oldest));
            let picked: Vec<Value> = state
                .kept
                .drain(..)
                .skip(start)
                .take(end.saturating_sub(start))
                .collect();
            for object in picked {
                self.give(object, state, cx)?;
            }
        }
        Ok(())
    }
}

impl SelectObject {
    fn enough(&self, cx: &Cx<'_>) -> Run<()> {
        if self.wait {
            Ok(())
        } else {
            Err(cx.stop_upstream())
        }
    }

    fn give_oldest(&self, state: &mut Picking, cx: &mut Cx<'_>) -> Run<()> {
        match state.kept.pop_front() {
            Some(object) => self.give(object, state, cx),
            None => Ok(()),
        }
    }

    fn give(&self, object: Value, state: &mut Picking, cx: &mut Cx<'_>) -> Run<()> {
        let picked = match (&self.property, &self.expand) {
            (None, None) => object.clone(),
            (None, Some(_)) => Value::Null,
            (Some(_), _) => self.pick(&object, state, cx)?,
        };
        let Some(name) = &self.expand else {
            return self.give_once(picked, state, cx);
        };
        let property = Property::named(name).resolve(&object, true);
        let [property] = property.as_slice() else {
            return self.cannot_expand(name, &object, cx);
        };
        match property.try_value(&object, cx.shell)? {
            Ok(Some(value)) => self.give_expanded(value, &picked, state, cx),
            Ok(None) => self.cannot_expand(name, &object, cx),
            Err(record) => Err(crate::runtime::Flow::Error {
                record,
                fatal: false,
            }),
        }
    }

    fn give_expanded(
        &self,
        value: Value,
        picked: &Value,
        state: &mut Picking,
        cx: &mut Cx<'_>,
    ) -> Run<()> {
        let items = enumerate::elements(&value).unwrap_or_else(|| vec![value]);
        for item in items {
            let item = if picked.is_null() {
                item
            } else {
                with_members(item, picked)
            };
            self.give_once(item, state, cx)?;
        }
        Ok(())
    }

    fn give_once(&self, object: Value, state: &mut Picking, cx: &mut Cx<'_>) -> Run<()> {
        if self.unique {
            if state
                .unique
                .iter()
                .any(|known| same(known, &object, DEEPEST))
            {
                return Ok(());
            }
            state.unique.push(object.clone());
        }
        cx.write(object)
    }

    fn cannot_expand(&self, name: &str, object: &Value, cx: &mut Cx<'_>) -> Run<()> {
        let record = ErrorRecord::new(
            "System.Management.Automation.PSArgumentException",
            "ExpandPropertyNotFound",
            ErrorCategory::InvalidArgument,
            format!("Property \"{name}\" cannot be found."),
        );
        cx.error(record.with_target(object.clone()))
    }

    /// A new object of the wanted properties.
    fn pick(&self, object: &Value, state: &Picking, cx: &mut Cx<'_>) -> Run<Value> {
        let mut members: Vec<Member> = Vec::new();
        for wanted in &state.properties {
            for property in wanted.resolve(object, true) {
                let name = property.heading();
                if state.exclude.iter().any(|pattern| pattern.matches(&name)) {
                    continue;
                }
                if members
                    .iter()
                    .any(|member| member.name.eq_ignore_ascii_case(&name))
                {
                    if wanted.label.is_some() {
                        cx.error(already_there(&name, object))?;
                    }
                    continue;
                }
                let value = property
                    .try_value(object, cx.shell)?
                    .ok()
                    .flatten()
                    .unwrap_or_default();
                members.push(Member {
                    name,
                    kind: PropertyKind::Note(value),
                });
            }
        }
        let original = type_names(object)
            .into_iter()
            .next()
            .unwrap_or_else(|| Rc::from("System.Object"));
        let bare = original.strip_prefix("Selected.").unwrap_or(&original);
        Ok(Value::Object(Rc::new(PsObject {
            base: None,
            type_names: vec![
                Rc::from(format!("Selected.{bare}")),
                Rc::from("System.Management.Automation.PSCustomObject"),
                Rc::from("System.Object"),
            ]
            .into(),
            properties: members.into(),
            text: None,
        })))
    }
}

fn already_there(name: &str, object: &Value) -> ErrorRecord {
    ErrorRecord::new(
        "System.Management.Automation.PSArgumentException",
        "AlreadyExistingUserSpecifiedPropertyNoExpand",
        ErrorCategory::InvalidOperation,
        format!("The property cannot be processed because the property \"{name}\" already exists."),
    )
    .with_target(object.clone())
}

/// A value with the members of an object added.
fn with_members(value: Value, picked: &Value) -> Value {
    let Value::Object(picked) = picked else {
        return value;
    };
    let properties = picked.properties.borrow().clone();
    match &value {
        Value::Object(own) => {
            for property in properties {
                if own.find(&property.name).is_none() {
                    own.properties.borrow_mut().push(property);
                }
            }
            value
        }
        _ => Value::Object(Rc::new(PsObject {
            type_names: Vec::new().into(),
            properties: properties.into(),
            base: Some(value),
            text: None,
        })),
    }
}

/// Objects inside objects are compared no deeper than this; one may hold itself.
const DEEPEST: usize = 32;

/// Whether -Unique takes two objects for one: same text case, or the same properties with the same values.
fn same(a: &Value, b: &Value, deep: usize) -> bool {
    match (a, b) {
        (Value::Object(x), Value::Object(y)) if x.base.is_none() && y.base.is_none() => {
            if Rc::ptr_eq(x, y) || deep == 0 {
                return Rc::ptr_eq(x, y);
            }
            let (x, y) = (x.properties.borrow(), y.properties.borrow());
            x.len() == y.len()
                && x.iter()
                    .zip(y.iter())
                    .all(|(p, q)| p.name == q.name && same_member(&p.kind, &q.kind, deep - 1))
        }
        (Value::Str(x), Value::Str(y)) => x == y,
        _ => expression::names(a).len() == expression::names(b).len() && compare::equals(a, b),
    }
}

fn same_member(a: &PropertyKind, b: &PropertyKind, deep: usize) -> bool {
    match (a, b) {
        (PropertyKind::Note(a), PropertyKind::Note(b)) => same(a, b, deep),
        _ => false,
    }
}
