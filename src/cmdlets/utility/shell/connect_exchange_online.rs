use crate::cmdlet;
use crate::runtime::Run;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;

cmdlet! {
    /// Answers scripts that connect to Exchange: the cmdlets are already here.
    ///
    /// Nothing is contacted. Mailboxes and migrations are those of this machine.
    pub struct ConnectExchangeOnline("Connect", "ExchangeOnline").aliases(&["Connect-EXO"]).module("ExchangePowerShell") {
        /// Who would sign in; nobody needs to.
        user: Option<String> = param("UserPrincipalName"),
        /// The password that would be used; it is not looked at.
        credential: Option<crate::runtime::Value> = param("Credential"),
        /// Whether a banner shows; there is none.
        banner: Option<bool> = param("ShowBanner"),
        /// Whether progress shows; there is none.
        progress: Option<bool> = param("ShowProgress"),
        /// Where the service would be.
        uri: Option<String> = param("ConnectionUri"),
        /// The organization.
        organization: Option<String> = param("Organization"),
        /// The application that would sign in.
        app: Option<String> = param("AppId"),
        /// The certificate that would be used.
        thumbprint: Option<String> = param("CertificateThumbprint"),
        /// A word before the nouns; they do not change.
        prefix: Option<String> = param("Prefix"),
        /// Which cloud.
        environment: Option<String> = param("ExchangeEnvironmentName"),
        /// Signs in by another device; nobody needs to sign in.
        device: bool = param("Device"),
        /// Which protocol would be used.
        url: bool = param("UseRPSSession"),
    }
    example "Connect-ExchangeOnline -ShowBanner:$false" => "Does nothing: the cmdlets are here.";
}

impl Cmdlet for ConnectExchangeOnline {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        cx.verbose("The Exchange migration cmdlets are built in; nothing was contacted.")
    }
}
