use crate::cmdlet;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::{Run, Value};

cmdlet! {
    /// Writes to the information stream.
    ///
    /// It shows when $InformationPreference or -InformationAction is Continue; -InformationVariable keeps it.
    pub struct WriteInformation("Write", "Information").module("Microsoft.PowerShell.Utility") {
        /// What to write.
        message: Value = param("MessageData").position(0).aliases(&["Msg", "Message"]).by_value(),
        /// Words by which receivers can choose.
        tags: Option<Vec<String>> = param("Tags").position(1),
    }
    example "Write-Information 'Endpoint saved.' -InformationAction Continue" => "Writes a line and shows it.";
}

impl Cmdlet for WriteInformation {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let tags: Vec<&str> = self.tags.iter().flatten().map(String::as_str).collect();
        cx.information(self.message.clone(), &tags)
    }
}
