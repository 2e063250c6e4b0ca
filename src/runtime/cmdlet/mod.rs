//! How a cmdlet is declared: one text yields the typed arguments, the metadata, and the binder's part.

pub(super) mod confirm;
pub mod cx;
pub(super) mod ps_cmdlet;
pub mod registry;

use crate::runtime::convert::ConvertError;
use crate::runtime::flow::Run;
use crate::runtime::param::ParamMeta;
use crate::runtime::value::Value;
use cx::Cx;

/// What a cmdlet does. `self` holds the arguments bound for the current pipeline object.
pub trait Cmdlet: Declared + 'static {
    /// What is kept between pipeline objects.
    type State: Default;

    /// Before the first object.
    ///
    /// # Errors
    /// A terminating error, or a control flow that passes through.
    fn begin(&self, _state: &mut Self::State, _cx: &mut Cx<'_>) -> Run<()> {
        Ok(())
    }

    /// For each object; once when nothing is piped in.
    ///
    /// # Errors
    /// As [`Cmdlet::begin`].
    fn process(&self, state: &mut Self::State, cx: &mut Cx<'_>) -> Run<()>;

    /// After the last object. `self` holds the arguments bound last.
    ///
    /// # Errors
    /// As [`Cmdlet::begin`].
    fn end(&self, _state: &mut Self::State, _cx: &mut Cx<'_>) -> Run<()> {
        Ok(())
    }
}

/// The declared part of a cmdlet; written by the [`cmdlet!`](crate::cmdlet) macro, never by hand.
pub trait Declared: Sized {
    /// Name, parameters, help.
    const META: CmdletMeta;

    /// Makes the arguments of what was bound, one slot a parameter in the order of `META.params`.
    ///
    /// # Errors
    /// The index of the parameter, and `Some` error when its value does not convert or `None` when it is missing.
    fn build(slots: &[Option<Value>]) -> Result<Self, (usize, Option<ConvertError>)>;

    /// Replaces one argument (pipeline binding of the next object); `None` resets it to absent.
    ///
    /// # Errors
    /// As [`Declared::build`].
    fn set(
        &mut self,
        index: usize,
        value: Option<Value>,
    ) -> Result<(), (usize, Option<ConvertError>)>;
}

/// The metadata of a cmdlet. Everything that knows cmdlets reads this.
#[derive(Clone, Copy)]
pub struct CmdletMeta {
    /// For example `New`.
    pub verb: &'static str,
    /// For example `MigrationBatch`.
    pub noun: &'static str,
    /// The doc comment: its first paragraph is the synopsis, the rest the description.
    pub doc: &'static str,
    /// Parameters in order of declaration, without the common ones.
    pub params: &'static [ParamMeta],
    /// The set used when several fit.
    pub default_set: &'static str,
    /// Whether it takes -WhatIf and -Confirm.
    pub should_process: bool,
    /// How much damage it can do; asks by default when it reaches `$ConfirmPreference`.
    pub confirm_impact: Impact,
    /// Type names of what it writes.
    pub outputs: &'static [&'static str],
    /// Aliases it has from the start.
    pub aliases: &'static [&'static str],
    /// The module `Get-Command` shows as its source.
    pub module: &'static str,
    /// Class name in error ids; empty: made of verb and noun.
    pub class: &'static str,
    /// Examples of its help; each runs as a test.
    pub examples: &'static [Example],
    /// Makes a stage of a pipeline.
    pub start: fn() -> Box<dyn Stage>,
}

/// `ConfirmImpact`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Impact {
    None,
    Low,
    Medium,
    High,
}

/// One example of a cmdlet's help.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// What to type.
    pub code: &'static str,
    /// What it does.
    pub remark: &'static str,
}

impl CmdletMeta {
    /// The metadata before its attributes.
    pub const fn new(
        verb: &'static str,
        noun: &'static str,
        doc: &'static str,
        params: &'static [ParamMeta],
        examples: &'static [Example],
        start: fn() -> Box<dyn Stage>,
    ) -> CmdletMeta {
        CmdletMeta {
            verb,
            noun,
            doc,
            params,
            default_set: "",
            should_process: false,
            confirm_impact: Impact::Medium,
            outputs: &[],
            aliases: &[],
            module: "ExchangePowerShell",
            class: "",
            examples,
            start,
        }
    }

    /// Names the set used when several fit.
    pub const fn default_set(self, set: &'static str) -> CmdletMeta {
        CmdletMeta {
            default_set: set,
            ..self
        }
    }

