use crate::cmdlet;
use crate::cmdlets::utility::files::encoding::{Encoding, EncodingName, decode};
use crate::cmdlets::utility::files::errors;
use crate::cmdlets::utility::files::place::paths_of;
use crate::runtime::Run;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::error::{ErrorCategory, ErrorRecord};

use super::convert_from_csv::write_all;

cmdlet! {
    /// Reads a CSV file: an object a row, a property a column.
    ///
    /// All values are texts. The file may be UTF-8 or, with a mark, UTF-16; other files are read as Windows-1252.
    pub struct ImportCsv("Import", "Csv").default_set("DelimiterPath").aliases(&["ipcsv"])
        .module("Microsoft.PowerShell.Utility")
    {
        /// What separates the fields.
        delimiter: Option<char> = param("Delimiter").position(1).in_sets(&["DelimiterPath", "DelimiterLiteralPath"]).default_text(","),
        /// The files.
        path: Option<Vec<String>> = param("Path").position(0).by_value().in_sets(&["DelimiterPath", "CulturePath"]).wildcards().completes("Path"),
        /// The files; wildcards have no meaning.
        literal_path: Option<Vec<String>> = param("LiteralPath").aliases(&["PSPath", "LP"]).by_property_name().in_sets(&["DelimiterLiteralPath", "CultureLiteralPath"]).mandatory().completes("Path"),
        /// Takes the list separator of the culture, which is the comma.
        use_culture: bool = param("UseCulture").in_sets(&["CulturePath", "CultureLiteralPath"]),
        /// Names of the columns of a file without a header.
        header: Option<Vec<String>> = param("Header"),
        /// How the file is stored.
        encoding: Option<EncodingName> = param("Encoding"),
    }
    example "'EmailAddress,UserName','a@contoso.com,a','b@contoso.com,b' | Set-Content users.csv; Import-Csv users.csv" => "Reads two users.";
    example "'EmailAddress,UserName','a@contoso.com,a' | Set-Content users.csv; Import-Csv users.csv | Where-Object UserName -eq a" => "Picks rows by a column.";
}

impl Cmdlet for ImportCsv {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        if self.path.is_none() == self.literal_path.is_none() {
            return Err(which_file().into());
        }
        for path in paths_of(self.path.as_deref(), self.literal_path.as_deref(), cx) {
            let bytes = match std::fs::read(&path) {
                Ok(bytes) => bytes,
                Err(error) => return Err(errors::unopened(&path, &error).into()),
            };
            let text = decode(&bytes, self.encoding.map(Encoding::from));
            drop(bytes);
            write_all(
                &text,
                self.delimiter.unwrap_or(','),
                self.header.as_deref(),
                cx,
            )?;
        }
        Ok(())
    }
}

fn which_file() -> ErrorRecord {
    ErrorRecord::new(
        "System.InvalidOperationException",
        "CannotSpecifyPathAndLiteralPath",
        ErrorCategory::InvalidData,
        "You must specify either the -Path or -LiteralPath parameters, but not both.",
    )
}
