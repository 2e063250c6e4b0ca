//! The parameters a script declares: its `param` block read into a [`Signature`].

use std::rc::Rc;

use super::param_fields;
use super::signature::{InSet, Parameter, ParameterKind, Signature, Validation};
use crate::language::ast::{self, Attribute, Expr, NamedArgument, ParamBlock};
use crate::runtime::cmdlet::Impact;
use crate::runtime::convert;
use crate::runtime::flow::Run;
use crate::runtime::names::same_name;
use crate::runtime::scriptblock::ScriptBlock;
use crate::runtime::shell::Shell;
use crate::runtime::types::names;
use crate::runtime::value::Value;

impl Shell {
    /// What a script block takes; read once.
    ///
    /// # Errors
    /// An attribute or a type that is not known, or an attribute's argument that fails.
    pub fn signature_of(&mut self, block: &ScriptBlock) -> Run<Rc<Signature>> {
        if let Some(signature) = block.signature.get() {
            return Ok(signature.clone());
        }
        let signature = Rc::new(match &block.ast.params {
            Some(params) => self.read_params(params)?,
            None => Signature {
                parameters: Vec::new(),
                default_set: Rc::from(""),
                advanced: false,
                should_process: false,
                impact: Impact::Medium,
            },
        });
        Ok(block.signature.get_or_init(|| signature).clone())
    }

    fn read_params(&mut self, params: &ParamBlock) -> Run<Signature> {
        let mut signature = Signature {
            parameters: Vec::new(),
            default_set: Rc::from(""),
            advanced: false,
            should_process: false,
            impact: Impact::Medium,
        };
        let mut positional = true;
        for attribute in &params.attributes {
            match short_name(attribute).as_str() {
                "cmdletbinding" => {
                    signature.advanced = true;
                    for argument in &attribute.named {
                        let value = self.argument(argument)?;
                        match argument.name.to_ascii_lowercase().as_str() {
                            "supportsshouldprocess" => {
                                signature.should_process = convert::to_bool(&value)
                            }
                            "defaultparametersetname" => {
                                signature.default_set = convert::to_rc_text(&value)
                            }
                            "positionalbinding" => positional = convert::to_bool(&value),
                            "confirmimpact" => signature.impact = impact(&convert::to_text(&value)),
                            _ => {}
                        }
                    }
                }
                // They say something to readers and tools and change nothing here.
                "alias"
                | "outputtype"
                | "suppressmessage"
                | "validatescript"
                | "diagnostics.codeanalysis.suppressmessage" => {}
                _ => return Err(names::not_found(&attribute.name.to_string()).into()),
            }
        }
        for parameter in &params.parameters {
            let read = self.read_parameter(parameter)?;
            signature.parameters.push(read);
        }
        signature.advanced |= params
            .parameters
            .iter()
            .any(|p| p.attributes.iter().any(|a| short_name(a) == "parameter"));
        let placed = signature
            .parameters
            .iter()
            .any(|p| p.sets.iter().any(|set| set.position.is_some()));
        if positional && !placed {
            let places = signature
                .parameters
                .iter_mut()
                .filter(|p| !p.is_switch())
                .zip(0..);
            for (parameter, place) in places {
                for set in &mut parameter.sets {
                    set.position = Some(place);
                }
            }
        }
        Ok(signature)
    }

    fn read_parameter(&mut self, declared: &ast::Parameter) -> Run<Parameter> {
        let types = declared
            .types
            .iter()
            .map(names::resolve)
            .collect::<Result<Vec<_>, _>>()?;
        let mut parameter = Parameter {
            name: declared.name.name.clone(),
            aliases: Vec::new(),
            kind: ParameterKind::Script(types),
            sets: Vec::new(),
            help_message: Rc::from(""),
            validations: Vec::new(),
            allow_null: false,
            allow_empty_string: false,
            allow_empty_collection: false,
            hidden: false,
            refused: "",
        };
        for attribute in &declared.attributes {
            self.read_attribute(&mut parameter, attribute)?;
        }
        if parameter.sets.is_empty() {
            parameter.sets.push(InSet::default());
        }
        Ok(parameter)
    }

    fn read_attribute(&mut self, parameter: &mut Parameter, attribute: &Attribute) -> Run<()> {
        match short_name(attribute).as_str() {
            "parameter" => {
                let set = self.read_set(parameter, &attribute.named)?;
                parameter.sets.push(set);
            }
            "alias" => {
                let names = self.arguments(&attribute.positional)?;
                parameter
                    .aliases
                    .extend(flat(&names).iter().map(convert::to_rc_text));
            }
            "allownull" => parameter.allow_null = true,
            "allowemptystring" => parameter.allow_empty_string = true,
            "allowemptycollection" => parameter.allow_empty_collection = true,
            "supportswildcards"
            | "psdefaultvalue"
            | "argumentcompleter"
            | "argumentcompletions"
            | "credential"
            | "pscredential"
            | "dontshow"
            | "suppressmessage"
            | "diagnostics.codeanalysis.suppressmessage" => {}
            _ => match self.read_validation(attribute)? {
                Some(rule) => parameter.validations.push(rule),
                None => return Err(names::not_found(&attribute.name.to_string()).into()),
            },
        }
        Ok(())
    }