    /// Takes -WhatIf and -Confirm; asks by itself from this impact on.
    pub const fn should_process(self, impact: Impact) -> CmdletMeta {
        CmdletMeta {
            should_process: true,
            confirm_impact: impact,
            ..self
        }
    }

    /// Names what it writes.
    pub const fn outputs(self, outputs: &'static [&'static str]) -> CmdletMeta {
        CmdletMeta { outputs, ..self }
    }

    /// Gives it aliases.
    pub const fn aliases(self, aliases: &'static [&'static str]) -> CmdletMeta {
        CmdletMeta { aliases, ..self }
    }

    /// Names its module.
    pub const fn module(self, module: &'static str) -> CmdletMeta {
        CmdletMeta { module, ..self }
    }

    /// Names its class in error ids.
    pub const fn class(self, class: &'static str) -> CmdletMeta {
        CmdletMeta { class, ..self }
    }

    /// `Verb-Noun`.
    pub fn name(&self) -> String {
        format!("{}-{}", self.verb, self.noun)
    }

    /// The class in error ids.
    pub fn class_name(&self) -> String {
        if self.class.is_empty() {
            format!(
                "Microsoft.PowerShell.Commands.{}{}Command",
                self.verb, self.noun
            )
        } else {
            self.class.to_owned()
        }
    }

    /// First paragraph of the help.
    pub fn synopsis(&self) -> String {
        paragraphs(self.doc).into_iter().next().unwrap_or_default()
    }

    /// The paragraphs after the synopsis; the synopsis when there are none.
    pub fn description(&self) -> Vec<String> {
        let all = paragraphs(self.doc);
        if all.len() > 1 {
            all[1..].to_vec()
        } else {
            all
        }
    }
}

/// The paragraphs of a doc comment, each as one line.
pub fn paragraphs(doc: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut current = String::new();
    for line in doc.lines().map(str::trim).chain([""]) {
        if line.is_empty() {
            if !current.is_empty() {
                all.push(std::mem::take(&mut current));
            }
        } else {
            if !current.is_empty() {
                current.push(' ');
            }
            current.push_str(line);
        }
    }
    all
}

/// A cmdlet at work in a pipeline, its type erased.
pub trait Stage {
    /// Takes arguments: all of `slots` the first time, those in `changed` (filled or emptied by an object) later.
    ///
    /// # Errors
    /// The parameter that does not convert, or is missing (`None`).
    fn bind(
        &mut self,
        slots: &[Option<Value>],
        changed: &[usize],
    ) -> Result<(), (usize, Option<ConvertError>)>;

