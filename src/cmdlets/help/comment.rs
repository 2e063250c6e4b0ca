//! Comment-based help: the `.SYNOPSIS`, `.PARAMETER`, … of a function.

/// The sections of a help comment, as written, with blanks around them taken off.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommentHelp {
    /// `.SYNOPSIS`
    pub synopsis: String,
    /// `.DESCRIPTION`
    pub description: String,
    /// `.PARAMETER name`
    pub parameters: Vec<(String, String)>,
    /// `.EXAMPLE`: the first line is the code, the rest the remarks.
    pub examples: Vec<(String, String)>,
    /// `.INPUTS`
    pub inputs: Vec<String>,
    /// `.OUTPUTS`
    pub outputs: Vec<String>,
    /// `.NOTES`
    pub notes: String,
    /// `.LINK`
    pub links: Vec<String>,
    /// `.COMPONENT`
    pub component: String,
    /// `.ROLE`
    pub role: String,
    /// `.FUNCTIONALITY`
    pub functionality: String,
}

/// Words of a section that carry no text of their own here (`.EXTERNALHELP file`).
const OTHERS: [&str; 5] = [
    "EXTERNALHELP",
    "FORWARDHELPTARGETNAME",
    "FORWARDHELPCATEGORY",
    "REMOTEHELPRUNSPACE",
    "GRAPHICS",
];

impl CommentHelp {
    /// The sections of a comment without its marks; `None` when it has none or one that help does not know, which makes it an
    /// ordinary comment.
    pub fn parse(comment: &str) -> Option<CommentHelp> {
        let mut help = CommentHelp::default();
        let mut section: Option<(String, String)> = None;
        let mut body: Vec<&str> = Vec::new();
        for line in comment.lines() {
            match directive(line) {
                Some(next) => {
                    help.take(section.replace(next), &body)?;
                    body.clear();
                }
                None => body.push(line),
            }
        }
        section.as_ref()?;
        help.take(section, &body)?;
        Some(help)
    }

    fn take(&mut self, section: Option<(String, String)>, body: &[&str]) -> Option<()> {
        let Some((name, argument)) = section else {
            return Some(());
        };
        let text = dedent(body);
        match name.as_str() {
            "SYNOPSIS" => self.synopsis = text,
            "DESCRIPTION" => self.description = text,
            "PARAMETER" => self.parameters.push((argument, text)),
            "EXAMPLE" => self.examples.push(split_example(&text)),
            "INPUTS" => self.inputs.push(text),
            "OUTPUTS" => self.outputs.push(text),
            "NOTES" => self.notes = text,
            "LINK" => self.links.push(text),
            "COMPONENT" => self.component = text,
            "ROLE" => self.role = text,
            "FUNCTIONALITY" => self.functionality = text,
            other if OTHERS.contains(&other) => {}
            _ => return None,
        }
        Some(())
    }
}

/// The word after the dot in capitals and what follows it, for a line such as `.PARAMETER Name`.
fn directive(line: &str) -> Option<(String, String)> {
    let rest = line.trim().strip_prefix('.')?;
    let (word, argument) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let is_word = !word.is_empty() && word.chars().all(|c| c.is_ascii_alphabetic());
    is_word.then(|| (word.to_ascii_uppercase(), argument.trim().to_owned()))
}

/// The lines without blank ones at both ends and without the blanks all of them begin with.
fn dedent(lines: &[&str]) -> String {
    let filled = |line: &&str| !line.trim().is_empty();
    let first = lines.iter().position(filled).unwrap_or(lines.len());
    let last = lines.iter().rposition(filled).map_or(first, |at| at + 1);
    let lines = &lines[first..last];
    let indent = |line: &&str| line.len() - line.trim_start().len();
    let margin = lines
        .iter()
        .copied()
        .filter(|l| filled(l))
        .map(|l| indent(&l))
        .min()
        .unwrap_or(0);
    let cut: Vec<&str> = lines
        .iter()
        .map(|line| line.get(margin..).unwrap_or("").trim_end())
        .collect();
    cut.join("\n")
}

/// Code and remarks of an example; a prompt in front of the code goes.
fn split_example(text: &str) -> (String, String) {
    let (code, remarks) = text.split_once('\n').unwrap_or((text, ""));
    let code = match code.find('>') {
        Some(at) if code.starts_with("PS") => code[at + 1..].trim_start(),
        _ => code,
    };
    (code.to_owned(), remarks.trim_start_matches('\n').to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn sections_of_a_comment() {
        let help = CommentHelp::parse(
            "\n .SYNOPSIS\n  Does it.\n.DESCRIPTION\n One.\n\n  Two.\n.PARAMETER  Name \nThe name.\n.EXAMPLE\nPS C:\\> Get-X | Y\nRemark.\n.example\nGet-X\n.LINK\na\n.LINK\nb\n",
        )
        .unwrap();
        assert_eq!(help.synopsis, "Does it.");
        assert_eq!(help.description, "One.\n\n Two.");
        assert_eq!(
            help.parameters,
            [("Name".to_owned(), "The name.".to_owned())]
        );
        assert_eq!(help.examples[0], ("Get-X | Y".into(), "Remark.".into()));
        assert_eq!(help.examples[1], ("Get-X".into(), String::new()));
        assert_eq!(help.links, ["a", "b"]);
    }

    #[test]
    fn an_ordinary_comment_is_no_help() {
        for text in ["", "just words", ".BOGUS\nx", "text .SYNOPSIS"] {
            assert_eq!(CommentHelp::parse(text), None, "{text}");
        }
    }
}
