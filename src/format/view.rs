//! How objects of a known type are shown when nobody says how.

use std::cell::RefCell;

use crate::runtime::Value;

use super::align::Align;

/// The default look of a type.
#[derive(Clone, Copy)]
pub struct View {
    /// Full type name.
    pub type_name: &'static str,
    /// The look.
    pub body: Body,
    /// Objects are shown in groups with a heading.
    pub group: Option<Group>,
}

/// The look of a type.
#[derive(Clone, Copy)]
pub enum Body {
    /// Columns of a table.
    Table(&'static [Column]),
    /// Properties of a list.
    List(&'static [&'static str]),
    /// A text of its own within the document.
    Text(fn(&Value) -> String),
    /// A text of its own wherever it comes up, as errors have.
    Apart(fn(&Value) -> String),
}

/// A column of a view.
#[derive(Clone, Copy)]
pub struct Column {
    /// Header; the property's name when empty.
    pub label: &'static str,
    /// The property.
    pub property: &'static str,
    /// Cells; 0 for as many as the content needs.
    pub width: usize,
    /// Side.
    pub align: Align,
}

/// Heading of a group.
#[derive(Clone, Copy)]
pub struct Group {
    /// What is the same within a group.
    pub property: &'static str,
    /// What the heading says before the value.
    pub label: &'static str,
    /// Blanks before it.
    pub indent: usize,
    /// Whether another blank line follows.
    pub spaced: bool,
}

/// A column as wide as its content.
pub const fn column(property: &'static str) -> Column {
    Column {
        label: "",
        property,
        width: 0,
        align: Align::Left,
    }
}

impl Column {
    /// With this header.
    pub const fn label(self, label: &'static str) -> Column {
        Column { label, ..self }
    }

    /// So many cells wide.
    pub const fn width(self, width: usize) -> Column {
        Column { width, ..self }
    }

    /// Numbers stand right.
    pub const fn right(self) -> Column {
        Column {
            align: Align::Right,
            ..self
        }
    }
}

impl View {
    /// A table.
    pub const fn table(type_name: &'static str, columns: &'static [Column]) -> View {
        View {
            type_name,
            body: Body::Table(columns),
            group: None,
        }
    }

    /// A list of these properties.
    pub const fn list(type_name: &'static str, properties: &'static [&'static str]) -> View {
        View {
            type_name,
            body: Body::List(properties),
            group: None,
        }
    }

    /// A text.
    pub const fn text(type_name: &'static str, text: fn(&Value) -> String) -> View {
        View {
            type_name,
            body: Body::Text(text),
            group: None,
        }
    }

    /// A text that never starts a document.
    pub const fn apart(type_name: &'static str, text: fn(&Value) -> String) -> View {
        View {
            type_name,
            body: Body::Apart(text),
            group: None,
        }
    }

    /// With headings.
    pub const fn grouped(self, group: Group) -> View {
        View {
            group: Some(group),
            ..self
        }
    }
}

thread_local! {
    static VIEWS: RefCell<Vec<&'static View>> = const { RefCell::new(Vec::new()) };
}

/// Adds views; later ones of a type win. A shell runs on one thread, and so its views belong to it.
pub fn register(views: &'static [View]) {
    VIEWS.with_borrow_mut(|all| {
        for view in views {
            if !all.iter().any(|known| std::ptr::eq(*known, view)) {
                all.insert(0, view);
            }
        }
    });
}

/// What a caller wants to know of a view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Whatever is the default.
    Any,
    /// A table.
    Table,
    /// A list.
    List,
}

/// The view of the most specific type that has one.
pub fn find(type_names: &[std::rc::Rc<str>], wanted: Wanted) -> Option<&'static View> {
    let fits = |view: &View| match wanted {
        Wanted::Any => true,
        Wanted::Table => matches!(view.body, Body::Table(_)),
        Wanted::List => matches!(view.body, Body::List(_)),
    };
    VIEWS.with_borrow(|registered| {
        type_names.iter().find_map(|name| {
            let all = registered.iter().copied().chain(super::views::BUILT_IN);
            all.filter(|view| view.type_name == &**name)
                .find(|view| fits(view))
        })
    })
}
