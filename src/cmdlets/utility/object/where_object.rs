use std::rc::Rc;

use crate::cmdlet;
use crate::format::expression;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::error::{ErrorCategory, ErrorRecord};
use crate::runtime::operators::{self, BinaryOperator, Case};
use crate::runtime::{Run, ScriptBlock, Value, convert};

cmdlet! {
    /// Keeps the objects for which a condition is true.
    ///
    /// The condition is a block that sees the object as $_, or a property with an operator and a value. A property alone
    /// keeps the objects whose property is true.
    pub struct WhereObject("Where", "Object").default_set("EqualSet").aliases(&["?", "where"])
        .module("Microsoft.PowerShell.Core")
    {
        /// The objects.
        input_object: Option<Value> = param("InputObject").by_value(),
        /// The condition.
        filter: Option<Rc<ScriptBlock>> = param("FilterScript").position(0).in_sets(&["ScriptBlockSet"]).mandatory(),
        /// The property to look at.
        property: Option<String> = param("Property").position(0).in_sets(SETS).mandatory().completes("Property"),
        /// What to compare it with.
        value: Option<Value> = param("Value").position(1).in_sets(VALUE_SETS),
        /// Keeps objects whose property is equal to the value.
        op_eq: bool = param("EQ").aliases(&["IEQ"]).in_sets(&["EqualSet"]),
        /// Keeps objects whose property is equal to the value; letter case counts.
        op_ceq: bool = param("CEQ").in_sets(&["CaseSensitiveEqualSet"]).mandatory(),
        /// Keeps objects whose property is different from the value.
        op_ne: bool = param("NE").aliases(&["INE"]).in_sets(&["NotEqualSet"]).mandatory(),
        /// Keeps objects whose property is different from the value; letter case counts.
        op_cne: bool = param("CNE").in_sets(&["CaseSensitiveNotEqualSet"]).mandatory(),
        /// Keeps objects whose property is greater than the value.
        op_gt: bool = param("GT").aliases(&["IGT"]).in_sets(&["GreaterThanSet"]).mandatory(),
        /// Keeps objects whose property is greater than the value; letter case counts.
        op_cgt: bool = param("CGT").in_sets(&["CaseSensitiveGreaterThanSet"]).mandatory(),
        /// Keeps objects whose property is less than the value.
        op_lt: bool = param("LT").aliases(&["ILT"]).in_sets(&["LessThanSet"]).mandatory(),
        /// Keeps objects whose property is less than the value; letter case counts.
        op_clt: bool = param("CLT").in_sets(&["CaseSensitiveLessThanSet"]).mandatory(),
        /// Keeps objects whose property is greater than or equal to the value.
        op_ge: bool = param("GE").aliases(&["IGE"]).in_sets(&["GreaterOrEqualSet"]).mandatory(),
        /// Keeps objects whose property is greater than or equal to the value; letter case counts.
        op_cge: bool = param("CGE").in_sets(&["CaseSensitiveGreaterOrEqualSet"]).mandatory(),
        /// Keeps objects whose property is less than or equal to the value.
        op_le: bool = param("LE").aliases(&["ILE"]).in_sets(&["LessOrEqualSet"]).mandatory(),
        /// Keeps objects whose property is less than or equal to the value; letter case counts.
        op_cle: bool = param("CLE").in_sets(&["CaseSensitiveLessOrEqualSet"]).mandatory(),
        /// Keeps objects whose property is like the wildcard pattern.
        op_like: bool = param("Like").aliases(&["ILike"]).in_sets(&["LikeSet"]).mandatory(),
        /// Keeps objects whose property is like the wildcard pattern; letter case counts.
        op_clike: bool = param("CLike").in_sets(&["CaseSensitiveLikeSet"]).mandatory(),
        /// Keeps objects whose property is not like the wildcard pattern.
        op_notlike: bool = param("NotLike").aliases(&["INotLike"]).in_sets(&["NotLikeSet"]).mandatory(),
        /// Keeps objects whose property is not like the wildcard pattern; letter case counts.
        op_cnotlike: bool = param("CNotLike").in_sets(&["CaseSensitiveNotLikeSet"]).mandatory(),
        /// Keeps objects whose property is a match of the regular expression.
        op_match: bool = param("Match").aliases(&["IMatch"]).in_sets(&["MatchSet"]).mandatory(),
        /// Keeps objects whose property is a match of the regular expression; letter case counts.
        op_cmatch: bool = param("CMatch").in_sets(&["CaseSensitiveMatchSet"]).mandatory(),
        /// Keeps objects whose property is no match of the regular expression.
        op_notmatch: bool = param("NotMatch").aliases(&["INotMatch"]).in_sets(&["NotMatchSet"]).mandatory(),
        /// Keeps objects whose property is no match of the regular expression; letter case counts.
        op_cnotmatch: bool = param("CNotMatch").in_sets(&["CaseSensitiveNotMatchSet"]).mandatory(),
        /// Keeps objects whose property is a collection that contains the value.
        op_contains: bool = param("Contains").aliases(&["IContains"]).in_sets(&["ContainsSet"]).mandatory(),
        /// Keeps objects whose property is a collection that contains the value; letter case counts.
        op_ccontains: bool = param("CContains").in_sets(&["CaseSensitiveContainsSet"]).mandatory(),
        /// Keeps objects whose property is a collection that lacks the value.
        op_notcontains: bool = param("NotContains").aliases(&["INotContains"]).in_sets(&["NotContainsSet"]).mandatory(),
        /// Keeps objects whose property is a collection that lacks the value; letter case counts.
        op_cnotcontains: bool = param("CNotContains").in_sets(&["CaseSensitiveNotContainsSet"]).mandatory(),
        /// Keeps objects whose property is among the values.
        op_in: bool = param("In").aliases(&["IIn"]).in_sets(&["InSet"]).mandatory(),
        /// Keeps objects whose property is among the values; letter case counts.
        op_cin: bool = param("CIn").in_sets(&["CaseSensitiveInSet"]).mandatory(),
        /// Keeps objects whose property is not among the values.
        op_notin: bool = param("NotIn").aliases(&["INotIn"]).in_sets(&["NotInSet"]).mandatory(),
        /// Keeps objects whose property is not among the values; letter case counts.
        op_cnotin: bool = param("CNotIn").in_sets(&["CaseSensitiveNotInSet"]).mandatory(),
        /// Keeps objects whose property is of the type.
        op_is: bool = param("Is").in_sets(&["IsSet"]).mandatory(),
        /// Keeps objects whose property is not of the type.
        op_isnot: bool = param("IsNot").in_sets(&["IsNotSet"]).mandatory(),
        /// Keeps objects whose property is empty, zero, false or missing.
        op_not: bool = param("Not").in_sets(&["Not"]).mandatory(),
    }
    example "1..10 | Where-Object { $_ % 2 -eq 0 }" => "Keeps the even numbers.";
    example "'terry','bonnie' | Where-Object Length -gt 5" => "Keeps the longer name.";
    example "Get-ChildItem | Where-Object Name -like '*.csv'" => "Keeps files of a kind.";
}

