//! Commands of PowerShell that are left out on purpose, and what to do instead.

/// Why there is no command of this name; `None` for names that only are unknown.
pub(super) fn reason(name: &str) -> Option<&'static str> {
    let lower = name.to_ascii_lowercase();
    let (verb, noun) = lower.split_once('-').unwrap_or((&lower, ""));
    Some(match noun {
        _ if noun.starts_with("wmi") || noun.starts_with("cim") => {
            "WMI and CIM belong to Windows and are not here."
        }
        "job" => {
            "There are no jobs here: run the commands one after the other. Migration batches run in the background by themselves."
        }
        "type" if verb == "add" => {
            "Code of other languages is not compiled here. The types that scripts for mail use need no Add-Type."
        }
        "gridview" => {
            "There are no windows here: use Format-Table, or Export-Csv for a spreadsheet."
        }
        "webrequest" | "restmethod" => {
            "There are no web requests here: a program such as curl can be called."
        }
        "process" | "service" | "eventlog" | "winevent" | "acl" | "itemproperty" | "computer"
        | "netconnection" | "connection" => {
            "The administration of one machine belongs to its own tools and is not here."
        }
        "item" if verb == "invoke" => "There is no desktop here that could open files.",
        _ => return None,
    })
}
