//! The cultures this shell knows: what separates digits, how dates look, what months are called.

/// The conventions of a language and place.
#[derive(Debug)]
pub struct Culture {
    /// `en-US`; empty for the invariant culture.
    pub name: &'static str,
    /// `English (United States)`
    pub english_name: &'static str,
    /// The same in the culture's own language.
    pub native_name: &'static str,
    /// The culture's number, 127 for the invariant one.
    pub lcid: i32,
    /// Before the fraction.
    pub decimal_point: &'static str,
    /// Between groups of three digits.
    pub group_separator: &'static str,
    /// `$`
    pub currency: &'static str,
    /// `{s}` the symbol, `{n}` the number.
    pub currency_form: &'static str,
    /// `{n}` the number.
    pub percent_form: &'static str,
    /// Format `d`.
    pub short_date: &'static str,
    /// Format `D`.
    pub long_date: &'static str,
    /// Format `t`.
    pub short_time: &'static str,
    /// Format `T`.
    pub long_time: &'static str,
    /// Format `m`.
    pub month_day: &'static str,
    /// Format `y`.
    pub year_month: &'static str,
    /// Before and after noon.
    pub designators: [&'static str; 2],
    /// From Sunday.
    pub days: [&'static str; 7],
    /// From Sunday.
    pub short_days: [&'static str; 7],
    /// From January.
    pub months: [&'static str; 12],
    /// From January.
    pub short_months: [&'static str; 12],
    /// What `/` stands for in a date format.
    pub date_separator: &'static str,
    /// Whether the day precedes the month in `1/2/2020`.
    pub day_first: bool,
}

const DAYS: [&str; 7] = [
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
];
const SHORT_DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const SHORT_MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// Of no place: what conversions use.
pub static INVARIANT: Culture = Culture {
    name: "",
    english_name: "Invariant Language (Invariant Country)",
    native_name: "Invariant Language (Invariant Country)",
    lcid: 127,
    decimal_point: ".",
    group_separator: ",",
    currency: "¤",
    currency_form: "{s}{n}",
    percent_form: "{n} %",
    short_date: "MM/dd/yyyy",
    long_date: "dddd, dd MMMM yyyy",
    short_time: "HH:mm",
    long_time: "HH:mm:ss",
    month_day: "MMMM dd",
    year_month: "yyyy MMMM",
    designators: ["AM", "PM"],
    days: DAYS,
    short_days: SHORT_DAYS,
    months: MONTHS,
    short_months: SHORT_MONTHS,
    date_separator: "/",
    day_first: false,
};

/// The culture the shell runs in.
pub static EN_US: Culture = Culture {
    name: "en-US",
    english_name: "English (United States)",
    native_name: "English (United States)",
    lcid: 1033,
    currency: "$",
    short_date: "M/d/yyyy",
    long_date: "dddd, MMMM d, yyyy",
    short_time: "h:mm tt",
    long_time: "h:mm:ss tt",
    month_day: "MMMM d",
    year_month: "MMMM yyyy",
    ..INVARIANT
};

static EN_GB: Culture = Culture {
    name: "en-GB",
    english_name: "English (United Kingdom)",
    native_name: "English (United Kingdom)",
    lcid: 2057,
    currency: "£",
    percent_form: "{n}%",
    short_date: "dd/MM/yyyy",
    long_date: "dddd, d MMMM yyyy",
    month_day: "d MMMM",
    year_month: "MMMM yyyy",
    day_first: true,
    ..INVARIANT
};

static DE_DE: Culture = Culture {
    name: "de-DE",
    english_name: "German (Germany)",
    native_name: "Deutsch (Deutschland)",
    lcid: 1031,
    decimal_point: ",",
    group_separator: ".",
    currency: "€",
    currency_form: "{n} {s}",
    short_date: "dd.MM.yyyy",
    long_date: "dddd, d. MMMM yyyy",
    month_day: "d. MMMM",
    year_month: "MMMM yyyy",
    days: [
        "Sonntag",
        "Montag",
        "Dienstag",
        "Mittwoch",
        "Donnerstag",
        "Freitag",
        "Samstag",
    ],
    short_days: ["So", "Mo", "Di", "Mi", "Do", "Fr", "Sa"],
    months: [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    short_months: [
        "Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez",
    ],
    date_separator: ".",
    day_first: true,
    ..INVARIANT
};

static FR_FR: Culture = Culture {
    name: "fr-FR",
    english_name: "French (France)",
    native_name: "français (France)",
    lcid: 1036,
    decimal_point: ",",
    group_separator: "\u{a0}",
    currency: "€",
    currency_form: "{n} {s}",
    short_date: "dd/MM/yyyy",
    long_date: "dddd d MMMM yyyy",
    month_day: "d MMMM",
    year_month: "MMMM yyyy",
    days: [
        "dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi",
    ],
    short_days: ["dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam."],
    months: [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    short_months: [
        "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.",
        "déc.",
    ],
    day_first: true,
    ..INVARIANT
};

/// All of them.
pub static ALL: &[&Culture] = &[&INVARIANT, &EN_US, &EN_GB, &DE_DE, &FR_FR];

/// The culture of a name, any case; a language alone gives its main place.
pub fn find(name: &str) -> Option<&'static Culture> {
    let whole = ALL.iter().find(|c| c.name.eq_ignore_ascii_case(name));
    let language = || {
        let fits = |c: &&&Culture| {
            c.name
                .split('-')
                .next()
                .is_some_and(|l| !l.is_empty() && l.eq_ignore_ascii_case(name))
        };
        ALL.iter().find(fits)
    };
    whole.or_else(language).copied()
}
