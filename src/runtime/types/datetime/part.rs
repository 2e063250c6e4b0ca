//! The parts of a date as properties, for `DateTime` and `DateTimeOffset`.

/// `date_part!(clock, Year)`: the row of a part, read from what the function `clock` makes of the object.
macro_rules! date_part {
    (@row $clock:path, $signature:literal, $date:ident => $value:expr) => {
        $crate::runtime::types::table::Property::read($signature, |this| {
            let $date = $clock(this);
            Ok($value)
        })
    };
    ($clock:path, Date) => {
        date_part!(@row $clock, "datetime Date {get;}", d => Value::DateTime(d.date()))
    };
    ($clock:path, Day) => {
        date_part!(@row $clock, "int Day {get;}", d => Value::int(d.parts().day as i32))
    };
    ($clock:path, DayOfWeek) => {
        date_part!(@row $clock, "System.DayOfWeek DayOfWeek {get;}", d => EnumValue::any_number(
            TypeRef::named("System.DayOfWeek"),
            d.day_of_week(),
        ))
    };
    ($clock:path, DayOfYear) => {
        date_part!(@row $clock, "int DayOfYear {get;}", d => Value::int(d.day_of_year() as i32))
    };
    ($clock:path, Hour) => {
        date_part!(@row $clock, "int Hour {get;}", d => Value::int(d.parts().hour as i32))
    };
    ($clock:path, Millisecond) => {
        date_part!(@row $clock, "int Millisecond {get;}", d => {
            Value::int((d.parts().fraction / TICKS_PER_MILLISECOND) as i32)
        })
    };
    ($clock:path, Minute) => {
        date_part!(@row $clock, "int Minute {get;}", d => Value::int(d.parts().minute as i32))
    };
    ($clock:path, Month) => {
        date_part!(@row $clock, "int Month {get;}", d => Value::int(d.parts().month as i32))
    };
    ($clock:path, Second) => {
        date_part!(@row $clock, "int Second {get;}", d => Value::int(d.parts().second as i32))
    };
    ($clock:path, Ticks) => {
        date_part!(@row $clock, "long Ticks {get;}", d => Value::long(d.ticks))
    };
    ($clock:path, TimeOfDay) => {
        date_part!(@row $clock, "timespan TimeOfDay {get;}", d => Value::TimeSpan(d.time_of_day()))
    };
    ($clock:path, Year) => {
        date_part!(@row $clock, "int Year {get;}", d => Value::int(d.parts().year as i32))
    };
}
pub(in crate::runtime::types) use date_part;
