use std::rc::Rc;
use std::time::Instant;

use crate::cmdlet;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::types::timespan::TimeSpan;
use crate::runtime::{Run, ScriptBlock, Value};

cmdlet! {
    /// Tells how long a block takes. Its output is thrown away.
    pub struct MeasureCommand("Measure", "Command").module("Microsoft.PowerShell.Utility") {
        /// The block.
        expression: Rc<ScriptBlock> = param("Expression").position(0),
        /// What the block sees as $_.
        input_object: Option<Value> = param("InputObject").by_value(),
    }
    example "(Measure-Command { 1..100 | ForEach-Object { $_ } }).TotalSeconds -lt 60" => "Measures a loop.";
}

impl Cmdlet for MeasureCommand {
    type State = i64;

    fn process(&self, state: &mut i64, cx: &mut Cx<'_>) -> Run<()> {
        let begun = Instant::now();
        cx.call(&self.expression, self.input_object.clone(), Vec::new())?;
        *state += i64::try_from(begun.elapsed().as_nanos() / 100).unwrap_or(i64::MAX);
        Ok(())
    }

    fn end(&self, state: &mut i64, cx: &mut Cx<'_>) -> Run<()> {
        cx.write(Value::TimeSpan(TimeSpan { ticks: *state }))
    }
}
