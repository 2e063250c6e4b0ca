//! One table: what is typed (`|` marks the cursor's place where it is not the end) and what Tab offers.
#![allow(clippy::panic)]

use std::rc::Rc;

use super::{World, complete};
use crate::runtime::cmdlet::{Cmdlet, CmdletMeta, Declared, Impact};
use crate::runtime::cx::Cx;

use crate::runtime::Run;
use crate::runtime::signature::Signature;

crate::cmdlet! {
    /// Makes a batch.
    pub struct NewBatch("New", "MigrationBatch").default_set("Local").should_process(Impact::Low) {
        /// Name.
        name: String = param("Name").position(0),
        /// Endpoint.
        endpoint: Option<String> = param("SourceEndpoint").in_sets(&["Onboarding"]).completes("MigrationEndpoint"),
        /// CSV.
        csv: Option<String> = param("CSVData").in_sets(&["Onboarding"]).mandatory(),
        /// Users.
        users: Vec<String> = param("Users").in_sets(&["Local"]).aliases(&["UserIds"]),
        /// Starts.
        auto_start: bool = param("AutoStart"),
        /// Complete.
        complete: Option<bool> = param("AllowIncrementalSyncs"),
    }
    refused "Partition" => "of Exchange";
}

crate::cmdlet! {
    /// Shows batches.
    pub struct GetBatch("Get", "MigrationBatch") {
        /// Which.
        identity: Option<String> = param("Identity").position(0).completes("MigrationBatch"),
        /// Path.
        path: Option<String> = param("Path").completes("Path"),
    }
}

crate::cmdlet! {
    /// Picks.
    pub struct SelectThings("Select", "Object") {
        /// Which.
        property: Vec<String> = param("Property").position(0).completes("Property"),
    }
}

macro_rules! idle {
    ($($name:ident),*) => { $(impl Cmdlet for $name {
        type State = ();
        fn process(&self, _state: &mut (), _cx: &mut Cx<'_>) -> Run<()> {
            Ok(())
        }
    })* };
}
idle!(NewBatch, GetBatch, SelectThings);

const METAS: [&CmdletMeta; 3] = [
    &<NewBatch as Declared>::META,
    &<GetBatch as Declared>::META,
    &<SelectThings as Declared>::META,
];

struct Fake;

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

impl World for Fake {
    fn commands(&self) -> Vec<String> {
        owned(&[
            "Get-Mailbox",
            "Get-MigrationBatch",
            "Get-MigrationUser",
            "New-MigrationBatch",
            "Select-Object",
            "select",
        ])
    }
    fn signature(&self, command: &str) -> Option<Rc<Signature>> {
        let meta = METAS
            .iter()
            .find(|meta| meta.name().eq_ignore_ascii_case(command))?;
        Some(Rc::new(Signature::of_cmdlet(meta)))
    }
    fn names(&self, kind: &str, prefix: &str) -> Vec<String> {
        match kind {
            "MigrationBatch" => owned(&["Batch1", "Batch Two"]),
            "MigrationEndpoint" => owned(&["Old", "it's"]),
            _ => panic!("{kind} {prefix}"),
        }
    }
    fn variables(&self) -> Vec<String> {
        owned(&["batch", "Error", "env:HOME", "odd name"])
    }
    fn members(&self, expression: &str) -> Vec<String> {
        match expression.trim() {
            "$batch" => owned(&["Name", "Status", "Substring("]),
            "$batch.Name" => owned(&["Length"]),
            _ => Vec::new(),
        }
    }
    fn static_members(&self, type_name: &str) -> Vec<String> {
        if type_name.eq_ignore_ascii_case("math") {
            owned(&["Max(", "Min(", "PI"])
        } else {
            Vec::new()
        }
    }
    fn types(&self) -> Vec<String> {
        owned(&[
            "int",
            "string",
            "System.IO.File",
            "System.Text.StringBuilder",
        ])
    }
    fn folder(&self, path: &str) -> Vec<String> {
        match path {
            "." => owned(&[".hidden", "my file.csv", "sub/", "users.csv"]),
            "sub/" => owned(&["a.csv"]),
            _ => Vec::new(),
        }
    }
    fn properties(&self, command: &str) -> Vec<String> {
        if command.eq_ignore_ascii_case("Get-MigrationBatch") {
            owned(&["Identity", "Status"])
        } else {
            Vec::new()
        }
    }
}

