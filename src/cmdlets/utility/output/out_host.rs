use crate::cmdlet;
use crate::format::out_default::Formatter;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::{Run, Value};

cmdlet! {
    /// Shows objects on the screen.
    pub struct OutHost("Out", "Host").aliases(&["oh"]).module("Microsoft.PowerShell.Core") {
        /// Shows a screen at a time.
        paging: bool = param("Paging"),
        /// The objects.
        input_object: Option<Value> = param("InputObject").by_value(),
    }
    example "Get-Date | Out-Host" => "Shows the date.";
}

impl Cmdlet for OutHost {
    type State = Option<Formatter>;

    fn process(&self, formatter: &mut Self::State, cx: &mut Cx<'_>) -> Run<()> {
        match &self.input_object {
            Some(object) if self.paging => formatter
                .get_or_insert_with(|| Formatter::new(cx.ui().width()))
                .push(object, cx.shell),
            Some(object) => cx.shell.show(object.clone()),
            None => Ok(()),
        }
    }

    fn end(&self, formatter: &mut Self::State, cx: &mut Cx<'_>) -> Run<()> {
        if let Some(formatter) = formatter {
            formatter.end();
            cx.ui().page(&formatter.take());
        }
        Ok(())
    }
}
