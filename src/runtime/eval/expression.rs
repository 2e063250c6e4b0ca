//! Expressions.

use std::rc::Rc;

use super::flow::{Flow, Run};
use crate::language::ast::{
    Binary, BinaryOperator, Block, Expr, ExprKind, HashEntry, NumberValue, Statement,
    StatementKind, StringPart, TypeName, TypeNameKind, UnaryOperator,
};
use crate::runtime::convert;
use crate::runtime::error::{ErrorCategory, ErrorRecord};
use crate::runtime::object::{Property, PropertyKind};
use crate::runtime::shell::Shell;
use crate::runtime::sink::Collect;
use crate::runtime::types::hashtable::Hashtable;
use crate::runtime::types::{TypeRef, names};
use crate::runtime::value::{Number, Value};

impl Shell {
    /// The value of an expression; nothing at all counts as `$null`.
    pub(in crate::runtime) fn expr(&mut self, expr: &Expr) -> Run<Value> {
        match &expr.kind {
            ExprKind::Variable(variable) => self.read_variable(variable),
            ExprKind::Number(literal) => Ok(number_value(literal.value)),
            ExprKind::String { value, .. } => Ok(Value::Str(value.clone())),
            ExprKind::Binary(binary) => self.binary(binary),
            ExprKind::Access(access) => Ok(self.access(access)?.unwrap_or_default()),
            ExprKind::Expandable { parts, .. } => {
                self.expand(parts).map(|text| Value::Str(Rc::from(text)))
            }
            ExprKind::Type(name) => Ok(Value::Type(names::resolve(name)?)),
            ExprKind::Array(items) => {
                let items = items
                    .iter()
                    .map(|item| self.expr(item))
                    .collect::<Run<Vec<_>>>()?;
                Ok(Value::array(items))
            }
            ExprKind::ArrayExpression(block) => self.array_expression(block),
            ExprKind::SubExpression(block) => Ok(self.collect_block(block)?.into_value()),
            ExprKind::Paren(statement) => Ok(self.parenthesis(statement)?.unwrap_or_default()),
            ExprKind::Hashtable(entries) => Ok(Value::Hashtable(Rc::new(
                self.hashtable(entries, Hashtable::new())?,
            ))),
            ExprKind::ScriptBlock(ast) => Ok(Value::ScriptBlock(self.script_block(ast))),
            ExprKind::Unary { operator, operand } => self.unary(*operator, operand),
            ExprKind::Update { operator, target } => self.update(*operator, target),
            ExprKind::Ternary(ternary) => {
                let condition = self.expr(&ternary.condition)?;
                self.expr(if convert::to_bool(&condition) {
                    &ternary.yes
                } else {
                    &ternary.no
                })
            }
            ExprKind::Cast { kind, operand } => self.cast(kind, operand),
            ExprKind::Attributed { operand, .. } => self.expr(operand),
            ExprKind::Error => Err(Flow::error(ErrorRecord::runtime(
                "ParserError",
                "This text could not be read.",
            ))),
        }
    }

    /// As [`Shell::expr`], but tells nothing at all from `$null`: what a statement writes that is just this expression.
    pub(in crate::runtime) fn worth(&mut self, expr: &Expr) -> Run<Option<Value>> {
        match &expr.kind {
            ExprKind::Variable(variable) => {
                if self.holds_nothing(variable) {
                    return Ok(None);
                }
                self.read_variable(variable).map(Some)
            }
            ExprKind::Access(access) => self.access(access),
            ExprKind::Update { operator, target } => {
                self.update(*operator, target)?;
                Ok(None)
            }
            ExprKind::Paren(statement) => self.parenthesis(statement),
            ExprKind::SubExpression(block) => {
                let out = self.collect_block(block)?;
                Ok(if out.items.is_empty() {
                    None
                } else {
                    Some(out.into_value())
                })
            }
            ExprKind::Cast { kind, operand } if is_void(kind) => {
                self.worth(operand)?;
                Ok(None)
            }
            _ => self.expr(expr).map(Some),
        }
    }

    /// `( … )`.
    fn parenthesis(&mut self, statement: &Statement) -> Run<Option<Value>> {
        let at = self.at;
        let value = match &statement.kind {
            StatementKind::Chain(chain) => match super::statement::lone_expression(chain) {
                Some(expression) if matches!(expression.kind, ExprKind::Update { .. }) => {
                    Some(self.expr(expression)?)
                }
                _ => {
                    self.at = statement.span;
                    self.value_of(statement)?
                }
            },
            _ => {
                self.at = statement.span;
                self.value_of(statement)?
            }
        };
        self.at = at;
        Ok(value)
    }

