//! Objects that hold themselves, and others that are out of the ordinary: shown, never a crash.

use crate::bench;

#[test]
fn what_holds_itself_is_shown_and_does_not_end_the_program() {
    let scripts = [
        "$a = @(1,2); $a[0] = $a; $a | Format-Table; Write-Host $a; 'end'",
        "$h = @{}; $h.me = $h; $h; $h | Format-List; $h | Format-Custom; 'end'",
        "$h = @{}; $h.me = $h; $h | ConvertTo-Json -Depth 50 -WarningAction SilentlyContinue | Out-Null; 'end'",
        "$o = [pscustomobject]@{n=1}; $o | Add-Member me $o; $o | Format-List; $o | ConvertTo-Csv; 'end'",
        "$h = @{}; $h.me = $h; $h | Export-Clixml h.xml -Depth 20; (Import-Clixml h.xml).Count; 'end'",
    ];
    for script in scripts {
        let folder = tempfile::tempdir().unwrap();
        let (said, outcome) = bench::run(script, 80, folder.path(), None);
        assert!(
            said.output.trim_end().ends_with("end"),
            "{script}\n{}",
            said.all
        );
        assert!(!outcome.fatal, "{script}");
    }
}
