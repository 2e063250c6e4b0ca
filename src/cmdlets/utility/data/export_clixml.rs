use crate::cmdlet;
use crate::cmdlets::utility::files::encoding::{Encoding, EncodingName};
use crate::cmdlets::utility::files::errors;
use crate::runtime::cmdlet::{Cmdlet, Impact};
use crate::runtime::cx::Cx;
use crate::runtime::param::Validate;
use crate::runtime::{Run, Value};

use super::clixml_write::{HEAD, TAIL, Writer};

cmdlet! {
    /// Keeps objects in an XML file, from which Import-Clixml makes them again.
    ///
    /// Secure strings and the passwords of credentials are sealed: only the same person on the same machine can read them.
    pub struct ExportClixml("Export", "Clixml").default_set("ByPath").should_process(Impact::Medium)
        .module("Microsoft.PowerShell.Utility")
    {
        /// How many levels of objects inside objects.
        depth: Option<i32> = param("Depth").validate(Validate::Range(1, 100)).default_text("2"),
        /// The file.
        path: String = param("Path").position(0).aliases(&["LiteralPath", "PSPath"]).completes("Path"),
        /// The objects.
        input_object: Option<Value> = param("InputObject").by_value(),
        /// Replaces a read-only file too.
        force: bool = param("Force"),
        /// Leaves an existing file alone and reports it.
        no_clobber: bool = param("NoClobber").aliases(&["NoOverwrite"]),
        /// How the file is stored.
        encoding: Option<EncodingName> = param("Encoding").default_text("UTF-8 without a mark"),
    }
    example "[pscustomobject]@{Name='IMAPBatch1';Total=12} | Export-Clixml batch.xml; (Import-Clixml batch.xml).Total" => "Keeps an object and reads it again.";
}

impl Cmdlet for ExportClixml {
    type State = Vec<Value>;

    fn process(&self, state: &mut Vec<Value>, _cx: &mut Cx<'_>) -> Run<()> {
        state.extend(self.input_object.clone());
        Ok(())
    }

    fn end(&self, state: &mut Vec<Value>, cx: &mut Cx<'_>) -> Run<()> {
        let path = cx.resolve_path(&self.path);
        if !cx.should_process(&path.to_string_lossy(), "Export-Clixml")? {
            return Ok(());
        }
        if self.no_clobber && path.exists() {
            return Err(errors::exists(&path, "NoClobber").into());
        }
        if self.force {
            errors::make_writable(&path);
        }
        let depth = usize::try_from(self.depth.unwrap_or(2)).unwrap_or(2);
        let mut writer = Writer::new(cx.shell);
        for object in std::mem::take(state) {
            writer.value(&object, None, depth, 1)?;
        }
        let text = format!("{HEAD}{}{TAIL}", writer.finish());
        let encoding = self.encoding.map(Encoding::from).unwrap_or_default();
        let bytes = [encoding.mark(), &encoding.encode(&text)].concat();
        Ok(std::fs::write(&path, bytes)
            .map_err(|error| errors::open(&path, &error, "FileOpenFailure"))?)
    }
}
