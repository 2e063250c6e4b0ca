use crate::cmdlet;
use crate::format::expression::{self, Key, Property};
use crate::param_enum;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::{Run, Value, members};

param_enum! {
    /// How objects are laid out.
    pub enum Form = "System.String" { Table, List }
}

cmdlet! {
    /// Makes an HTML page of objects.
    pub struct ConvertToHtml("ConvertTo", "Html").default_set("Page").module("Microsoft.PowerShell.Utility") {
        /// The objects.
        input_object: Option<Value> = param("InputObject").by_value(),
        /// Names (wildcards allowed) or tables of Name and Expression; all properties when none is given.
        property: Option<Vec<Value>> = param("Property").position(0).wildcards().completes("Property"),
        /// What stands before the table in the body.
        body: Option<Vec<String>> = param("Body").position(3).in_sets(&["Page"]),
        /// What the head of the page holds.
        head: Option<Vec<String>> = param("Head").position(1).in_sets(&["Page"]),
        /// The page's title.
        title: Option<String> = param("Title").position(2).in_sets(&["Page"]),
        /// A table with a row an object, or a list with a row a property.
        form: Option<Form> = param("As").default_text("Table"),
        /// Where the style sheet is.
        css_uri: Option<String> = param("CssUri").aliases(&["cu", "uri"]).in_sets(&["Page"]),
        /// What stands before the table.
        pre_content: Option<Vec<String>> = param("PreContent"),
        /// What stands after the table.
        post_content: Option<Vec<String>> = param("PostContent"),
        /// Gives the table alone.
        fragment: bool = param("Fragment").in_sets(&["Fragment"]),
    }
    example "[pscustomobject]@{Mailbox='a@contoso.com';Items=12} | ConvertTo-Html -Title 'Migration' | Set-Content report.html" => "Writes a report as a page.";
    example "Get-Date '2017-12-04' | ConvertTo-Html Year,Month -Fragment" => "Gives a table for a page of one's own.";
}

/// The columns, once the first object came.
#[derive(Default)]
pub struct Page {
    columns: Option<Vec<Property>>,
    rows: usize,
}

impl Cmdlet for ConvertToHtml {
    type State = Page;

    fn begin(&self, _state: &mut Page, cx: &mut Cx<'_>) -> Run<()> {
        if !self.fragment {
            cx.write("<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\"  \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd\">")?;
            cx.write("<html xmlns=\"http://www.w3.org/1999/xhtml\">")?;
            cx.write("<head>")?;
            match &self.head {
                Some(lines) => lines.iter().try_for_each(|line| cx.write(line.as_str()))?,
                None => cx.write(format!(
                    "<title>{}</title>",
                    escape(self.title.as_deref().unwrap_or("HTML TABLE"))
                ))?,
            }
            if let (Some(_), Some(title)) = (&self.head, &self.title) {
                cx.write(format!("<title>{}</title>", escape(title)))?;
            }
            if let Some(uri) = &self.css_uri {
                cx.write(format!(
                    "<link rel=\"stylesheet\" type=\"text/css\" href=\"{}\" />",
                    escape(uri)
                ))?;
            }
            cx.write("</head><body>")?;
            self.body
                .iter()
                .flatten()
                .try_for_each(|line| cx.write(line.as_str()))?;
        }
        self.pre_content
            .iter()
            .flatten()
            .try_for_each(|line| cx.write(line.as_str()))?;
        cx.write("<table>")
    }

    fn process(&self, state: &mut Page, cx: &mut Cx<'_>) -> Run<()> {
        let Some(object) = self
            .input_object
            .as_ref()
            .filter(|object| !object.is_null())
        else {
            return Ok(());
        };
        let columns = match &state.columns {
            Some(columns) => columns.clone(),
            None => {
                let columns = self.columns(object)?;
                if self.form.unwrap_or(Form::Table) == Form::Table {
                    cx.write(format!(
                        "<colgroup>{}</colgroup>",
                        "<col/>".repeat(columns.len())
                    ))?;
                    let headers: String = columns
                        .iter()
                        .map(|column| format!("<th>{}</th>", escape(&column.heading())))
                        .collect();
                    cx.write(format!("<tr>{headers}</tr>"))?;
                }
                state.columns.insert(columns).clone()
            }
        };
        if self.form == Some(Form::List) {
            if state.rows > 0 {
                cx.write("<tr><td><hr></td></tr>")?;
            }
            state.rows += 1;
            for column in &columns {
                let cell = cell(column, object, cx)?;
                cx.write(format!(
                    "<tr><td>{}:</td><td>{cell}</td></tr>",
                    escape(&column.heading())
                ))?;
            }
            return Ok(());
        }
        let mut row = String::from("<tr>");
        for column in &columns {
            row.push_str(&format!("<td>{}</td>", cell(column, object, cx)?));
        }
        cx.write(row + "</tr>")
    }

    fn end(&self, _state: &mut Page, cx: &mut Cx<'_>) -> Run<()> {
        cx.write("</table>")?;
        self.post_content
            .iter()
            .flatten()
            .try_for_each(|line| cx.write(line.as_str()))?;
        if self.fragment {
            Ok(())
        } else {
            cx.write("</body></html>")
        }
    }
}

impl ConvertToHtml {
    fn columns(&self, object: &Value) -> Run<Vec<Property>> {
        let given = match &self.property {
            Some(given) => Property::parse_all(given, Key::TABLE)?,
            None => {
                return Ok(expression::names(object)
                    .iter()
                    .map(|name| Property::named(name))
                    .collect());
            }
        };
        Ok(given
            .iter()
            .flat_map(|property| property.resolve(object, true))
            .collect())
    }
}

fn cell(column: &Property, object: &Value, cx: &mut Cx<'_>) -> Run<String> {
    let value = column
        .try_value(object, cx.shell)?
        .ok()
        .flatten()
        .unwrap_or_default();
    Ok(escape(&members::text(&value)))
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}
