use std::rc::Rc;

use crate::cmdlet;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::{Run, ScriptBlock, Value};

cmdlet! {
    /// Runs a block here.
    ///
    /// Other machines are out of reach: the migration cmdlets work where this shell runs.
    pub struct InvokeCommand("Invoke", "Command").default_set("InProcess").aliases(&["icm"]).module("Microsoft.PowerShell.Core") {
        /// The block.
        block: Rc<ScriptBlock> = param("ScriptBlock").position(0).aliases(&["Command"]),
        /// What the block gets in $args or its parameters.
        arguments: Option<Vec<Value>> = param("ArgumentList").aliases(&["Args"]),
        /// Objects for the block's $input.
        input_object: Option<Value> = param("InputObject").by_value(),
        /// Runs the block in the caller's scope: variables it sets stay.
        no_new_scope: bool = param("NoNewScope"),
    }
    refused "ComputerName" => "other machines are out of reach; run the block here, without -ComputerName";
    refused "Session" => "there are no sessions with other machines; run the block here, without -Session";
    refused "Credential" => "there are no sessions with other machines";
    refused "ConnectionUri" => "there are no sessions with other machines";
    refused "FilePath" => "call the script itself: & ./script.ps1";
    refused "AsJob" => "there are no background jobs; batches run in the engine by themselves";
    example "Invoke-Command { param($a,$b) $a + $b } -ArgumentList 2,3" => "Runs a block with two arguments.";
}

impl Cmdlet for InvokeCommand {
    /// What was piped in.
    type State = Vec<Value>;

    fn process(&self, state: &mut Vec<Value>, _cx: &mut Cx<'_>) -> Run<()> {
        state.extend(self.input_object.clone());
        Ok(())
    }

    fn end(&self, state: &mut Vec<Value>, cx: &mut Cx<'_>) -> Run<()> {
        let arguments = self.arguments.clone().unwrap_or_default();
        if self.no_new_scope {
            return cx.call_through(&self.block, state.pop(), arguments);
        }
        cx.call_apart_with(&self.block, arguments, std::mem::take(state))
    }
}
