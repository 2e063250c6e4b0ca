//! What New-Alias and Set-Alias share.

use crate::runtime::error::{ErrorCategory, ErrorRecord};

/// An alias is not replaced without -Force.
pub(super) fn already_there(name: &str) -> ErrorRecord {
    ErrorRecord::new(
        "System.Management.Automation.SessionStateException",
        "AliasAlreadyExists",
        ErrorCategory::ResourceExists,
        format!(
            "The alias is not allowed, because an alias with the name '{name}' already exists."
        ),
    )
    .with_target(name)
}

/// Declares New-Alias and Set-Alias, which differ in whether an alias that is there is kept.
macro_rules! alias_maker {
    (
        $(#[doc = $doc:literal])*
        $name:ident, $verb:literal, alias $alias:literal, keeps $keeps:literal, example $code:literal
    ) => {
$crate::cmdlet! {
            $(#[doc = $doc])*
    pub struct $name($verb, "Alias").aliases(&[$alias]).should_process(Impact::Low).module("Microsoft.PowerShell.Utility") {
        /// The other name.
        name: String = param("Name").position(0).by_property_name(),
        /// The command.
        value: String = param("Value").position(1).by_property_name().completes("Command"),
        /// What it is for; it is not kept.
        description: Option<String> = param("Description"),
        /// ReadOnly or Constant; aliases can always be changed here.
        option: Option<String> = param("Option"),
        /// Replaces an alias of this name.
        force: bool = param("Force"),
        /// Global, Script, Local, or how many scopes further out.
        scope: Option<String> = param("Scope"),
        /// Gives the alias.
        pass_thru: bool = param("PassThru"),
    }
    example $code => "Gives a cmdlet a short name.";
}

impl Cmdlet for $name {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let about = format!("Name: {} Value: {}", self.name, self.value);
        if !cx.should_process(&about, concat!($verb, " Alias"))? {
            return Ok(());
        }
        let scope = one(self.scope.as_deref().unwrap_or("Local"), cx)?;
        if $keeps && scope.alias(&self.name).is_some() && !self.force {
            return cx.error(already_there(&self.name));
        }
        scope.set_alias(&self.name, &self.value);
        if self.pass_thru {
            cx.write(alias(&self.name, &self.value))
        } else {
            Ok(())
        }
    }
}
    };
}
pub(super) use alias_maker;
