//! A tree as a compact s-expression: what the case files hold.

use mailtern::language::ast::*;

/// A word or a list.
pub enum Sexp {
    Word(String),
    List(Vec<Sexp>),
}

impl Sexp {
    fn flat(&self) -> String {
        match self {
            Sexp::Word(word) => word.clone(),
            Sexp::List(items) => format!(
                "({})",
                items.iter().map(Sexp::flat).collect::<Vec<_>>().join(" ")
            ),
        }
    }

    /// One line if it fits, else each part on its own.
    pub fn pretty(&self, indent: usize) -> String {
        let flat = self.flat();
        let Sexp::List(items) = self else { return flat };
        if indent + flat.chars().count() <= 110 {
            return flat;
        }
        let parts: Vec<_> = items.iter().map(|item| item.pretty(indent + 2)).collect();
        format!("({})", parts.join(&format!("\n{}", " ".repeat(indent + 2))))
    }
}

fn word(text: impl ToString) -> Sexp {
    Sexp::Word(text.to_string())
}

fn text(text: &str) -> Sexp {
    word(format!("{text:?}"))
}

fn list(name: &str, items: impl IntoIterator<Item = Sexp>) -> Sexp {
    Sexp::List(std::iter::once(word(name)).chain(items).collect())
}

/// A list only if the part is there.
fn part<T>(name: &str, part: Option<T>, write: impl Fn(T) -> Sexp) -> Option<Sexp> {
    part.map(|value| list(name, [write(value)]))
}

pub fn script(script: &ScriptBlockAst) -> Sexp {
    let mut items: Vec<Sexp> = Vec::new();
    items.extend(script.help.as_ref().map(|help| list("help", [text(help)])));
    items.extend(script.params.as_ref().map(param_block));
    let named = [
        ("dynamicparam", &script.dynamic_param),
        ("begin", &script.begin),
        ("process", &script.process),
    ];
    items.extend(
        named
            .into_iter()
            .filter_map(|(name, body)| body.as_ref().map(|body| named_block(name, body))),
    );
    match &script.end {
        Some(end)
            if items
                .iter()
                .all(|item| matches!(item, Sexp::List(l) if is_head(l, &["help", "params"]))) =>
        {
            items.extend(statements(end));
        }
        Some(end) => items.push(named_block("end", end)),
        None => {}
    }
    list("script", items)
}

fn is_head(items: &[Sexp], names: &[&str]) -> bool {
    matches!(items.first(), Some(Sexp::Word(head)) if names.contains(&head.as_str()))
}

fn named_block(name: &str, body: &Block) -> Sexp {
    list(name, statements(body))
}

fn block(body: &Block) -> Sexp {
    list("do", statements(body))
}

fn statements(body: &Block) -> Vec<Sexp> {
    let traps = body.traps.iter().map(|trap| {
        list(
            "trap",
            trap.kind
                .iter()
                .map(|kind| word(format!("[{kind}]")))
                .chain([block(&trap.body)]),
        )
    });
    traps.chain(body.statements.iter().map(statement)).collect()
}

fn param_block(params: &ParamBlock) -> Sexp {
    list(
        "params",
        params
            .attributes
            .iter()
            .map(attribute)
            .chain(params.parameters.iter().map(parameter)),
    )
}

fn parameter(parameter: &Parameter) -> Sexp {
    let types = parameter.types.iter().map(|kind| word(format!("[{kind}]")));
    let default = parameter
        .default
        .iter()
        .map(|default| list("=", [expr(default)]));
    let head = [word(variable(&parameter.name))];
    list(
        "param",
        head.into_iter()
            .chain(types)
            .chain(parameter.attributes.iter().map(attribute))
            .chain(default),
    )
}

fn attribute(attribute: &Attribute) -> Sexp {
    let named = attribute
        .named
        .iter()
        .map(|argument| match &argument.value {
            Some(value) => list("=", [word(&argument.name), expr(value)]),
            None => word(&argument.name),
        });
    let head = [word(&attribute.name)];
    list(
        "attribute",
        head.into_iter()
            .chain(attribute.positional.iter().map(expr))
            .chain(named),
    )
}

