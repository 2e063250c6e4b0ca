//! Numbers to text by a custom format such as `#,##0.00;(#,##0.00);zero`.

use super::culture::Culture;
use crate::runtime::convert::{double_of, integral};
use crate::runtime::value::Number;

/// The number in a custom format.
pub fn format(number: Number, format: &str, culture: &Culture) -> String {
    let sections = sections(format);
    let mut digits = Digits::of(number);
    let wants = |digits: &Digits| match (digits.is_zero(), digits.negative, sections.len()) {
        (true, _, 3..) => 2,
        (false, true, 2..) if !sections[1].is_empty() => 1,
        _ => 0,
    };
    let mut index = wants(&digits);
    let mut section = Section::read(&sections[index]);
    digits.arrange(&section);
    if index != 0 && index != 2 && digits.is_zero()
        || index == 0 && digits.is_zero() && sections.len() > 2
    {
        index = wants(&digits);
        section = Section::read(&sections[index]);
        digits.arrange(&section);
    }
    let body = section.write(&digits, culture);
    let sign = if digits.negative && index == 0 && !(digits.is_zero() && integral(number).is_some())
    {
        "-"
    } else {
        ""
    };
    format!("{sign}{body}")
}

/// The parts between semicolons outside quotes.
fn sections(format: &str) -> Vec<Vec<char>> {
    let mut all = vec![Vec::new()];
    let mut quote = None;
    let mut letters = format.chars();
    while let Some(c) = letters.next() {
        match (c, quote) {
            (';', None) => {
                all.push(Vec::new());
                continue;
            }
            ('\'' | '"', None) => quote = Some(c),
            (c, Some(open)) if c == open => quote = None,
            _ => {}
        }
        if let Some(last) = all.last_mut() {
            last.push(c);
            if c == '\\' {
                last.extend(letters.next());
            }
        }
    }
    all
}

/// Decimal digits and where the point stands among them.
struct Digits {
    digits: Vec<u8>,
    point: i64,
    negative: bool,
}

impl Digits {
    fn of(number: Number) -> Digits {
        let (text, negative) = match number {
            Number::Decimal(n) => (n.abs().to_string(), n.is_sign_negative()),
            Number::Double(_) | Number::Single(_) => {
                let n = double_of(number);
                (format!("{:.14e}", n.abs()), n.is_sign_negative())
            }
            other => {
                let n = integral(other).unwrap_or_default();
                (n.unsigned_abs().to_string(), n < 0)
            }
        };
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let whole = mantissa.split('.').next().unwrap_or_default().len() as i64;
        let digits: Vec<u8> = mantissa
            .bytes()
            .filter(u8::is_ascii_digit)
            .map(|b| b - b'0')
            .collect();
        let mut made = Digits {
            digits,
            point: whole + exponent.parse::<i64>().unwrap_or(0),
            negative,
        };
        made.trim();
        made
    }

    fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    /// Drops zeros at both ends.
    fn trim(&mut self) {
        let leading = self.digits.iter().take_while(|d| **d == 0).count();
        self.digits.drain(..leading);
        self.point -= leading as i64;
        while self.digits.last() == Some(&0) {
            self.digits.pop();
        }
    }

    /// Scales and rounds as the section asks: halves away from zero.
    fn arrange(&mut self, section: &Section) {
        if self.is_zero() {
            return;
        }
        if section.exponent.is_some() {
            self.round(section.whole.max(1) + section.fraction);
            return;
        }
        self.point += section.shift;
        self.round(usize::try_from(self.point + section.fraction as i64).unwrap_or(0));
        if self.point + (section.fraction as i64) < 0 {
            self.digits.clear();
        }
    }

    /// Keeps so many digits.
    fn round(&mut self, keep: usize) {
        if self.digits.len() <= keep {
            return;
        }
        let up = self.digits[keep] >= 5;
        self.digits.truncate(keep);
        if up {
            let mut i = keep;
            loop {
                if i == 0 {
                    self.digits.insert(0, 1);
                    self.point += 1;
                    break;
                }
                i -= 1;
                self.digits[i] += 1;
                if self.digits[i] < 10 {
                    break;
                }
                self.digits[i] = 0;
            }
        }
        self.trim();
    }

    /// The digit at a place: 0 is left of the point, negative right of it.
    fn at(&self, place: i64) -> u8 {
        usize::try_from(self.point - 1 - place)
            .ok()
            .and_then(|i| self.digits.get(i))
            .copied()
            .unwrap_or(0)
    }
}

/// A section's placeholders.
struct Section {
    pieces: Vec<Piece>,
    /// Places before the point.
    whole: usize,
    /// Places after the point.
    fraction: usize,
    /// Zeros before the point, counted from it.
    least_whole: usize,
    /// Zeros after the point, counted from it.
    least_fraction: usize,
    /// Powers of ten from `%`, `‰` and commas.
    shift: i64,
    grouping: bool,
    /// Least digits of the exponent, whether `+` is shown, its letter.
    exponent: Option<(usize, bool, char)>,
}

enum Piece {
    Text(String),
    Digit,
    Point,
    Exponent,
}

