use std::cmp::Ordering;

use crate::cmdlet;
use crate::format::expression::{Key, Property};
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::{Run, Value, compare};

cmdlet! {
    /// Puts objects in order.
    ///
    /// Objects are ordered by the values of properties, the first named property first; without -Property by themselves.
    /// Texts are compared without regard to letter case. Objects that compare equal keep their order.
    pub struct SortObject("Sort", "Object").default_set("Default").aliases(&["sort"])
        .module("Microsoft.PowerShell.Utility")
    {
        /// The objects.
        input_object: Option<Value> = param("InputObject").by_value(),
        /// Names, script blocks, or tables of Expression and Ascending or Descending.
        property: Option<Vec<Value>> = param("Property").position(0).completes("Property"),
        /// From the greatest to the least.
        descending: bool = param("Descending"),
        /// Gives objects that compare equal once.
        unique: bool = param("Unique"),
        /// Only the first so many.
        top: Option<i32> = param("Top").in_sets(&["Top"]).mandatory(),
        /// Only the last so many.
        bottom: Option<i32> = param("Bottom").in_sets(&["Bottom"]).mandatory(),
        /// Keeps the order of equal objects; it is always kept.
        stable: bool = param("Stable"),
        /// Upper and lower case differ.
        case_sensitive: bool = param("CaseSensitive"),
        /// The culture whose order counts; the order is the same in all.
        culture: Option<String> = param("Culture"),
    }
    example "3,1,2 | Sort-Object -Descending" => "Gives 3, 2, 1.";
    example "Get-ChildItem | Sort-Object Length,Name" => "Orders files by size, then by name.";
    example "'b','a','B' | Sort-Object -Unique" => "Orders texts and gives each once.";
}

impl Cmdlet for SortObject {
    type State = Vec<Value>;

    fn begin(&self, _state: &mut Vec<Value>, _cx: &mut Cx<'_>) -> Run<()> {
        self.properties().map(drop)
    }

    fn process(&self, state: &mut Vec<Value>, _cx: &mut Cx<'_>) -> Run<()> {
        state.extend(self.input_object.clone());
        Ok(())
    }

    fn end(&self, state: &mut Vec<Value>, cx: &mut Cx<'_>) -> Run<()> {
        let properties = self.properties()?;
        let objects = std::mem::take(state);
        let mut rows = Vec::with_capacity(objects.len());
        for object in objects {
            // Null objects are only sorted by themselves.
            if object.is_null() && !properties.is_empty() {
                continue;
            }
            rows.push((keys(&properties, &object, cx)?, object));
        }
        let descending: Vec<bool> = properties
            .iter()
            .map(|property| property.descending.unwrap_or(self.descending))
            .collect();
        let whole = [self.descending];
        let descending = if descending.is_empty() {
            &whole[..]
        } else {
            &descending[..]
        };
        compare::sort_by(&mut rows, |(a, _), (b, _)| self.order(a, b, descending));
        if self.unique {
            rows.dedup_by(|(a, _), (b, _)| self.order(a, b, descending) == Ordering::Equal);
        }
        let count = rows.len();
        let (from, to) = match (self.top, self.bottom) {
            (Some(top), _) => (0, (top.max(0) as usize).min(count)),
            (_, Some(bottom)) => (count.saturating_sub(bottom.max(0) as usize), count),
            _ => (0, count),
        };
        rows.drain(from..to)
            .try_for_each(|(_, object)| cx.write(object))
    }
}

impl SortObject {
    fn properties(&self) -> Run<Vec<Property>> {
        Ok(Property::parse_all(
            self.property.as_deref().unwrap_or_default(),
            Key::SORT,
        )?)
    }

    fn order(&self, a: &[Value], b: &[Value], descending: &[bool]) -> Ordering {
        for ((a, b), &down) in a.iter().zip(b).zip(descending) {
            let order = compare::sort_order(a, b, self.case_sensitive);
            if order != Ordering::Equal {
                return if down { order.reverse() } else { order };
            }
        }
        Ordering::Equal
    }
}

fn keys(properties: &[Property], object: &Value, cx: &mut Cx<'_>) -> Run<Vec<Value>> {
    if properties.is_empty() {
        return Ok(vec![object.clone()]);
    }
    let mut keys = Vec::with_capacity(properties.len());
    for property in properties {
        keys.push(
            property
                .try_value(object, cx.shell)?
                .ok()
                .flatten()
                .unwrap_or_default(),
        );
    }
    Ok(keys)
}
