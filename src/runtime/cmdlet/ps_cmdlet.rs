//! `$PSCmdlet` of an advanced function, and `$Host`: objects whose methods need the shell.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use super::Impact;
use crate::runtime::convert;
use crate::runtime::enumerate::elements;
use crate::runtime::error::{ErrorCategory, ErrorRecord, Exception};
use crate::runtime::flow::{Flow, Run};
use crate::runtime::shell::Shell;
use crate::runtime::types::TypeRef;
use crate::runtime::types::ps_method::PsMethod;
use crate::runtime::ui::Choice;
use crate::runtime::value::{Native, Value};

/// `$PSCmdlet`.
pub(in crate::runtime) struct PsCmdlet {
    name: Rc<str>,
    set: RefCell<Rc<str>>,
    impact: Impact,
}

impl PsCmdlet {
    pub(in crate::runtime) fn new(name: Rc<str>, set: Rc<str>, impact: Impact) -> PsCmdlet {
        PsCmdlet {
            name,
            set: RefCell::new(set),
            impact,
        }
    }

    /// An object decided the parameter set.
    pub(in crate::runtime) fn choose(&self, set: Rc<str>) {
        *self.set.borrow_mut() = set;
    }
}

impl Native for PsCmdlet {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named("System.Management.Automation.PSScriptCmdlet")
    }

    fn text(&self) -> String {
        "System.Management.Automation.PSScriptCmdlet".to_owned()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn property_names(&self) -> Vec<Rc<str>> {
        vec![Rc::from("ParameterSetName"), Rc::from("CommandName")]
    }

    fn property(&self, name: &str) -> Option<Value> {
        if name.eq_ignore_ascii_case("ParameterSetName") {
            return Some(Value::Str(self.set.borrow().clone()));
        }
        name.eq_ignore_ascii_case("CommandName")
            .then(|| Value::Str(self.name.clone()))
    }
}

/// `$Host` and `$Host.UI`.
pub(in crate::runtime) struct HostObject {
    ui: bool,
}

impl HostObject {
    pub(in crate::runtime) const MAIN: HostObject = HostObject { ui: false };
}

impl Native for HostObject {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named(if self.ui {
            "System.Management.Automation.Internal.Host.InternalHostUserInterface"
        } else {
            "System.Management.Automation.Internal.Host.InternalHost"
        })
    }

    fn text(&self) -> String {
        self.type_ref().full_name().to_owned()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn property_names(&self) -> Vec<Rc<str>> {
        let names: &[&str] = if self.ui {
            &["RawUI"]
        } else {
            &["Name", "Version", "UI", "CurrentCulture"]
        };
        names.iter().map(|name| Rc::from(*name)).collect()
    }

    fn property(&self, name: &str) -> Option<Value> {
        let is = |other: &str| name.eq_ignore_ascii_case(other);
        if self.ui {
            return is("RawUI").then(|| {
                crate::runtime::object::PsObject::custom(vec![("WindowTitle", Value::str(""))])
            });
        }
        if is("UI") {
            return Some(Value::native(HostObject { ui: true }));
        }
        if is("Name") {
            return Some(Value::str("ConsoleHost"));
        }
        if is("Version") {
            return Some(Value::str(env!("CARGO_PKG_VERSION")));
        }
        is("CurrentCulture").then(|| Value::str("en-US"))
    }
}

impl Shell {
    /// `$Host`
    pub(in crate::runtime) fn host_value(&self) -> Value {
        Value::native(HostObject::MAIN)
    }

    /// Methods that need the shell; `None` when the target is no such object.
    pub(in crate::runtime) fn own_method(
        &mut self,
        target: &Value,
        name: &str,
        args: &[Value],
    ) -> Option<Run<Option<Value>>> {
        let name = name.to_ascii_lowercase();
        if let Some(cmdlet) = target.downcast::<PsCmdlet>() {
            let (title, impact) = (cmdlet.name.clone(), cmdlet.impact);
            return self.cmdlet_method(&title, impact, &name, args).transpose();
        }
        if let Some(host) = target.downcast::<HostObject>() {
            return if host.ui {
                self.ui_method(&name, args).transpose()
            } else {
                None
            };
        }
        if let Some(method) = target.downcast::<PsMethod>()
            && name == "invoke"
        {
            return Some(self.call_method(
                &method.target,
                &method.name,
                args.to_vec(),
                method.is_static,
            ));
        }
        None
    }

