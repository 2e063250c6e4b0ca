//! Sentences made from the grammar parse to the end.

use std::collections::HashMap;

use mailtern::language::{Span, parse};

use crate::ebnf::{Grammar, Node, ends, grammar};

/// What only the meaning forbids: the grammar cannot see it.
const MEANING: [&str; 8] = [
    "BadNumericConstant",
    "DuplicateFormalParameter",
    "DuplicateKeyInHashLiteral",
    "DuplicateScriptCommandClause",
    "EmptyCatchNotLast",
    "ExceptionTypeAlreadyCaught",
    "MultipleSwitchDefaultClauses",
    "OnlyOneParameterListAllowed",
];

/// Rules that open brackets of their own: a comma in them does not end an expression outside.
const BRACKETS: [&str; 9] = [
    "paren",
    "sub_expression",
    "array_expression",
    "hashtable",
    "script_block",
    "index",
    "block",
    "double_quoted",
    "here_string",
];

/// Without a colon, which after a variable would be a drive's.
const ANY: &str = "abcXYZ019_-./\\é→😀(){}[]'\"`$#@,;|&<>=+*%!?~^ \t\n";

struct Writer<'g> {
    grammar: &'g Grammar,
    heights: HashMap<&'g str, usize>,
    seed: u64,
    out: String,
    depth: usize,
    blank_wanted: bool,
    commas_separate: bool,
    in_array: bool,
}

impl<'g> Writer<'g> {
    fn below(&mut self, limit: usize) -> usize {
        self.seed ^= self.seed << 13;
        self.seed ^= self.seed >> 7;
        self.seed ^= self.seed << 17;
        (self.seed >> 11) as usize % limit.max(1)
    }

    fn emit(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if self.blank_wanted && !self.out.is_empty() {
            let blank = match self.below(20) {
                0 => " `\n ",
                1 => " <# aside #> ",
                2 => "\t",
                3 => " \u{a0}",
                _ => " ",
            };
            self.out.push_str(blank);
            if text.starts_with(['\n', '\r']) && self.below(4) == 0 {
                self.out.push_str("# to the end");
            }
        }
        self.blank_wanted = false;
        self.out.push_str(text);
    }

    fn write(&mut self, node: &'g Node, lexical: bool) {
        match node {
            Node::Text { text, exact } => {
                let upper = !exact && self.below(8) == 0;
                self.emit(&if upper {
                    text.to_ascii_uppercase()
                } else {
                    text.clone()
                });
            }
            Node::Range(first, last) => {
                let c = char::from_u32(
                    *first as u32 + self.below(*last as usize - *first as usize + 1) as u32,
                );
                self.emit(&c.unwrap().to_string());
            }
            Node::Class(name) => {
                let from = match name.as_str() {
                    "letter" => "abcdefgXYZéß",
                    "digit" => "0123456789",
                    _ => ANY,
                };
                let c = from.chars().nth(self.below(from.chars().count())).unwrap();
                self.emit(&c.to_string());
            }
            Node::Rule(name) => self.write_rule(name),
            Node::Sequence(parts) => {
                let start = self.out.len();
                for (glued, part) in parts {
                    if self.out.len() > start {
                        self.blank_wanted = !lexical && !glued;
                    } else if *glued {
                        self.blank_wanted = false;
                    }
                    self.write(part, lexical);
                    if self.separated_here(part) {
                        break;
                    }
                }
            }
            Node::Choice(choices) => {
                let choice = self.choose(choices);
                self.write(choice, lexical);
            }
            Node::Maybe(part) => {
                if self.may_grow() && self.height(part) < 99 && self.below(3) == 0 {
                    self.write(part, lexical);
                }
            }
            Node::Many(part) => {
                let times = if self.may_grow() { self.below(3) } else { 0 };
                for i in 0..times {
                    if i > 0 {
                        self.blank_wanted = !lexical;
                    }
                    self.write(part, lexical);
                }
            }
            Node::Except(all, without) => {
                let (start, wanted, depth) = (self.out.len(), self.blank_wanted, self.depth);
                loop {
                    self.blank_wanted = false;
                    self.write(all, lexical);
                    let text: Vec<char> = self.out[start..].chars().collect();
                    if !ends(self.grammar, without, &text, 0).contains(&text.len()) {
                        break;
                    }
                    // Another try is a low one, or tries in tries would never end.
                    self.out.truncate(start);
                    self.depth = depth + 40;
                }
                self.depth = depth;
                let text = self.out.split_off(start);
                self.blank_wanted = wanted;
                self.emit(&text);
            }
        }
    }