/// The sets of a property with an operator.
const SETS: &[&str] = &[
    "EqualSet",
    "CaseSensitiveEqualSet",
    "NotEqualSet",
    "CaseSensitiveNotEqualSet",
    "GreaterThanSet",
    "CaseSensitiveGreaterThanSet",
    "LessThanSet",
    "CaseSensitiveLessThanSet",
    "GreaterOrEqualSet",
    "CaseSensitiveGreaterOrEqualSet",
    "LessOrEqualSet",
    "CaseSensitiveLessOrEqualSet",
    "LikeSet",
    "CaseSensitiveLikeSet",
    "NotLikeSet",
    "CaseSensitiveNotLikeSet",
    "MatchSet",
    "CaseSensitiveMatchSet",
    "NotMatchSet",
    "CaseSensitiveNotMatchSet",
    "ContainsSet",
    "CaseSensitiveContainsSet",
    "NotContainsSet",
    "CaseSensitiveNotContainsSet",
    "InSet",
    "CaseSensitiveInSet",
    "NotInSet",
    "CaseSensitiveNotInSet",
    "IsSet",
    "IsNotSet",
    "Not",
];

/// The sets with a value: all but the last, `Not`.
const VALUE_SETS: &[&str] = match SETS {
    [with_value @ .., _not] => with_value,
    [] => &[],
};

impl Cmdlet for WhereObject {
    type State = ();

