//! -WhatIf, -Confirm and the questions of `Inquire`, in PowerShell's words.

use super::Impact;
use crate::runtime::context::Action;
use crate::runtime::convert;
use crate::runtime::error::{ErrorCategory, ErrorRecord};
use crate::runtime::flow::{Flow, Run};
use crate::runtime::shell::Shell;
use crate::runtime::ui::Choice;

/// The answers of a confirmation, with what `?` says about each.
const ANSWERS: [(&str, &str); 6] = [
    ("&Yes", "Continue with only the next step of the operation."),
    (
        "Yes to &All",
        "Continue with all the steps of the operation.",
    ),
    (
        "&No",
        "Skip this operation and proceed with the next operation.",
    ),
    (
        "No to A&ll",
        "Skip this operation and all subsequent operations.",
    ),
    ("&Halt Command", "Stop this command."),
    (
        "&Suspend",
        "Pause the current pipeline and return to the command prompt. Type \"exit\" to resume the pipeline.",
    ),
];

const YES: usize = 0;
const YES_TO_ALL: usize = 1;
const NO: usize = 2;
const NO_TO_ALL: usize = 3;
const HALT: usize = 4;
const SUSPEND: usize = 5;

impl Shell {
    /// Whether to do something to a target: false under -WhatIf (which prints it) or when a person says no.
    ///
    /// # Errors
    /// When it must ask and nobody can answer.
    pub fn should_process(&mut self, target: &str, operation: &str, impact: Impact) -> Run<bool> {
        let text = format!("Performing the operation \"{operation}\" on target \"{target}\".");
        let question = "Are you sure you want to perform this action?";
        self.should_process_text(&text, &format!("{question}\n{text}"), "Confirm", impact)
    }

    /// As [`Shell::should_process`] with texts of the caller's own: what -WhatIf prints, the question and its caption.
    ///
    /// # Errors
    /// As [`Shell::should_process`].
    pub fn should_process_text(
        &mut self,
        text: &str,
        question: &str,
        caption: &str,
        impact: Impact,
    ) -> Run<bool> {
        if self.what_if() {
            self.say(&format!("What if: {text}\n"));
            return Ok(false);
        }
        let confirm = match self.context.overrides.confirm {
            Some(asked) => asked,
            None => self
                .confirm_preference()
                .is_some_and(|threshold| impact != Impact::None && impact >= threshold),
        };
        if !confirm {
            let text = text.to_owned();
            self.write_verbose(&text)?;
            return Ok(true);
        }
        if let Some(answer) = self.context.all {
            return Ok(answer);
        }
        Ok(
            match self.choose(
                caption,
                question,
                &[YES, YES_TO_ALL, NO, NO_TO_ALL, SUSPEND],
            )? {
                YES => true,
                YES_TO_ALL => {
                    self.context.all = Some(true);
                    true
                }
                NO_TO_ALL => {
                    self.context.all = Some(false);
                    false
                }
                _ => false,
            },
        )
    }

    /// A question of the command's own, asked also under -WhatIf.
    ///
    /// # Errors
    /// When nobody can answer.
    pub fn should_continue(&mut self, query: &str, caption: &str) -> Run<bool> {
        Ok(self.choose(caption, query, &[YES, NO, SUSPEND])? == YES)
    }