#[test]
fn tab_offers() {
    let cases: &[(&str, usize, &[&str])] = &[
        ("", 0, &[]),
        ("get-mig", 0, &["Get-MigrationBatch", "Get-MigrationUser"]),
        ("n-mb", 0, &["New-MigrationBatch"]),
        ("1; get-mai", 3, &["Get-Mailbox"]),
        ("foo ) | get-mai", 8, &["Get-Mailbox"]),
        ("Get-Mailbox | sel", 14, &["Select-Object", "select"]),
        ("$x = n-mb", 5, &["New-MigrationBatch"]),
        ("if ($a) { get-mai", 10, &["Get-Mailbox"]),
        ("return get-mai", 7, &["Get-Mailbox"]),
        // Parameters: mandatory ones of the fitting set first, common ones last, none twice, refused ones never.
        (
            "new-migrationbatch -",
            19,
            &[
                "-Name",
                "-Users",
                "-AutoStart",
                "-AllowIncrementalSyncs",
                "-CSVData",
                "-SourceEndpoint",
                "-WhatIf",
                "-Confirm",
                "-Verbose",
                "-Debug",
                "-ErrorAction",
                "-WarningAction",
                "-InformationAction",
                "-ErrorVariable",
                "-WarningVariable",
                "-InformationVariable",
                "-OutVariable",
                "-OutBuffer",
                "-PipelineVariable",
            ],
        ),
        ("New-MigrationBatch -CSVData x -s", 30, &["-SourceEndpoint"]),
        ("New-MigrationBatch -CSVData x -u", 30, &[]),
        ("New-MigrationBatch -Name x -n", 27, &[]),
        ("New-MigrationBatch x -n", 21, &[]),
        ("New-MigrationBatch -au", 19, &["-AutoStart"]),
        ("New-MigrationBatch -useri", 19, &["-Users"]),
        // Values.
        ("New-MigrationBatch -AutoStart:", 30, &["$true", "$false"]),
        ("New-MigrationBatch -AllowIncrementalSyncs $f", 42, &[]),
        (
            "New-MigrationBatch -AllowIncrementalSyncs ",
            42,
            &["$true", "$false"],
        ),
        (
            "New-MigrationBatch -ErrorAction s",
            32,
            &["SilentlyContinue", "Stop"],
        ),
        (
            "New-MigrationBatch -SourceEndpoint ",
            35,
            &["Old", "'it''s'"],
        ),
        ("New-MigrationBatch -SourceE i", 28, &["'it''s'"]),
        ("Get-MigrationBatch b", 19, &["Batch1", "'Batch Two'"]),
        ("Get-MigrationBatch \"batch t", 19, &["\"Batch Two\""]),
        ("Get-MigrationBatch a,b", 21, &["Batch1", "'Batch Two'"]),
        ("Get-MigrationBatch -Path u", 25, &["users.csv"]),
        ("Get-MigrationBatch -Path sub/", 25, &["sub/a.csv"]),
        ("Get-MigrationBatch -Path m", 25, &["'my file.csv'"]),
        ("Get-MigrationBatch -Path .", 25, &[".hidden"]),
        ("Get-MigrationBatch > u", 21, &["users.csv"]),
        ("Get-MigrationBatch | Select-Object st", 35, &["Status"]),
        (
            "Get-MigrationBatch | select-object Identity,",
            44,
            &["Identity", "Status"],
        ),
        ("$batch | Select-Object -Property na", 33, &["Name"]),
        // Variables, members, types, operators.
        ("$b", 0, &["$batch"]),
        ("Get-MigrationBatch $er", 19, &["$Error"]),
        ("\"text $b", 6, &["$batch"]),
        ("$odd", 0, &["${odd name}"]),
        ("$batch.s", 7, &["Status", "Substring("]),
        ("$batch.Name.", 12, &["Length"]),
        ("Get-MigrationBatch $batch.na", 26, &["Name"]),
        ("[math]::M", 8, &["Max(", "Min("]),
        ("[math]::", 8, &["Max(", "Min(", "PI"]),
        (
            "[s",
            1,
            &["string", "System.IO.File", "System.Text.StringBuilder"],
        ),
        ("[fil", 1, &["System.IO.File"]),
        ("$x -notl", 3, &["-notlike"]),
        (
            "Get-MigrationBatch $batch.Name -p",
            31,
            &["-Path", "-PipelineVariable"],
        ),
        // Nothing.
        ("# get-mai", 9, &[]),
        ("Nope-Thing -x", 11, &[]),
    ];
    for (typed, start, wanted) in cases {
        let found = complete(typed, typed.len(), &Fake);
        assert_eq!(found.candidates, *wanted, "{typed}");
        if !wanted.is_empty() {
            assert_eq!(found.start, *start, "{typed}");
        }
    }
}

#[test]
fn the_text_behind_the_cursor_does_not_matter() {
    let found = complete("get-mai | Select-Object x", 7, &Fake);
    assert_eq!(
        (found.start, found.candidates),
        (0, owned(&["Get-Mailbox"]))
    );
}

#[test]
fn no_beginning_of_any_line_makes_it_panic() {
    let line = "$x[0].a | ? { $_.é -like '*x' } ; Get-MigrationBatch -Path \"a b\",@{k=1} $(1) [int]::Max(1,2) > out # c";
    for end in (0..=line.len()).filter(|&end| line.is_char_boundary(end)) {
        let _ = complete(line, end, &Quiet);
    }
}

/// A world with nothing in it.
struct Quiet;

impl World for Quiet {
    fn commands(&self) -> Vec<String> {
        Vec::new()
    }
    fn signature(&self, command: &str) -> Option<Rc<Signature>> {
        Fake.signature(command)
    }
    fn names(&self, _kind: &str, _prefix: &str) -> Vec<String> {
        Vec::new()
    }
    fn variables(&self) -> Vec<String> {
        Vec::new()
    }
    fn members(&self, _expression: &str) -> Vec<String> {
        Vec::new()
    }
    fn static_members(&self, _type_name: &str) -> Vec<String> {
        Vec::new()
    }
    fn types(&self) -> Vec<String> {
        Vec::new()
    }
    fn folder(&self, _path: &str) -> Vec<String> {
        Vec::new()
    }
    fn properties(&self, _command: &str) -> Vec<String> {
        Vec::new()
    }
}
