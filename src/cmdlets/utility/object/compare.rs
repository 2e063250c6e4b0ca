use crate::cmdlet;
use crate::format::expression::{Key, Property};
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::{PsObject, Run, Value, convert};

cmdlet! {
    /// Tells two sets of objects apart.
    ///
    /// What only the difference set has is marked =>, what only the reference set has <=, and with -IncludeEqual what both
    /// have ==.
    pub struct CompareObject("Compare", "Object").aliases(&["compare", "diff"]).module("Microsoft.PowerShell.Utility") {
        /// The set to compare with.
        reference: Vec<Value> = param("ReferenceObject").position(0).allow_empty(),
        /// The set to compare.
        difference: Vec<Value> = param("DifferenceObject").position(1).by_value().allow_empty(),
        /// How far apart equal objects may stand; everything is compared with everything.
        sync_window: Option<i32> = param("SyncWindow"),
        /// The properties to compare; the objects as texts when none is given.
        property: Option<Vec<Value>> = param("Property").completes("Property"),
        /// Leaves the differences out.
        exclude_different: bool = param("ExcludeDifferent"),
        /// Gives what both sets have too.
        include_equal: bool = param("IncludeEqual"),
        /// Gives the objects themselves, with the mark in SideIndicator.
        pass_thru: bool = param("PassThru"),
        /// Upper and lower case differ.
        case_sensitive: bool = param("CaseSensitive"),
        /// The culture whose order counts; it is the same in all.
        culture: Option<String> = param("Culture"),
    }
    example "Compare-Object 'a','b','c' 'b','c','d'" => "Says that a is gone and d is new.";
}

impl Cmdlet for CompareObject {
    type State = Vec<Value>;

    fn process(&self, state: &mut Vec<Value>, _cx: &mut Cx<'_>) -> Run<()> {
        state.extend(self.difference.iter().cloned());
        Ok(())
    }

    fn end(&self, state: &mut Vec<Value>, cx: &mut Cx<'_>) -> Run<()> {
        let properties =
            Property::parse_all(self.property.as_deref().unwrap_or_default(), Key::VALUE)?;
        let mut old = Vec::new();
        for object in &self.reference {
            old.push((self.key(object, &properties, cx)?, object.clone()));
        }
        let mut new = Vec::new();
        let mut equal = Vec::new();
        for object in std::mem::take(state) {
            let key = self.key(&object, &properties, cx)?;
            match old.iter().position(|(known, _)| *known == key) {
                Some(at) => {
                    old.remove(at);
                    equal.push(object);
                }
                None => new.push(object),
            }
        }
        if self.include_equal || self.exclude_different {
            for object in equal {
                self.give(&object, "==", &properties, cx)?;
            }
        }
        if self.exclude_different {
            return Ok(());
        }
        for object in new {
            self.give(&object, "=>", &properties, cx)?;
        }
        for (_, object) in old {
            self.give(&object, "<=", &properties, cx)?;
        }
        Ok(())
    }
}

impl CompareObject {
    fn key(&self, object: &Value, properties: &[Property], cx: &mut Cx<'_>) -> Run<String> {
        if properties.is_empty() {
            let text = convert::to_text(object);
            return Ok(if self.case_sensitive {
                text
            } else {
                text.to_lowercase()
            });
        }
        let mut key = String::new();
        for property in properties {
            let value = property
                .try_value(object, cx.shell)?
                .ok()
                .flatten()
                .unwrap_or_default();
            let text = convert::to_text(&value);
            key.push_str(&if self.case_sensitive {
                text
            } else {
                text.to_lowercase()
            });
            key.push('\u{1f}');
        }
        Ok(key)
    }

    fn give(
        &self,
        object: &Value,
        mark: &str,
        properties: &[Property],
        cx: &mut Cx<'_>,
    ) -> Run<()> {
        if self.pass_thru {
            return cx.write(super::members::with_note(
                object,
                "SideIndicator",
                Value::str(mark),
            ));
        }
        let mut fields: Vec<(std::rc::Rc<str>, Value)> = Vec::new();
        for property in properties {
            let value = property
                .try_value(object, cx.shell)?
                .ok()
                .flatten()
                .unwrap_or_default();
            fields.push((property.heading(), value));
        }
        if properties.is_empty() {
            fields.push((std::rc::Rc::from("InputObject"), object.clone()));
        }
        fields.push((std::rc::Rc::from("SideIndicator"), Value::str(mark)));
        cx.write(PsObject::custom(
            fields
                .iter()
                .map(|(name, value)| (&**name, value.clone()))
                .collect(),
        ))
    }
}
