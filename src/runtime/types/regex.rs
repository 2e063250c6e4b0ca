//! `System.Text.RegularExpressions`: `Regex`, `Match`, `Group` and their collections.

use std::any::Any;
use std::rc::Rc;

use super::args::Args;
use super::enums::{self, EnumValue};
use super::table::{Answer, Call, Fault, Method, Property, TypeTable};
use super::{TypeRef, units};
use crate::runtime::regex::{self, Found, Options, Pattern, RegexError};
use crate::runtime::value::{Native, Value};

/// A `[regex]`.
struct Regex(Rc<Pattern>);

impl Native for Regex {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named(TABLE.name)
    }

    fn text(&self) -> String {
        self.0.source().to_string()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// A match or a group of one.
struct Piece {
    text: Rc<str>,
    /// Its name or number.
    name: Rc<str>,
    /// Bytes; `None` when nothing matched.
    span: Option<(usize, usize)>,
    /// The groups, when it is a whole match.
    found: Option<Found>,
    /// For `NextMatch`.
    pattern: Option<Rc<Pattern>>,
}

impl Piece {
    fn value(&self) -> &str {
        self.span
            .and_then(|(start, end)| self.text.get(start..end))
            .unwrap_or_default()
    }
}

impl Native for Piece {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named(if self.found.is_some() {
            MATCH.name
        } else {
            GROUP.name
        })
    }

    fn text(&self) -> String {
        self.value().to_owned()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// Matches, or the groups of one.
struct Collection {
    items: Vec<Value>,
    groups: bool,
}

impl Native for Collection {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named(if self.groups {
            GROUPS.name
        } else {
            MATCHES.name
        })
    }

    fn text(&self) -> String {
        self.type_ref().full_name().to_owned()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn elements(&self) -> Option<Vec<Value>> {
        Some(self.items.clone())
    }

    fn at(&self, index: usize) -> Option<Value> {
        self.items.get(index).cloned()
    }

    fn count(&self) -> Option<usize> {
        Some(self.items.len())
    }
}

/// The pattern of a `[regex]`; `None` for other values.
pub fn pattern_of(value: &Value) -> Option<Rc<Pattern>> {
    match value {
        Value::Object(object) => object.base.as_ref().and_then(pattern_of),
        other => other.downcast::<Regex>().map(|regex| regex.0.clone()),
    }
}

/// The object of a match.
pub fn match_object(text: &str, found: &Found, pattern: Option<Rc<Pattern>>) -> Value {
    let first = found.groups.first();
    Value::native(Piece {
        text: Rc::from(text),
        name: Rc::from("0"),
        span: first.and_then(|group| group.span),
        found: Some(found.clone()),
        pattern,
    })
}

/// `Match.Empty`
fn no_match() -> Value {
    let found = Found {
        groups: vec![regex::Group {
            name: Rc::from("0"),
            span: None,
        }],
    };
    match_object("", &found, None)
}

fn fault(error: RegexError) -> Fault {
    let class = match error {
        RegexError::Parse(_) => "System.Text.RegularExpressions.RegexParseException",
        RegexError::TooHard => "System.Text.RegularExpressions.RegexMatchTimeoutException",
    };
    Fault::Exception(class, error.to_string())
}

fn options(value: &Value) -> Result<Options, Fault> {
    let bits = match value {
        Value::Enum(member) => member.value,
        other => crate::runtime::convert::to_i64(other).unwrap_or(0),
    };
    if bits & 64 != 0 {
        return Err(Fault::Exception(
            "System.NotSupportedException",
            "RegexOptions.RightToLeft is not supported.".into(),
        ));
    }
    Ok(Options {
        ignore_case: bits & 1 != 0,
        multiline: bits & 2 != 0,
        explicit_capture: bits & 4 != 0,
        singleline: bits & 16 != 0,
        ignore_whitespace: bits & 32 != 0,
    })
}

fn make(pattern: &str, bits: &Value) -> Result<Rc<Pattern>, Fault> {
    Pattern::cached(pattern, options(bits)?).map_err(fault)
}

/// The pattern of an object's method, or of a static one whose pattern is the second argument with options at a place.
fn pattern(call: &Call<'_>, options_at: usize) -> Result<Rc<Pattern>, Fault> {
    match pattern_of(call.this) {
        Some(pattern) => Ok(pattern),
        None => make(&call.text(1), call.arg(options_at)),
    }
}

/// The byte offset of a `startat` argument.
fn start(text: &str, units: i64) -> Result<usize, Fault> {
    let outside = || {
        Fault::out_of_range(
            "Start index cannot be less than 0 or greater than input length.",
            "startat",
        )
    };
    usize::try_from(units)
        .ok()
        .and_then(|at| units::byte_at(text, at))
        .ok_or_else(outside)
}

fn is_match(call: &mut Call<'_>) -> Answer {
    let text = call.text(0);
    let pattern = pattern(call, 2)?;
    if call.this.is_null() || call.args.len() < 2 {
        return pattern.is_match(&text).map(Value::Bool).map_err(fault);
    }
    let at = start(&text, call.long(1))?;
    Ok(Value::Bool(
        pattern.find_at(&text, at).map_err(fault)?.is_some(),
    ))
}

fn first(call: &mut Call<'_>) -> Answer {
    let text = call.text(0);
    let pattern = pattern(call, 2)?;
    let at = if call.this.is_null() || call.args.len() < 2 {
        0
    } else {
        start(&text, call.long(1))?
    };
    let found = pattern.find_at(&text, at).map_err(fault)?;
    Ok(found.map_or_else(no_match, |found| {
        match_object(&text, &found, Some(pattern.clone()))
    }))
}

fn all(call: &mut Call<'_>) -> Answer {
    let text = call.text(0);
    let pattern = pattern(call, 2)?;
    let at = if call.this.is_null() || call.args.len() < 2 {
        0
    } else {
        start(&text, call.long(1))?
    };
    let found = pattern.find_all(&text, at).map_err(fault)?;
    let items = found
        .iter()
        .map(|found| match_object(&text, found, Some(pattern.clone())))
        .collect();
    Ok(Value::native(Collection {
        items,
        groups: false,
    }))
}

/// Replaces; the replacement (a text or a block) stands at a place, the count after it.
fn replace(call: &mut Call<'_>, at: usize, count: i32, from: i64) -> Answer {
    let text = call.text(0);
    let pattern = pattern(call, at + 1)?;
    let from = start(&text, from)?;
    match call.arg(at).clone() {
        Value::ScriptBlock(block) => {
            let host = &mut *call.host;
            let replaced = pattern.replace_with(&text, count, from, |found| {
                let object = match_object(&text, found, Some(pattern.clone()));
                let results = host.invoke(&block, None, Some(object.clone()), vec![object])?;
                Ok(crate::runtime::convert::join(&results, ""))
            })?;
            Ok(replaced.into())
        }
        _ => pattern
            .replace(&text, &call.text(at), count, from)
            .map(Value::from)
            .map_err(fault),
    }
}

fn split(call: &mut Call<'_>) -> Answer {
    let text = call.text(0);
    let pattern = pattern(call, 2)?;
    let limit = if call.this.is_null() || call.args.len() < 2 {
        0
    } else {
        call.int(1)
    };
    let pieces = pattern.split_limited(&text, limit.max(0)).map_err(fault)?;
    let items = pieces.into_iter().map(Value::from).collect();
    Ok(crate::runtime::convert::array_of(TypeRef::string(), items))
}

fn piece<T>(this: &Value, read: impl FnOnce(&Piece) -> T) -> Option<T> {
    this.downcast::<Piece>().map(read)
}

fn groups(piece: &Piece) -> Value {
    let Some(found) = &piece.found else {
        return Value::Null;
    };
    let group = |(i, group): (usize, &regex::Group)| {
        if i == 0 {
            return match_object(&piece.text, found, piece.pattern.clone());
        }
        Value::native(Piece {
            text: piece.text.clone(),
            name: group.name.clone(),
            span: group.span,
            found: None,
            pattern: None,
        })
    };
    Value::native(Collection {
        items: found.groups.iter().enumerate().map(group).collect(),
        groups: true,
    })
}

const REGEX_OPTIONS: &str = "System.Text.RegularExpressions.RegexOptions";

/// `System.Text.RegularExpressions.Regex`
pub static TABLE: TypeTable = TypeTable {
    name: "System.Text.RegularExpressions.Regex",
    aliases: &["regex"],
    constructors: &[
        Method::new("regex new(string pattern)", |c| {
            Ok(Value::native(Regex(make(&c.text(0), &Value::Null)?)))
        }),
        Method::new(
            "regex new(string pattern, System.Text.RegularExpressions.RegexOptions options)",
            |c| Ok(Value::native(Regex(make(&c.text(0), c.arg(1))?))),
        ),
    ],
    properties: &[
        Property::read(
            "System.Text.RegularExpressions.RegexOptions Options {get;}",
            |v| {
                let Some(pattern) = pattern_of(v) else {
                    return Ok(Value::Null);
                };
                let o = pattern.options();
                let bits = [
                    (o.ignore_case, 1),
                    (o.multiline, 2),
                    (o.explicit_capture, 4),
                    (o.singleline, 16),
                    (o.ignore_whitespace, 32),
                ];
                let sum = bits.iter().filter(|(on, _)| *on).map(|(_, bit)| bit).sum();
                Ok(EnumValue::any_number(TypeRef::named(REGEX_OPTIONS), sum))
            },
        ),
        Property::read("bool RightToLeft {get;}", |_| Ok(Value::Bool(false))),
    ],
    methods: &[
        Method::new("bool IsMatch(string input)", is_match),
        Method::new("bool IsMatch(string input, int startat)", is_match),
        Method::new(
            "System.Text.RegularExpressions.Match Match(string input)",
            first,
        ),
        Method::new(
            "System.Text.RegularExpressions.Match Match(string input, int startat)",
            first,
        ),
        Method::new(
            "System.Text.RegularExpressions.MatchCollection Matches(string input)",
            all,
        ),
        Method::new(
            "System.Text.RegularExpressions.MatchCollection Matches(string input, int startat)",
            all,
        ),
        Method::new("string Replace(string input, scriptblock evaluator)", |c| {
            replace(c, 1, -1, 0)
        }),
        Method::new("string Replace(string input, string replacement)", |c| {
            replace(c, 1, -1, 0)
        }),
        Method::new(
            "string Replace(string input, scriptblock evaluator, int count)",
            |c| replace(c, 1, c.int(2), 0),
        ),
        Method::new(
            "string Replace(string input, string replacement, int count)",
            |c| replace(c, 1, c.int(2), 0),
        ),
        Method::new(
            "string Replace(string input, string replacement, int count, int startat)",
            |c| replace(c, 1, c.int(2), c.long(3)),
        ),
        Method::new("string[] Split(string input)", split),
        Method::new("string[] Split(string input, int count)", split),
        Method::new("string[] GetGroupNames()", |c| {
            let names = pattern_of(c.this)
                .map(|pattern| pattern.group_names())
                .unwrap_or_default();
            Ok(crate::runtime::convert::array_of(
                TypeRef::string(),
                names.into_iter().map(Value::Str).collect(),
            ))
        }),
        Method::new("int[] GetGroupNumbers()", |c| {
            let count = pattern_of(c.this).map_or(0, |pattern| pattern.group_names().len());
            Ok(crate::runtime::convert::array_of(
                TypeRef::int32(),
                (0..count).map(|n| Value::int(n as i32)).collect(),
            ))
        }),
    ],
    static_methods: &[
        Method::new("bool IsMatch(string input, string pattern)", is_match),
        Method::new(
            "bool IsMatch(string input, string pattern, System.Text.RegularExpressions.RegexOptions options)",
            is_match,
        ),
        Method::new(
            "System.Text.RegularExpressions.Match Match(string input, string pattern)",
            first,
        ),
        Method::new(
            "System.Text.RegularExpressions.Match Match(string input, string pattern, System.Text.RegularExpressions.RegexOptions options)",
            first,
        ),
        Method::new(
            "System.Text.RegularExpressions.MatchCollection Matches(string input, string pattern)",
            all,
        ),
        Method::new(
            "System.Text.RegularExpressions.MatchCollection Matches(string input, string pattern, System.Text.RegularExpressions.RegexOptions options)",
            all,
        ),
        Method::new(
            "string Replace(string input, string pattern, scriptblock evaluator)",
            |c| replace(c, 2, -1, 0),
        ),
        Method::new(
            "string Replace(string input, string pattern, string replacement)",
            |c| replace(c, 2, -1, 0),
        ),
        Method::new(
            "string Replace(string input, string pattern, scriptblock evaluator, System.Text.RegularExpressions.RegexOptions options)",
            |c| replace(c, 2, -1, 0),
        ),
        Method::new(
            "string Replace(string input, string pattern, string replacement, System.Text.RegularExpressions.RegexOptions options)",
            |c| replace(c, 2, -1, 0),
        ),
        Method::new("string[] Split(string input, string pattern)", split),
        Method::new(
            "string[] Split(string input, string pattern, System.Text.RegularExpressions.RegexOptions options)",
            split,
        ),
        Method::new("string Escape(string str)", |c| {
            Ok(regex::escape(&c.text(0)).into())
        }),
        Method::new("string Unescape(string str)", |c| {
            Ok(regex::unescape(&c.text(0)).into())
        }),
    ],
    ..TypeTable::EMPTY
};

/// `System.Text.RegularExpressions.Group`
pub static GROUP: TypeTable = TypeTable {
    name: "System.Text.RegularExpressions.Group",
    properties: &[
        Property::read("bool Success {get;}", |v| {
            Ok(Value::Bool(piece(v, |p| p.span.is_some()).unwrap_or(false)))
        }),
        Property::read("string Name {get;}", |v| {
            Ok(piece(v, |p| Value::Str(p.name.clone())).unwrap_or_default())
        }),
        Property::read("System.Object Captures {get;}", |v| {
            Ok(Value::array(
                if piece(v, |p| p.span.is_some()) == Some(true) {
                    vec![v.clone()]
                } else {
                    Vec::new()
                },
            ))
        }),
        Property::read("int Index {get;}", |v| {
            let index = piece(v, |p| {
                p.span
                    .map_or(0, |(start, _)| units::unit_of(&p.text, start))
            });
            Ok(Value::int(index.unwrap_or(0) as i32))
        }),
        Property::read("int Length {get;}", |v| {
            Ok(Value::int(
                piece(v, |p| units::len(p.value())).unwrap_or(0) as i32
            ))
        }),
        Property::read("string Value {get;}", |v| {
            Ok(piece(v, |p| p.value().into()).unwrap_or_default())
        }),
    ],
    ..TypeTable::EMPTY
};

/// `System.Text.RegularExpressions.Match`
pub static MATCH: TypeTable = TypeTable {
    name: "System.Text.RegularExpressions.Match",
    base: "System.Text.RegularExpressions.Group",
    properties: &[Property::read(
        "System.Text.RegularExpressions.GroupCollection Groups {get;}",
        |v| Ok(piece(v, groups).unwrap_or_default()),
    )],
    methods: &[
        Method::new("System.Text.RegularExpressions.Match NextMatch()", |c| {
            let Some(Piece {
                text,
                found: Some(found),
                pattern: Some(pattern),
                ..
            }) = c.this.downcast::<Piece>()
            else {
                return Ok(no_match());
            };
            let next = pattern.find_after(text, found).map_err(fault)?;
            Ok(next.map_or_else(no_match, |found| {
                match_object(text, &found, Some(pattern.clone()))
            }))
        }),
        Method::new("string Result(string replacement)", |c| {
            let Some(Piece {
                text,
                found: Some(found),
                pattern: Some(pattern),
                ..
            }) = c.this.downcast::<Piece>()
            else {
                return Err(Fault::Exception(
                    "System.NotSupportedException",
                    "Result cannot be called on a failed Match.".into(),
                ));
            };
            Ok(pattern.expand(&c.text(0), text, found).into())
        }),
    ],
    static_properties: &[Property::read(
        "System.Text.RegularExpressions.Match Empty {get;}",
        |_| Ok(no_match()),
    )],
    ..TypeTable::EMPTY
};

fn items(this: &Value) -> &[Value] {
    this.downcast::<Collection>()
        .map_or(&[], |collection| &collection.items)
}

const COUNT: &[Property] = &[Property::read("int Count {get;}", |v| {
    Ok(Value::int(items(v).len() as i32))
})];

/// `System.Text.RegularExpressions.MatchCollection`
pub static MATCHES: TypeTable = TypeTable {
    name: "System.Text.RegularExpressions.MatchCollection",
    interfaces: &[
        "System.Collections.IEnumerable",
        "System.Collections.ICollection",
        "System.Collections.IList",
    ],
    properties: COUNT,
    methods: &[Method::new(
        "System.Text.RegularExpressions.Match get_Item(int i)",
        |c| {
            let found = usize::try_from(c.long(0))
                .ok()
                .and_then(|i| items(c.this).get(i));
            found.cloned().ok_or_else(|| {
                Fault::out_of_range(
                    "Specified argument was out of the range of valid values.",
                    "i",
                )
            })
        },
    )],
    ..TypeTable::EMPTY
};

/// `System.Text.RegularExpressions.GroupCollection`
pub static GROUPS: TypeTable = TypeTable {
    name: "System.Text.RegularExpressions.GroupCollection",
    interfaces: &[
        "System.Collections.IEnumerable",
        "System.Collections.ICollection",
    ],
    properties: COUNT,
    methods: &[
        Method::new(
            "System.Text.RegularExpressions.Group get_Item(int groupnum)",
            |c| {
                let found = usize::try_from(c.long(0))
                    .ok()
                    .and_then(|i| items(c.this).get(i));
                Ok(found.cloned().unwrap_or_else(no_group))
            },
        ),
        Method::new(
            "System.Text.RegularExpressions.Group get_Item(string groupname)",
            |c| {
                let name = c.text(0);
                let found = items(c.this)
                    .iter()
                    .find(|group| piece(group, |p| *p.name == *name) == Some(true));
                Ok(found.cloned().unwrap_or_else(no_group))
            },
        ),
    ],
    ..TypeTable::EMPTY
};

fn no_group() -> Value {
    Value::native(Piece {
        text: Rc::from(""),
        name: Rc::from("0"),
        span: None,
        found: None,
        pattern: None,
    })
}

/// `System.Text.RegularExpressions.RegexOptions`
pub static OPTIONS: TypeTable = enums::table(
    REGEX_OPTIONS,
    &[
        ("None", 0),
        ("IgnoreCase", 1),
        ("Multiline", 2),
        ("ExplicitCapture", 4),
        ("Compiled", 8),
        ("Singleline", 16),
        ("IgnorePatternWhitespace", 32),
        ("RightToLeft", 64),
        ("ECMAScript", 256),
        ("CultureInvariant", 512),
    ],
    true,
);
