use crate::cmdlet;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::error::{ErrorCategory, ErrorRecord};
use crate::runtime::param::Validate;
use crate::runtime::value::Number;
use crate::runtime::{Run, Value, convert};

cmdlet! {
    /// Gives a random number, or picks objects at random.
    pub struct GetRandom("Get", "Random").default_set("RandomNumberParameterSet").module("Microsoft.PowerShell.Utility") {
        /// The start of the row of numbers: the same start gives the same numbers.
        set_seed: Option<i32> = param("SetSeed"),
        /// The bound, which is not reached itself.
        maximum: Option<Value> = param("Maximum").position(0).in_sets(&["RandomNumberParameterSet"]),
        /// The least number.
        minimum: Option<Value> = param("Minimum").in_sets(&["RandomNumberParameterSet"]).default_text("0"),
        /// The objects to pick from.
        input_object: Option<Vec<Value>> = param("InputObject").position(0).by_value().in_sets(&["RandomListItemParameterSet", "ShuffleParameterSet"]).mandatory(),
        /// How many.
        count: Option<i32> = param("Count").in_sets(&["RandomNumberParameterSet", "RandomListItemParameterSet"]).validate(Validate::Range(1, 2_147_483_647)).default_text("1"),
        /// Gives all objects in a random order.
        shuffle: bool = param("Shuffle").in_sets(&["ShuffleParameterSet"]).mandatory(),
    }
    example "(Get-Random -Minimum 1 -Maximum 7) -le 6" => "Throws a die.";
    example "('a','b','c' | Get-Random -Count 2).Count" => "Picks two of three.";
}

/// Numbers that look random (splitmix64), begun by chance or by -SetSeed.
struct Numbers(u64);

/// The row of numbers that -SetSeed began.
#[derive(Default)]
struct Begun(std::cell::Cell<Option<u64>>);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Less than `bound`, all equally likely enough for scripts.
    fn below(&mut self, bound: u64) -> u64 {
        if bound == 0 {
            0
        } else {
            ((u128::from(self.next()) * u128::from(bound)) >> 64) as u64
        }
    }

    fn fraction(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

impl Cmdlet for GetRandom {
    type State = Vec<Value>;

    fn process(&self, state: &mut Vec<Value>, _cx: &mut Cx<'_>) -> Run<()> {
        state.extend(self.input_object.iter().flatten().cloned());
        Ok(())
    }

    fn end(&self, state: &mut Vec<Value>, cx: &mut Cx<'_>) -> Run<()> {
        let mut numbers = self.numbers(cx);
        let count = usize::try_from(self.count.unwrap_or(1)).unwrap_or(1);
        let result = if self.input_object.is_some() {
            let mut objects = std::mem::take(state);
            let wanted = if self.shuffle {
                objects.len()
            } else {
                count.min(objects.len())
            };
            (0..wanted).try_for_each(|_| {
                let at = numbers.below(objects.len() as u64) as usize;
                cx.write(objects.swap_remove(at))
            })
        } else {
            (0..count).try_for_each(|_| {
                let number = self.number(&mut numbers)?;
                cx.write(number)
            })
        };
        if let Some(begun) = cx.session::<Begun>() {
            begun.0.set(begun.0.get().map(|_| numbers.0));
        }
        result
    }
}

impl GetRandom {
    fn numbers(&self, cx: &mut Cx<'_>) -> Numbers {
        let begun = cx.session::<Begun>().unwrap_or_else(|| {
            let begun = std::rc::Rc::new(Begun::default());
            cx.shell.set_extension(begun.clone());
            begun
        });
        if let Some(seed) = self.set_seed {
            begun.0.set(Some(seed as u64));
        }
        let chance = || uuid::Uuid::new_v4().as_u128() as u64;
        Numbers(begun.0.get().unwrap_or_else(chance))
    }

    fn number(&self, numbers: &mut Numbers) -> Run<Value> {
        let read = |given: &Option<Value>| given.as_ref().map(convert::to_number).transpose();
        let bound = |given: &Option<Value>| read(given).map_err(ErrorRecord::from);
        let (low, high) = (bound(&self.minimum)?, bound(&self.maximum)?);
        let is_fraction = |n: &Option<Number>| {
            matches!(
                n,
                Some(Number::Double(_) | Number::Single(_) | Number::Decimal(_))
            )
        };
        if is_fraction(&low) || is_fraction(&high) {
            let low = low.map_or(0.0, convert::double_of);
            let high = high.map_or(f64::MAX, convert::double_of);
            check(low < high, &low.to_string(), &high.to_string())?;
            return Ok(Value::double(low + numbers.fraction() * (high - low)));
        }
        let whole =
            |n: Option<Number>, otherwise: i128| n.and_then(convert::integral).unwrap_or(otherwise);
        let wide = [low, high]
            .iter()
            .flatten()
            .any(|n| matches!(n, Number::Int64(_) | Number::UInt64(_)));
        let (low, high) = (
            whole(low, 0),
            whole(
                high,
                if wide {
                    i128::from(i64::MAX)
                } else {
                    i128::from(i32::MAX)
                },
            ),
        );
        check(low < high, &low.to_string(), &high.to_string())?;
        let number = low + i128::from(numbers.below(u64::try_from(high - low).unwrap_or(u64::MAX)));
        Ok(match i32::try_from(number) {
            Ok(number) if !wide => Value::int(number),
            _ => Value::long(i64::try_from(number).unwrap_or(i64::MAX)),
        })
    }
}

fn check(fits: bool, low: &str, high: &str) -> Result<(), ErrorRecord> {
    if fits {
        return Ok(());
    }
    Err(ErrorRecord::new(
        "System.ArgumentException",
        "MinGreaterThanOrEqualMax",
        ErrorCategory::InvalidArgument,
        format!(
            "The Minimum value ({low}) cannot be greater than or equal to the Maximum value ({high})."
        ),
    ))
}
