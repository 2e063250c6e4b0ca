use crate::runtime::cmdlet::{Cmdlet, Impact};
use crate::runtime::cx::Cx;
use crate::runtime::{Run, Value};

use super::encoding::EncodingName;
use super::place::paths_of;
use super::writing::{Writers, content_writer};

content_writer! {
    /// Adds values to the end of a file.
    AddContent, "Add", alias "ac", append true,
    example "'one' | Add-Content log.txt; 'two' | Add-Content log.txt; Get-Content log.txt" => "Adds two lines."
}
