//! Names of types as help spells them.

use crate::runtime::TypeRef;
use crate::runtime::signature::{Parameter, ParameterKind};

/// C#'s names, which syntax lines use.
const KEYWORDS: [(&str, &str); 16] = [
    ("System.String", "string"),
    ("System.Int32", "int"),
    ("System.Int64", "long"),
    ("System.UInt32", "uint"),
    ("System.UInt64", "ulong"),
    ("System.Int16", "short"),
    ("System.UInt16", "ushort"),
    ("System.Byte", "byte"),
    ("System.Boolean", "bool"),
    ("System.Double", "double"),
    ("System.Single", "float"),
    ("System.Decimal", "decimal"),
    ("System.Char", "char"),
    ("System.Guid", "guid"),
    ("System.Collections.Hashtable", "hashtable"),
    ("System.Management.Automation.ScriptBlock", "scriptblock"),
];

/// `System.String[]` is `String[]`, `System.Collections.Generic.List[int]` is ``List`1``.
pub fn short(full: &str) -> String {
    let (bare, array) = match full.strip_suffix("[]") {
        Some(element) => (element, "[]"),
        None => (full, ""),
    };
    let (name, arguments) = match bare.find(['[', '`']) {
        Some(at) => (&bare[..at], bare[at..].matches(',').count() + 1),
        None => (bare, 0),
    };
    let last = name.rsplit('.').next().unwrap_or(name);
    let generic = if arguments == 0 {
        String::new()
    } else {
        format!("`{arguments}")
    };
    format!("{last}{generic}{array}")
}

/// As [`short`], with C#'s name where there is one.
pub fn accelerator(full: &str) -> String {
    let (bare, array) = match full.strip_suffix("[]") {
        Some(element) => (element, "[]"),
        None => (full, ""),
    };
    match KEYWORDS
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(bare))
    {
        Some((_, keyword)) => format!("{keyword}{array}"),
        None => short(full),
    }
}

/// The words of a parameter whose type is an enumeration; none for other types.
pub fn enum_words(parameter: &Parameter) -> Vec<String> {
    match &parameter.kind {
        ParameterKind::Field(spec, _) => {
            spec.values.iter().map(|word| (*word).to_owned()).collect()
        }
        ParameterKind::Script(types) => types.last().map(|t| words_of(*t)).unwrap_or_default(),
    }
}

fn words_of(ty: TypeRef) -> Vec<String> {
    ty.table()
        .members
        .iter()
        .map(|(word, _)| (*word).to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_types() {
        let cases = [
            ("System.String[]", "String[]", "string[]"),
            ("System.Object[]", "Object[]", "Object[]"),
            (
                "System.Collections.Generic.List[System.Int32]",
                "List`1",
                "List`1",
            ),
            (
                "System.Management.Automation.PSCredential",
                "PSCredential",
                "PSCredential",
            ),
            ("System.Guid", "Guid", "guid"),
        ];
        for (full, help, command) in cases {
            assert_eq!(
                (short(full).as_str(), accelerator(full).as_str()),
                (help, command)
            );
        }
    }
}
