//! `System.IO.StreamReader` and `System.IO.StreamWriter` over files.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::fs::{self, File, OpenOptions};
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use super::TypeRef;
use super::args::Args;
use super::encoding::{Encoding, decode_by_mark, encoding_of};
use super::io::{fault, full_path};
use super::table::{Answer, Call, Fault, Method, Property, TypeTable};
use crate::runtime::members;
use crate::runtime::value::{Native, Value};

/// A file that is read from its beginning to its end.
struct Reader {
    text: RefCell<Option<String>>,
    at: Cell<usize>,
}

impl Native for Reader {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named(READER.name)
    }

    fn text(&self) -> String {
        READER.name.to_owned()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn closed() -> Fault {
    Fault::Exception(
        "System.ObjectDisposedException",
        "Cannot use a stream that is closed.".into(),
    )
}

fn open_reader(call: &mut Call<'_>) -> Answer {
    let path = full_path(call, 0)?;
    let bytes = fs::read(&path).map_err(|error| fault(&error, &path))?;
    let text = decode_by_mark(&bytes, encoding_of(call.arg(1)));
    Ok(Value::native(Reader {
        text: RefCell::new(Some(text)),
        at: Cell::new(0),
    }))
}

/// What is left of the file, and a step to take in it.
fn read<T>(value: &Value, step: impl FnOnce(&str) -> (T, usize)) -> Result<T, Fault> {
    let reader = value.downcast::<Reader>().ok_or_else(closed)?;
    let text = reader.text.borrow();
    let text = text.as_deref().ok_or_else(closed)?;
    let (given, taken) = step(&text[reader.at.get()..]);
    reader.at.set(reader.at.get() + taken);
    Ok(given)
}

fn line(rest: &str) -> (Value, usize) {
    if rest.is_empty() {
        return (Value::Null, 0);
    }
    match rest.find('\n') {
        Some(end) => {
            let line = rest[..end].strip_suffix('\r').unwrap_or(&rest[..end]);
            (Value::str(line), end + 1)
        }
        None => (Value::str(rest), rest.len()),
    }
}

fn code(rest: &str) -> i32 {
    rest.chars().next().map_or(-1, |c| u32::from(c) as i32)
}

/// A file that is written.
struct Writer {
    path: PathBuf,
    encoding: Encoding,
    file: RefCell<Option<BufWriter<File>>>,
    at_once: Cell<bool>,
}

impl Native for Writer {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named(WRITER.name)
    }

    fn text(&self) -> String {
        WRITER.name.to_owned()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn open_writer(call: &mut Call<'_>) -> Answer {
    let path = full_path(call, 0)?;
    let append = call.flag(1);
    let encoding = encoding_of(call.arg(2)).unwrap_or(Encoding::Utf8);
    let opened = OpenOptions::new()
        .create(true)
        .write(true)
        .append(append)
        .truncate(!append)
        .open(&path);
    let file = opened.map_err(|error| fault(&error, &path))?;
    let new = file.metadata().map_or(true, |data| data.len() == 0);
    let writer = Writer {
        file: RefCell::new(Some(BufWriter::new(file))),
        path,
        encoding,
        at_once: Cell::new(false),
    };
    if new {
        put(&writer, encoding.mark())?;
    }
    Ok(Value::native(writer))
}

fn put(writer: &Writer, bytes: &[u8]) -> Answer {
    let mut file = writer.file.borrow_mut();
    let file = file.as_mut().ok_or_else(closed)?;
    let mut written = file.write_all(bytes);
    if writer.at_once.get() {
        written = written.and_then(|()| file.flush());
    }
    written.map_err(|error| fault(&error, &writer.path))?;
    Ok(Value::Null)
}

fn writer<'a>(call: &'a Call<'_>) -> Result<&'a Writer, Fault> {
    call.this.downcast::<Writer>().ok_or_else(closed)
}

fn write(call: &mut Call<'_>, end: &str) -> Answer {
    let text = match call.args.first() {
        Some(value) => members::text(value) + end,
        None => end.to_owned(),
    };
    let writer = writer(call)?;
    put(writer, &writer.encoding.encode(&text))
}

fn flush(call: &mut Call<'_>, close: bool) -> Answer {
    let writer = writer(call)?;
    let mut file = writer.file.borrow_mut();
    if let Some(open) = file.as_mut() {
        open.flush().map_err(|error| fault(&error, &writer.path))?;
    }
    if close {
        *file = None;
    }
    Ok(Value::Null)
}

fn close_reader(call: &mut Call<'_>) -> Answer {
    if let Some(reader) = call.this.downcast::<Reader>() {
        *reader.text.borrow_mut() = None;
    }
    Ok(Value::Null)
}

/// `System.IO.StreamReader`
pub static READER: TypeTable = TypeTable {
    name: "System.IO.StreamReader",
    constructors: &[
        Method::new("System.IO.StreamReader new(string path)", open_reader),
        Method::new(
            "System.IO.StreamReader new(string path, System.Object encoding)",
            open_reader,
        ),
    ],
    properties: &[Property::read("bool EndOfStream {get;}", |v| {
        read(v, |rest| (Value::Bool(rest.is_empty()), 0))
    })],
    methods: &[
        Method::new("string ReadLine()", |c| read(c.this, line)),
        Method::new("string ReadToEnd()", |c| {
            read(c.this, |rest| (Value::str(rest), rest.len()))
        }),
        Method::new("int Peek()", |c| {
            read(c.this, |rest| (Value::int(code(rest)), 0))
        }),
        Method::new("int Read()", |c| {
            read(c.this, |rest| {
                let width = rest.chars().next().map_or(0, char::len_utf8);
                (Value::int(code(rest)), width)
            })
        }),
        Method::new("void Close()", close_reader),
        Method::new("void Dispose()", close_reader),
    ],
    ..TypeTable::EMPTY
};

/// `System.IO.StreamWriter`
pub static WRITER: TypeTable = TypeTable {
    name: "System.IO.StreamWriter",
    constructors: &[
        Method::new("System.IO.StreamWriter new(string path)", open_writer),
        Method::new(
            "System.IO.StreamWriter new(string path, bool append)",
            open_writer,
        ),
        Method::new(
            "System.IO.StreamWriter new(string path, bool append, System.Object encoding)",
            open_writer,
        ),
    ],
    properties: &[Property {
        signature: "bool AutoFlush {get;set;}",
        get: |v| {
            let on = v.downcast::<Writer>().is_some_and(|w| w.at_once.get());
            Ok(Value::Bool(on))
        },
        set: Some(|v, on| {
            if let Some(writer) = v.downcast::<Writer>() {
                writer.at_once.set(crate::runtime::convert::to_bool(&on));
            }
            Ok(())
        }),
    }],
    methods: &[
        Method::new("void Write(System.Object value)", |c| write(c, "")),
        Method::new("void WriteLine()", |c| write(c, "\n")),
        Method::new("void WriteLine(System.Object value)", |c| write(c, "\n")),
        Method::new("void Flush()", |c| flush(c, false)),
        Method::new("void Close()", |c| flush(c, true)),
        Method::new("void Dispose()", |c| flush(c, true)),
    ],
    ..TypeTable::EMPTY
};
