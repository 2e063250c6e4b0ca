//! `System.Text.Encoding`

use std::any::Any;

use super::TypeRef;
use super::args::Args;
use super::table::{Answer, Call, Fault, Method, Property, TypeTable};
use crate::runtime::convert;
use crate::runtime::value::{Native, Value};

/// The encodings this shell writes and reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Encoding {
    Utf8,
    /// UTF-8 whose files begin with a mark.
    Utf8Mark,
    Ascii,
    Latin1,
    /// UTF-16, little end first.
    Utf16,
    /// UTF-16, big end first.
    Utf16Big,
    Utf32,
}

/// All encodings with their .NET names: name for the web, code page, display name.
const NAMES: &[(Encoding, &str, i32, &str)] = &[
    (Encoding::Utf8, "utf-8", 65001, "Unicode (UTF-8)"),
    (Encoding::Utf8Mark, "utf-8", 65001, "Unicode (UTF-8)"),
    (Encoding::Ascii, "us-ascii", 20127, "US-ASCII"),
    (
        Encoding::Latin1,
        "iso-8859-1",
        28591,
        "Western European (ISO)",
    ),
    (Encoding::Utf16, "utf-16", 1200, "Unicode"),
    (Encoding::Utf16Big, "utf-16BE", 1201, "Unicode (Big-Endian)"),
    (Encoding::Utf32, "utf-32", 12000, "Unicode (UTF-32)"),
];

impl Encoding {
    /// The encoding of a name or code page, as cmdlets and `GetEncoding` take them.
    pub fn find(name: &str) -> Option<Encoding> {
        Some(match name.to_ascii_lowercase().as_str() {
            "utf8" | "utf-8" | "utf8nobom" | "default" | "oem" | "65001" => Encoding::Utf8,
            "utf8bom" => Encoding::Utf8Mark,
            "ascii" | "us-ascii" | "20127" => Encoding::Ascii,
            "latin1" | "iso-8859-1" | "ansi" | "windows-1252" | "1252" | "28591" => {
                Encoding::Latin1
            }
            "unicode" | "utf-16" | "utf-16le" | "utf16" | "1200" => Encoding::Utf16,
            "bigendianunicode" | "utf-16be" | "1201" => Encoding::Utf16Big,
            "utf32" | "utf-32" | "12000" => Encoding::Utf32,
            _ => return None,
        })
    }

    /// What a file in this encoding begins with.
    pub fn mark(self) -> &'static [u8] {
        match self {
            Encoding::Utf8Mark => b"\xEF\xBB\xBF",
            Encoding::Utf16 => b"\xFF\xFE",
            Encoding::Utf16Big => b"\xFE\xFF",
            Encoding::Utf32 => b"\xFF\xFE\0\0",
            _ => b"",
        }
    }

    /// A text as bytes; letters it cannot write become `?`.
    pub fn encode(self, text: &str) -> Vec<u8> {
        match self {
            Encoding::Utf8 | Encoding::Utf8Mark => text.as_bytes().to_vec(),
            Encoding::Ascii => text
                .chars()
                .map(|c| if c.is_ascii() { c as u8 } else { b'?' })
                .collect(),
            Encoding::Latin1 => text
                .chars()
                .map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?'))
                .collect(),
            Encoding::Utf16 => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Encoding::Utf16Big => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            Encoding::Utf32 => text
                .chars()
                .flat_map(|c| u32::from(c).to_le_bytes())
                .collect(),
        }
    }

    /// Bytes as a text; what is none becomes `�`.
    pub fn decode(self, bytes: &[u8]) -> String {
        let units = |big: bool| {
            let pair = |pair: &[u8]| {
                let pair = [pair[0], pair[1]];
                if big {
                    u16::from_be_bytes(pair)
                } else {
                    u16::from_le_bytes(pair)
                }
            };
            bytes.chunks_exact(2).map(pair).collect::<Vec<u16>>()
        };
        match self {
            Encoding::Utf8 | Encoding::Utf8Mark => String::from_utf8_lossy(bytes).into_owned(),
            Encoding::Ascii => bytes
                .iter()
                .map(|b| if b.is_ascii() { char::from(*b) } else { '?' })
                .collect(),
            Encoding::Latin1 => bytes.iter().map(|b| char::from(*b)).collect(),
            Encoding::Utf16 => String::from_utf16_lossy(&units(false)),
            Encoding::Utf16Big => String::from_utf16_lossy(&units(true)),
            Encoding::Utf32 => {
                let letter = |four: &[u8]| {
                    let code = u32::from_le_bytes([four[0], four[1], four[2], four[3]]);
                    char::from_u32(code).unwrap_or('\u{fffd}')
                };
                bytes.chunks_exact(4).map(letter).collect()
            }
        }
    }
}