    /// In an expression that a comma ends, an array literal is its first element.
    fn separated_here(&self, part: &Node) -> bool {
        self.commas_separate
            && matches!(part, Node::Rule(name) if name == "unary_expression")
            && self.in_array
    }

    fn write_rule(&mut self, name: &str) {
        let (name, rule) = self
            .grammar
            .get_key_value(name)
            .unwrap_or_else(|| panic!("no rule {name}"));
        let outer = (self.commas_separate, self.in_array);
        self.in_array = name == "array_literal";
        if name == "separate_expression" {
            self.commas_separate = true;
        } else if BRACKETS.contains(&name.as_str()) {
            self.commas_separate = false;
        }
        self.depth += 1;
        if name == "unary_operator" && self.commas_separate {
            self.emit("-not");
        } else {
            self.write(&rule.node, rule.lexical);
        }
        self.depth -= 1;
        (self.commas_separate, self.in_array) = outer;
    }

    /// Any choice; the lowest when the sentence is deep enough.
    fn choose(&mut self, choices: &'g [Node]) -> &'g Node {
        if self.may_grow() {
            let fitting: Vec<&Node> = choices
                .iter()
                .filter(|choice| self.height(choice) < 99)
                .collect();
            return fitting[self.below(fitting.len())];
        }
        choices
            .iter()
            .min_by_key(|choice| self.height(choice))
            .unwrap()
    }

    fn may_grow(&self) -> bool {
        self.depth < 40 && self.out.len() < 800
    }

    fn height(&self, node: &Node) -> usize {
        height(node, &self.heights)
    }
}

/// How deep the lowest sentence of a part is; 99 when none is known.
fn height(node: &Node, known: &HashMap<&str, usize>) -> usize {
    match node {
        Node::Rule(name) => known.get(name.as_str()).copied().unwrap_or(99),
        Node::Sequence(parts) => parts
            .iter()
            .map(|(_, part)| height(part, known))
            .max()
            .unwrap_or(0),
        Node::Choice(choices) => choices
            .iter()
            .map(|choice| height(choice, known))
            .min()
            .unwrap_or(0),
        Node::Except(all, _) => height(all, known),
        _ => 0,
    }
}

fn heights(grammar: &Grammar) -> HashMap<&str, usize> {
    let mut known: HashMap<&str, usize> = HashMap::new();
    for _ in 0..grammar.len() {
        for (name, rule) in grammar {
            // What follows `--%` to the end of its line is no sentence; a case file shows it.
            let lowest = if name == "verbatim_arguments" {
                99
            } else {
                height(&rule.node, &known) + 1
            };
            known.insert(name, lowest.min(99));
        }
    }
    known
}

#[test]
fn sentences_of_the_grammar_parse_to_the_end() {
    let grammar = grammar();
    let heights = heights(&grammar);
    let sentences = std::env::var("SENTENCES").map_or(3000, |n| n.parse().unwrap());
    for seed in 1..=sentences {
        let mut writer = Writer {
            grammar: &grammar,
            heights: heights.clone(),
            seed: 0x9E37_79B9_7F4A_7C15u64.wrapping_mul(seed),
            out: String::new(),
            depth: 0,
            blank_wanted: false,
            commas_separate: false,
            in_array: false,
        };
        writer.write_rule("script");
        let parsed = parse(&writer.out);
        let Some(wrong) = parsed.errors.iter().find(|e| !MEANING.contains(&e.id)) else {
            continue;
        };
        let source = &parsed.script.source;
        let (start, end) = (
            wrong.span.start.saturating_sub(80),
            wrong.span.start.max(wrong.span.end.saturating_sub(1)) + 60,
        );
        let (before, behind) = (
            Span::new(start, wrong.span.start),
            Span::new(wrong.span.start, end),
        );
        let place = format!("{:?} HERE {:?}", source.slice(before), source.slice(behind));
        panic!("sentence {seed}:\n{}\n{wrong:?}\n{place}", writer.out);
    }
}
