//! `System.Management.Automation.Host.ChoiceDescription`: an answer that `PromptForChoice` offers.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use super::TypeRef;
use super::args::Args;
use super::table::{Answer, Fault, Method, Property, TypeTable};
use crate::runtime::convert;
use crate::runtime::value::{Native, Value};

/// A label, its key after `&`, and what the answer means.
struct Choice {
    label: Rc<str>,
    help: RefCell<Rc<str>>,
}

impl Native for Choice {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named(TABLE.name)
    }

    fn text(&self) -> String {
        TABLE.name.to_owned()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn made(label: Rc<str>, help: Rc<str>) -> Answer {
    if label.is_empty() {
        return Err(Fault::argument(
            "The value of argument \"label\" is null or empty.",
        ));
    }
    Ok(Value::native(Choice {
        label,
        help: RefCell::new(help),
    }))
}

fn of(value: &Value, read: impl FnOnce(&Choice) -> Rc<str>) -> Answer {
    Ok(value
        .downcast::<Choice>()
        .map_or(Value::Null, |choice| Value::Str(read(choice))))
}

/// Its declaration.
pub static TABLE: TypeTable = TypeTable {
    name: "System.Management.Automation.Host.ChoiceDescription",
    constructors: &[
        Method::new(
            "System.Management.Automation.Host.ChoiceDescription new(string label)",
            |c| made(c.text(0), Rc::from("")),
        ),
        Method::new(
            "System.Management.Automation.Host.ChoiceDescription new(string label, string helpMessage)",
            |c| made(c.text(0), c.text(1)),
        ),
    ],
    properties: &[
        Property::read("string Label {get;}", |v| of(v, |c| c.label.clone())),
        Property {
            signature: "string HelpMessage {get;set;}",
            get: |v| of(v, |c| c.help.borrow().clone()),
            set: Some(|v, help| {
                if let Some(choice) = v.downcast::<Choice>() {
                    *choice.help.borrow_mut() = convert::to_rc_text(&help);
                }
                Ok(())
            }),
        },
    ],
    ..TypeTable::EMPTY
};