    /// Runs `begin` when arguments are bound; otherwise it runs with the first object.
    ///
    /// # Errors
    /// Control flow of the cmdlet.
    fn begin(&mut self, cx: &mut Cx<'_>) -> Run<()>;

    /// Runs `process` with the arguments bound last.
    ///
    /// # Errors
    /// Control flow of the cmdlet.
    fn process(&mut self, cx: &mut Cx<'_>) -> Run<()>;

    /// Runs `end`.
    ///
    /// # Errors
    /// Control flow of the cmdlet.
    fn end(&mut self, cx: &mut Cx<'_>) -> Run<()>;
}

/// Runs a [`Cmdlet`] as a [`Stage`].
pub struct Running<C: Cmdlet> {
    args: Option<C>,
    begun: bool,
    state: C::State,
}

impl<C: Cmdlet> Running<C> {
    /// A stage before its `begin`.
    pub fn boxed() -> Box<dyn Stage> {
        Box::new(Running::<C> {
            args: None,
            begun: false,
            state: C::State::default(),
        })
    }
}

impl<C: Cmdlet> Stage for Running<C> {
    fn bind(
        &mut self,
        slots: &[Option<Value>],
        changed: &[usize],
    ) -> Result<(), (usize, Option<ConvertError>)> {
        match &mut self.args {
            Some(args) => changed
                .iter()
                .try_for_each(|&index| args.set(index, slots[index].clone())),
            None => {
                self.args = Some(C::build(slots)?);
                Ok(())
            }
        }
    }

    fn begin(&mut self, cx: &mut Cx<'_>) -> Run<()> {
        match &self.args {
            Some(args) if !self.begun => {
                self.begun = true;
                args.begin(&mut self.state, cx)
            }
            _ => Ok(()),
        }
    }

    fn process(&mut self, cx: &mut Cx<'_>) -> Run<()> {
        self.begin(cx)?;
        match &self.args {
            Some(args) => args.process(&mut self.state, cx),
            None => Ok(()),
        }
    }

    fn end(&mut self, cx: &mut Cx<'_>) -> Run<()> {
        match &self.args {
            Some(args) if self.begun => args.end(&mut self.state, cx),
            _ => Ok(()),
        }
    }
}

/// Declares a cmdlet: its arguments as a struct, its metadata and its part of the binder.
///
/// ```ignore
/// cmdlet! {
///     /// Creates the connection settings of a server to migrate from.
///     ///
///     /// The server is contacted first; -SkipVerification saves the settings without that.
///     pub struct NewMigrationEndpoint("New", "MigrationEndpoint").default_set("IMAP").should_process(Impact::Low) {
///         /// The name other cmdlets take as -Identity.
///         name: String = param("Name").position(0),
///         /// TCP port; by default the one that goes with -Security.
///         port: Option<Port> = param("Port").in_sets(&["IMAP"]),
///     }
///     refused "Partition" => "it belongs to Exchange's own service";
///     example "New-MigrationEndpoint -IMAP -Name Old -RemoteServer imap.example.net" => "Keeps an endpoint named Old.";
/// }
/// ```
#[macro_export]
macro_rules! cmdlet {
    (
        $(#[doc = $doc:literal])*
        pub struct $name:ident ($verb:literal, $noun:literal) $(. $attribute:ident ( $($argument:expr),* $(,)? ))* {
            $(
                $(#[doc = $field_doc:literal])*
                $field:ident : $ty:ty = param($parameter:literal) $(. $rule:ident ( $($rule_argument:expr),* $(,)? ))*
            ),* $(,)?
        }
        $( refused $refused:literal => $reason:literal; )*
        $( example $code:literal => $remark:literal; )*
    ) => {
        $(#[doc = $doc])*
        pub struct $name {
            $( $(#[doc = $field_doc])* pub $field: $ty, )*
        }

        impl $crate::runtime::cmdlet::Declared for $name {
            const META: $crate::runtime::cmdlet::CmdletMeta = $crate::runtime::cmdlet::CmdletMeta::new(
                $verb,
                $noun,
                concat!($($doc, "\n"),*),
                &[
                    $(
                        $crate::runtime::param::ParamMeta::new(
                            $parameter,
                            concat!($($field_doc, "\n"),*),
                            <$ty as $crate::runtime::param::ParamField>::SPEC,
                            <$ty as $crate::runtime::param::ParamField>::MANDATORY,
                            $crate::runtime::param::check::<$ty>,
                        ) $(. $rule ( $($rule_argument),* ))*,
                    )*
                    $( $crate::runtime::param::ParamMeta::refused($refused, $reason), )*
                ],
                &[ $( $crate::runtime::cmdlet::Example { code: $code, remark: $remark }, )* ],
                $crate::runtime::cmdlet::Running::<$name>::boxed,
            ) $(. $attribute ( $($argument),* ))*;

            #[allow(unused_variables, unused_mut, unused_assignments)]
            fn build(
                slots: &[Option<$crate::runtime::Value>],
            ) -> Result<Self, (usize, Option<$crate::runtime::convert::ConvertError>)> {
                let mut index = 0;
                $(
                    let $field = $crate::runtime::cmdlet::take_slot::<$ty>(slots.get(index).cloned().flatten(), index)?;
                    index += 1;
                )*
                Ok($name { $($field),* })
            }

            #[allow(unused_variables, unused_mut, unused_assignments, clippy::needless_pass_by_ref_mut)]
            fn set(
                &mut self,
                wanted: usize,
                value: Option<$crate::runtime::Value>,
            ) -> Result<(), (usize, Option<$crate::runtime::convert::ConvertError>)> {
                let mut index = 0;
                $(
                    if wanted == index {
                        self.$field = $crate::runtime::cmdlet::take_slot::<$ty>(value, index)?;
                        return Ok(());
                    }
                    index += 1;
                )*
                Ok(())
            }
        }
    };
}

/// The field of a slot; used by the [`cmdlet!`](crate::cmdlet) macro.
///
/// # Errors
/// The slot's index with the conversion error, or with `None` when it is empty and must not be.
pub fn take_slot<T: crate::runtime::param::ParamField>(
    value: Option<Value>,
    index: usize,
) -> Result<T, (usize, Option<ConvertError>)> {
    match value {
        Some(value) => T::from_value(value).map_err(|error| (index, Some(error))),
        None => T::absent().ok_or((index, None)),
    }
}
