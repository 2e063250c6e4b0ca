//! The topics that belong to no command.

/// A topic and its text.
pub struct About {
    /// For example `about_Migration`.
    pub name: &'static str,
    /// The whole page.
    pub text: &'static str,
}

macro_rules! abouts {
    ($($name:literal),* $(,)?) => {
        &[$(About { name: $name, text: include_str!(concat!("about/", $name, ".txt")) }),*]
    };
}

/// All topics by name.
pub const TOPICS: &[About] = abouts![
    "about_CommonParameters",
    "about_CSV_Files",
    "about_Differences",
    "about_Endpoints",
    "about_Exit_Codes",
    "about_Help",
    "about_Migration",
    "about_States",
    "about_Subscriptions",
];

impl About {
    /// The sentence under SHORT DESCRIPTION.
    pub fn synopsis(&self) -> &'static str {
        let mut lines = self
            .text
            .lines()
            .skip_while(|line| *line != "SHORT DESCRIPTION");
        lines.nth(1).map(str::trim).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn topics_are_laid_out_alike_and_name_topics_that_exist() {
        for topic in TOPICS {
            let headings: Vec<&str> = topic
                .text
                .lines()
                .filter(|l| l.starts_with(char::is_alphabetic))
                .collect();
            assert_eq!(
                headings,
                ["TOPIC", "SHORT DESCRIPTION", "LONG DESCRIPTION", "SEE ALSO"],
                "{}",
                topic.name
            );
            assert_eq!(topic.text.lines().nth(1).unwrap().trim(), topic.name);
            assert!(!topic.synopsis().is_empty(), "{}", topic.name);
            assert!(topic.text.lines().all(|l| l.len() < 80), "{}", topic.name);
            for word in topic
                .text
                .split(|c: char| !(c.is_alphanumeric() || c == '_'))
                .filter(|w| w.starts_with("about_"))
            {
                assert!(
                    word == "about_" || TOPICS.iter().any(|t| t.name == word),
                    "{word} in {}",
                    topic.name
                );
            }
        }
    }

    #[test]
    fn the_exit_codes_are_those_of_the_program() {
        let text = TOPICS
            .iter()
            .find(|t| t.name == "about_Exit_Codes")
            .unwrap()
            .text;
        for code in crate::session::ExitCode::ALL {
            assert!(
                text.contains(&format!("\n        {:<6}", code.number())),
                "{code:?}"
            );
        }
    }
}
