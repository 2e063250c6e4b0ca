//! What -WhatIf shows of a batch: one object for each folder of each mailbox.

use std::sync::Arc;

use crate::cmdlets::migration::call::call;
use crate::cmdlets::migration::errors::record;
use crate::cmdlets::migration::show;
use crate::cmdlets::migration::size::ByteQuantifiedSize;
use crate::engine::preview::{FolderPreview, Preview};
use crate::runtime::cx::Cx;
use crate::runtime::object::PsObject;
use crate::runtime::{Run, Value};

/// Type name of the objects.
pub const TYPE: &str = "Mailtern.MigrationFolderPreview";

/// Looks at every mailbox and writes what is there; a mailbox that cannot be looked at is an error, and the others go on.
///
/// # Errors
/// Ctrl-C.
pub(super) fn show(preview: Preview, cx: &mut Cx<'_>) -> Run<()> {
    for (row, address, reasons) in &preview.refused {
        cx.warning(&format!(
            "Row {row} ({address}) would be left out: {reasons}"
        ))?;
    }
    let preview = Arc::new(preview);
    for row in 0..preview.len() {
        let preview = Arc::clone(&preview);
        let looked = call(cx, |engine| async move {
            engine.preview_mailbox(&preview, row).await
        })?;
        match looked {
            Ok(folders) => {
                for folder in &folders {
                    cx.write(object(folder))?;
                }
            }
            Err(error) => cx.error(record(&error))?,
        }
    }
    Ok(())
}

fn object(view: &FolderPreview) -> Value {
    PsObject::view(
        TYPE,
        vec![
            ("Identity", Value::str(&view.identity)),
            ("SourceFolder", Value::str(&view.source_folder)),
            ("TargetFolder", view.target_folder.clone().into()),
            ("ItemCount", show::count(view.item_count)),
            ("Size", ByteQuantifiedSize::value(view.size)),
            ("OversizeCount", show::count(view.oversize_count)),
            ("SpecialUse", view.special_use.clone().into()),
            ("IsLeftOut", view.target_folder.is_none().into()),
        ],
    )
}
