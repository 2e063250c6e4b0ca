use crate::cmdlet;
use crate::param_enum;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::preferences::HostText;
use crate::runtime::{Run, Value, convert, enumerate, members};

param_enum! {
    /// `System.ConsoleColor`
    pub enum Color = "System.ConsoleColor" {
        Black, DarkBlue, DarkGreen, DarkCyan, DarkRed, DarkMagenta, DarkYellow, Gray,
        DarkGray, Blue, Green, Cyan, Red, Magenta, Yellow, White,
    }
}

cmdlet! {
    /// Writes text to the person, past the pipeline.
    ///
    /// What Write-Host writes is not output: it cannot be kept in a variable. -InformationVariable and 6> catch it.
    pub struct WriteHost("Write", "Host").module("Microsoft.PowerShell.Utility") {
        /// What to write. Elements of a collection stand side by side.
        object: Option<Vec<Value>> = param("Object").position(0).aliases(&["Msg", "Message"]).by_value().remaining(),
        /// Leaves the line open.
        no_newline: bool = param("NoNewline"),
        /// What stands between the elements.
        separator: Option<String> = param("Separator").default_text("a blank"),
        /// The colour of the text.
        foreground: Option<Color> = param("ForegroundColor"),
        /// The colour behind the text.
        background: Option<Color> = param("BackgroundColor"),
    }
    example "Write-Host 'All mailboxes are done.' -ForegroundColor Green" => "Writes a green line.";
    example "Write-Host 1,2,3 -Separator ', '" => "Writes numbers with commas between them.";
}

impl Cmdlet for WriteHost {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let separator = self.separator.as_deref().unwrap_or(" ");
        let mut text = join(self.object.as_deref().unwrap_or_default(), separator, 0);
        if !self.no_newline {
            text.push('\n');
        }
        cx.shell.write_host(&HostText {
            text,
            foreground: self.foreground.map(Color::word),
            background: self.background.map(Color::word),
        });
        Ok(())
    }
}

/// Texts of values, those of inner collections too.
fn join(values: &[Value], separator: &str, depth: usize) -> String {
    let texts: Vec<String> = values
        .iter()
        .map(|value| match enumerate::elements(value) {
            // A list may hold itself.
            Some(items) if depth < 16 => join(&items, separator, depth + 1),
            Some(_) => value
                .type_ref()
                .map(|ty| ty.full_name().to_owned())
                .unwrap_or_default(),
            None => match value {
                Value::Object(_) | Value::Hashtable(_) => convert::to_text(value),
                other => members::text(other),
            },
        })
        .collect();
    texts.join(separator)
}
