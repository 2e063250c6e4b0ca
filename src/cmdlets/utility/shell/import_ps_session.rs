use crate::cmdlet;
use crate::runtime::Run;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;

cmdlet! {
    /// Answers scripts that import the cmdlets of an Exchange session: they are already here.
    pub struct ImportPsSession("Import", "PSSession").aliases(&["ipsn"]).module("Microsoft.PowerShell.Utility") {
        /// The session.
        session: crate::runtime::Value = param("Session").position(0),
        /// Which commands; all are here.
        command: Option<Vec<String>> = param("CommandName").position(1).aliases(&["Name"]),
        /// Replaces commands of the same name; nothing is replaced.
        clobber: bool = param("AllowClobber"),
        /// Says nothing of unusual verbs.
        checking: bool = param("DisableNameChecking"),
        /// A word before the nouns; they do not change.
        prefix: Option<String> = param("Prefix"),
    }
    example "$session = New-PSSession -ConfigurationName Microsoft.Exchange; Import-PSSession $session -AllowClobber -Verbose" => "Says that the cmdlets are here.";
}

impl Cmdlet for ImportPsSession {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        cx.verbose("The Exchange migration cmdlets are built in; nothing was imported.")
    }
}