/// The text of a file: by the mark it begins with, else in the encoding, else UTF-8.
pub fn decode_by_mark(bytes: &[u8], encoding: Option<Encoding>) -> String {
    for marked in [
        Encoding::Utf32,
        Encoding::Utf8Mark,
        Encoding::Utf16,
        Encoding::Utf16Big,
    ] {
        if let Some(rest) = bytes.strip_prefix(marked.mark()) {
            return marked.decode(rest);
        }
    }
    encoding.unwrap_or(Encoding::Utf8).decode(bytes)
}

impl Native for Encoding {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named(match self {
            Encoding::Utf8 | Encoding::Utf8Mark => UTF8.name,
            Encoding::Ascii => "System.Text.ASCIIEncoding",
            Encoding::Latin1 => "System.Text.Latin1Encoding",
            Encoding::Utf16 | Encoding::Utf16Big => UNICODE.name,
            Encoding::Utf32 => "System.Text.UTF32Encoding",
        })
    }

    fn text(&self) -> String {
        self.type_ref().full_name().to_owned()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn equals(&self, other: &dyn Native) -> bool {
        other.as_any().downcast_ref::<Encoding>() == Some(self)
    }
}

/// The encoding of an object or a name; `None` when it is none.
pub fn encoding_of(value: &Value) -> Option<Encoding> {
    match value {
        Value::Native(native) => native.as_any().downcast_ref::<Encoding>().copied(),
        Value::Str(name) => Encoding::find(name),
        Value::Number(_) => Encoding::find(&convert::to_text(value)),
        Value::Object(object) => object.base.as_ref().and_then(encoding_of),
        _ => None,
    }
}

fn own(value: &Value) -> Encoding {
    encoding_of(value).unwrap_or(Encoding::Utf8)
}

fn names(value: &Value) -> (&'static str, i32, &'static str) {
    let own = own(value);
    NAMES
        .iter()
        .find(|(encoding, ..)| *encoding == own)
        .map_or(("", 0, ""), |(_, name, page, shown)| (name, *page, shown))
}

/// Bytes of an argument, perhaps a piece of them.
fn bytes(call: &Call<'_>) -> Result<Vec<u8>, Fault> {
    let all = match call.arg(0) {
        Value::Bytes(bytes) => bytes.borrow().clone(),
        _ => Vec::new(),
    };
    if call.args.len() < 3 {
        return Ok(all);
    }
    let (start, count) = (usize::try_from(call.long(1)), usize::try_from(call.long(2)));
    let range = start
        .ok()
        .zip(count.ok())
        .and_then(|(s, c)| all.get(s..s.checked_add(c)?));
    range.map(<[u8]>::to_vec).ok_or_else(|| {
        Fault::out_of_range(
            "Index and count must refer to a location within the buffer.",
            "bytes",
        )
    })
}

fn text_of(call: &Call<'_>) -> String {
    match call.arg(0) {
        Value::Array(_) => call.list(0).iter().map(convert::to_text).collect(),
        other => convert::to_text(other),
    }
}

fn find(call: &mut Call<'_>) -> Answer {
    let unknown = || {
        let name = call.text(0);
        Fault::argument(format!(
            "'{name}' is not a supported encoding name. Known here: utf-8, us-ascii, iso-8859-1, utf-16, utf-16BE, utf-32. (Parameter 'name')"
        ))
    };
    encoding_of(call.arg(0))
        .map(Value::native)
        .ok_or_else(unknown)
}

macro_rules! known {
    ($signature:literal, $encoding:ident) => {
        Property::read($signature, |_| Ok(Value::native(Encoding::$encoding)))
    };
}

