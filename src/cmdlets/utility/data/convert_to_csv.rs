use crate::cmdlet;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::{Run, Value};

use super::csv_write::{Columns, Form, QuoteKind, type_line};

cmdlet! {
    /// Makes CSV text of objects: a header, then a line an object.
    pub struct ConvertToCsv("ConvertTo", "Csv").default_set("DelimiterPath").module("Microsoft.PowerShell.Utility") {
        /// The objects.
        input_object: Option<Value> = param("InputObject").position(0).by_value().by_property_name(),
        /// What separates the fields.
        delimiter: Option<char> = param("Delimiter").position(1).in_sets(&["DelimiterPath"]).default_text(","),
        /// Takes the list separator of the culture, which is the comma.
        use_culture: bool = param("UseCulture").in_sets(&["CulturePath"]),
        /// Begins with the type of the objects.
        include_type: bool = param("IncludeTypeInformation").aliases(&["ITI"]),
        /// Leaves the type out; it is left out anyway.
        no_type: bool = param("NoTypeInformation").aliases(&["NTI"]),
        /// The columns that stand in quotes.
        quote_fields: Option<Vec<String>> = param("QuoteFields").aliases(&["QF"]),
        /// Whether fields stand in quotes always, when needed, or never.
        use_quotes: Option<QuoteKind> = param("UseQuotes").aliases(&["UQ"]).default_text("Always"),
        /// Leaves the header out.
        no_header: bool = param("NoHeader"),
    }
    example "[pscustomobject]@{Mailbox='a@contoso.com';Items=12} | ConvertTo-Csv" => "Gives a header and a line.";
}

impl Cmdlet for ConvertToCsv {
    type State = Option<Columns>;

    fn process(&self, state: &mut Self::State, cx: &mut Cx<'_>) -> Run<()> {
        let Some(object) = self
            .input_object
            .as_ref()
            .filter(|object| !object.is_null())
        else {
            return Ok(());
        };
        let columns = match state {
            Some(columns) => columns,
            None => {
                let form = Form {
                    delimiter: self.delimiter.unwrap_or(','),
                    quotes: self.use_quotes.unwrap_or(QuoteKind::Always),
                    quoted: self.quote_fields.clone(),
                };
                let columns = Columns::of(object, form);
                if self.include_type && !self.no_type {
                    cx.write(type_line(object))?;
                }
                if !self.no_header {
                    cx.write(columns.header())?;
                }
                state.insert(columns)
            }
        };
        let line = columns.line(object, cx.shell)?;
        cx.write(line)
    }
}
