//! Another program as a stage: text in, text out, its exit code in `$LASTEXITCODE`.

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::rc::Rc;

use super::Runner;
use super::sink::Sink;
use super::streams::Target;
use crate::runtime::binder::arguments::Argument;
use crate::runtime::convert;
use crate::runtime::error::{ErrorCategory, ErrorRecord};
use crate::runtime::flow::{Flow, Run};
use crate::runtime::shell::Shell;
use crate::runtime::value::Value;

/// A program at work.
pub(in crate::runtime) struct ProgramStage {
    path: PathBuf,
    arguments: Vec<String>,
    expects_input: bool,
    input: String,
}

impl ProgramStage {
    pub(in crate::runtime) fn new(
        path: PathBuf,
        arguments: Vec<Argument>,
        expects_input: bool,
    ) -> ProgramStage {
        ProgramStage {
            path,
            arguments: words(arguments),
            expects_input,
            input: String::new(),
        }
    }

    fn spawn(&self, shell: &Shell, shown: bool) -> Run<Child> {
        let mut command = Command::new(&self.path);
        command
            .args(&self.arguments)
            .current_dir(shell.location())
            .env_clear()
            .envs(shell.env_all());
        command.stdin(if self.expects_input {
            Stdio::piped()
        } else if shell.ui.can_prompt() {
            Stdio::inherit()
        } else {
            Stdio::null()
        });
        command.stdout(if shown {
            Stdio::inherit()
        } else {
            Stdio::piped()
        });
        let errors_shown =
            matches!(shell.context.streams.error.target, Target::Screen) && shell.ui.can_prompt();
        command.stderr(if errors_shown {
            Stdio::inherit()
        } else {
            Stdio::piped()
        });
        command.spawn().map_err(|error| {
            Flow::error(ErrorRecord::new(
                "System.Management.Automation.ApplicationFailedException",
                "NativeCommandFailed",
                ErrorCategory::ResourceUnavailable,
                format!("Program '{}' failed to run: {error}.", self.path.display()),
            ))
        })
    }
}

impl Runner for ProgramStage {
    fn begin(&mut self, _shell: &mut Shell, _out: &mut dyn Sink) -> Run<()> {
        Ok(())
    }

    fn process(
        &mut self,
        _shell: &mut Shell,
        input: Option<Value>,
        _out: &mut dyn Sink,
    ) -> Run<()> {
        if let Some(input) = input {
            self.input.push_str(&convert::to_text(&input));
            self.input.push('\n');
        }
        Ok(())
    }

    fn end(&mut self, shell: &mut Shell, out: &mut dyn Sink) -> Run<()> {
        let shown = out.is_screen() && shell.ui.can_prompt();
        shell.flush(crate::runtime::ui::Stream::Output);
        let mut child = self.spawn(shell, shown)?;
        let input = std::mem::take(&mut self.input);
        let feeder = child.stdin.take().map(|mut stdin| {
            std::thread::spawn(move || {
                // A program that does not read its input to the end is no error.
                let _ = stdin.write_all(input.as_bytes());
            })
        });
        let errors = child
            .stderr
            .take()
            .map(|stderr| std::thread::spawn(move || lines_of(stderr)));
        let mut result = Ok(());
        if let Some(stdout) = child.stdout.take() {
            let mut reader = BufReader::new(stdout);
            let mut line = Vec::new();
            while result.is_ok() {
                line.clear();
                match reader.read_until(b'\n', &mut line) {
                    Ok(0) | Err(_) => break,
                    Ok(_) => {
                        let text = String::from_utf8_lossy(&line);
                        let text = text.strip_suffix('\n').unwrap_or(&text);
                        result =
                            out.push(shell, Value::str(text.strip_suffix('\r').unwrap_or(text)));
                        result = result.and_then(|()| shell.check_interrupt());
                    }
                }
            }
        }
        if result.is_err() {
            let _ = child.kill();
        }
        let status = child.wait();
        if let Some(feeder) = feeder {
            let _ = feeder.join();
        }
        let error_lines = errors
            .and_then(|thread| thread.join().ok())
            .unwrap_or_default();
        for line in error_lines {
            report_line(shell, &line)?;
        }
        let code = status.ok().and_then(|status| status.code()).unwrap_or(-1);
        shell.global.set_own("LASTEXITCODE", Value::int(code));
        shell.context.failed |= code != 0;
        result
    }
}

/// A line of the program's error stream: shown as it is, an error record where the stream was redirected.
fn report_line(shell: &mut Shell, line: &str) -> Run<()> {
    match &shell.context.streams.error.target {
        Target::Screen => {
            shell
                .ui
                .write(crate::runtime::ui::Stream::Error, &format!("{line}\n"));
            Ok(())
        }
        _ => {
            let failed = shell.context.failed;
            let record = ErrorRecord::new(
                "System.Management.Automation.RemoteException",
                "NativeCommandError",
                ErrorCategory::NotSpecified,
                line,
            );
            let streams = shell.context.streams.clone();
            let record = Rc::new(record.with_target(Value::str(line)));
            shell.locate(&record);
            shell.print_error(&record, &streams.error);
            shell.context.failed = failed;
            Ok(())
        }
    }
}

fn lines_of(reader: impl std::io::Read) -> Vec<String> {
    let mut lines = Vec::new();
    let mut reader = BufReader::new(reader);
    let mut line = Vec::new();
    while let Ok(count) = reader.read_until(b'\n', &mut line) {
        if count == 0 {
            break;
        }
        lines.push(
            String::from_utf8_lossy(&line)
                .trim_end_matches(['\n', '\r'])
                .to_owned(),
        );
        line.clear();
    }
    lines
}

/// Arguments as a program gets them: texts, arrays as several.
fn words(arguments: Vec<Argument>) -> Vec<String> {
    let mut words = Vec::new();
    let add = |words: &mut Vec<String>, value: &Value, text: Option<&str>| match (
        text,
        super::enumerate::elements(value),
    ) {
        (Some(text), _) => words.push(text.to_owned()),
        (None, Some(items)) => words.extend(items.iter().map(convert::to_text)),
        (None, None) if value.is_null() => {}
        (None, None) => words.push(convert::to_text(value)),
    };
    let mut verbatim = false;
    for argument in arguments {
        match argument {
            Argument::Value(given) if verbatim => {
                words.extend(
                    convert::to_text(&given.value)
                        .split_whitespace()
                        .map(str::to_owned),
                );
                verbatim = false;
            }
            Argument::Value(given) => {
                verbatim = matches!(&given.value, Value::Str(text) if **text == *crate::runtime::binder::arguments::VERBATIM);
                if !verbatim {
                    add(&mut words, &given.value, given.text.as_deref());
                }
            }
            Argument::Named { text, value, .. } => match value {
                Some(value) => {
                    let joined = format!("{text}{}", convert::to_text(&value.value));
                    add(&mut words, &Value::str(joined), None);
                }
                None => add(&mut words, &Value::Str(text), None),
            },
        }
    }
    words
}
