use crate::cmdlet;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::{Run, Value};

cmdlet! {
    /// Shows objects on the screen, as the end of every pipeline does.
    pub struct OutDefault("Out", "Default").module("Microsoft.PowerShell.Core") {
        /// Keeps the objects in the transcript only; there is no difference here.
        transcript: bool = param("Transcript"),
        /// The objects.
        input_object: Option<Value> = param("InputObject").by_value(),
    }
    example "'text' | Out-Default" => "Shows a text.";
}

impl Cmdlet for OutDefault {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        match &self.input_object {
            Some(object) => cx.shell.show(object.clone()),
            None => Ok(()),
        }
    }
}
