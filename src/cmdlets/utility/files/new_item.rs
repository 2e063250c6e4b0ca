use std::fs;
use std::path::Path;

use crate::cmdlet;
use crate::runtime::cmdlet::{Cmdlet, Impact};
use crate::runtime::cx::Cx;
use crate::runtime::error::{ErrorCategory, ErrorRecord};
use crate::runtime::{Run, Value, convert};

use super::place::Place;
use super::{errors, item, other_drives};

cmdlet! {
    /// Makes a file or a folder.
    pub struct NewItem("New", "Item").default_set("pathSet").aliases(&["ni"]).should_process(Impact::Medium)
        .module("Microsoft.PowerShell.Management")
    {
        /// Where, or with -Name in which folder.
        path: Option<Vec<String>> = param("Path").position(0).by_property_name().in_sets(&["pathSet", "nameSet"]).mandatory_in(&["pathSet"]).completes("Path"),
        /// The name of the new item.
        name: Option<String> = param("Name").by_property_name().in_sets(&["nameSet"]).mandatory(),
        /// File, Directory or SymbolicLink.
        item_type: Option<String> = param("ItemType").aliases(&["Type"]).by_property_name().default_text("File"),
        /// What the file holds, or where the link leads.
        value: Option<Value> = param("Value").aliases(&["Target"]).by_value().by_property_name(),
        /// Makes missing folders, and replaces an existing file.
        force: bool = param("Force"),
    }
    example "New-Item reports -ItemType Directory" => "Makes a folder.";
    example "New-Item notes.txt -Value 'first line' | Select-Object Name,Length" => "Makes a file that holds a text.";
}

impl Cmdlet for NewItem {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let here = vec![".".to_owned()];
        for given in self.path.as_ref().unwrap_or(&here) {
            let whole = match &self.name {
                Some(name) => format!("{}/{name}", given.trim_end_matches(['/', '\\'])),
                None => given.clone(),
            };
            match Place::of(&whole, cx) {
                Place::File(path) => self.make(&path, cx)?,
                other => {
                    let value = self.value.clone().unwrap_or_else(|| Value::str(""));
                    other_drives::set(&other, &value, cx)?;
                }
            }
        }
        Ok(())
    }
}

impl NewItem {
    fn make(&self, path: &Path, cx: &mut Cx<'_>) -> Run<()> {
        let kind = self.item_type.as_deref().unwrap_or("File").to_lowercase();
        let operation = if kind.starts_with('d') {
            "Create Directory"
        } else {
            "Create File"
        };
        if !cx.should_process(&format!("Destination: {}", path.display()), operation)? {
            return Ok(());
        }
        let made = match kind.as_str() {
            "directory" | "d" | "container" => self.folder(path),
            "file" | "f" | "leaf" => self.file(path),
            "symboliclink" | "junction" => self.link(path, cx),
            other => Err(ErrorRecord::new(
                "System.Management.Automation.PSArgumentException",
                "Argument",
                ErrorCategory::InvalidArgument,
                format!(
                    "The type '{other}' is not known. Use File, Directory or SymbolicLink with -ItemType."
                ),
            )),
        };
        match made {
            Ok(()) => cx.write(item::info(path)),
            Err(record) => cx.error(record),
        }
    }

    fn folder(&self, path: &Path) -> Result<(), ErrorRecord> {
        if path.is_dir() && self.force {
            return Ok(());
        }
        if path.exists() {
            let record = errors::exists(path, "DirectoryExist");
            let message = format!(
                "An item with the specified name {} already exists.",
                path.display()
            );
            return Err(ErrorRecord {
                exception: crate::runtime::Exception {
                    message: message.into(),
                    ..record.exception
                },
                ..record
            });
        }
        fs::create_dir_all(path)
            .map_err(|error| errors::open(path, &error, "CreateDirectoryIOError"))
    }

    fn file(&self, path: &Path) -> Result<(), ErrorRecord> {
        if path.exists() && !self.force {
            return Err(errors::exists(path, "NewItemIOError"));
        }
        if self.force
            && let Some(folder) = path.parent()
        {
            fs::create_dir_all(folder)
                .map_err(|error| errors::open(folder, &error, "CreateDirectoryIOError"))?;
        }
        let text = self
            .value
            .as_ref()
            .map(convert::to_text)
            .unwrap_or_default();
        fs::write(path, text).map_err(|error| errors::open(path, &error, "NewItemIOError"))
    }

    fn link(&self, path: &Path, cx: &Cx<'_>) -> Result<(), ErrorRecord> {
        let target = cx.resolve_path(
            &self
                .value
                .as_ref()
                .map(convert::to_text)
                .unwrap_or_default(),
        );
        std::os::unix::fs::symlink(target, path)
            .map_err(|error| errors::open(path, &error, "NewItemIOError"))
    }
}
