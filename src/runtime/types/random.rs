//! `System.Random`.

use std::any::Any;
use std::cell::Cell;

use super::TypeRef;
use super::args::Args;
use super::table::{Answer, Call, Fault, Method, TypeTable};
use crate::runtime::convert;
use crate::runtime::value::{Native, Value};

/// A stream of pseudo-random numbers (SplitMix64); the same seed gives the same stream, though not .NET's.
pub struct Random(Cell<u64>);

impl Random {
    /// From a seed.
    pub fn seeded(seed: i64) -> Random {
        Random(Cell::new(seed as u64))
    }

    /// From the system's randomness.
    pub fn fresh() -> Random {
        let (high, low) = uuid::Uuid::new_v4().as_u64_pair();
        Random(Cell::new(high ^ low.rotate_left(32)))
    }

    /// The next 64 bits.
    pub fn bits(&self) -> u64 {
        let state = self.0.get().wrapping_add(0x9E37_79B9_7F4A_7C15);
        self.0.set(state);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From 0 up to, but not, 1.
    pub fn unit(&self) -> f64 {
        (self.bits() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// From `low` up to, but not, `high`.
    pub fn between(&self, low: i64, high: i64) -> i64 {
        let width = (i128::from(high) - i128::from(low)).max(1) as u128;
        (i128::from(low) + ((u128::from(self.bits()) * width) >> 64) as i128) as i64
    }
}

impl Native for Random {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named(TABLE.name)
    }

    fn text(&self) -> String {
        TABLE.name.to_owned()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn next(call: &Call<'_>, low: i32, high: i32) -> Answer {
    if low > high {
        return Err(Fault::out_of_range(
            "'minValue' cannot be greater than maxValue.",
            "minValue",
        ));
    }
    let n = call
        .this
        .downcast::<Random>()
        .map_or(0, |r| r.between(i64::from(low), i64::from(high)));
    Ok(Value::int(n as i32))
}

/// Its declaration.
pub static TABLE: TypeTable = TypeTable {
    name: "System.Random",
    aliases: &["Random"],
    constructors: &[
        Method::new("System.Random new()", |_| {
            Ok(Value::native(Random::fresh()))
        }),
        Method::new("System.Random new(int Seed)", |c| {
            Ok(Value::native(Random::seeded(c.long(0))))
        }),
    ],
    methods: &[
        Method::new("int Next()", |c| next(c, 0, i32::MAX)),
        Method::new("int Next(int maxValue)", |c| next(c, 0, c.int(0))),
        Method::new("int Next(int minValue, int maxValue)", |c| {
            next(c, c.int(0), c.int(1))
        }),
        Method::new("double NextDouble()", |c| {
            Ok(Value::double(
                c.this.downcast::<Random>().map_or(0.0, Random::unit),
            ))
        }),
        Method::new("void NextBytes(byte[] buffer)", |c| {
            if let (Some(random), Value::Bytes(bytes)) = (c.this.downcast::<Random>(), c.arg(0)) {
                bytes
                    .borrow_mut()
                    .iter_mut()
                    .for_each(|b| *b = random.bits() as u8);
            }
            Ok(convert::blank(TypeRef::object()))
        }),
    ],
    ..TypeTable::EMPTY
};
