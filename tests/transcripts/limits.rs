//! Objects that hold themselves, calls without end, ranges and texts without measure: an answer, never a crash.

use crate::bench;

/// What a script puts out, line by line.
fn lines(script: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let (said, _) = bench::run(script, 80, folder.path(), None);
    said.output.lines().map(str::to_owned).collect()
}

#[test]
fn what_holds_itself_is_shown_and_does_not_end_the_program() {
    let scripts = [
        "$a = @(1,2); $a[0] = $a; $a | Format-Table; Write-Host $a; 'end'",
        "$h = @{}; $h.me = $h; $h; $h | Format-List; $h | Format-Custom; 'end'",
        "$h = @{}; $h.me = $h; $h | ConvertTo-Json -Depth 50 -WarningAction SilentlyContinue | Out-Null; 'end'",
        "$o = [pscustomobject]@{n=1}; $o | Add-Member me $o; $o | Format-List; $o | ConvertTo-Csv; 'end'",
        "$h = @{}; $h.me = $h; $h | Export-Clixml h.xml -Depth 20; (Import-Clixml h.xml).Count; 'end'",
        "$o = [pscustomobject]@{n=1}; $o | Add-Member me $o; $p = [pscustomobject]@{n=1}; $p | Add-Member me $p; $o, $p, $o | Select-Object -Unique | Out-Null; $o -eq $p; Compare-Object $o $p; 'end'",
        "$l = [System.Collections.ArrayList]@(); [void]$l.Add($l); \"$l\"; $l -join ','; $l -contains 1; $l | Sort-Object | Out-Null; $l | Group-Object | Out-Null; 'end'",
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

#[test]
fn calls_without_end_are_an_error_at_the_limit() {
    for script in [
        "function f($n) { f ($n + 1) }; try { f 0 } catch { $_.FullyQualifiedErrorId }",
        "function f { g }; function g { f }; try { f } catch { $_.FullyQualifiedErrorId }",
        "$b = { & $b }; try { & $b } catch { $_.FullyQualifiedErrorId }",
        "function f { 1 | ForEach-Object { f } }; try { f } catch { $_.FullyQualifiedErrorId }",
        "function f { Invoke-Expression 'f' }; try { f } catch { $_.FullyQualifiedErrorId }",
    ] {
        let said = lines(script);
        assert_eq!(said.len(), 1, "{script}\n{said:?}");
        assert!(
            said[0].starts_with("CallDepthOverflow"),
            "{script}\n{said:?}"
        );
    }
}

#[test]
fn a_range_is_walked_and_not_built() {
    assert_eq!(
        lines("foreach ($i in 1..2147483647) { if ($i -gt 2) { break }; $i }"),
        ["1", "2"]
    );
    assert_eq!(
        lines("2147483647..1 | Select-Object -First 1"),
        ["2147483647"]
    );
    assert_eq!(
        lines("& { 1..2147483647 } | Select-Object -First 2"),
        ["1", "2"]
    );
}

#[test]
fn what_has_no_room_is_an_error() {
    for script in [
        "$a = 1..2147483647",
        "'x' * 2147483647",
        ",1 * 2147483647",
        "$t = 'x' * 300000000; $t + $t",
        "'a'.PadLeft(2147483647)",
        "[string]::new('a', 2147483647)",
        "New-Object object[] 2147483647",
        "'{0,2000000000}' -f 1",
        "$s = [Text.StringBuilder]::new(); $s.Append('a', 2147483647)",
    ] {
        let said = lines(&format!("try {{ {script}; 'done' }} catch {{ 'refused' }}"));
        assert_eq!(said, ["refused"], "{script}");
    }
    // More columns than a window has are as many as it has.
    let wide = lines("[pscustomobject]@{ a = 1 } | Format-Wide -Column 2147483647; 'end'");
    assert_eq!(wide.last().map(String::as_str), Some("end"));
}
