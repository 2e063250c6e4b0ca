use crate::runtime::cmdlet::{Cmdlet, Impact};
use crate::runtime::cx::Cx;
use crate::runtime::{Run, Value};

use super::encoding::EncodingName;
use super::place::paths_of;
use super::writing::{Writers, content_writer};

content_writer! {
    /// Writes values into a file, replacing what it held.
    SetContent, "Set", alias "sc", append false,
    example "'one','two' | Set-Content list.txt; Get-Content list.txt" => "Writes two lines."
}