    fn collect_block(&mut self, block: &Block) -> Run<Collect> {
        let at = self.at;
        let mut out = Collect::default();
        self.block(block, &mut out)?;
        self.at = at;
        Ok(out)
    }

    /// `@( … )`: always an array; an array as its only value is taken as it is.
    fn array_expression(&mut self, block: &Block) -> Run<Value> {
        let out = self.collect_block(block)?;
        Ok(Value::array(out.items))
    }

    /// Operators of one level, from the left.
    fn binary(&mut self, binary: &Binary) -> Run<Value> {
        let mut left = self.expr(&binary.first)?;
        for tail in &binary.rest {
            left = match tail.operator {
                BinaryOperator::And => Value::Bool(
                    convert::to_bool(&left) && convert::to_bool(&self.expr(&tail.operand)?),
                ),
                BinaryOperator::Or => Value::Bool(
                    convert::to_bool(&left) || convert::to_bool(&self.expr(&tail.operand)?),
                ),
                BinaryOperator::Coalesce => {
                    if left.is_null() {
                        self.expr(&tail.operand)?
                    } else {
                        left
                    }
                }
                operator => {
                    let right = self.expr(&tail.operand)?;
                    match quick(operator, &left, &right) {
                        Some(value) => value,
                        None => self.operate(operator, left, right)?,
                    }
                }
            };
        }
        Ok(left)
    }

    fn unary(&mut self, operator: UnaryOperator, operand: &Expr) -> Run<Value> {
        if operator == UnaryOperator::Comma {
            let value = self.expr(operand)?;
            return Ok(Value::array(vec![value]));
        }
        let value = self.expr(operand)?;
        self.operate_unary(operator, value)
    }

    fn cast(&mut self, kind: &TypeName, operand: &Expr) -> Run<Value> {
        if let (TypeNameKind::Named(name), ExprKind::Hashtable(entries)) =
            (&kind.kind, &operand.kind)
        {
            if name.eq_ignore_ascii_case("ordered") {
                return Ok(Value::Hashtable(Rc::new(
                    self.hashtable(entries, Hashtable::ordered())?,
                )));
            }
            if is_custom_object(name) {
                let table = self.hashtable(entries, Hashtable::ordered())?;
                return Ok(convert::custom_object(&table));
            }
        }
        if let TypeNameKind::Named(name) = &kind.kind
            && name.eq_ignore_ascii_case("ref")
        {
            return self.reference(operand);
        }
        if is_void(kind) {
            self.worth(operand)?;
            return Ok(Value::Null);
        }
        let value = self.expr(operand)?;
        let wanted = names::resolve(kind)?;
        self.convert(&value, wanted)
    }

    /// A value as another type, with the conversions that need the shell.
    pub(in crate::runtime) fn convert(&mut self, value: &Value, wanted: TypeRef) -> Run<Value> {
        if wanted == TypeRef::script_block()
            && let Value::Str(text) = value
        {
            return Ok(Value::ScriptBlock(self.parse_block(text)?));
        }
        if wanted == TypeRef::string() && !matches!(value, Value::Str(_)) {
            return self.text_of(value).map(|text| Value::Str(Rc::from(text)));
        }
        Ok(convert::to_type(value, wanted).map_err(ErrorRecord::from)?)
    }

    /// `@{ … }` into a table.
    fn hashtable(&mut self, entries: &[HashEntry], table: Hashtable) -> Run<Hashtable> {
        for entry in entries {
            let key = self.expr(&entry.key)?;
            if key.is_null() {
                return Err(Flow::error(ErrorRecord::runtime(
                    "InvalidNullKey",
                    "A null key is not allowed in a hash literal.",
                )));
            }
            let value = self.value_of(&entry.value)?.unwrap_or_default();
            if table.contains(&key) {
                let name = convert::to_text(&key);
                return Err(Flow::error(ErrorRecord::new(
                    "System.Management.Automation.RuntimeException",
                    "DuplicateKeyInHashLiteral",
                    ErrorCategory::InvalidOperation,
                    format!("Duplicate keys '{name}' are not allowed in hash literals."),
                )));
            }
            table.insert(key, value);
        }
        Ok(table)
    }

