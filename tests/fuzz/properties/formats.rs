//! Any format is filled or refused, for values at the ends of their ranges.

use mailtern::runtime::format_string;
use mailtern::runtime::types::culture::{EN_US, INVARIANT};
use mailtern::runtime::types::datetime::{DateTime, MAX_TICKS, parse};
use mailtern::runtime::types::timespan::TimeSpan;
use mailtern::runtime::value::{Number, Value};
use rust_decimal::Decimal;

pub fn holds(data: &[u8]) {
    let format = super::text(data);
    let values = [
        Value::int(-42),
        Value::long(i64::MIN),
        Value::double(1234.5678),
        Value::double(f64::MAX),
        Value::double(5e-324),
        Value::double(f64::NAN),
        Value::Number(Number::Decimal(Decimal::new(12345, 3))),
        Value::Number(Number::Decimal(Decimal::MAX)),
        Value::DateTime(parse::date("2021-03-04 05:06:07").unwrap()),
        Value::DateTime(DateTime {
            ticks: MAX_TICKS,
            ..DateTime::utc_now()
        }),
        Value::TimeSpan(TimeSpan { ticks: i64::MIN }),
        Value::TimeSpan(TimeSpan { ticks: i64::MAX }),
        Value::str("x"),
        Value::Null,
    ];
    for value in &values {
        for culture in [&EN_US, &INVARIANT] {
            let _ = format_string::format_value(value, &format, culture);
        }
    }
    let _ = format_string::compose(&format, &values, &EN_US);
}
