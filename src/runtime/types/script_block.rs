//! Members of `ScriptBlock`. Running goes through the shell.

use std::path::PathBuf;
use std::rc::Rc;

use super::args::Args;
use super::table::{Answer, Call, Fault, Method, Property, TypeTable};
use crate::runtime::object::PsObject;
use crate::runtime::scriptblock::ScriptBlock;
use crate::runtime::value::Value;

fn own(value: &Value) -> Result<&Rc<ScriptBlock>, Fault> {
    match value {
        Value::ScriptBlock(block) => Ok(block),
        _ => Err(Fault::invalid_operation("This is no script block.")),
    }
}

fn invoke(call: &mut Call<'_>) -> Result<Vec<Value>, Fault> {
    let block = own(call.this)?.clone();
    let args = call.list(0);
    Ok(call.host.invoke(&block, None, None, args)?)
}

fn create(call: &mut Call<'_>) -> Answer {
    let parsed = crate::language::parse(&call.text(0));
    if let Some(error) = parsed.errors.first() {
        let position = parsed.script.source.position(error.span.start);
        let message = format!(
            "At line:{} char:{}\n{}",
            position.line, position.column, error.message
        );
        return Err(Fault::Exception(
            "System.Management.Automation.ParseException",
            message,
        ));
    }
    Ok(Value::ScriptBlock(Rc::new(ScriptBlock::new(parsed.script))))
}

/// `System.Management.Automation.ScriptBlock`
pub static TABLE: TypeTable = TypeTable {
    name: "System.Management.Automation.ScriptBlock",
    aliases: &["scriptblock"],
    properties: &[
        Property::read(
            "System.Management.Automation.Language.Ast Ast {get;}",
            |v| {
                Ok(PsObject::view(
                    "System.Management.Automation.Language.ScriptBlockAst",
                    vec![("Extent", own(v)?.text().into())],
                ))
            },
        ),
        Property::read("string File {get;}", |v| {
            Ok(own(v)?.ast.source.file().map_or(Value::Null, |file| {
                PathBuf::from(file).display().to_string().into()
            }))
        }),
        Property::read("bool IsFilter {get;}", |_| Ok(Value::Bool(false))),
        Property::read("System.Object Module {get;}", |_| Ok(Value::Null)),
        Property::read("System.Object StartPosition {get;}", |v| {
            let block = own(v)?;
            let at = block.ast.source.position(block.ast.span.start);
            Ok(PsObject::custom(vec![
                ("StartLine", Value::int(at.line as i32)),
                ("StartColumn", Value::int(at.column as i32)),
                ("Content", block.ast.source.slice(block.ast.span).into()),
            ]))
        }),
    ],
    methods: &[
        Method::new("scriptblock GetNewClosure()", |c| {
            let block = own(c.this)?.clone();
            Ok(Value::ScriptBlock(c.host.closure(&block)))
        }),
        Method::new("System.Object Invoke(Params System.Object[] args)", |c| {
            Ok(super::list::List::collection(invoke(c)?))
        }),
        Method::new(
            "System.Object InvokeReturnAsIs(Params System.Object[] args)",
            |c| {
                let mut results = invoke(c)?;
                Ok(if results.len() == 1 {
                    results.remove(0)
                } else {
                    Value::array(results)
                })
            },
        ),
        Method::new("string ToString()", |c| Ok(own(c.this)?.text().into())),
    ],
    static_methods: &[Method::new("scriptblock Create(string script)", create)],
    ..TypeTable::EMPTY
};
