//! `System.Diagnostics.Stopwatch`.

use std::any::Any;
use std::cell::Cell;
use std::time::{Duration, Instant};

use super::TypeRef;
use super::table::{Call, Method, Property, TypeTable};
use super::timespan::TimeSpan;
use crate::runtime::value::{Native, Value};

/// Time measured so far, and since when it runs.
#[derive(Default)]
struct Stopwatch {
    before: Cell<Duration>,
    since: Cell<Option<Instant>>,
}

impl Stopwatch {
    fn elapsed(&self) -> Duration {
        self.before.get()
            + self
                .since
                .get()
                .map_or(Duration::ZERO, |since| since.elapsed())
    }

    fn start(&self) {
        if self.since.get().is_none() {
            self.since.set(Some(Instant::now()));
        }
    }

    fn stop(&self) {
        self.before.set(self.elapsed());
        self.since.set(None);
    }

    fn reset(&self) {
        self.before.set(Duration::ZERO);
        self.since.set(None);
    }
}

impl Native for Stopwatch {
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

fn elapsed(value: &Value) -> Duration {
    value
        .downcast::<Stopwatch>()
        .map_or(Duration::ZERO, Stopwatch::elapsed)
}

fn ticks(duration: Duration) -> i64 {
    (duration.as_nanos() / 100) as i64
}

fn act(call: &Call<'_>, action: impl Fn(&Stopwatch)) {
    if let Some(watch) = call.this.downcast::<Stopwatch>() {
        action(watch);
    }
}

/// Its declaration.
pub static TABLE: TypeTable = TypeTable {
    name: "System.Diagnostics.Stopwatch",
    aliases: &["Diagnostics.Stopwatch"],
    constructors: &[Method::new("System.Diagnostics.Stopwatch new()", |_| {
        Ok(Value::native(Stopwatch::default()))
    })],
    properties: &[
        Property::read("timespan Elapsed {get;}", |v| {
            Ok(Value::TimeSpan(TimeSpan {
                ticks: ticks(elapsed(v)),
            }))
        }),
        Property::read("long ElapsedMilliseconds {get;}", |v| {
            Ok(Value::long(elapsed(v).as_millis() as i64))
        }),
        Property::read("long ElapsedTicks {get;}", |v| {
            Ok(Value::long(ticks(elapsed(v))))
        }),
        Property::read("bool IsRunning {get;}", |v| {
            Ok(Value::Bool(
                v.downcast::<Stopwatch>()
                    .is_some_and(|w| w.since.get().is_some()),
            ))
        }),
    ],
    methods: &[
        Method::new("void Start()", |c| {
            act(c, Stopwatch::start);
            Ok(Value::Null)
        }),
        Method::new("void Stop()", |c| {
            act(c, Stopwatch::stop);
            Ok(Value::Null)
        }),
        Method::new("void Reset()", |c| {
            act(c, Stopwatch::reset);
            Ok(Value::Null)
        }),
        Method::new("void Restart()", |c| {
            act(c, |watch| {
                watch.reset();
                watch.start();
            });
            Ok(Value::Null)
        }),
    ],
    static_methods: &[Method::new(
        "System.Diagnostics.Stopwatch StartNew()",
        |_| {
            let watch = Stopwatch::default();
            watch.start();
            Ok(Value::native(watch))
        },
    )],
    ..TypeTable::EMPTY
};