    fn begin(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let operated = self.operator().is_some();
        if self.property.is_some() && !cx.is_bound("Value") && operated && !self.op_not {
            return Err(no_value().into());
        }
        if self.property.is_some() && cx.is_bound("Value") && !operated {
            return Err(no_operator().into());
        }
        Ok(())
    }

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let Some(object) = self.input_object.clone() else {
            return Ok(());
        };
        let kept = match (&self.filter, &self.property) {
            (Some(filter), _) => cx.test(filter, object.clone())?,
            (None, Some(name)) => self.fits(name, &object, cx)?,
            (None, None) => false,
        };
        if kept { cx.write(object) } else { Ok(()) }
    }
}

impl WhereObject {
    fn fits(&self, name: &str, object: &Value, cx: &mut Cx<'_>) -> Run<bool> {
        let found = expression::value_of(object, name, cx.shell)?.unwrap_or_default();
        let Some(operator) = self.operator() else {
            return Ok(convert::to_bool(&found) != self.op_not);
        };
        let wanted = self.value.clone().unwrap_or_default();
        let answer = operators::binary(operator, &found, &wanted, cx.shell)?;
        Ok(convert::to_bool(&answer))
    }

    fn operator(&self) -> Option<BinaryOperator> {
        let given = [
            (self.op_eq, BinaryOperator::Equal(Case::Default)),
            (self.op_ceq, BinaryOperator::Equal(Case::Sensitive)),
            (self.op_ne, BinaryOperator::NotEqual(Case::Default)),
            (self.op_cne, BinaryOperator::NotEqual(Case::Sensitive)),
            (self.op_gt, BinaryOperator::GreaterThan(Case::Default)),
            (self.op_cgt, BinaryOperator::GreaterThan(Case::Sensitive)),
            (self.op_lt, BinaryOperator::LessThan(Case::Default)),
            (self.op_clt, BinaryOperator::LessThan(Case::Sensitive)),
            (self.op_ge, BinaryOperator::GreaterOrEqual(Case::Default)),
            (self.op_cge, BinaryOperator::GreaterOrEqual(Case::Sensitive)),
            (self.op_le, BinaryOperator::LessOrEqual(Case::Default)),
            (self.op_cle, BinaryOperator::LessOrEqual(Case::Sensitive)),
            (self.op_like, BinaryOperator::Like(Case::Default)),
            (self.op_clike, BinaryOperator::Like(Case::Sensitive)),
            (self.op_notlike, BinaryOperator::NotLike(Case::Default)),
            (self.op_cnotlike, BinaryOperator::NotLike(Case::Sensitive)),
            (self.op_match, BinaryOperator::Match(Case::Default)),
            (self.op_cmatch, BinaryOperator::Match(Case::Sensitive)),
            (self.op_notmatch, BinaryOperator::NotMatch(Case::Default)),
            (self.op_cnotmatch, BinaryOperator::NotMatch(Case::Sensitive)),
            (self.op_contains, BinaryOperator::Contains(Case::Default)),
            (self.op_ccontains, BinaryOperator::Contains(Case::Sensitive)),
            (
                self.op_notcontains,
                BinaryOperator::NotContains(Case::Default),
            ),
            (
                self.op_cnotcontains,
                BinaryOperator::NotContains(Case::Sensitive),
            ),
            (self.op_in, BinaryOperator::In(Case::Default)),
            (self.op_cin, BinaryOperator::In(Case::Sensitive)),
            (self.op_notin, BinaryOperator::NotIn(Case::Default)),
            (self.op_cnotin, BinaryOperator::NotIn(Case::Sensitive)),
            (self.op_is, BinaryOperator::Is),
            (self.op_isnot, BinaryOperator::IsNot),
        ];
        given
            .iter()
            .find(|(on, _)| *on)
            .map(|(_, operator)| *operator)
    }
}

fn no_value() -> ErrorRecord {
    ErrorRecord::new(
        "System.Management.Automation.PSArgumentException",
        "ValueNotSpecifiedForWhereObject",
        ErrorCategory::InvalidArgument,
        "The specified operator requires both the -Property and -Value parameters. Provide values for both parameters, and then try the command again.",
    )
}

fn no_operator() -> ErrorRecord {
    ErrorRecord::new(
        "System.Management.Automation.PSArgumentException",
        "OperatorNotSpecified",
        ErrorCategory::InvalidArgument,
        "The operator for the comparison is missing. Name one between property and value, for example -eq or -like.",
    )
}
