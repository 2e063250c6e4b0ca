use crate::cmdlet;
use crate::format::expression::{Key, Property};
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::error::{ErrorCategory, ErrorRecord};
use crate::runtime::{PsObject, Run, Value, compare, convert};

cmdlet! {
    /// Counts objects and adds up their numbers, or counts the lines, words and characters of texts.
    pub struct MeasureObject("Measure", "Object").default_set("GenericMeasure").aliases(&["measure"])
        .module("Microsoft.PowerShell.Utility")
    {
        /// The objects.
        input_object: Option<Value> = param("InputObject").by_value(),
        /// The properties to measure; the objects themselves when none is given.
        property: Option<Vec<Value>> = param("Property").position(0).wildcards().completes("Property"),
        /// The standard deviation.
        standard_deviation: bool = param("StandardDeviation").in_sets(&["GenericMeasure"]),
        /// The sum.
        sum: bool = param("Sum").in_sets(&["GenericMeasure"]),
        /// All of them.
        all_stats: bool = param("AllStats").in_sets(&["GenericMeasure"]),
        /// The mean.
        average: bool = param("Average").in_sets(&["GenericMeasure"]),
        /// The greatest.
        maximum: bool = param("Maximum").in_sets(&["GenericMeasure"]),
        /// The least.
        minimum: bool = param("Minimum").in_sets(&["GenericMeasure"]),
        /// Counts lines of text.
        line: bool = param("Line").in_sets(&["TextMeasure"]),
        /// Counts words.
        word: bool = param("Word").in_sets(&["TextMeasure"]),
        /// Counts characters.
        character: bool = param("Character").in_sets(&["TextMeasure"]),
        /// Does not count white space as characters.
        ignore_white_space: bool = param("IgnoreWhiteSpace").in_sets(&["TextMeasure"]),
    }
    example "1..5 | Measure-Object -Sum -Average" => "Adds the numbers up.";
    example "'text' | Set-Content a.txt; Get-ChildItem | Measure-Object -Property Length -Maximum" => "Gives the size of the largest file.";
    example "'one two','three' | Measure-Object -Word -Line" => "Counts words and lines.";
}

/// What is known of one property.
#[derive(Default)]
pub struct Measured {
    name: Option<String>,
    count: i32,
    sum: f64,
    squares: f64,
    least: Option<Value>,
    greatest: Option<Value>,
    lines: i32,
    words: i32,
    characters: i32,
}

impl Cmdlet for MeasureObject {
    type State = Vec<Measured>;

    fn begin(&self, state: &mut Vec<Measured>, _cx: &mut Cx<'_>) -> Run<()> {
        if self.property.is_none() {
            state.push(Measured::default());
        }
        Ok(())
    }

    fn process(&self, state: &mut Vec<Measured>, cx: &mut Cx<'_>) -> Run<()> {
        let Some(object) = self.input_object.clone().filter(|object| !object.is_null()) else {
            return Ok(());
        };
        let Some(given) = &self.property else {
            return match state.first_mut() {
                Some(measured) => self.add(measured, &object, cx),
                None => Ok(()),
            };
        };
        for wanted in Property::parse_all(given, Key::VALUE)? {
            for property in wanted.resolve(&object, false) {
                let Some(value) = property
                    .value(&object, cx.shell)?
                    .filter(|value| !value.is_null())
                else {
                    continue;
                };
                let name = property.heading();
                let known = state.iter().position(|m| {
                    m.name
                        .as_ref()
                        .is_some_and(|n| n.eq_ignore_ascii_case(&name))
                });
                let at = known.unwrap_or_else(|| {
                    state.push(Measured {
                        name: Some(name.to_string()),
                        ..Measured::default()
                    });
                    state.len() - 1
                });
                self.add(&mut state[at], &value, cx)?;
            }
        }
        Ok(())
    }

    fn end(&self, state: &mut Vec<Measured>, cx: &mut Cx<'_>) -> Run<()> {
        for wanted in self.property.iter().flatten() {
            let name = convert::to_text(wanted);
            let wild = crate::runtime::wildcard::Wildcard::is_pattern(&name);
            let found = state.iter().any(|m| {
                m.name
                    .as_ref()
                    .is_some_and(|n| n.eq_ignore_ascii_case(&name))
            });
            if !wild && !found && !matches!(wanted, Value::ScriptBlock(_)) {
                cx.error(not_found(&name))?;
            }
        }
        for measured in std::mem::take(state) {
            let result = if self.is_text() {
                self.text_result(&measured)
            } else {
                self.result(&measured)
            };
            cx.write(result)?;
        }
        Ok(())
    }
}

