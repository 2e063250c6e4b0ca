use crate::cmdlet;
use crate::format::out_default::Formatter;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::param::Validate;
use crate::runtime::{Run, Value};

cmdlet! {
    /// Gives the text that the screen would show.
    pub struct OutString("Out", "String").default_set("NoNewLineFormatting").aliases(&["oss"])
        .module("Microsoft.PowerShell.Utility")
    {
        /// Gives each line as a text of its own.
        stream: bool = param("Stream").in_sets(&["StreamFormatting"]),
        /// Columns of the text; the window's by default.
        width: Option<i32> = param("Width").validate(Validate::Range(2, 2_147_483_647)),
        /// Leaves out the line ends.
        no_newline: bool = param("NoNewline").in_sets(&["NoNewLineFormatting"]),
        /// The objects.
        input_object: Option<Value> = param("InputObject").by_value(),
    }
    example "(Get-Date '2017-12-04' | Format-List Year | Out-String).Trim()" => "Keeps a list as text.";
    example "1..3 | Out-String -Stream | ForEach-Object { \"[$_]\" }" => "Takes the text line by line.";
}

impl Cmdlet for OutString {
    type State = (Option<Formatter>, String);

    fn begin(&self, state: &mut Self::State, cx: &mut Cx<'_>) -> Run<()> {
        state.0 = Some(Formatter::new(screen(self.width, cx)));
        Ok(())
    }

    fn process(&self, state: &mut Self::State, cx: &mut Cx<'_>) -> Run<()> {
        let (Some(formatter), Some(object)) = (&mut state.0, &self.input_object) else {
            return Ok(());
        };
        formatter.push(object, cx.shell)?;
        state.1.push_str(&formatter.take());
        if self.stream {
            give_lines(&mut state.1, cx)
        } else {
            Ok(())
        }
    }

    fn end(&self, state: &mut Self::State, cx: &mut Cx<'_>) -> Run<()> {
        if let Some(formatter) = &mut state.0 {
            formatter.end();
            state.1.push_str(&formatter.take());
        }
        if self.stream {
            return give_lines(&mut state.1, cx);
        }
        let text = std::mem::take(&mut state.1);
        cx.write(if self.no_newline {
            text.replace('\n', "")
        } else {
            text
        })
    }
}

/// The width asked for, or the window's.
pub fn screen(width: Option<i32>, cx: &Cx<'_>) -> usize {
    width
        .and_then(|width| usize::try_from(width).ok())
        .unwrap_or_else(|| cx.ui().width())
}

fn give_lines(text: &mut String, cx: &mut Cx<'_>) -> Run<()> {
    let ready = std::mem::take(text);
    ready.lines().try_for_each(|line| cx.write(line))
}
