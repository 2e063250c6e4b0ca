use std::fs::File;
use std::io::Write;

use crate::cmdlet;
use crate::cmdlets::utility::files::errors;
use crate::runtime::cmdlet::{Cmdlet, Impact};
use crate::runtime::cx::Cx;
use crate::runtime::types::culture::INVARIANT;
use crate::runtime::types::datetime::DateTime;
use crate::runtime::types::datetime::format::format;
use crate::runtime::{Run, Value};

use super::transcript::Transcripts;

cmdlet! {
    /// Keeps what this shell shows in a file, until Stop-Transcript.
    pub struct StartTranscript("Start", "Transcript").default_set("ByPath").should_process(Impact::Medium)
        .module("Microsoft.PowerShell.Host")
    {
        /// The file; one with the time in its name in the home folder when none is given.
        path: Option<String> = param("Path").position(0).aliases(&["LiteralPath", "PSPath"]).in_sets(&["ByPath"]).completes("Path"),
        /// The folder for a file with the time in its name.
        output_directory: Option<String> = param("OutputDirectory").position(0).in_sets(&["ByOutputDirectory"]).completes("Path"),
        /// Keeps what the file holds.
        append: bool = param("Append"),
        /// Writes to a read-only file too.
        force: bool = param("Force"),
        /// Leaves an existing file alone and reports it.
        no_clobber: bool = param("NoClobber").aliases(&["NoOverwrite"]),
        /// Writes the time before each command; it is not written.
        invocation_header: bool = param("IncludeInvocationHeader"),
        /// Writes a short heading.
        minimal_header: bool = param("UseMinimalHeader"),
    }
    example "Start-Transcript ./log.txt; 'hello'; Stop-Transcript" => "Keeps a line of output.";
}

const LINE: &str = "**********************";

impl Cmdlet for StartTranscript {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let now = DateTime::now();
        let stamp = format(now, "yyyyMMddHHmmss", &INVARIANT).unwrap_or_default();
        let name = format!("PowerShell_transcript.{stamp}.txt");
        let path = match (&self.path, &self.output_directory) {
            (Some(path), _) => cx.resolve_path(path),
            (None, Some(folder)) => cx.resolve_path(folder).join(name),
            (None, None) => cx.shell.home_folder().join(name),
        };
        if !cx.should_process(&path.to_string_lossy(), "Start-Transcript")? {
            return Ok(());
        }
        if self.no_clobber && path.exists() && !self.append {
            return Err(errors::exists(&path, "NoClobber").into());
        }
        if self.force {
            errors::make_writable(&path);
        }
        let mut options = File::options();
        options.create(true).write(true);
        if self.append {
            options.append(true);
        } else {
            options.truncate(true);
        }
        let mut file = options
            .open(&path)
            .map_err(|error| errors::open(&path, &error, "CannotStartTranscription"))?;
        let user = cx.shell.env("USER").unwrap_or_default();
        let who = if self.minimal_header {
            String::new()
        } else {
            format!("Username: {user}\nHost Application: mailtern\n")
        };
        let heading = format!(
            "{LINE}\nWindows PowerShell transcript start\nStart time: {stamp}\n{who}{LINE}\n"
        );
        file.write_all(heading.as_bytes())
            .map_err(|error| errors::write(&path, &error))?;
        let message = format!("Transcript started, output file is {}", path.display());
        Transcripts::of(cx.shell).begin(path, file, cx.shell);
        cx.write(Value::from(message))
    }
}
