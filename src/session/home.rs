//! Where the state lives when nobody says.

use std::ffi::OsString;
use std::path::PathBuf;

/// The state folder without `--home`: `MAILTERN_HOME`, else the platform's folder for application data.
pub fn default_home() -> PathBuf {
    home_from(|name| std::env::var_os(name).filter(|value| !value.is_empty()))
}

fn home_from(variable: impl Fn(&str) -> Option<OsString>) -> PathBuf {
    if let Some(home) = variable("MAILTERN_HOME") {
        return PathBuf::from(home);
    }
    if cfg!(windows)
        && let Some(data) = variable("LOCALAPPDATA")
    {
        return PathBuf::from(data).join("Mailtern");
    }
    if let Some(data) = variable("XDG_DATA_HOME") {
        return PathBuf::from(data).join("mailtern");
    }
    let user = variable("HOME")
        .map(PathBuf::from)
        .unwrap_or_else(|| PathBuf::from("."));
    if cfg!(target_os = "macos") {
        user.join("Library/Application Support/Mailtern")
    } else {
        user.join(".local/share/mailtern")
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn the_first_variable_that_is_set_decides() {
        let of = |set: &[(&str, &str)]| {
            home_from(|name| {
                set.iter()
                    .find(|(n, _)| *n == name)
                    .map(|(_, v)| OsString::from(v))
            })
        };
        let all = [
            ("MAILTERN_HOME", "/a"),
            ("XDG_DATA_HOME", "/b"),
            ("HOME", "/c"),
        ];
        assert_eq!(of(&all), PathBuf::from("/a"));
        assert_eq!(of(&all[1..]), PathBuf::from("/b/mailtern"));
        assert_eq!(of(&all[2..]), PathBuf::from("/c/.local/share/mailtern"));
        assert_eq!(of(&[]), PathBuf::from("./.local/share/mailtern"));
    }
}
