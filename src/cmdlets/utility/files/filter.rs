//! -Filter, -Include and -Exclude.

use std::path::Path;

use crate::runtime::wildcard::Wildcard;

/// Which names are wanted.
pub struct Names {
    include: Vec<Wildcard>,
    exclude: Vec<Wildcard>,
    filter: Option<Wildcard>,
}

impl Names {
    /// Names that fit the filter and an inclusion, where there are some, and no exclusion.
    pub fn new(
        filter: Option<&str>,
        include: Option<&[String]>,
        exclude: Option<&[String]>,
    ) -> Names {
        let patterns = |all: Option<&[String]>| {
            all.unwrap_or_default()
                .iter()
                .map(|p| Wildcard::new(p))
                .collect()
        };
        Names {
            include: patterns(include),
            exclude: patterns(exclude),
            filter: filter.map(Wildcard::new),
        }
    }

    /// Whether a path's last name is wanted.
    pub fn fit(&self, path: &Path) -> bool {
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        let any = |all: &[Wildcard]| all.iter().any(|pattern| pattern.matches(&name));
        self.filter
            .as_ref()
            .is_none_or(|pattern| pattern.matches(&name))
            && (self.include.is_empty() || any(&self.include))
            && !any(&self.exclude)
    }
}
