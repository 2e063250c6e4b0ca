//! `-band -bor -bxor -bnot -shl -shr`

use crate::language::ast::BinaryOperator;
use crate::runtime::convert::{self, integral};
use crate::runtime::flow::{Flow, Run};
use crate::runtime::types::TypeRef;
use crate::runtime::types::enums::EnumValue;
use crate::runtime::value::{Number, Value};

/// A side as a whole number and its type: Int32 and smaller, else Int64, UInt32 or UInt64.
fn whole(value: &Value) -> Run<(i128, TypeRef)> {
    let number = convert::to_number(value).map_err(|error| Flow::error(error.into()))?;
    if let Some(n) = integral(number) {
        let ty = match number {
            Number::Int64(_) => TypeRef::int64(),
            Number::UInt64(_) => TypeRef::uint64(),
            Number::UInt32(_) => TypeRef::uint32(),
            _ => TypeRef::int32(),
        };
        return Ok((n, ty));
    }
    let wanted = if convert::number_as(number, TypeRef::int32()).is_ok() {
        TypeRef::int32()
    } else {
        TypeRef::int64()
    };
    let number = convert::number_as(number, wanted).map_err(|error| Flow::error(error.into()))?;
    Ok((integral(number).unwrap_or_default(), wanted))
}

/// `left operator right`. A shift keeps the left type; the others the wider one.
pub(super) fn binary(operator: BinaryOperator, left: &Value, right: &Value) -> Run<Value> {
    let (a, a_type) = whole(left)?;
    let (b, b_type) = whole(right)?;
    let wide = |ty: TypeRef| match ty.name() {
        "UInt64" => 3,
        "Int64" => 2,
        "UInt32" => 1,
        _ => 0,
    };
    let mixed = a_type != b_type && wide(a_type).max(wide(b_type)) == 1;
    let wider = match (mixed, wide(a_type) >= wide(b_type)) {
        (true, _) => TypeRef::int64(),
        (false, true) => a_type,
        (false, false) => b_type,
    };
    let (n, ty) = match operator {
        BinaryOperator::BitAnd => (a & b, wider),
        BinaryOperator::BitOr => (a | b, wider),
        BinaryOperator::BitXor => (a ^ b, wider),
        BinaryOperator::ShiftLeft => (shift_left(a, b, a_type), a_type),
        _ => (a >> (b & width_mask(a_type)), a_type),
    };
    let made = convert::from_i128(n, ty).map_or_else(|| Value::long(n as i64), Value::Number);
    match (left, ty == a_type) {
        (Value::Enum(member), true)
            if !matches!(
                operator,
                BinaryOperator::ShiftLeft | BinaryOperator::ShiftRight
            ) =>
        {
            Ok(EnumValue::any_number(member.type_ref(), n as i64))
        }
        _ => Ok(made),
    }
}

fn width_mask(ty: TypeRef) -> i128 {
    if matches!(ty.name(), "Int64" | "UInt64") {
        63
    } else {
        31
    }
}

/// Bits that leave the type's width are lost.
fn shift_left(a: i128, b: i128, ty: TypeRef) -> i128 {
    let shifted = a << (b & width_mask(ty));
    match ty.name() {
        "Int64" => i128::from(shifted as i64),
        "UInt64" => i128::from(shifted as u64),
        "UInt32" => i128::from(shifted as u32),
        _ => i128::from(shifted as i32),
    }
}

/// `-bnot value`
pub(super) fn not(value: &Value) -> Run<Value> {
    let (n, ty) = whole(value)?;
    let flipped = match ty.name() {
        "UInt32" => i128::from(!(n as u32)),
        "UInt64" => i128::from(!(n as u64)),
        _ => !n,
    };
    Ok(convert::from_i128(flipped, ty).map_or(Value::Null, Value::Number))
}
