use crate::cmdlet;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::{Run, TypeRef, Value, convert};

cmdlet! {
    /// Makes a number that nobody else has.
    pub struct NewGuid("New", "Guid").module("Microsoft.PowerShell.Utility") {
        /// Gives the number that is all zeros.
        empty: bool = param("Empty"),
    }
    example "(New-Guid).Guid.Length" => "Makes a GUID and counts its letters.";
}

impl Cmdlet for NewGuid {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let id = if self.empty {
            uuid::Uuid::nil()
        } else {
            uuid::Uuid::new_v4()
        };
        let guid = convert::to_type(&Value::str(id.to_string()), TypeRef::named("System.Guid"));
        cx.write(guid.map_err(crate::runtime::ErrorRecord::from)?)
    }
}
