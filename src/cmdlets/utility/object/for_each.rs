use std::rc::Rc;

use crate::cmdlet;
use crate::format::expression;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::{Run, ScriptBlock, Value, members};

cmdlet! {
    /// Does something for each object of the pipeline.
    ///
    /// A block runs once an object, which it sees as $_. Instead of a block, the name of a property gives that property's
    /// value, and the name of a method calls it.
    pub struct ForEachObject("ForEach", "Object").default_set("ScriptBlockSet")
        .aliases(&["%", "foreach"]).module("Microsoft.PowerShell.Core").class("Microsoft.PowerShell.Commands.ForEachObjectCommand")
    {
        /// The objects.
        input_object: Option<Value> = param("InputObject").by_value(),
        /// What to do for each object. With several blocks, the first runs before and the last after all objects.
        process: Option<Vec<Rc<ScriptBlock>>> = param("Process").position(0).in_sets(&["ScriptBlockSet"]).mandatory(),
        /// What to do before the first object.
        begin: Option<Rc<ScriptBlock>> = param("Begin").in_sets(&["ScriptBlockSet"]),
        /// What to do after the last object.
        end: Option<Rc<ScriptBlock>> = param("End").in_sets(&["ScriptBlockSet"]),
        /// More blocks for each object.
        remaining: Option<Vec<Rc<ScriptBlock>>> = param("RemainingScripts").in_sets(&["ScriptBlockSet"]).remaining(),
        /// The property whose value to give, or the method to call.
        member_name: Option<String> = param("MemberName").position(0).in_sets(&["PropertyAndMethodSet"]).mandatory(),
        /// What to pass to the method.
        arguments: Option<Vec<Value>> = param("ArgumentList").aliases(&["Args"]).in_sets(&["PropertyAndMethodSet"]).remaining(),
    }
    example "1..3 | ForEach-Object { $_ * 2 }" => "Doubles the numbers.";
    example "'terry','bonnie' | ForEach-Object Length" => "Gives the length of each name.";
    example "'a','b' | ForEach-Object -Begin { 'start' } -Process { $_.ToUpper() } -End { 'done' }" => "Frames the work with a first and a last line.";
}

/// The blocks in their roles.
#[derive(Default)]
pub struct Blocks {
    begin: Vec<Rc<ScriptBlock>>,
    process: Vec<Rc<ScriptBlock>>,
    end: Vec<Rc<ScriptBlock>>,
}

impl Cmdlet for ForEachObject {
    type State = Blocks;

    fn begin(&self, state: &mut Blocks, cx: &mut Cx<'_>) -> Run<()> {
        state.process = self
            .process
            .iter()
            .flatten()
            .chain(self.remaining.iter().flatten())
            .cloned()
            .collect();
        state.begin.extend(self.begin.clone());
        state.end.extend(self.end.clone());
        // Two or more blocks: the first is the beginning, the last of three or more the end.
        if state.process.len() > 1 && self.begin.is_none() {
            state.begin.push(state.process.remove(0));
        }
        if state.process.len() > 1 && self.end.is_none() {
            state.end.extend(state.process.pop());
        }
        state
            .begin
            .iter()
            .try_for_each(|block| cx.call_through(block, None, Vec::new()))
    }

    fn process(&self, state: &mut Blocks, cx: &mut Cx<'_>) -> Run<()> {
        let object = self.input_object.clone().unwrap_or_default();
        if let Some(name) = &self.member_name {
            return self.member(name, &object, cx);
        }
        for block in &state.process {
            cx.call_through(block, Some(object.clone()), Vec::new())?;
        }
        Ok(())
    }

    fn end(&self, state: &mut Blocks, cx: &mut Cx<'_>) -> Run<()> {
        state
            .end
            .iter()
            .try_for_each(|block| cx.call_through(block, None, Vec::new()))
    }
}

impl ForEachObject {
    fn member(&self, name: &str, object: &Value, cx: &mut Cx<'_>) -> Run<()> {
        if self.arguments.is_none() {
            if let Some(value) = expression::value_of(object, name, cx.shell)? {
                return cx.write_each(value);
            }
            if object.is_null() || !members::has_method(object, name) {
                return cx.write(Value::Null);
            }
        }
        let arguments = self.arguments.clone().unwrap_or_default();
        let value = members::call(object, name, arguments, cx.shell)?;
        value.map_or(Ok(()), |value| cx.write_each(value))
    }
}
