use crate::cmdlet;
use crate::runtime::Run;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;

cmdlet! {
    /// Answers scripts that leave Exchange: there is nothing to leave.
    pub struct DisconnectExchangeOnline("Disconnect", "ExchangeOnline").module("ExchangePowerShell") {
    }
    example "Disconnect-ExchangeOnline" => "Does nothing.";
}

impl Cmdlet for DisconnectExchangeOnline {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        cx.verbose("There is no connection to close.")
    }
}
