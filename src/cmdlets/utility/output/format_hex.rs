use crate::cmdlet;
use crate::cmdlets::utility::files::encoding::{Encoding, EncodingName};
use crate::cmdlets::utility::files::errors;
use crate::cmdlets::utility::files::place::paths_of;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::value::Number;
use crate::runtime::{PsObject, Run, Value, convert};

cmdlet! {
    /// Shows the bytes of files, texts and numbers in hexadecimal digits.
    pub struct FormatHex("Format", "Hex").default_set("Path").aliases(&["fhx"]).module("Microsoft.PowerShell.Utility") {
        /// The files.
        path: Option<Vec<String>> = param("Path").position(0).in_sets(&["Path"]).mandatory().wildcards().completes("Path"),
        /// The files; wildcards have no meaning.
        literal_path: Option<Vec<String>> = param("LiteralPath").aliases(&["PSPath", "LP"]).by_property_name().in_sets(&["LiteralPath"]).mandatory().completes("Path"),
        /// Texts, numbers, or arrays of bytes.
        input_object: Option<Value> = param("InputObject").by_value().in_sets(&["ByInputObject"]).mandatory(),
        /// How texts become bytes.
        encoding: Option<EncodingName> = param("Encoding").default_text("UTF-8 without a mark"),
        /// How many bytes to show.
        count: Option<u64> = param("Count"),
        /// How many bytes to leave out first.
        offset: Option<u64> = param("Offset").default_text("0"),
    }
    example "'Grüße' | Format-Hex" => "Shows how a text is stored.";
    example "Set-Content a.txt 'one','two'; Format-Hex a.txt -Count 4" => "Shows the first bytes of a file.";
}

/// How many bytes a row shows.
const ROW: usize = 16;

/// The bytes of values that were piped in.
#[derive(Default)]
pub struct Piped {
    bytes: Vec<u8>,
}

impl Cmdlet for FormatHex {
    type State = Piped;

    fn process(&self, state: &mut Piped, cx: &mut Cx<'_>) -> Run<()> {
        match &self.input_object {
            Some(Value::Number(Number::Byte(byte))) => {
                state.bytes.push(*byte);
                return Ok(());
            }
            Some(object) => {
                let kind = object.type_ref().map_or("", |ty| ty.name());
                return self.show(&format!("{kind} (piped)"), &self.bytes_of(object), cx);
            }
            None => {}
        }
        for path in paths_of(self.path.as_deref(), self.literal_path.as_deref(), cx) {
            match std::fs::read(&path) {
                Ok(bytes) => self.show(&path.display().to_string(), &bytes, cx)?,
                Err(error) => cx.error(errors::read(&path, &error))?,
            }
        }
        Ok(())
    }

    fn end(&self, state: &mut Piped, cx: &mut Cx<'_>) -> Run<()> {
        if state.bytes.is_empty() {
            return Ok(());
        }
        self.show("Byte[] (piped)", &std::mem::take(&mut state.bytes), cx)
    }
}

impl FormatHex {
    fn bytes_of(&self, object: &Value) -> Vec<u8> {
        match object {
            Value::Bytes(bytes) => bytes.borrow().clone(),
            Value::Number(number) => match number {
                Number::Int32(n) => n.to_le_bytes().to_vec(),
                Number::Int64(n) => n.to_le_bytes().to_vec(),
                Number::Int16(n) => n.to_le_bytes().to_vec(),
                Number::UInt32(n) => n.to_le_bytes().to_vec(),
                Number::UInt64(n) => n.to_le_bytes().to_vec(),
                Number::UInt16(n) => n.to_le_bytes().to_vec(),
                Number::Double(n) => n.to_le_bytes().to_vec(),
                Number::Single(n) => n.to_le_bytes().to_vec(),
                Number::Byte(n) => vec![*n],
                Number::SByte(n) => n.to_le_bytes().to_vec(),
                Number::Decimal(n) => n.serialize().to_vec(),
            },
            other => self
                .encoding
                .map_or(Encoding::Utf8, Encoding::from)
                .encode(&convert::to_text(other)),
        }
    }

    fn show(&self, label: &str, bytes: &[u8], cx: &mut Cx<'_>) -> Run<()> {
        let place = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
        let skip = place(self.offset.unwrap_or(0)).min(bytes.len());
        let rest = &bytes[skip..];
        let shown = &rest[..place(self.count.unwrap_or(u64::MAX)).min(rest.len())];
        for (nth, row) in shown.chunks(ROW).enumerate() {
            cx.write(line(label, skip + nth * ROW, row))?;
        }
        Ok(())
    }
}

/// A row of bytes: its place, its digits, its letters.
fn line(label: &str, offset: usize, bytes: &[u8]) -> Value {
    let digits: Vec<String> = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
    let letter = |byte: &u8| match byte {
        b' '..=b'~' => char::from(*byte),
        0 => ' ',
        _ => '.',
    };
    let ascii: String = bytes.iter().map(letter).collect();
    PsObject::view(
        "Microsoft.PowerShell.Commands.ByteCollection",
        vec![
            ("Label", Value::str(label)),
            ("Offset64", Value::Number(Number::UInt64(offset as u64))),
            ("HexOffset", format!("{offset:016X}").into()),
            ("HexBytes", digits.join(" ").into()),
            ("Ascii", ascii.into()),
            ("Bytes", Value::bytes(bytes.to_vec())),
        ],
    )
}
