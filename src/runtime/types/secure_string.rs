//! `System.Security.SecureString`: a text that is cleared from memory and never printed.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use zeroize::Zeroizing;

use super::TypeRef;
use super::args::Args;
use super::table::{Fault, Kind, Method, Property, TypeTable};
use super::units;
use crate::runtime::value::{Native, Value};

/// The text. It has neither `Debug` nor `Display`; [`SecureString::reveal`] is the only way in.
pub struct SecureString {
    text: RefCell<Zeroizing<String>>,
    read_only: Cell<bool>,
}

impl SecureString {
    /// A secure string of a text, as a value.
    pub fn value(text: &str) -> Value {
        Value::native(SecureString::of(text))
    }

    /// A secure string of a text.
    pub fn of(text: &str) -> SecureString {
        SecureString {
            text: RefCell::new(Zeroizing::new(text.to_owned())),
            read_only: Cell::new(false),
        }
    }

    /// The text itself; the caller clears its copy.
    pub fn reveal(&self) -> String {
        self.text.borrow().to_string()
    }
}

impl Native for SecureString {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named(TABLE.name)
    }

    fn text(&self) -> String {
        TABLE.name.to_owned()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn own(value: &Value) -> Result<&SecureString, Fault> {
    value
        .downcast::<SecureString>()
        .ok_or_else(|| Fault::invalid_operation("This is no secure string."))
}

fn change(value: &Value, act: impl FnOnce(&mut String)) -> Result<Value, Fault> {
    let own = own(value)?;
    if own.read_only.get() {
        return Err(Fault::invalid_operation("Instance is read-only."));
    }
    act(&mut own.text.borrow_mut());
    Ok(Value::Null)
}

/// `System.Security.SecureString`
pub static TABLE: TypeTable = TypeTable {
    name: "System.Security.SecureString",
    aliases: &["securestring"],
    interfaces: &["System.IDisposable"],
    constructors: &[Method::new("securestring new()", |_| {
        Ok(SecureString::value(""))
    })],
    properties: &[Property::read("int Length {get;}", |v| {
        Ok(Value::int(units::len(&own(v)?.text.borrow()) as i32))
    })],
    methods: &[
        Method::new("void AppendChar(char c)", |c| {
            let letter = c.letter(0);
            change(c.this, |text| text.push(letter))
        }),
        Method::new("void Clear()", |c| change(c.this, String::clear)),
        Method::new("securestring Copy()", |c| {
            Ok(SecureString::value(&own(c.this)?.text.borrow()))
        }),
        Method::new("void Dispose()", |c| change(c.this, String::clear)),
        Method::new("bool IsReadOnly()", |c| {
            Ok(Value::Bool(own(c.this)?.read_only.get()))
        }),
        Method::new("void MakeReadOnly()", |c| {
            own(c.this)?.read_only.set(true);
            Ok(Value::Null)
        }),
    ],
    ..TypeTable::EMPTY
};

thread_local! {
    /// What `SecureStringToBSTR` lent out, by its number.
    static LENT: RefCell<HashMap<i64, Zeroizing<String>>> = RefCell::default();
    static NEXT: Cell<i64> = const { Cell::new(0x1000) };
}

/// Lends the text under a number, as a pointer would.
fn lend(text: &Value) -> Result<Value, Fault> {
    let text = Zeroizing::new(own(text)?.reveal());
    let number = NEXT.get();
    NEXT.set(number + 16);
    LENT.with_borrow_mut(|lent| lent.insert(number, text));
    Ok(Value::long(number))
}

fn lent(number: i64) -> Result<Value, Fault> {
    let text = LENT.with_borrow(|lent| lent.get(&number).map(|text| Value::str(text.as_str())));
    text.ok_or_else(|| {
        Fault::argument("The pointer is not one that SecureStringToBSTR gave, or it was freed.")
    })
}

fn free(number: i64) -> Value {
    LENT.with_borrow_mut(|lent| lent.remove(&number));
    Value::Null
}

/// `System.Runtime.InteropServices.Marshal`: the way scripts read a secure string.
pub static MARSHAL: TypeTable = TypeTable {
    name: "System.Runtime.InteropServices.Marshal",
    kind: Kind::Static,
    static_methods: &[
        Method::new("long SecureStringToBSTR(securestring s)", |c| {
            lend(c.arg(0))
        }),
        Method::new(
            "long SecureStringToGlobalAllocUnicode(securestring s)",
            |c| lend(c.arg(0)),
        ),
        Method::new("long SecureStringToCoTaskMemUnicode(securestring s)", |c| {
            lend(c.arg(0))
        }),
        Method::new("string PtrToStringAuto(long ptr)", |c| lent(c.long(0))),
        Method::new("string PtrToStringBSTR(long ptr)", |c| lent(c.long(0))),
        Method::new("string PtrToStringUni(long ptr)", |c| lent(c.long(0))),
        Method::new("void ZeroFreeBSTR(long s)", |c| Ok(free(c.long(0)))),
        Method::new("void FreeBSTR(long s)", |c| Ok(free(c.long(0)))),
        Method::new("void ZeroFreeGlobalAllocUnicode(long s)", |c| {
            Ok(free(c.long(0)))
        }),
        Method::new("void ZeroFreeCoTaskMemUnicode(long s)", |c| {
            Ok(free(c.long(0)))
        }),
    ],
    ..TypeTable::EMPTY
};