    /// The question of the action `Inquire`.
    ///
    /// # Errors
    /// When the person halts the command, or nobody can answer.
    pub(in crate::runtime) fn inquire(&mut self, question: &str) -> Run<()> {
        match self.choose("Confirm", question, &[YES, YES_TO_ALL, HALT, SUSPEND])? {
            HALT => {
                let record = ErrorRecord::new(
                    "System.Management.Automation.ParentContainsErrorRecordException",
                    "ActionPreferenceStop",
                    ErrorCategory::OperationStopped,
                    "The running command stopped because the user selected the Stop option.",
                );
                self.locate(&record);
                Err(Flow::fatal(record))
            }
            YES_TO_ALL => {
                self.context.overrides.error = Some(Action::Continue);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Asks with some of the answers; gives the index of the chosen one in [`ANSWERS`].
    fn choose(&mut self, caption: &str, question: &str, offered: &[usize]) -> Run<usize> {
        let choices: Vec<Choice> = offered
            .iter()
            .map(|&index| Choice {
                label: ANSWERS[index].0.to_owned(),
                help: ANSWERS[index].1.to_owned(),
            })
            .collect();
        loop {
            let picked = self.prompt_for_choice(caption, question, &choices, Some(0))?;
            match offered.get(picked).copied().unwrap_or(NO) {
                SUSPEND => self.nested_prompt()?,
                answer => return Ok(answer),
            }
        }
    }

    /// A prompt within a question: runs what is typed until `exit`.
    fn nested_prompt(&mut self) -> Run<()> {
        let ui = self.ui();
        let mut text = String::new();
        loop {
            let prompt = if text.is_empty() {
                self.prompt_text()
            } else {
                ">> ".to_owned()
            };
            let Some(line) = ui.read_line(&prompt) else {
                return Ok(());
            };
            text.push_str(&line);
            text.push('\n');
            if !line.is_empty() && crate::language::parse(&text).incomplete() {
                continue;
            }
            let outcome = self.run_text(&text, None, Vec::new());
            text.clear();
            if outcome.exit.is_some() {
                return Ok(());
            }
        }
    }

    /// What the function `prompt` gives; `PS path> ` without one.
    pub fn prompt_text(&mut self) -> String {
        let Some(function) = self.function("prompt") else {
            return format!("PS {}> ", self.location.display());
        };
        let outer = self.success;
        let text = match self.run_block_apart(&function.block, None, None, Vec::new()) {
            Ok(items) => items.iter().map(convert::to_text).collect(),
            Err(_) => String::new(),
        };
        self.success = outer;
        if text.is_empty() {
            "PS>".to_owned()
        } else {
            text
        }
    }

    /// `$Host.UI.PromptForChoice`: asks until one of the choices is given; an empty answer takes the default.
    ///
    /// # Errors
    /// When nobody can answer.
    pub fn prompt_for_choice(
        &mut self,
        caption: &str,
        question: &str,
        choices: &[Choice],
        default: Option<usize>,
    ) -> Run<usize> {
        let ui = self.ui();
        if !ui.can_prompt() {
            return Err(Flow::error(self.nobody_answers()));
        }
        let mut head = String::from("\n");
        for text in [caption, question] {
            if !text.is_empty() {
                head.push_str(text);
                head.push('\n');
            }
        }
        self.say(&head);
        let (line, prompt) = choice_lines(choices, default, ui.width());
        loop {
            if !line.is_empty() {
                self.say(&line);
            }
            let Some(answer) = ui.read_line(&prompt) else {
                return Err(Flow::error(self.nobody_answers()));
            };
            let answer = answer.trim();
            if answer.is_empty() {
                match default {
                    Some(default) => return Ok(default),
                    None => continue,
                }
            }
            if answer == "?" {
                let help: String = choices
                    .iter()
                    .map(|c| folded(&format!("{} - {}", key(&c.label), c.help), ui.width()))
                    .collect();
                self.say(&help);
                continue;
            }
            let chosen = choices.iter().position(|choice| {
                key(&choice.label).eq_ignore_ascii_case(answer)
                    || plain(&choice.label).eq_ignore_ascii_case(answer)
            });
            if let Some(index) = chosen {
                return Ok(index);
            }
        }
    }

    /// Text for the person, not for a stream.
    pub(in crate::runtime) fn say(&mut self, text: &str) {
        self.flush(crate::runtime::ui::Stream::Information);
        self.ui.write_host(text, None, None);
    }

    /// Whether -WhatIf holds, from the command or around it.
    pub(in crate::runtime) fn what_if(&self) -> bool {
        self.context.overrides.what_if.unwrap_or_else(|| {
            self.scope
                .value("WhatIfPreference")
                .is_some_and(|value| convert::to_bool(&value))
        })
    }

    /// `$ConfirmPreference`; none when nothing asks by itself.
    fn confirm_preference(&self) -> Option<Impact> {
        let text = self
            .scope
            .value("ConfirmPreference")
            .map(|value| convert::to_text(&value))
            .unwrap_or_default();
        match text.to_ascii_lowercase().as_str() {
            "none" => None,
            "low" => Some(Impact::Low),
            "medium" => Some(Impact::Medium),
            _ => Some(Impact::High),
        }
    }
}

/// The choices in one line: what stands before the prompt (when the window is too narrow for one line) and the prompt.
fn choice_lines(choices: &[Choice], default: Option<usize>, width: usize) -> (String, String) {
    let mut line: String = choices
        .iter()
        .map(|c| format!("[{}] {}  ", key(&c.label), plain(&c.label)))
        .collect();
    line.push_str("[?] Help ");
    let default = default
        .and_then(|default| choices.get(default))
        .map(|c| format!("(default is \"{}\"):", key(&c.label)))
        .unwrap_or_default();
    if line.chars().count() + default.chars().count() < width {
        let gap = if default.is_empty() { "" } else { " " };
        (String::new(), format!("{line}{default}{gap}"))
    } else {
        (format!("{line}\n"), default)
    }
}

/// A line as a window of so many columns folds it, with line ends; a blank at the fold begins the next line.
fn folded(line: &str, width: usize) -> String {
    let letters: Vec<char> = line.chars().collect();
    let mut rest = letters.as_slice();
    let mut text = String::new();
    while rest.len() >= width && width > 1 {
        let limit = &rest[..width];
        let at = limit
            .iter()
            .rposition(|c| *c == ' ')
            .filter(|at| *at > 0)
            .unwrap_or(width - 1);
        text.extend(&rest[..at]);
        text.push('\n');
        rest = &rest[at..];
    }
    text.extend(rest);
    text.push('\n');
    text
}

/// The letter after `&`, in capitals; the whole label when there is none.
fn key(label: &str) -> String {
    match label
        .split_once('&')
        .and_then(|(_, rest)| rest.chars().next())
    {
        Some(letter) => letter.to_uppercase().collect(),
        None => label.to_owned(),
    }
}

/// The label without `&`.
fn plain(label: &str) -> String {
    label.replacen('&', "", 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_break_before_the_default_in_a_narrow_window() {
        let choices: Vec<Choice> = ANSWERS[..4]
            .iter()
            .map(|(l, h)| Choice {
                label: (*l).to_owned(),
                help: (*h).to_owned(),
            })
            .collect();
        let wide = "[Y] Yes  [A] Yes to All  [N] No  [L] No to All  [?] Help (default is \"Y\"): ";
        assert_eq!(
            choice_lines(&choices, Some(0), 120),
            (String::new(), wide.to_owned())
        );
        assert_eq!(choice_lines(&choices, Some(0), 60).1, "(default is \"Y\"):");
    }
}
