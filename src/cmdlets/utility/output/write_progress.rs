use crate::cmdlet;
use crate::runtime::Run;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::param::Validate;
use crate::runtime::ui::Progress;

cmdlet! {
    /// Shows how far a piece of work is.
    ///
    /// The bar goes away with -Completed or at the end of the script. $ProgressPreference = 'SilentlyContinue' hides it.
    pub struct WriteProgress("Write", "Progress").module("Microsoft.PowerShell.Utility") {
        /// What is being done.
        activity: String = param("Activity").position(0),
        /// How far it is, in words.
        status: Option<String> = param("Status").position(1).default_text("Processing"),
        /// Which bar, when there are several.
        id: Option<i32> = param("Id").position(2).validate(Validate::Range(0, 2_147_483_647)).default_text("0"),
        /// How far it is, from 0 to 100; -1 for unknown.
        percent: Option<i32> = param("PercentComplete").validate(Validate::Range(-1, 100)),
        /// How long it will take.
        seconds: Option<i32> = param("SecondsRemaining"),
        /// The current step.
        operation: Option<String> = param("CurrentOperation"),
        /// The bar this one belongs to.
        parent: Option<i32> = param("ParentId").validate(Validate::Range(-1, 2_147_483_647)),
        /// The work is done.
        completed: bool = param("Completed"),
        /// Which part of a script it comes from.
        source: Option<i32> = param("SourceId"),
    }
    example "1..3 | ForEach-Object { Write-Progress 'Reading' -PercentComplete ($_*33); $_ }" => "Shows a bar while objects pass.";
}

impl Cmdlet for WriteProgress {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        cx.progress(&Progress {
            id: self.id.unwrap_or(0),
            parent_id: self.parent.unwrap_or(-1),
            activity: self.activity.clone(),
            status: self
                .status
                .clone()
                .unwrap_or_else(|| "Processing".to_owned()),
            operation: self.operation.clone().unwrap_or_default(),
            percent: self.percent.and_then(|percent| u8::try_from(percent).ok()),
            seconds_remaining: self.seconds.and_then(|seconds| u64::try_from(seconds).ok()),
            completed: self.completed,
        });
        Ok(())
    }
}
