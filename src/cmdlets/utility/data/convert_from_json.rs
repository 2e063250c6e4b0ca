use std::rc::Rc;

use crate::cmdlet;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::error::{ErrorCategory, ErrorRecord};
use crate::runtime::object::{Property, PropertyKind, PsObject};
use crate::runtime::param::Validate;
use crate::runtime::types::hashtable::Hashtable;

use crate::runtime::{Run, Value};

cmdlet! {
    /// Makes objects of JSON text.
    pub struct ConvertFromJson("ConvertFrom", "Json").module("Microsoft.PowerShell.Utility") {
        /// The text; lines of the pipeline are read as one text.
        input_object: String = param("InputObject").position(0).by_value().allow_empty(),
        /// Makes tables instead of objects.
        as_hashtable: bool = param("AsHashtable"),
        /// How many levels are allowed.
        depth: Option<i32> = param("Depth").validate(Validate::Range(1, 1024)).default_text("1024"),
        /// Gives a list as one object.
        no_enumerate: bool = param("NoEnumerate"),
    }
    example "('{\"batch\":\"b1\",\"users\":[{\"mail\":\"a@contoso.com\"}]}' | ConvertFrom-Json).users" => "Gives the users of a batch.";
}

impl Cmdlet for ConvertFromJson {
    type State = Vec<String>;

    fn process(&self, state: &mut Vec<String>, _cx: &mut Cx<'_>) -> Run<()> {
        state.push(self.input_object.clone());
        Ok(())
    }

    fn end(&self, state: &mut Vec<String>, cx: &mut Cx<'_>) -> Run<()> {
        let texts = std::mem::take(state);
        // Each text may be whole by itself; otherwise they are the lines of one.
        let first_is_whole = texts.len() > 1
            && texts
                .first()
                .is_some_and(|first| serde_json::from_str::<serde_json::Value>(first).is_ok());
        if first_is_whole {
            return texts.iter().try_for_each(|text| self.give(text, cx));
        }
        self.give(&texts.join("\n"), cx)
    }
}

impl ConvertFromJson {
    fn give(&self, text: &str, cx: &mut Cx<'_>) -> Run<()> {
        if text.trim().is_empty() {
            return Ok(());
        }
        let parsed: serde_json::Value =
            serde_json::from_str(text).map_err(|error| unreadable(&error))?;
        let value = self.value(parsed)?;
        if self.no_enumerate {
            cx.write(value)
        } else {
            cx.write_each(value)
        }
    }

    fn value(&self, json: serde_json::Value) -> Result<Value, ErrorRecord> {
        Ok(match json {
            serde_json::Value::Null => Value::Null,
            serde_json::Value::Bool(b) => Value::Bool(b),
            serde_json::Value::Number(number) => match number.as_i64() {
                Some(whole) => Value::long(whole),
                None => Value::double(number.as_f64().unwrap_or_default()),
            },
            serde_json::Value::String(text) => match super::iso_date::read(&text) {
                Some(date) => Value::DateTime(date),
                None => Value::from(text),
            },
            serde_json::Value::Array(items) => Value::array(
                items
                    .into_iter()
                    .map(|item| self.value(item))
                    .collect::<Result<_, _>>()?,
            ),
            serde_json::Value::Object(fields) => self.object(fields)?,
        })
    }

    fn object(
        &self,
        fields: serde_json::Map<String, serde_json::Value>,
    ) -> Result<Value, ErrorRecord> {
        if self.as_hashtable {
            let table = Hashtable::ordered();
            for (name, field) in fields {
                table.insert_name(&name, self.value(field)?);
            }
            return Ok(Value::Hashtable(Rc::new(table)));
        }
        let mut properties: Vec<Property> = Vec::with_capacity(fields.len());
        for (name, field) in fields {
            if name.is_empty() {
                return Err(conversion(
                    "the text has a property without a name, which only -AsHashtable can hold",
                ));
            }
            if let Some(twin) = properties
                .iter()
                .find(|known| known.name.eq_ignore_ascii_case(&name))
            {
                return Err(conversion(&format!(
                    "the text has the properties '{}' and '{name}', which only -AsHashtable can hold both",
                    twin.name
                )));
            }
            properties.push(Property {
                name: Rc::from(name),
                kind: PropertyKind::Note(self.value(field)?),
            });
        }
        Ok(Value::Object(Rc::new(PsObject {
            base: None,
            type_names: vec![
                Rc::from("System.Management.Automation.PSCustomObject"),
                Rc::from("System.Object"),
            ]
            .into(),
            properties: properties.into(),
            text: None,
        })))
    }
}

fn unreadable(error: &serde_json::Error) -> ErrorRecord {
    conversion(&error.to_string())
}

fn conversion(why: &str) -> ErrorRecord {
    ErrorRecord::new(
        "System.ArgumentException",
        "System.ArgumentException",
        ErrorCategory::NotSpecified,
        format!("Conversion from JSON failed with error: {why}."),
    )
}
