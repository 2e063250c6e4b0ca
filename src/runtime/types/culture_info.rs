//! `System.Globalization.CultureInfo` and what hangs on it.

use std::any::Any;

use super::TypeRef;
use super::args::Args;
use super::culture::{self, Culture, EN_US, INVARIANT};
use super::enums;
use super::table::{Answer, Fault, Method, Property, TypeTable};
use crate::runtime::value::{Native, Value};

/// A culture as an object.
struct CultureInfo(&'static Culture);

impl Native for CultureInfo {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named(TABLE.name)
    }

    fn text(&self) -> String {
        self.0.name.to_owned()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn equals(&self, other: &dyn Native) -> bool {
        other
            .as_any()
            .downcast_ref::<CultureInfo>()
            .is_some_and(|other| other.0.name == self.0.name)
    }
}

/// A part of a culture as an object: `NumberFormat`, `DateTimeFormat`, `TextInfo`.
struct Part(&'static Culture, &'static TypeTable);

impl Native for Part {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named(self.1.name)
    }

    fn text(&self) -> String {
        self.1.name.to_owned()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The culture a format provider means; the shell's own for `$null` and anything else.
pub fn culture_of(value: &Value) -> &'static Culture {
    match value {
        Value::Native(native) => {
            let any = native.as_any();
            let whole = any.downcast_ref::<CultureInfo>().map(|c| c.0);
            whole
                .or_else(|| any.downcast_ref::<Part>().map(|p| p.0))
                .unwrap_or(&EN_US)
        }
        _ => &EN_US,
    }
}

/// The object of a culture.
pub fn object(culture: &'static Culture) -> Value {
    Value::native(CultureInfo(culture))
}

fn named(name: &str) -> Answer {
    let unknown = || {
        let known: Vec<&str> = culture::ALL
            .iter()
            .map(|c| c.name)
            .filter(|n| !n.is_empty())
            .collect();
        Fault::Exception(
            "System.Globalization.CultureNotFoundException",
            format!(
                "Culture is not supported. (Parameter 'name') {name} is an invalid culture identifier. Known here: {}.",
                known.join(", ")
            ),
        )
    };
    culture::find(name).map(object).ok_or_else(unknown)
}

macro_rules! words {
    ($signature:literal, $c:ident => $value:expr) => {
        Property::read($signature, |this| {
            let $c = culture_of(this);
            Ok($value)
        })
    };
}

fn list(names: &[&str]) -> Value {
    Value::array(names.iter().map(Value::str).collect())
}

/// `System.Globalization.CultureInfo`
pub static TABLE: TypeTable = TypeTable {
    name: "System.Globalization.CultureInfo",
    aliases: &["cultureinfo"],
    interfaces: &["System.IFormatProvider"],
    constructors: &[Method::new("cultureinfo new(string name)", |c| {
        named(&c.text(0))
    })],
    properties: &[
        words!("string Name {get;}", c => c.name.into()),
        words!("int LCID {get;}", c => c.lcid.into()),
        words!("string DisplayName {get;}", c => c.english_name.into()),
        words!("string EnglishName {get;}", c => c.english_name.into()),
        words!("string NativeName {get;}", c => c.native_name.into()),
        words!("string TwoLetterISOLanguageName {get;}", c => c.name.get(..2).unwrap_or("iv").into()),
        words!("System.Globalization.NumberFormatInfo NumberFormat {get;}", c => Value::native(Part(c, &NUMBER_FORMAT))),
        words!("System.Globalization.DateTimeFormatInfo DateTimeFormat {get;}", c => Value::native(Part(c, &DATE_FORMAT))),
        words!("System.Globalization.TextInfo TextInfo {get;}", c => Value::native(Part(c, &TEXT_INFO))),
        words!("System.Globalization.Calendar Calendar {get;}", c => Value::native(Part(c, &CALENDAR))),
    ],
    static_properties: &[
        Property::read("cultureinfo InvariantCulture {get;}", |_| {
            Ok(object(&INVARIANT))
        }),
        Property::read("cultureinfo CurrentCulture {get;}", |_| Ok(object(&EN_US))),
        Property::read("cultureinfo CurrentUICulture {get;}", |_| {
            Ok(object(&EN_US))
        }),
    ],
    static_methods: &[
        Method::new("cultureinfo GetCultureInfo(string name)", |c| {
            named(&c.text(0))
        }),
        Method::new("cultureinfo CreateSpecificCulture(string name)", |c| {
            named(&c.text(0))
        }),
    ],
    ..TypeTable::EMPTY
};

/// `System.Globalization.NumberFormatInfo`
pub static NUMBER_FORMAT: TypeTable = TypeTable {
    name: "System.Globalization.NumberFormatInfo",
    interfaces: &["System.IFormatProvider"],
    properties: &[
        words!("string CurrencySymbol {get;}", c => c.currency.into()),
        words!("string CurrencyDecimalSeparator {get;}", c => c.decimal_point.into()),
        words!("string CurrencyGroupSeparator {get;}", c => c.group_separator.into()),
        words!("string NumberDecimalSeparator {get;}", c => c.decimal_point.into()),
        words!("string NumberGroupSeparator {get;}", c => c.group_separator.into()),
        words!("string PercentSymbol {get;}", _c => "%".into()),
        words!("string NegativeSign {get;}", _c => "-".into()),
    ],
    static_properties: &[Property::read(
        "System.Globalization.NumberFormatInfo InvariantInfo {get;}",
        |_| Ok(Value::native(Part(&INVARIANT, &NUMBER_FORMAT))),
    )],
    ..TypeTable::EMPTY
};

/// `System.Globalization.DateTimeFormatInfo`
pub static DATE_FORMAT: TypeTable = TypeTable {
    name: "System.Globalization.DateTimeFormatInfo",
    interfaces: &["System.IFormatProvider"],
    properties: &[
        words!("string ShortDatePattern {get;}", c => c.short_date.into()),
        words!("string LongDatePattern {get;}", c => c.long_date.into()),
        words!("string ShortTimePattern {get;}", c => c.short_time.into()),
        words!("string LongTimePattern {get;}", c => c.long_time.into()),
        words!("string FullDateTimePattern {get;}", c => format!("{} {}", c.long_date, c.long_time).into()),
        words!("string DateSeparator {get;}", c => c.date_separator.into()),
        words!("string AMDesignator {get;}", c => c.designators[0].into()),
        words!("string PMDesignator {get;}", c => c.designators[1].into()),
        words!("string[] DayNames {get;}", c => list(&c.days)),
        words!("string[] AbbreviatedDayNames {get;}", c => list(&c.short_days)),
        words!("string[] MonthNames {get;}", c => list(&c.months)),
        words!("string[] AbbreviatedMonthNames {get;}", c => list(&c.short_months)),
    ],
    methods: &[Method::new("string GetMonthName(int month)", |c| {
        let months = &culture_of(c.this).months;
        let index = usize::try_from(c.long(0) - 1).ok();
        let outside =
            || Fault::out_of_range("Valid values are between 1 and 13, inclusive.", "month");
        index
            .and_then(|i| months.get(i))
            .map(Value::str)
            .ok_or_else(outside)
    })],
    static_properties: &[
        Property::read(
            "System.Globalization.DateTimeFormatInfo InvariantInfo {get;}",
            |_| Ok(Value::native(Part(&INVARIANT, &DATE_FORMAT))),
        ),
        Property::read(
            "System.Globalization.DateTimeFormatInfo CurrentInfo {get;}",
            |_| Ok(Value::native(Part(&EN_US, &DATE_FORMAT))),
        ),
    ],
    ..TypeTable::EMPTY
};

/// `System.Globalization.CalendarWeekRule`
pub static WEEK_RULE: TypeTable = enums::table(
    "System.Globalization.CalendarWeekRule",
    &[
        ("FirstDay", 0),
        ("FirstFullWeek", 1),
        ("FirstFourDayWeek", 2),
    ],
    false,
);

/// `System.Globalization.Calendar`: the Gregorian one, which all cultures here have.
pub static CALENDAR: TypeTable = TypeTable {
    name: "System.Globalization.Calendar",
    methods: &[Method::new(
        "int GetWeekOfYear(datetime time, System.Globalization.CalendarWeekRule rule, System.DayOfWeek firstDayOfWeek)",
        |c| {
            let number = |value: &Value| match value {
                Value::Enum(member) => member.value,
                _ => 0,
            };
            let Value::DateTime(date) = c.arg(0) else {
                return Ok(Value::int(0));
            };
            let days_of_first_week = match number(c.arg(1)) {
                1 => 7,
                2 => 4,
                _ => 1,
            };
            Ok(Value::int(
                date.week_of_year(days_of_first_week, number(c.arg(2))) as i32,
            ))
        },
    )],
    ..TypeTable::EMPTY
};

/// `System.Globalization.TextInfo`
pub static TEXT_INFO: TypeTable = TypeTable {
    name: "System.Globalization.TextInfo",
    properties: &[
        words!("string CultureName {get;}", c => c.name.into()),
        words!("string ListSeparator {get;}", c => if c.decimal_point == "," { ";" } else { "," }.into()),
    ],
    methods: &[
        Method::new("string ToTitleCase(string str)", |c| {
            Ok(title_case(&c.text(0)).into())
        }),
        Method::new("string ToUpper(string str)", |c| {
            Ok(c.text(0).to_uppercase().into())
        }),
        Method::new("string ToLower(string str)", |c| {
            Ok(c.text(0).to_lowercase().into())
        }),
    ],
    ..TypeTable::EMPTY
};

/// First letters upper case, the rest lower; words all in upper case stay.
fn title_case(text: &str) -> String {
    let mut out = String::new();
    let mut word = String::new();
    let finish = |word: &mut String, out: &mut String| {
        let is_acronym = word.chars().filter(|c| c.is_alphabetic()).count() > 1
            && !word.chars().any(char::is_lowercase);
        if is_acronym {
            out.push_str(word);
        } else {
            let mut letters = word.chars();
            out.extend(letters.next().into_iter().flat_map(char::to_uppercase));
            out.push_str(&letters.as_str().to_lowercase());
        }
        word.clear();
    };
    for c in text.chars() {
        if c.is_alphanumeric() || c == '\'' {
            word.push(c);
        } else {
            finish(&mut word, &mut out);
            out.push(c);
        }
    }
    finish(&mut word, &mut out);
    out
}

/// `System.Globalization.DateTimeStyles`
pub static DATE_STYLES: TypeTable = enums::table(
    "System.Globalization.DateTimeStyles",
    &[
        ("None", 0),
        ("AllowLeadingWhite", 1),
        ("AllowTrailingWhite", 2),
        ("AllowInnerWhite", 4),
        ("AllowWhiteSpaces", 7),
        ("NoCurrentDateDefault", 8),
        ("AdjustToUniversal", 16),
        ("AssumeLocal", 32),
        ("AssumeUniversal", 64),
        ("RoundtripKind", 128),
    ],
    true,
);

/// `System.Globalization.NumberStyles`
pub static NUMBER_STYLES: TypeTable = enums::table(
    "System.Globalization.NumberStyles",
    &[
        ("None", 0),
        ("AllowLeadingWhite", 1),
        ("AllowTrailingWhite", 2),
        ("AllowLeadingSign", 4),
        ("Integer", 7),
        ("AllowTrailingSign", 8),
        ("AllowParentheses", 16),
        ("AllowDecimalPoint", 32),
        ("AllowThousands", 64),
        ("Number", 111),
        ("AllowExponent", 128),
        ("Float", 167),
        ("AllowCurrencySymbol", 256),
        ("Currency", 383),
        ("Any", 511),
        ("AllowHexSpecifier", 512),
        ("HexNumber", 515),
    ],
    true,
);

/// `System.IFormatProvider`
pub static FORMAT_PROVIDER: TypeTable = TypeTable {
    name: "System.IFormatProvider",
    base: "",
    kind: super::Kind::Interface,
    ..TypeTable::EMPTY
};
