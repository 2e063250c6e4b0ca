//! .NET's syntax to that of `fancy-regex`.
//!
//! Every capturing group is written without its name, so that numbers are in order of appearance; names and .NET's own
//! order are kept beside. Flags other than case are resolved here.

use std::rc::Rc;

use super::Options;

/// A translated pattern.
pub(super) struct Translated {
    /// Right when the text does not end in a line feed.
    pub plain: String,
    /// Right always; `None` when it is the same.
    pub before_newline: Option<String>,
    /// .NET's order of groups.
    pub groups: Vec<GroupInfo>,
}

/// A group: its name or number, and the numbers it has in the translated pattern.
pub(super) struct GroupInfo {
    pub name: Rc<str>,
    pub numbers: Vec<usize>,
}

/// Translates a pattern.
pub(super) fn translate(source: &str, options: Options) -> Result<Translated, String> {
    let groups = scan_groups(source, options)?;
    let write = |aware| {
        let mut writer = Writer::new(source, options, &groups, aware);
        writer
            .run()
            .map_err(|why| format!("Invalid pattern '{source}' at offset {}. {why}", writer.at))?;
        Ok::<_, String>((writer.out, writer.has_end))
    };
    let (plain, has_end) = write(false)?;
    let before_newline = if has_end { Some(write(true)?.0) } else { None };
    Ok(Translated {
        plain,
        before_newline,
        groups,
    })
}

/// Finds the capturing groups before anything refers to them.
fn scan_groups(source: &str, options: Options) -> Result<Vec<GroupInfo>, String> {
    let mut scanner = Writer::new(source, options, &[], false);
    scanner.scanning = true;
    scanner
        .run()
        .map_err(|why| format!("Invalid pattern '{source}' at offset {}. {why}", scanner.at))?;
    let mut groups = vec![GroupInfo {
        name: Rc::from("0"),
        numbers: vec![0],
    }];
    let mut named: Vec<GroupInfo> = Vec::new();
    let mut count = 0;
    for (i, name) in scanner.found.iter().enumerate() {
        match name {
            None => {
                count += 1;
                groups.push(GroupInfo {
                    name: Rc::from(count.to_string()),
                    numbers: vec![i + 1],
                });
            }
            Some(name) => match named.iter_mut().find(|group| *group.name == **name) {
                Some(group) => group.numbers.push(i + 1),
                None => named.push(GroupInfo {
                    name: Rc::from(name.as_str()),
                    numbers: vec![i + 1],
                }),
            },
        }
    }
    groups.extend(named);
    Ok(groups)
}

/// What a group (or the whole pattern) has switched on.
#[derive(Clone, Copy)]
struct Flags {
    multiline: bool,
    singleline: bool,
    whitespace: bool,
    explicit: bool,
}

/// An open group.
struct Level {
    /// The flags outside of it.
    outer: Flags,
    /// `(?i:` wrappers opened by inline flags, still to close; with their text for reopening after `|`.
    wrappers: Vec<String>,
}

/// More groups inside each other than this are refused.
const MAX_DEPTH: usize = 60;

struct Writer<'a> {
    letters: Vec<char>,
    at: usize,
    out: String,
    flags: Flags,
    levels: Vec<Level>,
    groups: &'a [GroupInfo],
    /// Names of the groups met, in order.
    found: Vec<Option<String>>,
    scanning: bool,
    /// `$` stands before a last line feed.
    aware: bool,
    has_end: bool,
    /// Something stands here that a quantifier can repeat.
    atom: bool,
}