    fn read_set(&mut self, parameter: &mut Parameter, named: &[NamedArgument]) -> Run<InSet> {
        let mut set = InSet::default();
        for argument in named {
            let value = self.argument(argument)?;
            let on = || convert::to_bool(&value);
            match argument.name.to_ascii_lowercase().as_str() {
                "mandatory" => set.mandatory = on(),
                "position" => set.position = convert::to_i32(&value).ok(),
                "parametersetname" => set.set = Some(convert::to_rc_text(&value)),
                "valuefrompipeline" => set.by_value = on(),
                "valuefrompipelinebypropertyname" => set.by_property_name = on(),
                "valuefromremainingarguments" => set.remaining = on(),
                "helpmessage" => parameter.help_message = convert::to_rc_text(&value),
                "dontshow" => parameter.hidden = on(),
                _ => {}
            }
        }
        if set
            .set
            .as_deref()
            .is_some_and(|name| same_name(name, super::signature::ALL_SETS))
        {
            set.set = None;
        }
        Ok(set)
    }

    /// The rule of a validation attribute; `None` when it is none.
    pub(in crate::runtime) fn read_validation(
        &mut self,
        attribute: &Attribute,
    ) -> Run<Option<Validation>> {
        let name = short_name(attribute);
        if !name.starts_with("validate") {
            return Ok(None);
        }
        if name == "validatescript" {
            return Ok(attribute
                .positional
                .first()
                .and_then(|expr| match &expr.kind {
                    ast::ExprKind::ScriptBlock(block) => {
                        Some(Validation::Script(self.script_block(block)))
                    }
                    _ => None,
                }));
        }
        let values = flat(&self.arguments(&attribute.positional)?);
        let mut ignore_case = true;
        for argument in &attribute.named {
            if argument.name.eq_ignore_ascii_case("IgnoreCase") {
                ignore_case = convert::to_bool(&self.argument(argument)?);
            }
        }
        let size = |index: usize| {
            values
                .get(index)
                .and_then(|value| convert::to_usize(value).ok())
                .unwrap_or(usize::MAX)
        };
        let at = |index: usize| values.get(index).cloned().unwrap_or_default();
        Ok(Some(match name.as_str() {
            "validateset" => Validation::Set(
                values.iter().map(convert::to_rc_text).collect(),
                ignore_case,
            ),
            "validaterange" => {
                named_range(&at(0)).unwrap_or_else(|| Validation::Range(at(0), at(1)))
            }
            "validatelength" => Validation::Length(size(0), size(1)),
            "validatecount" => Validation::Count(size(0), size(1)),
            "validatepattern" => Validation::Pattern(convert::to_rc_text(&at(0)), ignore_case),
            "validatenotnullorempty" | "validatenotnullorwhitespace" => Validation::NotNullOrEmpty,
            "validatenotnull" => Validation::NotNull,
            _ => return Ok(None),
        }))
    }

    fn arguments(&mut self, exprs: &[Expr]) -> Run<Vec<Value>> {
        exprs.iter().map(|expr| self.expr(expr)).collect()
    }

    /// The value of a named argument; alone it means true.
    fn argument(&mut self, argument: &NamedArgument) -> Run<Value> {
        match &argument.value {
            Some(expr) => self.expr(expr),
            None => Ok(Value::Bool(true)),
        }
    }
}

/// The attribute's name in lower case without namespace of the shell and without `Attribute`.
fn short_name(attribute: &Attribute) -> String {
    let name = attribute.name.base_name().to_ascii_lowercase();
    let name = name.strip_prefix("system.").unwrap_or(&name);
    let name = name.strip_prefix("management.automation.").unwrap_or(name);
    name.strip_suffix("attribute").unwrap_or(name).to_owned()
}

/// Values with arrays among them taken apart.
fn flat(values: &[Value]) -> Vec<Value> {
    values
        .iter()
        .flat_map(|value| {
            crate::runtime::enumerate::elements(value).unwrap_or_else(|| vec![value.clone()])
        })
        .collect()
}

/// `[ValidateRange('Positive')]`.
fn named_range(value: &Value) -> Option<Validation> {
    const KINDS: [&str; 4] = ["Positive", "NonNegative", "Negative", "NonPositive"];
    let Value::Str(_) = value else { return None };
    let (low, high) = match param_fields::word_index(value, "ValidateRangeKind", &KINDS).ok()? {
        0 => (1, i64::MAX),
        1 => (0, i64::MAX),
        2 => (i64::MIN, -1),
        _ => (i64::MIN, 0),
    };
    Some(Validation::Range(Value::long(low), Value::long(high)))
}

fn impact(word: &str) -> Impact {
    match word.to_ascii_lowercase().as_str() {
        "none" => Impact::None,
        "low" => Impact::Low,
        "high" => Impact::High,
        _ => Impact::Medium,
    }
}
