use crate::cmdlet;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::error::{ErrorCategory, ErrorRecord};
use crate::runtime::types::culture::INVARIANT;
use crate::runtime::types::datetime::DateTime;
use crate::runtime::types::datetime::format::format;
use crate::runtime::{Run, Value};

use super::transcript::Transcripts;

cmdlet! {
    /// Ends what Start-Transcript began.
    pub struct StopTranscript("Stop", "Transcript").module("Microsoft.PowerShell.Host") {}
    example "Start-Transcript ./log.txt; Stop-Transcript; Test-Path ./log.txt" => "Begins and ends a transcript.";
}

impl Cmdlet for StopTranscript {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let stamp = format(DateTime::now(), "yyyyMMddHHmmss", &INVARIANT).unwrap_or_default();
        let line = "**********************";
        let last =
            format!("{line}\nWindows PowerShell transcript end\nEnd time: {stamp}\n{line}\n");
        match Transcripts::of(cx.shell).end(&last, cx.shell) {
            Some(path) => cx.write(Value::from(format!(
                "Transcript stopped, output file is {}",
                path.display()
            ))),
            None => Err(ErrorRecord::new(
                "System.InvalidOperationException",
                "InvalidOperation",
                ErrorCategory::InvalidOperation,
                "An error occurred stopping transcription: The host is not currently transcribing.",
            )
            .into()),
        }
    }
}
