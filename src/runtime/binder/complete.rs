//! What is still missing after the command line: which set is meant, and mandatory values, asked for when a person can answer.

use std::rc::Rc;

use super::arguments::Given;
use super::signature::{Parameter, ParameterKind};
use super::{Binder, Bound, binding_record, is_collection};
use crate::runtime::error::ErrorRecord;
use crate::runtime::flow::{Flow, Run};
use crate::runtime::names::same_name;
use crate::runtime::types::credential;
use crate::runtime::types::secure_string::SecureString;
use crate::runtime::value::Value;

impl Binder<'_> {
    /// Chooses the set as far as it can be chosen and sees to mandatory values.
    pub(in crate::runtime) fn complete(&mut self, bound: &mut Bound) -> Run<()> {
        let sets = bound.sets.clone();
        let missing: Vec<(Rc<str>, Vec<usize>)> = sets
            .iter()
            .map(|set| (set.clone(), self.missing_in(set, bound)))
            .collect();
        let whole: Vec<&Rc<str>> = missing
            .iter()
            .filter(|(_, list)| list.is_empty())
            .map(|(set, _)| set)
            .collect();
        if self.expects_input {
            // An object may still decide; sets that need what no object can bring are out.
            if !whole.is_empty() {
                bound.sets = whole.into_iter().cloned().collect();
                return Ok(());
            }
            let set = self.set_to_ask_for(&missing)?;
            return self.ask_for(&set, bound);
        }
        let is_default = |set: &&&Rc<str>| same_name(set, &self.signature.default_set);
        if let Some(set) = whole.iter().find(is_default).or_else(|| {
            if whole.len() == 1 {
                whole.first()
            } else {
                None
            }
        }) {
            bound.sets = vec![(*set).clone()];
            return Ok(());
        }
        if whole.len() > 1 {
            // Several sets are whole: the one whose mandatory values were given says more than the others.
            let telling: Vec<&&Rc<str>> =
                whole.iter().filter(|set| self.has_mandatory(set)).collect();
            if let [only] = telling.as_slice() {
                bound.sets = vec![(**only).clone()];
                return Ok(());
            }
            return Err(self.no_set());
        }
        let set = self.set_to_ask_for(&missing)?;
        self.ask_for(&set, bound)
    }

    fn has_mandatory(&self, set: &str) -> bool {
        self.signature.parameters.iter().any(|p| {
            p.in_set(set)
                .is_some_and(|s| s.mandatory && s.set.is_some())
        })
    }

    /// Mandatory parameters of a set without a value that no object can bring.
    fn missing_in(&self, set: &str, bound: &Bound) -> Vec<usize> {
        let is_missing = |(index, parameter): &(usize, &Parameter)| {
            !bound.given[*index]
                && parameter.in_set(set).is_some_and(|s| {
                    s.mandatory && !(self.expects_input && (s.by_value || s.by_property_name))
                })
        };
        self.signature
            .parameters
            .iter()
            .enumerate()
            .filter(is_missing)
            .map(|(index, _)| index)
            .collect()
    }

    /// The set whose missing values are asked for: the default, or the only one.
    fn set_to_ask_for(&self, missing: &[(Rc<str>, Vec<usize>)]) -> Run<Rc<str>> {
        let default = missing
            .iter()
            .find(|(set, _)| same_name(set, &self.signature.default_set));
        match (default, missing) {
            (Some((set, _)), _) | (None, [(set, _)]) => Ok(set.clone()),
            _ => Err(self.no_set()),
        }
    }

    /// Asks for the missing values of a set.
    fn ask_for(&mut self, set: &Rc<str>, bound: &mut Bound) -> Run<()> {
        bound.sets = vec![set.clone()];
        let missing = self.missing_in(set, bound);
        if missing.is_empty() {
            return Ok(());
        }
        if !self.shell.ui.can_prompt() {
            let names: Vec<&str> = missing
                .iter()
                .map(|&index| &*self.signature.parameters[index].name)
                .collect();
            let record = binding_record(
                "MissingMandatoryParameter",
                format!(
                    "Cannot process command because of one or more missing mandatory parameters: {}.",
                    names.join(" ")
                ),
            );
            return Err(self.shell.command_error(record));
        }
        let position = self
            .shell
            .frames
            .last()
            .map_or(1, |frame| frame.pipeline_position);
        let mut head = format!(
            "\ncmdlet {} at command pipeline position {position}\nSupply values for the following parameters:\n",
            self.shell.context.activity
        );
        if missing
            .iter()
            .any(|&index| !self.signature.parameters[index].help_message.is_empty())
        {
            head.push_str("(Type !? for Help.)\n");
        }
        self.shell.say(&head);
        let mut answers = Vec::new();
        for &index in &missing {
            answers.push((index, self.ask(index)?));
        }
        for (index, value) in answers {
            let given = Given {
                value,
                text: None,
                span: self.shell.at,
            };
            let value = match self.converted(index, given.value) {
                Ok(value) => value,
                Err(record) => return Err(self.shell.command_error(record)),
            };
            if let Err(flow) = self.check(index, &value) {
                if let Flow::Error { record, .. } = &flow {
                    self.shell.locate(record);
                }
                return Err(flow);
            }
            bound.slots[index] = Some(value);
            bound.given[index] = true;
        }
        Ok(())
    }

    /// Asks for one parameter's value.
    fn ask(&mut self, index: usize) -> Run<Value> {
        let parameter = &self.signature.parameters[index];
        let is_list = is_collection(parameter) && element_type(parameter) != "System.Object";
        if !is_list {
            return self
                .ask_once(index, &format!("{}: ", parameter.name))
                .map(Option::unwrap_or_default);
        }
        let name = parameter.name.clone();
        let mut items = Vec::new();
        loop {
            match self.ask_once(index, &format!("{name}[{}]: ", items.len()))? {
                Some(Value::Str(text)) if text.is_empty() => break,
                Some(value) => items.push(value),
                None => break,
            }
        }
        Ok(Value::array(items))
    }

    /// One line of an answer, asked again while it is `!?` or no number or date where one is wanted.
    fn ask_once(&mut self, index: usize, prompt: &str) -> Run<Option<Value>> {
        let ui = self.shell.ui();
        let parameter = &self.signature.parameters[index];
        let wanted = element_type(parameter);
        if wanted == "System.Security.SecureString" {
            let text = ui.read_secret(prompt).ok_or_else(|| self.nobody())?;
            return Ok(Some(SecureString::value(&text)));
        }
        if wanted == "System.Management.Automation.PSCredential" {
            let user = ui.read_line("User: ").ok_or_else(|| self.nobody())?;
            let question = format!("Password for user {user}: ");
            let password = ui.read_secret(&question).ok_or_else(|| self.nobody())?;
            return Ok(Some(credential::PsCredential::value(
                &user,
                &SecureString::value(&password),
            )));
        }
        loop {
            let Some(text) = ui.read_line(prompt) else {
                return Err(self.nobody());
            };
            if text == "!?" {
                let help = match &*parameter.help_message {
                    "" => "No help is available for this parameter.".to_owned(),
                    help => help.to_owned(),
                };
                self.shell.say(&format!("{help}\n"));
                continue;
            }
            let typed = matches!(
                wanted.as_str(),
                "System.Int32"
                    | "System.Int64"
                    | "System.Double"
                    | "System.DateTime"
                    | "System.TimeSpan"
                    | "System.Byte"
            );
            if typed && !text.is_empty() {
                let value = Value::str(&text);
                if crate::runtime::convert::to_type(
                    &value,
                    crate::runtime::types::TypeRef::named(&wanted),
                )
                .is_err()
                {
                    self.shell.say(&format!(
                        "Cannot recognize \"{text}\" as a {wanted} due to a format error.\n"
                    ));
                    continue;
                }
            }
            return Ok(Some(Value::str(text)));
        }
    }

    fn nobody(&self) -> Flow {
        let record: ErrorRecord = self.shell.nobody_answers();
        self.shell.command_error(record)
    }
}

/// Full name of the type of one value.
fn element_type(parameter: &Parameter) -> String {
    match &parameter.kind {
        ParameterKind::Field(spec, _) => spec.name.to_owned(),
        ParameterKind::Script(types) => types
            .last()
            .map_or("System.Object", |ty| {
                ty.element().unwrap_or(*ty).full_name()
            })
            .to_owned(),
    }
}
