//! What the `Format-*` cmdlets share.

use crate::format::generate::{Expand, Generator};
use crate::param_enum;
use crate::runtime::cx::Cx;
use crate::runtime::{Run, Value};

param_enum! {
    /// What becomes of collections.
    pub enum ExpandMode = "System.String" { CoreOnly, EnumOnly, Both }
}

impl From<ExpandMode> for Expand {
    fn from(mode: ExpandMode) -> Expand {
        match mode {
            ExpandMode::CoreOnly => Expand::CoreOnly,
            ExpandMode::EnumOnly => Expand::EnumOnly,
            ExpandMode::Both => Expand::Both,
        }
    }
}

/// Formats an object and writes its packets.
///
/// # Errors
/// Group keys that cannot be compared, control flow of expressions, what later stages raise.
pub fn push_object(
    state: &mut Option<Generator>,
    object: Option<&Value>,
    cx: &mut Cx<'_>,
) -> Run<()> {
    let (Some(generator), Some(object)) = (state, object) else {
        return Ok(());
    };
    let mut packets = Vec::new();
    let result = generator.push(object, cx.shell, &mut packets);
    for packet in packets {
        cx.write(packet.into_value())?;
    }
    result
}

/// Writes what ends the document.
///
/// # Errors
/// What later stages raise.
pub fn end_document(state: &mut Option<Generator>, cx: &mut Cx<'_>) -> Run<()> {
    let mut packets = Vec::new();
    if let Some(generator) = state {
        generator.end(&mut packets);
    }
    packets
        .into_iter()
        .try_for_each(|packet| cx.write(packet.into_value()))
}

/// Declares a Format cmdlet: its own parameters, then those all of them have.
macro_rules! formatter {
    (
        $(#[doc = $doc:literal])*
        pub struct $name:ident ($($head:tt)*) $(. $attribute:ident ( $($argument:expr),* $(,)? ))* {
            $($own:tt)*
        }
        $( example $code:literal => $remark:literal; )*
    ) => {
        $crate::cmdlet! {
            $(#[doc = $doc])*
            pub struct $name("Format", $($head)*) $(. $attribute ( $($argument),* ))* {
                $($own)*
                /// Shows a heading whenever this property or expression changes; sort by it first.
                group_by: Option<Value> = param("GroupBy"),
                /// Prints the errors of expressions below the row.
                show_error: bool = param("ShowError"),
                /// Shows #ERR where an expression fails.
                display_error: bool = param("DisplayError"),
                /// Shows texts and numbers as objects too.
                force: bool = param("Force"),
                /// What becomes of collections: their elements (EnumOnly), they themselves (CoreOnly), or Both.
                expand: Option<ExpandMode> = param("Expand"),
                /// The objects.
                input_object: Option<Value> = param("InputObject").by_value(),
            }
            refused "View" => "there are no named views; name the properties with -Property";
            $( example $code => $remark; )*
        }

        impl Cmdlet for $name {
            type State = Option<Generator>;

            fn begin(&self, state: &mut Self::State, cx: &mut Cx<'_>) -> Run<()> {
                let group_by = self.group_by.as_ref().map(|by| Property::parse(by, Key::LIST));
                let spec = Spec {
                    group_by: group_by.transpose()?,
                    force: self.force,
                    show_error: self.show_error,
                    display_error: self.display_error,
                    expand: self.expand.unwrap_or(ExpandMode::EnumOnly).into(),
                    ..self.spec()?
                };
                *state = Some(Generator::new(spec, cx.shell));
                Ok(())
            }

            fn process(&self, state: &mut Self::State, cx: &mut Cx<'_>) -> Run<()> {
                push_object(state, self.input_object.as_ref(), cx)
            }

            fn end(&self, state: &mut Self::State, cx: &mut Cx<'_>) -> Run<()> {
                end_document(state, cx)
            }
        }
    };
}
pub(super) use formatter;