impl Section {
    fn read(letters: &[char]) -> Section {
        let mut made = Section {
            pieces: Vec::new(),
            whole: 0,
            fraction: 0,
            least_whole: 0,
            least_fraction: 0,
            shift: 0,
            grouping: false,
            exponent: None,
        };
        let mut after_point = false;
        let mut pending_commas = 0;
        let mut first_zero = None;
        let mut i = 0;
        while let Some(&c) = letters.get(i) {
            i += 1;
            match c {
                '0' | '#' => {
                    if pending_commas > 0 && !after_point {
                        made.grouping = true;
                        pending_commas = 0;
                    }
                    made.pieces.push(Piece::Digit);
                    if after_point {
                        made.fraction += 1;
                        if c == '0' {
                            made.least_fraction = made.fraction;
                        }
                    } else {
                        if c == '0' && first_zero.is_none() {
                            first_zero = Some(made.whole);
                        }
                        made.whole += 1;
                    }
                }
                '.' if !after_point => {
                    after_point = true;
                    made.shift -= 3 * pending_commas;
                    pending_commas = 0;
                    made.pieces.push(Piece::Point);
                }
                '.' => {}
                ',' => {
                    if !after_point && made.whole > 0 {
                        pending_commas += 1;
                    }
                }
                '%' | '‰' => {
                    made.shift += if c == '%' { 2 } else { 3 };
                    made.pieces.push(Piece::Text(c.to_string()));
                }
                '\\' => {
                    made.pieces.push(Piece::Text(
                        letters.get(i).map_or_else(String::new, char::to_string),
                    ));
                    i += 1;
                }
                '\'' | '"' => {
                    let text: String = letters[i..].iter().take_while(|x| **x != c).collect();
                    i += text.chars().count() + 1;
                    made.pieces.push(Piece::Text(text));
                }
                'e' | 'E' if made.exponent.is_none() => {
                    let sign = letters.get(i).copied().filter(|s| matches!(s, '+' | '-'));
                    let start = i + usize::from(sign.is_some());
                    let zeros = letters[start.min(letters.len())..]
                        .iter()
                        .take_while(|x| **x == '0')
                        .count();
                    if zeros == 0 {
                        made.pieces.push(Piece::Text(c.to_string()));
                    } else {
                        made.exponent = Some((zeros, sign == Some('+'), c));
                        made.pieces.push(Piece::Exponent);
                        i = start + zeros;
                    }
                }
                other => made.pieces.push(Piece::Text(other.to_string())),
            }
        }
        made.shift -= 3 * pending_commas;
        made.least_whole = first_zero.map_or(0, |at| made.whole - at);
        made
    }

    fn write(&self, digits: &Digits, culture: &Culture) -> String {
        let mut shown = Digits {
            digits: digits.digits.clone(),
            point: digits.point,
            negative: digits.negative,
        };
        let mut exponent = 0;
        if self.exponent.is_some() && !shown.is_zero() {
            exponent = shown.point - self.whole.max(1) as i64;
            shown.point = self.whole.max(1) as i64;
        }
        let have = if shown.is_zero() {
            0
        } else {
            usize::try_from(shown.point).unwrap_or(0)
        };
        let fraction_have = if shown.is_zero() {
            0
        } else {
            (shown.digits.len() as i64 - shown.point).max(0) as usize
        };
        let fraction_shown =
            fraction_have.clamp(self.least_fraction, self.fraction.max(self.least_fraction));
        let mut out = String::new();
        let mut place = self.whole;
        let mut after_point = 0;
        let mut in_fraction = false;
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Point => {
                    in_fraction = true;
                    if fraction_shown > 0 {
                        out.push_str(culture.decimal_point);
                    }
                }
                Piece::Digit if in_fraction => {
                    after_point += 1;
                    if after_point <= fraction_shown {
                        out.push(char::from(b'0' + shown.at(-(after_point as i64))));
                    }
                }
                Piece::Digit => {
                    let top = if place == self.whole {
                        place.max(have)
                    } else {
                        place
                    };
                    for p in (place..=top).rev() {
                        if p <= have.max(self.least_whole) && p > 0 {
                            out.push(char::from(b'0' + shown.at(p as i64 - 1)));
                            if self.grouping && p > 1 && (p - 1) % 3 == 0 {
                                out.push_str(culture.group_separator);
                            }
                        }
                    }
                    place -= 1;
                }
                Piece::Exponent => {
                    if let Some((least, plus, letter)) = self.exponent {
                        let sign = if exponent < 0 {
                            "-"
                        } else if plus {
                            "+"
                        } else {
                            ""
                        };
                        out.push_str(&format!("{letter}{sign}{:0least$}", exponent.abs()));
                    }
                }
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::types::culture::EN_US;
    use rust_decimal::Decimal;

    #[test]
    fn custom_formats() {
        let double = Number::Double;
        let int = Number::Int32;
        let table = [
            (double(0.256), "0.0%", "25.6%"),
            (int(5), "00", "05"),
            (double(12.5), "#", "13"),
            (int(0), "#", ""),
            (double(5.5), "0", "6"),
            (double(6.5), "0", "7"),
            (int(1_234_567), "#,##0", "1,234,567"),
            (double(1234.5), "#,##0.00", "1,234.50"),
            (int(12), "#,##0.00", "12.00"),
            (double(-1.5), "0.0;(0.0)", "(1.5)"),
            (int(0), "0;-0;zero", "zero"),
            (int(1_500_000), "0,,.0'M'", "1.5M"),
            (double(0.5), "#.##", ".5"),
            (int(7), "000-00", "000-07"),
            (double(12345.678), "0.00E+00", "1.23E+04"),
            (int(5), "'x'0\\y", "x5y"),
            (Number::Decimal(Decimal::new(12345, 3)), "0.00", "12.35"),
            (double(-3.0), "0", "-3"),
        ];
        for (number, pattern, text) in table {
            assert_eq!(format(number, pattern, &EN_US), text, "{pattern}");
        }
    }
}