fn statement(statement: &Statement) -> Sexp {
    use StatementKind as S;
    let label = |label: &Option<std::rc::Rc<str>>| {
        label
            .iter()
            .map(|label| word(format!(":{label}")))
            .collect::<Vec<_>>()
    };
    let turn = |name: &str, turn: &LoopStatement| {
        let parts = [self::statement(&turn.condition), block(&turn.body)];
        list(name, label(&turn.label).into_iter().chain(parts))
    };
    match &statement.kind {
        S::Chain(chain) => self::chain(chain),
        S::Assign(assign) => {
            let operator = assignment_operator(assign.operator);
            list(
                operator,
                [expr(&assign.target), self::statement(&assign.value)],
            )
        }
        S::If(conditional) => {
            let clauses = conditional
                .clauses
                .iter()
                .flat_map(|c| [self::statement(&c.condition), block(&c.body)]);
            let otherwise = conditional
                .otherwise
                .iter()
                .map(|body| named_block("else", body));
            list("if", clauses.chain(otherwise))
        }
        S::Switch(switch) => switch_statement(switch, label(&switch.label)),
        S::ForEach(each) => {
            let parts = [
                word(variable(&each.variable)),
                self::statement(&each.values),
                block(&each.body),
            ];
            list("foreach", label(&each.label).into_iter().chain(parts))
        }
        S::For(turns) => {
            let parts = [
                ("init", &turns.initializer),
                ("while", &turns.condition),
                ("next", &turns.iterator),
            ];
            let parts = parts
                .into_iter()
                .filter_map(|(name, p)| part(name, p.as_ref(), self::statement));
            list(
                "for",
                label(&turns.label)
                    .into_iter()
                    .chain(parts)
                    .chain([block(&turns.body)]),
            )
        }
        S::While(turns) => turn("while", turns),
        S::DoWhile(turns) => turn("do-while", turns),
        S::DoUntil(turns) => turn("do-until", turns),
        S::Break(label) => list("break", label.iter().map(|label| expr(label))),
        S::Continue(label) => list("continue", label.iter().map(|label| expr(label))),
        S::Return(value) => list("return", value.iter().map(|value| self::statement(value))),
        S::Throw(value) => list("throw", value.iter().map(|value| self::statement(value))),
        S::Exit(value) => list("exit", value.iter().map(|value| self::statement(value))),
        S::Try(guarded) => {
            let catches = guarded.catches.iter().map(|clause| {
                let types = clause.types.iter().map(|kind| word(format!("[{kind}]")));
                list("catch", types.chain(statements(&clause.body)))
            });
            let finally = guarded
                .finally
                .iter()
                .map(|body| named_block("finally", body));
            list(
                "try",
                [block(&guarded.body)]
                    .into_iter()
                    .chain(catches)
                    .chain(finally),
            )
        }
        S::Function(function) => {
            let kind = if function.kind == FunctionKind::Filter {
                "filter"
            } else {
                "function"
            };
            list(kind, [word(&function.name), script(&function.body)])
        }
        S::Error => word("ERROR"),
    }
}

fn switch_statement(switch: &SwitchStatement, label: Vec<Sexp>) -> Sexp {
    let mode = match switch.mode {
        SwitchMode::Exact => None,
        SwitchMode::Wildcard => Some(word("-wildcard")),
        SwitchMode::Regex => Some(word("-regex")),
    };
    let case = switch.case_sensitive.then(|| word("-casesensitive"));
    let file = part("file", switch.file.as_ref(), expr);
    let clauses = switch
        .clauses
        .iter()
        .map(|clause| list("case", [expr(&clause.pattern), block(&clause.body)]));
    let default = switch
        .default
        .iter()
        .map(|body| named_block("default", body));
    let head = label
        .into_iter()
        .chain(mode)
        .chain(case)
        .chain(file)
        .chain(switch.subject.iter().map(statement));
    list("switch", head.chain(clauses).chain(default))
}

fn chain(chain: &PipelineChain) -> Sexp {
    let first = pipeline(&chain.first);
    if chain.rest.is_empty() {
        return first;
    }
    let rest = chain.rest.iter().flat_map(|(operator, next)| {
        let operator = if *operator == ChainOperator::And {
            "&&"
        } else {
            "||"
        };
        [word(operator), pipeline(next)]
    });
    list("chain", [first].into_iter().chain(rest))
}

fn pipeline(pipeline: &Pipeline) -> Sexp {
    let mut elements: Vec<_> = pipeline.elements.iter().map(element).collect();
    if elements.len() == 1 {
        elements.remove(0)
    } else {
        list("|", elements)
    }
}

