use crate::cmdlet;
use crate::runtime::Run;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::error::{ErrorCategory, ErrorRecord};

use super::modules::find;

cmdlet! {
    /// Answers scripts that install the module of Exchange: it is built in. Other modules cannot be installed.
    pub struct InstallModule("Install", "Module").module("PowerShellGet") {
        /// The modules.
        name: Vec<String> = param("Name").position(0).by_value().by_property_name(),
        /// For whom.
        scope: Option<String> = param("Scope"),
        /// Does not ask.
        force: bool = param("Force"),
        /// Replaces commands of the same name; nothing is replaced.
        clobber: bool = param("AllowClobber"),
        /// Where the module would come from.
        repository: Option<String> = param("Repository"),
        /// The version asked for; the one built in is taken.
        version: Option<String> = param("RequiredVersion").aliases(&["MinimumVersion", "MaximumVersion"]),
        /// Does not look at who made it.
        skip: bool = param("SkipPublisherCheck"),
    }
    example "Install-Module ExchangeOnlineManagement -Force" => "Does nothing: the module is built in.";
}

impl Cmdlet for InstallModule {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        for name in &self.name {
            match find(name) {
                Some(_) => cx.verbose(&format!("The module '{name}' is built in."))?,
                None => cx.error(unknown(name))?,
            }
        }
        Ok(())
    }
}

fn unknown(name: &str) -> ErrorRecord {
    ErrorRecord::new(
        "System.Exception",
        "NoMatchFoundForCriteria",
        ErrorCategory::ObjectNotFound,
        format!("The module '{name}' cannot be installed: this shell takes no modules from outside."),
    )
    .with_target(name)
    .with_recommendation("The cmdlets of the core and of Exchange migration are built in. A script file of functions is read with Import-Module.")
}