impl MeasureObject {
    fn is_text(&self) -> bool {
        self.line || self.word || self.character || self.ignore_white_space
    }

    fn needs_numbers(&self) -> bool {
        self.sum || self.average || self.standard_deviation || self.all_stats
    }

    fn add(&self, measured: &mut Measured, value: &Value, cx: &mut Cx<'_>) -> Run<()> {
        measured.count += 1;
        if self.is_text() {
            let text = convert::to_text(value);
            measured.lines += i32::from(!text.is_empty())
                + text.trim_end_matches('\n').matches('\n').count() as i32;
            measured.words += text.split_whitespace().count() as i32;
            measured.characters += text
                .chars()
                .filter(|c| !(self.ignore_white_space && c.is_whitespace()))
                .count() as i32;
            return Ok(());
        }
        if self.needs_numbers() {
            let Ok(number) = convert::to_f64(value) else {
                return cx.error(not_numeric(value));
            };
            measured.sum += number;
            measured.squares += number * number;
        }
        let value = match convert::to_f64(value) {
            Ok(number) if self.needs_numbers() || matches!(value, Value::Number(_)) => {
                Value::double(number)
            }
            _ => value.clone(),
        };
        let below = |known: &Value| compare::sort_order(&value, known, false).is_lt();
        let above = |known: &Value| compare::sort_order(&value, known, false).is_gt();
        if (self.minimum || self.all_stats) && measured.least.as_ref().is_none_or(below) {
            measured.least = Some(value.clone());
        }
        if (self.maximum || self.all_stats) && measured.greatest.as_ref().is_none_or(above) {
            measured.greatest = Some(value.clone());
        }
        Ok(())
    }

    fn result(&self, measured: &Measured) -> Value {
        let count = f64::from(measured.count);
        let shown = |wanted: bool, value: f64| match wanted || self.all_stats {
            true => Value::double(value),
            false => Value::Null,
        };
        // Nothing adds up to 0, but has no mean.
        let any = measured.count > 0;
        let spread = (measured.squares - measured.sum * measured.sum / count) / (count - 1.0);
        let mut properties = vec![
            ("Count", Value::int(measured.count)),
            (
                "Average",
                if any {
                    shown(self.average, measured.sum / count)
                } else {
                    Value::Null
                },
            ),
            ("Sum", shown(self.sum, measured.sum)),
            ("Maximum", measured.greatest.clone().unwrap_or_default()),
            ("Minimum", measured.least.clone().unwrap_or_default()),
        ];
        if self.standard_deviation || self.all_stats {
            properties.push(("StandardDeviation", shown(true, spread.max(0.0).sqrt())));
        }
        properties.push(("Property", measured.name.clone().into()));
        PsObject::view(
            "Microsoft.PowerShell.Commands.GenericMeasureInfo",
            properties,
        )
    }

    fn text_result(&self, measured: &Measured) -> Value {
        let shown = |wanted: bool, count: i32| {
            if wanted {
                Value::int(count)
            } else {
                Value::Null
            }
        };
        PsObject::view(
            "Microsoft.PowerShell.Commands.TextMeasureInfo",
            vec![
                ("Lines", shown(self.line, measured.lines)),
                ("Words", shown(self.word, measured.words)),
                (
                    "Characters",
                    shown(
                        self.character || self.ignore_white_space,
                        measured.characters,
                    ),
                ),
                ("Property", measured.name.clone().into()),
            ],
        )
    }
}

fn not_found(name: &str) -> ErrorRecord {
    ErrorRecord::new(
        "System.Management.Automation.PSArgumentException",
        "GenericMeasurePropertyNotFound",
        ErrorCategory::InvalidArgument,
        format!("The property \"{name}\" cannot be found in the input for any objects."),
    )
}

fn not_numeric(value: &Value) -> ErrorRecord {
    ErrorRecord::new(
        "System.Management.Automation.PSInvalidOperationException",
        "NonNumericInputObject",
        ErrorCategory::InvalidType,
        format!(
            "Input object \"{}\" is not numeric.",
            convert::to_text(value)
        ),
    )
    .with_target(value.clone())
}