    /// A method of `$PSCmdlet`; outer `None`: there is no such method.
    fn cmdlet_method(
        &mut self,
        title: &str,
        impact: Impact,
        name: &str,
        args: &[Value],
    ) -> Run<Option<Option<Value>>> {
        let text = |index: usize| args.get(index).map(convert::to_text).unwrap_or_default();
        let given = |result: Run<()>| result.map(|()| Some(None));
        match name {
            "shouldprocess" => {
                let yes = match args.len() {
                    1 => self.should_process(&text(0), title, impact),
                    2 => self.should_process(&text(0), &text(1), impact),
                    _ => self.should_process_text(&text(0), &text(1), &text(2), impact),
                };
                yes.map_err(|flow| calling("ShouldProcess", args.len(), flow))
                    .map(|yes| Some(Some(Value::Bool(yes))))
            }
            "shouldcontinue" => {
                let yes = self.should_continue(&text(0), &text(1));
                yes.map_err(|flow| calling("ShouldContinue", args.len(), flow))
                    .map(|yes| Some(Some(Value::Bool(yes))))
            }
            "writeerror" => match args.first() {
                Some(Value::Error(record)) => given(self.write_error(raised_anew(record))),
                _ => Ok(Some(None)),
            },
            "throwterminatingerror" => match args.first() {
                Some(Value::Error(record)) => {
                    let record = raised_anew(record);
                    self.locate(&record);
                    Err(Flow::Error {
                        record,
                        fatal: false,
                    })
                }
                _ => Ok(Some(None)),
            },
            "writewarning" => given(self.write_warning(&text(0))),
            "writeverbose" => given(self.write_verbose(&text(0))),
            "writedebug" => given(self.write_debug(&text(0))),
            "writeinformation" => {
                given(self.write_information(args.first().cloned().unwrap_or_default(), &[]))
            }
            _ => Ok(None),
        }
    }

    /// A method of `$Host.UI`.
    fn ui_method(&mut self, name: &str, args: &[Value]) -> Run<Option<Option<Value>>> {
        let text = |index: usize| args.get(index).map(convert::to_text).unwrap_or_default();
        match name {
            "writeline" => {
                self.say(&format!("{}\n", text(args.len().saturating_sub(1))));
                Ok(Some(None))
            }
            "write" => {
                self.say(&text(args.len().saturating_sub(1)));
                Ok(Some(None))
            }
            "writewarningline" => self.write_warning(&text(0)).map(|()| Some(None)),
            "writeverboseline" => self.write_verbose(&text(0)).map(|()| Some(None)),
            "writeerrorline" => {
                self.ui
                    .write(crate::runtime::ui::Stream::Error, &format!("{}\n", text(0)));
                Ok(Some(None))
            }
            "readline" => match self
                .ui()
                .can_prompt()
                .then(|| self.ui().read_line(""))
                .flatten()
            {
                Some(line) => Ok(Some(Some(Value::str(line)))),
                None => Err(Flow::error(self.nobody_answers())),
            },
            "promptforchoice" => {
                let items = args
                    .get(2)
                    .map(|value| elements(value).unwrap_or_else(|| vec![value.clone()]));
                let mut choices = Vec::new();
                for item in items.unwrap_or_default() {
                    choices.push(self.choice(&item)?);
                }
                // -1: no answer is taken for granted.
                let default = match args.get(3) {
                    Some(value) => convert::to_usize(value).ok(),
                    None => Some(0),
                };
                let picked = self.prompt_for_choice(&text(0), &text(1), &choices, default)?;
                Ok(Some(Some(Value::int(i32::try_from(picked).unwrap_or(0)))))
            }
            _ => Ok(None),
        }
    }

    /// A choice of `PromptForChoice`: a text, or an object with Label and HelpMessage.
    fn choice(&mut self, item: &Value) -> Run<Choice> {
        let label = self
            .property(item, "Label")?
            .map_or_else(|| convert::to_text(item), |value| convert::to_text(&value));
        let help = self
            .property(item, "HelpMessage")?
            .map(|value| convert::to_text(&value))
            .unwrap_or_default();
        Ok(Choice { label, help })
    }
}

/// The failure of a method that was called from a script.
pub(in crate::runtime) fn calling(method: &str, count: usize, flow: Flow) -> Flow {
    let Flow::Error { record, .. } = flow else {
        return flow;
    };
    let message = format!(
        "Exception calling \"{method}\" with \"{count}\" argument(s): \"{}\"",
        record.exception.message
    );
    let cause = record.exception.clone();
    let id = cause
        .type_name
        .rsplit('.')
        .next()
        .unwrap_or_default()
        .to_owned();
    let made = ErrorRecord::new(
        "System.Management.Automation.MethodInvocationException",
        &id,
        ErrorCategory::NotSpecified,
        message,
    );
    Flow::error(made.with_inner(Exception { ..cause }))
}

/// A record as it is raised now: made by a script it has no place yet; caught before, it keeps the place it had.
fn raised_anew(record: &Rc<ErrorRecord>) -> Rc<ErrorRecord> {
    record.clone()
}
