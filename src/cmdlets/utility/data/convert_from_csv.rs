use crate::cmdlet;
use crate::runtime::Run;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;

use super::csv_read::Table;

cmdlet! {
    /// Makes objects of CSV text.
    pub struct ConvertFromCsv("ConvertFrom", "Csv").default_set("Delimiter").module("Microsoft.PowerShell.Utility") {
        /// What separates the fields.
        delimiter: Option<char> = param("Delimiter").position(1).in_sets(&["Delimiter"]).default_text(","),
        /// Takes the list separator of the culture, which is the comma.
        use_culture: bool = param("UseCulture").in_sets(&["Culture"]).mandatory(),
        /// The lines.
        input_object: Vec<String> = param("InputObject").position(0).by_value().by_property_name().allow_empty(),
        /// Names of the columns of a text without a header.
        header: Option<Vec<String>> = param("Header").position(2),
    }
    example "\"Name,Port`nimap1,143`nimap2,993\" | ConvertFrom-Csv | Format-Table -AutoSize" => "Makes two objects of three lines.";
}

impl Cmdlet for ConvertFromCsv {
    type State = String;

    fn process(&self, state: &mut String, _cx: &mut Cx<'_>) -> Run<()> {
        for line in &self.input_object {
            state.push_str(line);
            state.push('\n');
        }
        Ok(())
    }

    fn end(&self, state: &mut String, cx: &mut Cx<'_>) -> Run<()> {
        write_all(
            state,
            self.delimiter.unwrap_or(','),
            self.header.as_deref(),
            cx,
        )
    }
}

/// Writes the objects of a text.
///
/// # Errors
/// A text that cannot be read, what later stages raise.
pub fn write_all(
    text: &str,
    delimiter: char,
    header: Option<&[String]>,
    cx: &mut Cx<'_>,
) -> Run<()> {
    let mut table = Table::open(text, delimiter, header)?;
    if table.invented {
        cx.warning(
            "One or more headers were not specified. Default names starting with \"H\" have been used in place of any missing headers.",
        )?;
    }
    let mut count = 0_usize;
    while let Some(object) = table.next_object()? {
        count += 1;
        if count.is_multiple_of(1024) {
            cx.check_interrupt()?;
        }
        cx.write(object)?;
    }
    Ok(())
}
