//! `$Error`: the errors of the session, newest first.

use std::rc::Rc;

use super::error::ErrorRecord;
use crate::runtime::types::list::List;
use crate::runtime::value::Value;

/// How many errors are kept.
const LIMIT: usize = 256;

/// The list behind `$Error`; scripts see and change the same one.
pub(in crate::runtime) struct ErrorList {
    list: Value,
}

impl Default for ErrorList {
    fn default() -> Self {
        ErrorList {
            list: List::array_list(Vec::new()),
        }
    }
}

impl ErrorList {
    /// The list as the value of the variable.
    pub(in crate::runtime) fn value(&self) -> Value {
        self.list.clone()
    }

    /// Puts an error first, unless it is there already.
    pub(in crate::runtime) fn insert(&self, record: &Rc<ErrorRecord>) {
        let Some(list) = self.list.downcast::<List>() else {
            return;
        };
        let mut items = list.items().borrow_mut();
        if matches!(items.first(), Some(Value::Error(first)) if Rc::ptr_eq(first, record)) {
            return;
        }
        items.insert(0, Value::Error(record.clone()));
        items.truncate(LIMIT);
    }
}