/// `System.Text.Encoding`
pub static TABLE: TypeTable = TypeTable {
    name: "System.Text.Encoding",
    properties: &[
        Property::read("string BodyName {get;}", |v| Ok(names(v).0.into())),
        Property::read("string EncodingName {get;}", |v| Ok(names(v).2.into())),
        Property::read("string HeaderName {get;}", |v| Ok(names(v).0.into())),
        Property::read("string WebName {get;}", |v| Ok(names(v).0.into())),
        Property::read("int CodePage {get;}", |v| Ok(names(v).1.into())),
        Property::read("bool IsSingleByte {get;}", |v| {
            Ok(Value::Bool(matches!(
                own(v),
                Encoding::Ascii | Encoding::Latin1
            )))
        }),
    ],
    methods: &[
        Method::new("byte[] GetBytes(string s)", |c| {
            Ok(Value::bytes(own(c.this).encode(&text_of(c))))
        }),
        Method::new("byte[] GetBytes(char[] chars)", |c| {
            Ok(Value::bytes(own(c.this).encode(&text_of(c))))
        }),
        Method::new("int GetByteCount(string s)", |c| {
            Ok(Value::int(own(c.this).encode(&text_of(c)).len() as i32))
        }),
        Method::new("string GetString(byte[] bytes)", |c| {
            Ok(own(c.this).decode(&bytes(c)?).into())
        }),
        Method::new(
            "string GetString(byte[] bytes, int index, int count)",
            |c| Ok(own(c.this).decode(&bytes(c)?).into()),
        ),
        Method::new("char[] GetChars(byte[] bytes)", |c| {
            let letters = own(c.this)
                .decode(&bytes(c)?)
                .chars()
                .map(Value::Char)
                .collect();
            Ok(convert::array_of(TypeRef::char(), letters))
        }),
        Method::new("int GetCharCount(byte[] bytes)", |c| {
            Ok(Value::int(
                super::units::len(&own(c.this).decode(&bytes(c)?)) as i32,
            ))
        }),
        Method::new("byte[] GetPreamble()", |c| {
            Ok(Value::bytes(own(c.this).mark().to_vec()))
        }),
    ],
    static_properties: &[
        known!("System.Text.Encoding ASCII {get;}", Ascii),
        known!("System.Text.Encoding UTF8 {get;}", Utf8Mark),
        known!("System.Text.Encoding Default {get;}", Utf8),
        known!("System.Text.Encoding Unicode {get;}", Utf16),
        known!("System.Text.Encoding BigEndianUnicode {get;}", Utf16Big),
        known!("System.Text.Encoding UTF32 {get;}", Utf32),
        known!("System.Text.Encoding Latin1 {get;}", Latin1),
    ],
    static_methods: &[
        Method::new("System.Text.Encoding GetEncoding(string name)", find),
        Method::new("System.Text.Encoding GetEncoding(int codepage)", find),
        Method::new(
            "byte[] Convert(System.Text.Encoding srcEncoding, System.Text.Encoding dstEncoding, byte[] bytes)",
            |c| {
                let bytes = match c.arg(2) {
                    Value::Bytes(bytes) => bytes.borrow().clone(),
                    _ => Vec::new(),
                };
                Ok(Value::bytes(
                    own(c.arg(1)).encode(&own(c.arg(0)).decode(&bytes)),
                ))
            },
        ),
    ],
    ..TypeTable::EMPTY
};

/// `System.Text.UTF8Encoding`
pub static UTF8: TypeTable = TypeTable {
    name: "System.Text.UTF8Encoding",
    base: "System.Text.Encoding",
    constructors: &[
        Method::new("System.Text.UTF8Encoding new()", |_| {
            Ok(Value::native(Encoding::Utf8))
        }),
        Method::new(
            "System.Text.UTF8Encoding new(bool encoderShouldEmitUTF8Identifier)",
            |c| {
                Ok(Value::native(if c.flag(0) {
                    Encoding::Utf8Mark
                } else {
                    Encoding::Utf8
                }))
            },
        ),
    ],
    ..TypeTable::EMPTY
};

/// `System.Text.UnicodeEncoding`
pub static UNICODE: TypeTable = TypeTable {
    name: "System.Text.UnicodeEncoding",
    base: "System.Text.Encoding",
    constructors: &[Method::new("System.Text.UnicodeEncoding new()", |_| {
        Ok(Value::native(Encoding::Utf16))
    })],
    ..TypeTable::EMPTY
};

/// `System.Text.ASCIIEncoding`
pub static ASCII: TypeTable = TypeTable {
    name: "System.Text.ASCIIEncoding",
    base: "System.Text.Encoding",
    constructors: &[Method::new("System.Text.ASCIIEncoding new()", |_| {
        Ok(Value::native(Encoding::Ascii))
    })],
    ..TypeTable::EMPTY
};
