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
