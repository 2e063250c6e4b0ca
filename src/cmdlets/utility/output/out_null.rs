use crate::cmdlet;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::{Run, Value};

cmdlet! {
    /// Throws objects away.
    pub struct OutNull("Out", "Null").module("Microsoft.PowerShell.Core") {
        /// The objects.
        input_object: Option<Value> = param("InputObject").by_value(),
    }
    example "$list = New-Object System.Collections.ArrayList; $list.Add('a') | Out-Null" => "Keeps the answer of Add off the screen.";
}

impl Cmdlet for OutNull {
    type State = ();

    fn process(&self, _state: &mut (), _cx: &mut Cx<'_>) -> Run<()> {
        Ok(())
    }
}
