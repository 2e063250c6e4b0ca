use crate::cmdlet;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::{Run, Value};

cmdlet! {
    /// Sends objects to the next command, or to the screen when there is none.
    pub struct WriteOutput("Write", "Output").aliases(&["echo", "write"]).module("Microsoft.PowerShell.Utility") {
        /// The objects. A collection is sent element by element.
        input_object: Vec<Value> = param("InputObject").position(0).by_value().remaining().allow_empty(),
        /// Sends a collection as one object.
        no_enumerate: bool = param("NoEnumerate"),
    }
    example "Write-Output 'one','two' | ForEach-Object { $_.Length }" => "Sends two texts down the pipeline.";
}

impl Cmdlet for WriteOutput {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        if self.no_enumerate {
            return match self.input_object.as_slice() {
                [one] => cx.write(one.clone()),
                many => cx.write(many.to_vec()),
            };
        }
        self.input_object
            .iter()
            .try_for_each(|object| cx.write(object.clone()))
    }
}
