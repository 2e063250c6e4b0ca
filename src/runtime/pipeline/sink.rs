//! Where output objects go: the next stage of a pipeline, a list, a file, the screen.

use crate::runtime::flow::Run;
use crate::runtime::shell::Shell;
use crate::runtime::value::Value;

/// A taker of output objects.
pub trait Sink {
    /// Takes one object.
    ///
    /// # Errors
    /// What the taker's own code raises, or its wish for no more.
    fn push(&mut self, shell: &mut Shell, value: Value) -> Run<()>;

    /// Whether objects are kept as they come, so that they had better not be without end.
    fn keeps(&self) -> bool {
        false
    }

    /// Whether objects end up on the screen with nothing in between.
    fn is_screen(&self) -> bool {
        false
    }

    /// Whether objects are thrown away.
    fn is_null(&self) -> bool {
        false
    }
}

/// Keeps everything.
#[derive(Default)]
pub struct Collect {
    /// What came, in order.
    pub items: Vec<Value>,
}

impl Collect {
    /// What a statement with this output is as a value: nothing, the one object, or an array.
    pub fn into_value(self) -> Value {
        let mut items = self.items;
        match items.len() {
            0 => Value::Null,
            1 => items.swap_remove(0),
            _ => Value::array(items),
        }
    }
}

impl Sink for Collect {
    fn push(&mut self, _shell: &mut Shell, value: Value) -> Run<()> {
        self.items.push(value);
        Ok(())
    }

    fn keeps(&self) -> bool {
        true
    }
}

/// Throws everything away.
pub struct Discard;

impl Sink for Discard {
    fn push(&mut self, _shell: &mut Shell, _value: Value) -> Run<()> {
        Ok(())
    }

    fn is_null(&self) -> bool {
        true
    }
}

/// The screen, by way of the shell's `Out-Default`.
pub struct Screen;

impl Sink for Screen {
    fn push(&mut self, shell: &mut Shell, value: Value) -> Run<()> {
        shell.show(value)
    }

    fn is_screen(&self) -> bool {
        true
    }
}
