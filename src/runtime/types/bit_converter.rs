//! `System.BitConverter`.

use super::args::Args;
use super::table::{Call, Fault, Kind, Method, Property, TypeTable};
use crate::runtime::convert;
use crate::runtime::value::{Number, Value};

fn bytes(call: &Call<'_>) -> Vec<u8> {
    match call.arg(0) {
        Value::Bytes(bytes) => bytes.borrow().clone(),
        _ => call
            .list(0)
            .iter()
            .filter_map(|item| u8::try_from(convert::to_i64(item).ok()?).ok())
            .collect(),
    }
}

/// The bytes of the first argument from the place that the second says.
fn piece<const N: usize>(call: &Call<'_>) -> Result<[u8; N], Fault> {
    let all = bytes(call);
    let start = usize::try_from(call.long(1)).unwrap_or(usize::MAX);
    let piece = start.checked_add(N).and_then(|end| all.get(start..end));
    piece
        .and_then(|piece| <[u8; N]>::try_from(piece).ok())
        .ok_or_else(|| {
            Fault::argument(
                "Destination array is not long enough to copy all the items in the collection. Check array index and length. (Parameter 'value')",
            )
        })
}

/// `01-02-FF`
fn shown(bytes: &[u8]) -> Value {
    let digits: Vec<String> = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
    digits.join("-").into()
}

macro_rules! readers {
    ($($signature:literal => $ty:ty, $variant:ident;)*) => {
        &[
            Method::new("string ToString(byte[] value)", |c| Ok(shown(&bytes(c)))),
            Method::new("string ToString(byte[] value, int startIndex)", |c| {
                let start = usize::try_from(c.long(1)).unwrap_or(usize::MAX);
                let all = bytes(c);
                all.get(start..).map(shown).ok_or_else(|| {
                    Fault::out_of_range("Index was out of range.", "startIndex")
                })
            }),
            Method::new("bool ToBoolean(byte[] value, int startIndex)", |c| {
                Ok(Value::Bool(piece::<1>(c)? != [0]))
            }),
            Method::new("byte[] GetBytes(System.Object value)", |c| Ok(Value::bytes(match c.arg(0) {
                Value::Bool(on) => vec![u8::from(*on)],
                Value::Char(letter) => {
                    let mut units = [0; 2];
                    letter.encode_utf16(&mut units);
                    units[0].to_le_bytes().to_vec()
                }
                Value::Number(number) => match number {
                    Number::SByte(n) => i16::from(*n).to_le_bytes().to_vec(),
                    Number::Byte(n) => i16::from(*n).to_le_bytes().to_vec(),
                    Number::Int16(n) => n.to_le_bytes().to_vec(),
                    Number::UInt16(n) => n.to_le_bytes().to_vec(),
                    Number::Int32(n) => n.to_le_bytes().to_vec(),
                    Number::UInt32(n) => n.to_le_bytes().to_vec(),
                    Number::Int64(n) => n.to_le_bytes().to_vec(),
                    Number::UInt64(n) => n.to_le_bytes().to_vec(),
                    Number::Single(n) => n.to_le_bytes().to_vec(),
                    Number::Double(n) => n.to_le_bytes().to_vec(),
                    Number::Decimal(_) => return Err(Fault::argument("A decimal number has no bytes here.")),
                },
                _ => return Err(Fault::argument("Only numbers, letters and truth values have bytes.")),
            }))),
            $(Method::new($signature, |c| {
                Ok(Value::Number(Number::$variant(<$ty>::from_le_bytes(piece(c)?))))
            }),)*
        ]
    };
}

/// Its declaration.
pub static TABLE: TypeTable = TypeTable {
    name: "System.BitConverter",
    kind: Kind::Static,
    static_properties: &[Property::read("bool IsLittleEndian {get;}", |_| {
        Ok(Value::Bool(true))
    })],
    static_methods: readers! {
        "short ToInt16(byte[] value, int startIndex)" => i16, Int16;
        "int ToInt32(byte[] value, int startIndex)" => i32, Int32;
        "long ToInt64(byte[] value, int startIndex)" => i64, Int64;
        "ushort ToUInt16(byte[] value, int startIndex)" => u16, UInt16;
        "uint ToUInt32(byte[] value, int startIndex)" => u32, UInt32;
        "ulong ToUInt64(byte[] value, int startIndex)" => u64, UInt64;
        "float ToSingle(byte[] value, int startIndex)" => f32, Single;
        "double ToDouble(byte[] value, int startIndex)" => f64, Double;
    },
    ..TypeTable::EMPTY
};