fn element(element: &PipelineElement) -> Sexp {
    match element {
        PipelineElement::Expression(value) if value.redirections.is_empty() => {
            expr(&value.expression)
        }
        PipelineElement::Expression(value) => list(
            "value",
            [expr(&value.expression)]
                .into_iter()
                .chain(value.redirections.iter().map(redirection)),
        ),
        PipelineElement::Command(command) => {
            let name = match command.invocation {
                Invocation::Name => "command",
                Invocation::Call => "call",
                Invocation::Dot => "dot",
            };
            let elements = command.elements.iter().map(command_element);
            let parts = [expr(&command.name)].into_iter().chain(elements);
            list(
                name,
                parts.chain(command.redirections.iter().map(redirection)),
            )
        }
    }
}

fn command_element(element: &CommandElement) -> Sexp {
    match element {
        CommandElement::Argument(value) => expr(value),
        CommandElement::Parameter(parameter) => list(
            "param",
            [word(&parameter.text)]
                .into_iter()
                .chain(parameter.argument.iter().map(expr)),
        ),
        CommandElement::Splat { variable: name, .. } => list("splat", [word(variable(name))]),
        CommandElement::EndOfParameters(_) => word("--"),
        CommandElement::Verbatim { text: rest, .. } => list("--%", [text(rest)]),
    }
}

fn redirection(redirection: &Redirection) -> Sexp {
    let from = format!("{:?}", redirection.from).to_lowercase();
    match &redirection.to {
        RedirectionTarget::Merge(to) => list(
            "merge",
            [word(from), word(format!("{to:?}").to_lowercase())],
        ),
        RedirectionTarget::File { path, append } => {
            list(if *append { ">>" } else { ">" }, [word(from), expr(path)])
        }
    }
}

fn variable(variable: &Variable) -> String {
    let name = &variable.name;
    match &variable.scope {
        None => format!("${name}"),
        Some(Scope::Drive(drive)) => format!("${{{drive}:}}{name}"),
        Some(scope) => format!("${}:{name}", format!("{scope:?}").to_lowercase()),
    }
}

fn quoted(quote: Quote) -> &'static str {
    match quote {
        Quote::Bare => "bare",
        Quote::Single => "single",
        Quote::Double => "double",
        Quote::HereSingle => "here-single",
        Quote::HereDouble => "here-double",
    }
}

fn expr(value: &Expr) -> Sexp {
    use ExprKind as E;
    match &value.kind {
        E::Number(number) => {
            let (kind, value) = match number.value {
                NumberValue::Int(n) => ("int", n.to_string()),
                NumberValue::Long(n) => ("long", n.to_string()),
                NumberValue::Decimal(n) => ("decimal", n.to_string()),
                NumberValue::Double(n) => ("double", n.to_string()),
            };
            let spelling = (*number.text != *value).then(|| text(&number.text));
            list(kind, [word(value)].into_iter().chain(spelling))
        }
        E::String {
            value,
            quote: Quote::Bare,
        } => text(value),
        E::String { value, quote } => list(quoted(*quote), [text(value)]),
        E::Expandable { parts, quote } => {
            let parts = parts.iter().map(|part| match part {
                StringPart::Text(piece) => text(piece),
                StringPart::Expr(value) => expr(value),
            });
            list("expand", [word(quoted(*quote))].into_iter().chain(parts))
        }
        E::Variable(name) => word(variable(name)),
        E::Type(name) => word(format!("[{name}]")),
        E::Array(values) => list(",", values.iter().map(expr)),
        E::ArrayExpression(body) => list("@", statements(body)),
        E::SubExpression(body) => list("$", statements(body)),
        E::Paren(inner) => list("paren", [statement(inner)]),
        E::Hashtable(entries) => list(
            "hash",
            entries
                .iter()
                .map(|entry| list("=", [expr(&entry.key), statement(&entry.value)])),
        ),
        E::ScriptBlock(body) => script(body),
        E::Unary { operator, operand } => list(unary_operator(*operator), [expr(operand)]),
        E::Update { operator, target } => {
            let name = match operator {
                UpdateOperator::PreIncrement => "++_",
                UpdateOperator::PreDecrement => "--_",
                UpdateOperator::PostIncrement => "_++",
                UpdateOperator::PostDecrement => "_--",
            };
            list(name, [expr(target)])
        }
        E::Binary(binary) => {
            let rest = binary
                .rest
                .iter()
                .flat_map(|tail| [word(binary_operator(tail.operator)), expr(&tail.operand)]);
            Sexp::List([expr(&binary.first)].into_iter().chain(rest).collect())
        }
        E::Ternary(ternary) => list(
            "?",
            [&ternary.condition, &ternary.yes, &ternary.no].map(expr),
        ),
        E::Cast { kind, operand } => list("cast", [word(format!("[{kind}]")), expr(operand)]),
        E::Attributed {
            attribute: named,
            operand,
        } => list("attributed", [attribute(named), expr(operand)]),
        E::Access(access) => list(
            "access",
            [expr(&access.target)]
                .into_iter()
                .chain(access.steps.iter().map(step)),
        ),
        E::Error => word("ERROR"),
    }
}

