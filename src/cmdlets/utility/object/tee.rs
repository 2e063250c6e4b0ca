use crate::cmdlet;
use crate::cmdlets::utility::files::errors;
use crate::format::out_default::Formatter;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::{Run, Value};

cmdlet! {
    /// Keeps objects in a file or a variable and passes them on.
    pub struct TeeObject("Tee", "Object").default_set("File").aliases(&["tee"]).module("Microsoft.PowerShell.Utility") {
        /// The objects.
        input_object: Option<Value> = param("InputObject").by_value(),
        /// The file, which gets what the screen would show.
        file_path: Option<String> = param("FilePath").position(0).aliases(&["Path", "LiteralPath", "PSPath"]).in_sets(&["File"]).mandatory().completes("Path"),
        /// Keeps what the file holds.
        append: bool = param("Append").in_sets(&["File"]),
        /// The variable, without the dollar sign.
        variable: Option<String> = param("Variable").in_sets(&["Variable"]).mandatory().completes("Variable"),
    }
    example "1..3 | Tee-Object -Variable kept | Measure-Object -Sum" => "Adds numbers up and keeps them.";
}

impl Cmdlet for TeeObject {
    type State = Vec<Value>;

    fn process(&self, state: &mut Vec<Value>, cx: &mut Cx<'_>) -> Run<()> {
        match &self.input_object {
            Some(object) => {
                state.push(object.clone());
                cx.write(object.clone())
            }
            None => Ok(()),
        }
    }

    fn end(&self, state: &mut Vec<Value>, cx: &mut Cx<'_>) -> Run<()> {
        let kept = std::mem::take(state);
        if let Some(name) = &self.variable {
            let value = if kept.len() == 1 {
                kept.into_iter().next().unwrap_or_default()
            } else {
                Value::array(kept)
            };
            cx.shell.set_variable(name, value);
            return Ok(());
        }
        let Some(given) = &self.file_path else {
            return Ok(());
        };
        let path = cx.resolve_path(given);
        let mut formatter = Formatter::new(cx.ui().width());
        for object in &kept {
            formatter.push(object, cx.shell)?;
        }
        formatter.end();
        let mut options = std::fs::File::options();
        options.create(true).write(true);
        if self.append {
            options.append(true)
        } else {
            options.truncate(true)
        };
        let mut file = options
            .open(&path)
            .map_err(|error| errors::open(&path, &error, "FileOpenFailure"))?;
        let written = std::io::Write::write_all(&mut file, formatter.take().as_bytes());
        Ok(written.map_err(|error| errors::write(&path, &error))?)
    }
}
