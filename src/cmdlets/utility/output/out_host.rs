use crate::cmdlet;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::{Run, Value};

cmdlet! {
    /// Shows objects on the screen.
    pub struct OutHost("Out", "Host").aliases(&["oh"]).module("Microsoft.PowerShell.Core") {
        /// Shows a screen at a time; the terminal's own scrolling serves here.
        paging: bool = param("Paging"),
        /// The objects.
        input_object: Option<Value> = param("InputObject").by_value(),
    }
    example "Get-Date | Out-Host" => "Shows the date.";
}

impl Cmdlet for OutHost {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        match &self.input_object {
            Some(object) => cx.shell.show(object.clone()),
            None => Ok(()),
        }
    }
}