fn step(step: &AccessStep) -> Sexp {
    let mark = |is_static: bool, conditional: bool| match (is_static, conditional) {
        (true, _) => "::",
        (_, true) => "?.",
        _ => ".",
    };
    let member = |name: &MemberName| match name {
        MemberName::Word { name, .. } => word(name),
        MemberName::Computed(value) => list("computed", [expr(value)]),
    };
    match step {
        AccessStep::Member {
            name,
            is_static,
            null_conditional,
            ..
        } => list(mark(*is_static, *null_conditional), [member(name)]),
        AccessStep::Call {
            name,
            arguments,
            is_static,
            null_conditional,
            ..
        } => {
            let call = list("()", arguments.iter().map(expr));
            list(mark(*is_static, *null_conditional), [member(name), call])
        }
        AccessStep::Index {
            index,
            null_conditional,
            ..
        } => list(if *null_conditional { "?[]" } else { "[]" }, [expr(index)]),
    }
}

fn assignment_operator(operator: AssignmentOperator) -> &'static str {
    match operator {
        AssignmentOperator::Assign => "=",
        AssignmentOperator::Add => "+=",
        AssignmentOperator::Subtract => "-=",
        AssignmentOperator::Multiply => "*=",
        AssignmentOperator::Divide => "/=",
        AssignmentOperator::Remainder => "%=",
        AssignmentOperator::Coalesce => "??=",
    }
}

/// `-eq`, `-ceq`, `-ieq`.
fn cased(case: Case, name: &str) -> String {
    let prefix = match case {
        Case::Default => "",
        Case::Insensitive => "i",
        Case::Sensitive => "c",
    };
    format!("-{prefix}{name}")
}

fn unary_operator(operator: UnaryOperator) -> &'static str {
    match operator {
        UnaryOperator::Plus => "+_",
        UnaryOperator::Minus => "-_",
        UnaryOperator::Not => "-not",
        UnaryOperator::BitNot => "-bnot",
        UnaryOperator::Comma => ",",
        UnaryOperator::Join => "-join",
        UnaryOperator::Split(Case::Sensitive) => "-csplit",
        UnaryOperator::Split(_) => "-split",
    }
}

fn binary_operator(operator: BinaryOperator) -> String {
    use BinaryOperator as B;
    let plain = match operator {
        B::Add => "+",
        B::Subtract => "-",
        B::Multiply => "*",
        B::Divide => "/",
        B::Remainder => "%",
        B::Format => "-f",
        B::Range => "..",
        B::Coalesce => "??",
        B::And => "-and",
        B::Or => "-or",
        B::Xor => "-xor",
        B::BitAnd => "-band",
        B::BitOr => "-bor",
        B::BitXor => "-bxor",
        B::ShiftLeft => "-shl",
        B::ShiftRight => "-shr",
        B::Is => "-is",
        B::IsNot => "-isnot",
        B::As => "-as",
        B::Join => "-join",
        B::Equal(case) => return cased(case, "eq"),
        B::NotEqual(case) => return cased(case, "ne"),
        B::GreaterOrEqual(case) => return cased(case, "ge"),
        B::GreaterThan(case) => return cased(case, "gt"),
        B::LessThan(case) => return cased(case, "lt"),
        B::LessOrEqual(case) => return cased(case, "le"),
        B::Like(case) => return cased(case, "like"),
        B::NotLike(case) => return cased(case, "notlike"),
        B::Match(case) => return cased(case, "match"),
        B::NotMatch(case) => return cased(case, "notmatch"),
        B::Replace(case) => return cased(case, "replace"),
        B::Contains(case) => return cased(case, "contains"),
        B::NotContains(case) => return cased(case, "notcontains"),
        B::In(case) => return cased(case, "in"),
        B::NotIn(case) => return cased(case, "notin"),
        B::Split(case) => return cased(case, "split"),
    };
    plain.to_owned()
}
