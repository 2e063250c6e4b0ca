use crate::cmdlet;
use crate::runtime::Run;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::error::{ErrorCategory, ErrorRecord};
use crate::runtime::{PsObject, Value};

cmdlet! {
    /// Answers scripts that open a session with Exchange: the cmdlets are already here.
    ///
    /// The session it gives is good for Import-PSSession and Remove-PSSession. Other machines are out of reach.
    pub struct NewPsSession("New", "PSSession").aliases(&["nsn"]).module("Microsoft.PowerShell.Core") {
        /// Microsoft.Exchange.
        configuration: Option<String> = param("ConfigurationName"),
        /// Where the service would be.
        uri: Option<String> = param("ConnectionUri").aliases(&["URI", "CU"]),
        /// The password that would be used; it is not looked at.
        credential: Option<crate::runtime::Value> = param("Credential"),
        /// How one would sign in.
        authentication: Option<String> = param("Authentication"),
        /// Whether other addresses would be followed.
        redirection: bool = param("AllowRedirection"),
        /// The name of the session.
        name: Option<String> = param("Name"),
        /// Settings of the session.
        option: Option<crate::runtime::Value> = param("SessionOption"),
    }
    refused "ComputerName" => "other machines are out of reach; the migration cmdlets work where this shell runs";
    example "New-PSSession -ConfigurationName Microsoft.Exchange -ConnectionUri https://ps.outlook.com/powershell/ -Authentication Basic -AllowRedirection | Select-Object State" => "Gives a session with what is here.";
}

impl Cmdlet for NewPsSession {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let configuration = self
            .configuration
            .as_deref()
            .unwrap_or("Microsoft.Exchange");
        if !configuration.eq_ignore_ascii_case("Microsoft.Exchange") {
            return Err(ErrorRecord::new(
                "System.Management.Automation.Remoting.PSRemotingTransportException",
                "RemoteSessionNotSupported",
                ErrorCategory::OpenError,
                format!("A session of the kind '{configuration}' cannot be opened: other machines are out of reach. For Exchange, no session is needed."),
            )
            .into());
        }
        cx.verbose("The Exchange migration cmdlets are built in; nothing was contacted.")?;
        cx.write(PsObject::view(
            "System.Management.Automation.Runspaces.PSSession",
            vec![
                ("Id", Value::int(1)),
                (
                    "Name",
                    Value::str(self.name.as_deref().unwrap_or("Session1")),
                ),
                ("ComputerName", Value::str("localhost")),
                ("State", Value::str("Opened")),
                ("ConfigurationName", Value::str(configuration)),
                ("Availability", Value::str("Available")),
            ],
        ))
    }
}
