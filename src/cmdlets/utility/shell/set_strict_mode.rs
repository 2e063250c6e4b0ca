use crate::cmdlet;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::error::{ErrorCategory, ErrorRecord};
use crate::runtime::{Run, Value, convert};

cmdlet! {
    /// Makes mistakes errors that would otherwise go unseen: variables and properties that do not exist.
    pub struct SetStrictMode("Set", "StrictMode").default_set("Version").module("Microsoft.PowerShell.Core") {
        /// 1.0 for variables, 2.0 for properties too, 3.0 for indices too, or Latest.
        version: Option<Value> = param("Version").aliases(&["v"]).in_sets(&["Version"]).mandatory(),
        /// Lets everything pass again.
        off: bool = param("Off").in_sets(&["Off"]).mandatory(),
    }
    example "Set-StrictMode -Version Latest; Set-StrictMode -Off" => "Switches strictness on and off.";
}

impl Cmdlet for SetStrictMode {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let Some(given) = self.version.as_ref().filter(|_| !self.off) else {
            cx.shell.set_strict(0);
            return Ok(());
        };
        let text = convert::to_text(given);
        let version = match text
            .split('.')
            .next()
            .and_then(|number| number.parse::<u8>().ok())
        {
            Some(number @ 1..=9) => number.min(3),
            _ if text.eq_ignore_ascii_case("Latest") => 3,
            _ => {
                return Err(ErrorRecord::new(
                    "System.Management.Automation.ParameterBindingException",
                    "CannotConvertArgumentNoMessage",
                    ErrorCategory::InvalidArgument,
                    format!("Cannot bind parameter 'Version'. \"{text}\" is no version: give 1.0, 2.0, 3.0 or Latest."),
                )
                .into());
            }
        };
        cx.shell.set_strict(version);
        Ok(())
    }
}
