use crate::cmdlet;
use crate::cmdlets::utility::files::encoding::decode;
use crate::cmdlets::utility::files::errors;
use crate::cmdlets::utility::files::place::expand;
use crate::runtime::Run;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::error::{ErrorCategory, ErrorRecord};

use super::clixml_read::read;

cmdlet! {
    /// Makes the objects again that Export-Clixml kept.
    pub struct ImportClixml("Import", "Clixml").module("Microsoft.PowerShell.Utility") {
        /// The files.
        path: Vec<String> = param("Path").position(0).aliases(&["LiteralPath", "PSPath"]).by_value().by_property_name().wildcards().completes("Path"),
        /// How many objects to leave out at the beginning.
        skip: Option<u64> = param("Skip"),
        /// How many objects to give.
        first: Option<u64> = param("First"),
    }
    example "1,2,3 | Export-Clixml numbers.xml; Import-Clixml numbers.xml | Measure-Object -Sum" => "Reads numbers again.";
}

impl Cmdlet for ImportClixml {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        for path in self
            .path
            .iter()
            .flat_map(|path| expand(path, cx))
            .collect::<Vec<_>>()
        {
            let bytes = match std::fs::read(&path) {
                Ok(bytes) => bytes,
                Err(error) => return Err(errors::unopened(&path, &error).into()),
            };
            let objects = read(&decode(&bytes, None), cx.shell).map_err(|why| {
                ErrorRecord::new(
                    "System.Xml.XmlException",
                    "XmlException",
                    ErrorCategory::InvalidData,
                    format!("'{}' cannot be read as Clixml: {why}.", path.display()),
                )
            })?;
            let skip = usize::try_from(self.skip.unwrap_or(0)).unwrap_or(usize::MAX);
            let first = usize::try_from(self.first.unwrap_or(u64::MAX)).unwrap_or(usize::MAX);
            objects
                .into_iter()
                .skip(skip)
                .take(first)
                .try_for_each(|object| cx.write(object))?;
        }
        Ok(())
    }
}
