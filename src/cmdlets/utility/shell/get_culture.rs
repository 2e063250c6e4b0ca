use crate::cmdlet;
use crate::runtime::Run;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::{TypeRef, members};

cmdlet! {
    /// Gives the language and place whose forms dates and numbers have.
    pub struct GetCulture("Get", "Culture").module("Microsoft.PowerShell.Utility") {
    }
    example "(Get-Culture).Name" => "Gives en-US.";
}

impl Cmdlet for GetCulture {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let culture = members::get_static(
            TypeRef::named("System.Globalization.CultureInfo"),
            "CurrentCulture",
        )?;
        cx.write(culture.unwrap_or_default())
    }
}