impl<'a> Writer<'a> {
    fn new(source: &str, options: Options, groups: &'a [GroupInfo], aware: bool) -> Writer<'a> {
        let flags = Flags {
            multiline: options.multiline,
            singleline: options.singleline,
            whitespace: options.ignore_whitespace,
            explicit: options.explicit_capture,
        };
        let mut bottom = Level {
            outer: flags,
            wrappers: Vec::new(),
        };
        let mut out = String::new();
        if options.ignore_case {
            out.push_str("(?i:");
            bottom.wrappers.push("(?i:".to_owned());
        }
        Writer {
            letters: source.chars().collect(),
            at: 0,
            out,
            flags,
            levels: vec![bottom],
            groups,
            found: Vec::new(),
            scanning: false,
            aware,
            has_end: false,
            atom: false,
        }
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.letters.get(self.at + ahead).copied()
    }

    fn take_if(&mut self, text: &str) -> bool {
        let fits = text
            .chars()
            .enumerate()
            .all(|(i, c)| self.peek(i) == Some(c));
        if fits {
            self.at += text.chars().count();
        }
        fits
    }

    fn run(&mut self) -> Result<(), String> {
        while let Some(c) = self.peek(0) {
            self.at += 1;
            match c {
                '\\' => self.escape()?,
                '[' => {
                    self.class(0)?;
                    self.atom = true;
                }
                '(' => self.open()?,
                ')' => self.close()?,
                '|' => self.alternative(),
                '^' => {
                    self.out
                        .push_str(if self.flags.multiline { "(?m:^)" } else { "^" });
                    self.atom = true;
                }
                '$' => self.dollar(),
                '.' => {
                    self.out
                        .push_str(if self.flags.singleline { "(?s:.)" } else { "." });
                    self.atom = true;
                }
                '*' | '+' | '?' => self.quantifier(&c.to_string())?,
                '{' => self.brace()?,
                '#' if self.flags.whitespace => {
                    while self.peek(0).is_some_and(|c| c != '\n') {
                        self.at += 1;
                    }
                }
                c if self.flags.whitespace && c.is_whitespace() => {}
                c => {
                    self.literal(c);
                    self.atom = true;
                }
            }
        }
        if self.levels.len() > 1 {
            return Err("Not enough )'s.".to_owned());
        }
        self.end_level();
        Ok(())
    }

    fn literal(&mut self, c: char) {
        if matches!(
            c,
            '\\' | '.'
                | '+'
                | '*'
                | '?'
                | '('
                | ')'
                | '|'
                | '['
                | ']'
                | '{'
                | '}'
                | '^'
                | '$'
                | '#'
                | '&'
                | '-'
                | '~'
        ) {
            self.out.push('\\');
        }
        self.out.push(c);
    }

    fn dollar(&mut self) {
        if self.flags.multiline {
            self.out.push_str("(?m:$)");
        } else {
            self.end_of_text();
        }
        self.atom = true;
    }

    fn end_of_text(&mut self) {
        self.has_end = true;
        self.out
            .push_str(if self.aware { "(?=\\n?\\z)" } else { "$" });
    }

    fn alternative(&mut self) {
        let wrappers = self
            .levels
            .last()
            .map(|level| level.wrappers.clone())
            .unwrap_or_default();
        self.out.push_str(&")".repeat(wrappers.len()));
        self.out.push('|');
        self.out.push_str(&wrappers.concat());
        self.atom = false;
    }

    fn end_level(&mut self) {
        if let Some(level) = self.levels.last_mut() {
            let open = level.wrappers.len();
            level.wrappers.clear();
            self.out.push_str(&")".repeat(open));
        }
    }

    fn close(&mut self) -> Result<(), String> {
        if self.levels.len() == 1 {
            return Err("Too many )'s.".to_owned());
        }
        self.end_level();
        if let Some(level) = self.levels.pop() {
            self.flags = level.outer;
        }
        self.out.push(')');
        self.atom = true;
        Ok(())
    }

    fn quantifier(&mut self, text: &str) -> Result<(), String> {
        if !self.atom {
            let after = self.out.ends_with(['*', '+', '?', '}']) && self.at > text.chars().count();
            return Err(if after {
                format!("Nested quantifier '{text}'.")
            } else {
                format!("Quantifier '{text}' following nothing.")
            });
        }
        self.out.push_str(text);
        if self.take_if("?") {
            self.out.push('?');
        }
        self.atom = false;
        Ok(())
    }

    /// `{2}`, `{2,}`, `{2,5}`; any other brace is itself.
    fn brace(&mut self) -> Result<(), String> {
        let rest: String = self.letters[self.at..].iter().take(24).collect();
        if let Some((inner, _)) = rest.split_once('}') {
            let (from, to) = inner.split_once(',').unwrap_or((inner, ""));
            let number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
            if number(from) && (to.is_empty() || number(to)) {
                self.at += inner.chars().count() + 1;
                if let (Ok(from), Ok(to)) = (from.parse::<u64>(), to.parse::<u64>())
                    && from > to
                {
                    return Err("Illegal {x,y} with x > y.".to_owned());
                }
                return self.quantifier(&format!("{{{inner}}}"));
            }
        }
        self.out.push_str("\\{");
        self.atom = true;
        Ok(())
    }

    fn enter(&mut self, text: &str) -> Result<(), String> {
        if self.levels.len() >= MAX_DEPTH {
            return Err("Too many groups inside each other.".to_owned());
        }
        self.levels.push(Level {
            outer: self.flags,
            wrappers: Vec::new(),
        });
        self.out.push_str(text);
        self.atom = false;
        Ok(())
    }

    fn open(&mut self) -> Result<(), String> {
        if !self.take_if("?") {
            return if self.flags.explicit {
                self.enter("(?:")
            } else {
                self.capture(None)
            };
        }
        for plain in [":", "=", "!", ">", "<=", "<!"] {
            if self.take_if(plain) {
                return self.enter(&format!("(?{plain}"));
            }
        }
        if self.take_if("#") {
            while self.peek(0).is_some_and(|c| c != ')') {
                self.at += 1;
            }
            return if self.take_if(")") {
                Ok(())
            } else {
                Err("Unterminated (?#...) comment.".to_owned())
            };
        }
        if self.take_if("P<") || self.take_if("<") {
            let name = self.name('>')?;
            return self.capture(Some(name));
        }
        if self.take_if("'") {
            let name = self.name('\'')?;
            return self.capture(Some(name));
        }
        if self.peek(0) == Some('(') {
            return self.conditional();
        }
        self.inline_flags()
    }

    fn capture(&mut self, name: Option<String>) -> Result<(), String> {
        self.found.push(name);
        self.enter("(")
    }

    /// A group's name up to its closing mark.
    fn name(&mut self, close: char) -> Result<String, String> {
        let mut name = String::new();
        while let Some(c) = self.peek(0) {
            self.at += 1;
            if c == close {
                let starts_well = name
                    .chars()
                    .next()
                    .is_some_and(|c| c.is_alphabetic() || c == '_');
                let is_number = !name.is_empty() && name.bytes().all(|b| b.is_ascii_digit());
                let valid = (starts_well && name.chars().all(|c| c.is_alphanumeric() || c == '_'))
                    || is_number;
                return if valid {
                    Ok(name)
                } else if name.contains('-') {
                    Err("Balancing groups are not supported here.".to_owned())
                } else {
                    Err(
                        "Invalid group name: Group names must begin with a word character."
                            .to_owned(),
                    )
                };
            }
            name.push(c);
        }
        Err("Unrecognized grouping construct.".to_owned())
    }

    /// `(?(name)yes|no)`
    fn conditional(&mut self) -> Result<(), String> {
        self.at += 1;
        let start = self.at;
        let mut name = String::new();
        while let Some(c) = self.peek(0).filter(|c| c.is_alphanumeric() || *c == '_') {
            name.push(c);
            self.at += 1;
        }
        if name.is_empty() || !self.take_if(")") {
            self.at = start;
            return Err(
                "Only conditions on groups, as in (?(name)yes|no), are supported here.".to_owned(),
            );
        }
        let number = self.number_of(&name)?;
        self.enter(&format!("(?({number})"))
    }

    /// The number in the translated pattern of a group given by name or .NET's number.
    fn number_of(&self, name: &str) -> Result<usize, String> {
        if self.scanning {
            return Ok(1);
        }
        let group = self.groups.iter().find(|group| *group.name == *name);
        let by_place = || name.parse::<usize>().ok().and_then(|n| self.groups.get(n));
        group
            .or_else(by_place)
            .and_then(|group| group.numbers.first())
            .copied()
            .ok_or_else(|| format!("Reference to undefined group name '{name}'."))
    }

    /// `(?i)`, `(?-m)`, `(?is-x:…)`
    fn inline_flags(&mut self) -> Result<(), String> {
        let outer = self.flags;
        let mut on = true;
        let mut case = None;
        while let Some(c) = self.peek(0) {
            self.at += 1;
            match c {
                '-' => on = false,
                '+' => on = true,
                'i' => case = Some(on),
                'm' => self.flags.multiline = on,
                's' => self.flags.singleline = on,
                'x' => self.flags.whitespace = on,
                'n' => self.flags.explicit = on,
                ':' => {
                    let inner = self.flags;
                    self.flags = outer;
                    self.enter(match case {
                        Some(true) => "(?i:",
                        Some(false) => "(?-i:",
                        None => "(?:",
                    })?;
                    self.flags = inner;
                    return Ok(());
                }
                ')' => {
                    if let (Some(case), Some(level)) = (case, self.levels.last_mut()) {
                        let wrapper = if case { "(?i:" } else { "(?-i:" };
                        level.wrappers.push(wrapper.to_owned());
                        self.out.push_str(wrapper);
                        self.atom = false;
                    }
                    return Ok(());
                }
                _ => break,
            }
        }
        Err("Unrecognized grouping construct.".to_owned())
    }

    /// What follows a backslash outside of a class.
    fn escape(&mut self) -> Result<(), String> {
        let Some(c) = self.peek(0) else {
            return Err("Illegal \\ at end of pattern.".to_owned());
        };
        self.at += 1;
        self.atom = true;
        match c {
            'd' | 'D' | 'w' | 'W' | 's' | 'S' | 'b' | 'B' | 'A' | 'z' | 'G' => {
                self.out.push('\\');
                self.out.push(c);
            }
            'Z' => self.end_of_text(),
            'p' | 'P' => {
                let property = self.property(c)?;
                self.out.push_str(&property);
            }
            'k' => {
                let close = match self.peek(0) {
                    Some('<') => '>',
                    Some('\'') => '\'',
                    _ => return Err("Malformed \\k<...> named back reference.".to_owned()),
                };
                self.at += 1;
                let name = self.name(close)?;
                self.back_reference(&name)?;
            }
            '1'..='9' => {
                let mut digits = c.to_string();
                while let Some(d) = self.peek(0).filter(char::is_ascii_digit) {
                    let longer = format!("{digits}{d}");
                    if !self.scanning && self.number_of(&longer).is_err() {
                        break;
                    }
                    digits = longer;
                    self.at += 1;
                }
                self.back_reference(&digits)?;
            }
            _ => {
                let letter = self.single(c)?;
                self.literal(letter);
            }
        }
        Ok(())
    }

    fn back_reference(&mut self, name: &str) -> Result<(), String> {
        let number = self.number_of(name)?;
        self.out.push_str(&format!("(?:\\{number})"));
        Ok(())
    }

    /// The letter an escape stands for; `c` follows the backslash and was taken.
    fn single(&mut self, c: char) -> Result<char, String> {
        Ok(match c {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'f' => '\u{c}',
            'v' => '\u{b}',
            'a' => '\u{7}',
            'e' => '\u{1b}',
            '0' => {
                let mut n = 0;
                for _ in 0..2 {
                    if let Some(d) = self.peek(0).and_then(|d| d.to_digit(8)) {
                        n = n * 8 + d;
                        self.at += 1;
                    }
                }
                char::from_u32(n).unwrap_or('\0')
            }
            'x' => self.hex(2)?,
            'u' => self.hex(4)?,
            'c' => {
                let letter = self
                    .peek(0)
                    .filter(char::is_ascii_alphabetic)
                    .ok_or("Missing control character.")?;
                self.at += 1;
                char::from(letter.to_ascii_uppercase() as u8 - b'@')
            }
            c if c.is_ascii_alphanumeric() || c == '_' => {
                return Err(format!("Unrecognized escape sequence \\{c}."));
            }
            other => other,
        })
    }

    fn hex(&mut self, count: usize) -> Result<char, String> {
        let digits: String = self.letters[self.at..].iter().take(count).collect();
        let letter = u32::from_str_radix(&digits, 16)
            .ok()
            .filter(|_| digits.len() == count && !digits.starts_with('+'));
        self.at += count.min(self.letters.len() - self.at);
        letter
            .map(|n| char::from_u32(n).unwrap_or('\u{fffd}'))
            .ok_or_else(|| "Insufficient or invalid hexadecimal digits.".to_owned())
    }

    /// `\p{Lu}`; named blocks become the script of that name.
    fn property(&mut self, c: char) -> Result<String, String> {
        if !self.take_if("{") {
            return Err(format!("Malformed \\{c}{{X}} character escape."));
        }
        let mut name = String::new();
        while let Some(letter) = self.peek(0).filter(|letter| *letter != '}') {
            name.push(letter);
            self.at += 1;
        }
        if !self.take_if("}") {
            return Err(format!("Incomplete \\{c}{{X}} character escape."));
        }
        let name = match name.as_str() {
            "IsBasicLatin" => {
                return Ok(if c == 'p' {
                    "[\\x00-\\x7f]"
                } else {
                    "[^\\x00-\\x7f]"
                }
                .to_owned());
            }
            "IsCJKUnifiedIdeographs" => "Han",
            other => other.strip_prefix("Is").unwrap_or(other),
        };
        Ok(format!("\\{c}{{{name}}}"))
    }

    /// A class after its `[`, written with everything escaped.
    fn class(&mut self, depth: usize) -> Result<(), String> {
        const UNTERMINATED: &str = "Unterminated [] set.";
        if depth > 8 {
            return Err("Too many sets inside each other.".to_owned());
        }
        self.out.push('[');
        if self.take_if("^") {
            self.out.push('^');
        }
        let mut first = true;
        let mut previous: Option<char> = None;
        loop {
            let c = self.peek(0).ok_or(UNTERMINATED)?;
            self.at += 1;
            match c {
                ']' if !first => break,
                '-' if !first && self.peek(0) == Some('[') => {
                    self.at += 1;
                    self.out.push_str("--");
                    self.class(depth + 1)?;
                    if !self.take_if("]") {
                        return Err(
                            "A subtraction must be the last element in a character class."
                                .to_owned(),
                        );
                    }
                    break;
                }
                '-' if previous.is_some() && self.peek(0).is_some_and(|next| next != ']') => {
                    let c = self.peek(0).ok_or(UNTERMINATED)?;
                    self.at += 1;
                    let end = match c {
                        '\\' => match self.class_escape()? {
                            Some(letter) => letter,
                            None => {
                                return Err("Cannot include class in character range.".to_owned());
                            }
                        },
                        letter => letter,
                    };
                    if previous.is_some_and(|from| from > end) {
                        return Err("[x-y] range in reverse order.".to_owned());
                    }
                    self.out.push('-');
                    self.class_literal(end);
                    previous = None;
                }
                '\\' => {
                    previous = self.class_escape()?;
                    if let Some(letter) = previous {
                        self.class_literal(letter);
                    }
                }
                letter => {
                    self.class_literal(letter);
                    previous = Some(letter);
                }
            }
            first = false;
        }
        self.out.push(']');
        Ok(())
    }

    fn class_literal(&mut self, letter: char) {
        if letter.is_ascii_punctuation() {
            self.out.push('\\');
            if matches!(letter, '<' | '>') {
                self.out.pop();
            }
            self.out.push(letter);
        } else if letter.is_control() || letter.is_whitespace() {
            self.out
                .push_str(&format!("\\x{{{:x}}}", u32::from(letter)));
        } else {
            self.out.push(letter);
        }
    }

    /// The letter of an escape in a class; `None` when it was a class of its own and is written already.
    fn class_escape(&mut self) -> Result<Option<char>, String> {
        let c = self.peek(0).ok_or("Illegal \\ at end of pattern.")?;
        self.at += 1;
        match c {
            'd' | 'D' | 'w' | 'W' | 's' | 'S' => {
                self.out.push('\\');
                self.out.push(c);
                Ok(None)
            }
            'p' | 'P' => {
                let property = self.property(c)?;
                self.out.push_str(&property);
                Ok(None)
            }
            'b' => Ok(Some('\u{8}')),
            c => self.single(c).map(Some),
        }
    }
}