    /// The text of a string that expands.
    pub(in crate::runtime) fn expand(&mut self, parts: &[StringPart]) -> Run<String> {
        let mut text = String::new();
        for part in parts {
            match part {
                StringPart::Text(piece) => text.push_str(piece),
                StringPart::Expr(expr) => {
                    let value = self.expr(expr)?;
                    match &value {
                        Value::Str(piece) => text.push_str(piece),
                        other => text.push_str(&self.text_of(other)?),
                    }
                }
            }
        }
        Ok(text)
    }

    /// A value as text, as in string expansion: elements joined by `$OFS`, script methods `ToString` honoured.
    pub(in crate::runtime) fn text_of(&mut self, value: &Value) -> Run<String> {
        if let Value::Object(object) = value
            && let Some(Property {
                kind: PropertyKind::Method(block),
                ..
            }) = object.find("ToString")
        {
            let out = self.run_block_apart(&block, Some(value.clone()), None, Vec::new())?;
            return Ok(out.first().map(convert::to_text).unwrap_or_default());
        }
        let separator = match value {
            Value::Array(_) | Value::Bytes(_) | Value::Native(_) => self.scope.value("OFS"),
            _ => None,
        };
        Ok(match separator {
            Some(separator) => convert::to_text_with(value, &convert::to_text(&separator)),
            None => convert::to_text(value),
        })
    }
}

/// Whether a type is `[void]`.
fn is_void(kind: &TypeName) -> bool {
    matches!(&kind.kind, TypeNameKind::Named(name) if name.eq_ignore_ascii_case("void") || name.eq_ignore_ascii_case("System.Void"))
}

fn is_custom_object(name: &str) -> bool {
    name.eq_ignore_ascii_case("pscustomobject")
        || name.eq_ignore_ascii_case("System.Management.Automation.PSCustomObject")
}

/// The value of a number literal.
pub(in crate::runtime) fn number_value(number: NumberValue) -> Value {
    Value::Number(match number {
        NumberValue::Int(n) => Number::Int32(n),
        NumberValue::Long(n) => Number::Int64(n),
        NumberValue::Decimal(n) => Number::Decimal(n),
        NumberValue::Double(n) => Number::Double(n),
    })
}

/// The operators that loops are made of, on the numbers loops count with; `None` leaves it to the full rules.
#[inline]
pub(in crate::runtime) fn quick(
    operator: BinaryOperator,
    left: &Value,
    right: &Value,
) -> Option<Value> {
    let (Value::Number(left), Value::Number(right)) = (left, right) else {
        return None;
    };
    match (left, right) {
        (Number::Int32(a), Number::Int32(b)) => Some(match operator {
            BinaryOperator::Add => Value::int(a.checked_add(*b)?),
            BinaryOperator::Subtract => Value::int(a.checked_sub(*b)?),
            BinaryOperator::Multiply => Value::int(a.checked_mul(*b)?),
            BinaryOperator::Remainder => Value::int(a.checked_rem(*b)?),
            BinaryOperator::Equal(_) => Value::Bool(a == b),
            BinaryOperator::NotEqual(_) => Value::Bool(a != b),
            BinaryOperator::LessThan(_) => Value::Bool(a < b),
            BinaryOperator::LessOrEqual(_) => Value::Bool(a <= b),
            BinaryOperator::GreaterThan(_) => Value::Bool(a > b),
            BinaryOperator::GreaterOrEqual(_) => Value::Bool(a >= b),
            _ => return None,
        }),
        (Number::Double(a), Number::Int32(b)) => quick_double(operator, *a, f64::from(*b)),
        (Number::Int32(a), Number::Double(b)) => quick_double(operator, f64::from(*a), *b),
        (Number::Double(a), Number::Double(b)) => quick_double(operator, *a, *b),
        _ => None,
    }
}

#[inline]
fn quick_double(operator: BinaryOperator, a: f64, b: f64) -> Option<Value> {
    Some(match operator {
        BinaryOperator::Add => Value::double(a + b),
        BinaryOperator::Subtract => Value::double(a - b),
        BinaryOperator::Multiply => Value::double(a * b),
        BinaryOperator::LessThan(_) => Value::Bool(a < b),
        BinaryOperator::GreaterThan(_) => Value::Bool(a > b),
        _ => return None,
    })
}
