//! The command line: PowerShell's switches, which may be shortened as long as they stay unambiguous, and `--home`.

use std::ffi::OsString;
use std::path::PathBuf;

/// What to do, as the command line says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// What to run.
    pub run: Run,
    /// Nobody can answer: a question is an error.
    pub non_interactive: bool,
    /// The profile script is left out.
    pub no_profile: bool,
    /// The lines at the start are left out.
    pub no_logo: bool,
    /// The console opens after the script or command.
    pub no_exit: bool,
    /// The state folder, where it was given.
    pub home: Option<PathBuf>,
}

/// What to run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Run {
    /// The console.
    #[default]
    Console,
    /// A script file and its arguments.
    File(PathBuf, Vec<String>),
    /// A text.
    Command(String),
    /// The text on standard input.
    Stdin,
    /// Only say which version this is.
    Version,
    /// Only say how it is called.
    Help,
}

/// A switch of the command line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Switch {
    Command,
    File,
    Help,
    Home,
    NoExit,
    NoLogo,
    NoProfile,
    NonInteractive,
    Version,
}

const SWITCHES: [(&str, Switch); 9] = [
    ("command", Switch::Command),
    ("file", Switch::File),
    ("help", Switch::Help),
    ("home", Switch::Home),
    ("noexit", Switch::NoExit),
    ("nologo", Switch::NoLogo),
    ("noprofile", Switch::NoProfile),
    ("noninteractive", Switch::NonInteractive),
    ("version", Switch::Version),
];

impl Options {
    /// Reads the arguments after the program's name.
    ///
    /// # Errors
    /// One or two sentences: what cannot be used and what to write.
    pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Options, String> {
        let mut options = Options::default();
        let mut rest = arguments.into_iter();
        while let Some(argument) = rest.next() {
            let text = argument.to_string_lossy().into_owned();
            if text == "-" {
                options.run = Run::Stdin;
                continue;
            }
            let Some((name, joined)) = dashed(&text) else {
                let file = PathBuf::from(argument);
                if text == "serve" && !file.exists() {
                    return Err("'serve' is not done by this version: start the console or a script, the engine works inside it.".into());
                }
                options.run = Run::File(file, rest.map(lossy).collect());
                return Ok(options);
            };
            match find(&name)? {
                Switch::Help => options.run = Run::Help,
                Switch::Version => options.run = Run::Version,
                Switch::NoExit => options.no_exit = true,
                Switch::NoLogo => options.no_logo = true,
                Switch::NoProfile => options.no_profile = true,
                Switch::NonInteractive => options.non_interactive = true,
                Switch::Home => {
                    let folder = joined.map(OsString::from).or_else(|| rest.next());
                    let folder = folder.filter(|f| !f.is_empty());
                    options.home = Some(
                        folder
                            .ok_or("--home needs a folder: mailtern --home /path/to/state")?
                            .into(),
                    );
                }
                Switch::File => {
                    let file = joined.map(OsString::from).or_else(|| rest.next());
                    let file = file.ok_or("-File needs a script: mailtern -File migrate.ps1")?;
                    options.run = if file == "-" {
                        Run::Stdin
                    } else {
                        Run::File(file.into(), rest.map(lossy).collect())
                    };
                    return Ok(options);
                }
                Switch::Command => {
                    let words: Vec<String> = joined.into_iter().chain(rest.map(lossy)).collect();
                    options.run =
                        match words.as_slice() {
                            [] => return Err(
                                "-Command needs a text: mailtern -Command \"Get-MigrationBatch\""
                                    .into(),
                            ),
                            [dash] if dash == "-" => Run::Stdin,
                            _ => Run::Command(words.join(" ")),
                        };
                    return Ok(options);
                }
            }
        }
        Ok(options)
    }
}

fn lossy(argument: OsString) -> String {
    argument.to_string_lossy().into_owned()
}

/// The name after one or two dashes in small letters, and what follows `=` or `:`; `None` for a word without dash.
fn dashed(text: &str) -> Option<(String, Option<String>)> {
    let name = text.strip_prefix("--").or_else(|| text.strip_prefix('-'))?;
    let (name, value) = match name.find(['=', ':']) {
        Some(at) => (&name[..at], Some(name[at + 1..].to_owned())),
        None => (name, None),
    };
    Some((name.to_lowercase(), value))
}

fn find(name: &str) -> Result<Switch, String> {
    match name {
        "h" | "?" => return Ok(Switch::Help),
        "" => return Err("A lone '--' means nothing here. See: mailtern -Help".into()),
        "store" => {
            return Err(
                "--store is not done by this version: the state is a folder, given with --home."
                    .into(),
            );
        }
        _ => {}
    }
    let fitting: Vec<_> = SWITCHES
        .iter()
        .filter(|(full, _)| full.starts_with(name))
        .collect();
    match fitting.as_slice() {
        [(_, switch)] => Ok(*switch),
        [] => Err(format!("There is no switch '-{name}'. See: mailtern -Help")),
        several => {
            let names: Vec<String> = several.iter().map(|(full, _)| format!("-{full}")).collect();
            Err(format!(
                "'-{name}' is ambiguous: it could be {}.",
                names.join(" or ")
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn parse(words: &[&str]) -> Result<Options, String> {
        Options::parse(words.iter().map(OsString::from))
    }

    #[test]
    fn what_runs() {
        let file = |name: &str, rest: &[&str]| {
            Run::File(name.into(), rest.iter().map(|s| (*s).into()).collect())
        };
        let command = |text: &str| Run::Command(text.into());
        let cases: &[(&[&str], Run)] = &[
            (&[], Run::Console),
            (&["-"], Run::Stdin),
            (&["a.ps1"], file("a.ps1", &[])),
            (&["a.ps1", "-c", "x"], file("a.ps1", &["-c", "x"])),
            (&["-nop", "-F", "a.ps1", "1"], file("a.ps1", &["1"])),
            (&["-file", "-"], Run::Stdin),
            (&["-c", "1;", "2"], command("1; 2")),
            (&["-Command", "-NoLogo"], command("-NoLogo")),
            (&["--command", "-"], Run::Stdin),
            (&["-v"], Run::Version),
            (&["--help"], Run::Help),
            (&["-?"], Run::Help),
        ];
        for (words, run) in cases {
            assert_eq!(parse(words).unwrap().run, *run, "{words:?}");
        }
    }

    #[test]
    fn switches_may_be_short() {
        let o = parse(&["-noni", "-NoL", "-nop", "-NoExit", "--home=/x", "-c", "1"]).unwrap();
        assert!(o.non_interactive && o.no_logo && o.no_profile && o.no_exit);
        assert_eq!(o.home, Some("/x".into()));
        assert_eq!(parse(&["-Home", "y"]).unwrap().home, Some("y".into()));
    }

    #[test]
    fn what_cannot_be_used_is_named() {
        let cases: &[(&[&str], &str)] = &[
            (&["-no"], "ambiguous"),
            (&["-bogus"], "-bogus"),
            (&["-c"], "-Command needs"),
            (&["-File"], "-File needs"),
            (&["--home"], "--home needs"),
            (&["--store", "x"], "--store"),
            (&["serve"], "'serve'"),
        ];
        for (words, part) in cases {
            assert!(parse(words).unwrap_err().contains(part), "{words:?}");
        }
    }
}
