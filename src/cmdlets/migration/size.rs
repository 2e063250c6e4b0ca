//! A number of bytes as Exchange shows it.

use std::any::Any;
use std::cmp::Ordering;
use std::rc::Rc;

use super::show;
use crate::runtime::value::Native;
use crate::runtime::{TypeRef, Value};

/// `1.5 MB (1,572,864 bytes)`; sorts by the number.
pub struct ByteQuantifiedSize(u64);

impl ByteQuantifiedSize {
    /// The value of a number of bytes.
    pub fn value(bytes: u64) -> Value {
        Value::native(ByteQuantifiedSize(bytes))
    }
}

impl Native for ByteQuantifiedSize {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named("Microsoft.Exchange.Data.ByteQuantifiedSize")
    }

    fn text(&self) -> String {
        text(self.0)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn property_names(&self) -> Vec<Rc<str>> {
        vec![Rc::from("Bytes")]
    }

    fn property(&self, name: &str) -> Option<Value> {
        name.eq_ignore_ascii_case("Bytes")
            .then(|| show::count(self.0))
    }

    fn equals(&self, other: &dyn Native) -> bool {
        self.order(other) == Some(Ordering::Equal)
    }

    fn order(&self, other: &dyn Native) -> Option<Ordering> {
        other
            .as_any()
            .downcast_ref::<Self>()
            .map(|other| self.0.cmp(&other.0))
    }
}

#[allow(clippy::cast_precision_loss)] // four digits are shown
fn text(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["B", "KB", "MB", "GB", "TB"];
    let (mut scaled, mut unit) = (bytes as f64, 0);
    while scaled >= 1024.0 && unit + 1 < UNITS.len() {
        scaled /= 1024.0;
        unit += 1;
    }
    let places = match scaled {
        _ if unit == 0 => 0,
        s if s < 10.0 => 3,
        s if s < 100.0 => 2,
        _ => 1,
    };
    let number = format!("{scaled:.places$}");
    let number = if places > 0 {
        number.trim_end_matches('0').trim_end_matches('.')
    } else {
        &number
    };
    format!("{number} {} ({} bytes)", UNITS[unit], grouped(bytes))
}

fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_read_as_exchange_writes_them() {
        for (bytes, words) in [
            (0, "0 B (0 bytes)"),
            (1023, "1023 B (1,023 bytes)"),
            (1024, "1 KB (1,024 bytes)"),
            (1_572_864, "1.5 MB (1,572,864 bytes)"),
            (1_288_490_188, "1.2 GB (1,288,490,188 bytes)"),
        ] {
            assert_eq!(text(bytes), words);
        }
    }
}
