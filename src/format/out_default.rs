//! The end of a pipeline: objects become text on the screen, as they come.

use crate::runtime::shell::{OutDefault, Shell};
use crate::runtime::ui::Stream;
use crate::runtime::{Run, Value};

use super::generate::{Generator, Spec};
use super::packet::Packet;
use super::writer::{Kind, Writer};

/// Formats objects and documents that `Format-*` made; text is ready as soon as it can be.
pub struct Formatter {
    generator: Option<Generator>,
    writer: Writer,
}

impl Formatter {
    /// A formatter for a screen of so many columns.
    pub fn new(screen: usize) -> Formatter {
        Formatter {
            generator: None,
            writer: Writer::new(screen),
        }
    }

    /// Takes an object or a packet.
    ///
    /// # Errors
    /// What code of the object raises.
    pub fn push(&mut self, value: &Value, shell: &mut Shell) -> Run<()> {
        let mut packets = Vec::new();
        let result = match value.downcast::<Packet>() {
            Some(packet) => {
                if matches!(packet, Packet::Start(_)) {
                    self.close();
                }
                packets.push(packet.clone());
                Ok(())
            }
            None => {
                let generator = self
                    .generator
                    .get_or_insert_with(|| Generator::new(Spec::default(), shell));
                generator.push(value, shell, &mut packets)
            }
        };
        packets
            .into_iter()
            .for_each(|packet| self.writer.packet(packet));
        result
    }

    /// The text that is ready.
    pub fn take(&mut self) -> String {
        self.writer
            .take()
            .into_iter()
            .map(|(_, text)| text)
            .collect()
    }

    /// The text that is ready, errors apart.
    pub fn take_pieces(&mut self) -> Vec<(Kind, String)> {
        self.writer.take()
    }

    /// Makes everything ready that waits for more.
    pub fn settle(&mut self) {
        self.writer.settle_now();
    }

    /// No more objects.
    pub fn end(&mut self) {
        self.close();
        self.writer.finish();
    }

    fn close(&mut self) {
        if let Some(mut generator) = self.generator.take() {
            let mut packets = Vec::new();
            generator.end(&mut packets);
            packets
                .into_iter()
                .for_each(|packet| self.writer.packet(packet));
        }
    }
}

/// The shell's `Out-Default`.
struct Console {
    formatter: Option<Formatter>,
}

/// Makes an `Out-Default` that writes to the shell's screen.
pub fn console() -> Box<dyn OutDefault> {
    Box::new(Console { formatter: None })
}

impl Console {
    fn show(&mut self, shell: &Shell) {
        let Some(formatter) = &mut self.formatter else {
            return;
        };
        let ui = shell.ui();
        for (kind, text) in formatter.take_pieces() {
            let stream = if kind == Kind::Error {
                Stream::Error
            } else {
                Stream::Output
            };
            ui.write(stream, &text);
        }
    }
}

impl OutDefault for Console {
    fn write(&mut self, value: Value, shell: &mut Shell) -> Run<()> {
        // The console leaves the last column free: some terminals break the line there.
        let screen = shell.ui().width().saturating_sub(1);
        let formatter = self.formatter.get_or_insert_with(|| Formatter::new(screen));
        let result = formatter.push(&value, shell);
        self.show(shell);
        result
    }

    fn flush(&mut self, before: Stream, shell: &mut Shell) -> Run<()> {
        // Errors keep their place among the output, and so does a question to the person.
        if matches!(before, Stream::Error | Stream::Output)
            && let Some(formatter) = &mut self.formatter
        {
            formatter.settle();
            self.show(shell);
        }
        Ok(())
    }

    fn end(&mut self, shell: &mut Shell) -> Run<()> {
        if let Some(formatter) = &mut self.formatter {
            formatter.end();
        }
        self.show(shell);
        self.formatter = None;
        Ok(())
    }
}
