//! Operators that begin with a dash.

use super::begins;

const OPERATORS: [&str; 44] = [
    "-eq",
    "-ne",
    "-gt",
    "-ge",
    "-lt",
    "-le",
    "-like",
    "-notlike",
    "-match",
    "-notmatch",
    "-contains",
    "-notcontains",
    "-in",
    "-notin",
    "-replace",
    "-split",
    "-join",
    "-and",
    "-or",
    "-not",
    "-xor",
    "-is",
    "-isnot",
    "-as",
    "-band",
    "-bor",
    "-bxor",
    "-bnot",
    "-shl",
    "-shr",
    "-f",
    "-ceq",
    "-cne",
    "-cgt",
    "-cge",
    "-clt",
    "-cle",
    "-clike",
    "-cnotlike",
    "-cmatch",
    "-creplace",
    "-csplit",
    "-ccontains",
    "-cin",
];

/// Those that begin with the word.
pub fn candidates(word: &str) -> Vec<String> {
    OPERATORS
        .iter()
        .filter(|operator| begins(operator, word))
        .map(|operator| (*operator).to_owned())
        .collect()
}
