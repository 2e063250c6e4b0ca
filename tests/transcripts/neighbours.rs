//! What stands beside the recorded probes: the same features asked in other ways, with what PowerShell answers.

use crate::bench;

/// A script and the lines it puts out.
type Case = (&'static str, &'static [&'static str]);

fn check(cases: &[Case]) {
    let mut wrong = Vec::new();
    for (script, wanted) in cases {
        let folder = tempfile::tempdir().unwrap();
        let (said, _) = bench::run(script, 120, folder.path(), None);
        let got: Vec<&str> = said.output.lines().collect();
        if got != *wanted {
            wrong.push(format!(
                "{script}\n  wanted {wanted:?}\n  said   {:?}",
                said.all
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn streams_carry_records_of_their_types() {
    check(&[
        (
            "$w = Write-Warning hello 3>&1; $w.GetType().Name; $w.Message; $w.InvocationInfo.MyCommand.Name; \"$w\"; $w",
            &[
                "WarningRecord",
                "hello",
                "Write-Warning",
                "hello",
                "WARNING: hello",
            ],
        ),
        (
            "function f { [CmdletBinding()] param() Write-Verbose v; Write-Warning w }; f -Verbose *>&1 | ForEach-Object { \"$($_.GetType().Name) $_\" }",
            &["VerboseRecord v", "WarningRecord w"],
        ),
        (
            "Write-Warning 1 -WarningVariable y 3>$null; $y[0] -is [System.Management.Automation.WarningRecord]",
            &["True"],
        ),
        (
            "Write-Information i -Tags a, b 6>&1 | ForEach-Object { $_.MessageData; $_.Tags -join ','; $_.TimeGenerated.GetType().Name }",
            &["i", "a,b", "DateTime"],
        ),
        (
            "Write-Host hi -ForegroundColor Red -NoNewline 6>&1 | ForEach-Object { $_.GetType().Name; $_.MessageData.ForegroundColor; $_.MessageData.NoNewLine; \"$_\" }",
            &["InformationRecord", "Red", "True", "hi"],
        ),
    ]);
}

#[test]
fn a_method_without_parentheses_is_a_value() {
    check(&[
        (
            "$m = 'abc'.Substring; $m.GetType().Name; $m.Name; $m.OverloadDefinitions.Count; $m.Invoke(1); if ('a'.Contains) { 'true' }",
            &["PSMethod", "Substring", "2", "bc", "true"],
        ),
        (
            "$o = [pscustomobject]@{} | Add-Member ScriptMethod Five { 5 } -PassThru; $o.Five.GetType().Name; $o.Five()",
            &["PSScriptMethod", "5"],
        ),
        (
            "[string]::Join.GetType().Name; $h = @{ Add = 7 }; $h.Add; @{}.Add.GetType().Name; $null -eq 'a'.Nothing",
            &["PSMethod", "7", "PSMethod", "True"],
        ),
    ]);
}

#[test]
fn numbers_keep_their_spelling_where_anything_is_taken() {
    check(&[
        (
            "Write-Output 1.50 007 0x1F 1kb; \"$(Write-Output 1e3)\"; (Write-Output 1.10) + 1; (Write-Output 0x10).GetType().Name",
            &["1.50", "007", "0x1F", "1kb", "1e3", "2.1", "Int32"],
        ),
        (
            "\"$(New-Object Version 1.10)\"; (New-Object int[] 03).Length",
            &["1.10", "3"],
        ),
        ("function f($a) { \"$a\" }; f 007; f 1.50", &["7", "1.5"]),
    ]);
}

#[test]
fn the_net_and_the_clocks_of_the_world() {
    check(&[
        (
            "('10.0.0.1', '300.1.1.1', '::1', '1', 'x') | ForEach-Object { [bool]($_ -as [ipaddress]) }; ([ipaddress]'::1').AddressFamily; [ipaddress]::IsLoopback('127.0.0.1'); [ipaddress]'1.2.3.4' -eq [ipaddress]'1.2.3.4'",
            &[
                "True",
                "False",
                "True",
                "True",
                "False",
                "InterNetworkV6",
                "True",
                "True",
            ],
        ),
        (
            "[Net.Dns]::GetHostAddresses('127.0.0.1')[0].IPAddressToString; ([Net.Dns]::GetHostEntry('127.0.0.1')).AddressList.Count; try { [Net.Dns]::GetHostEntry('no.such.invalid') } catch { $_.Exception.InnerException.GetType().Name }",
            &["127.0.0.1", "1", "SocketException"],
        ),
        (
            "$berlin = [TimeZoneInfo]::FindSystemTimeZoneById('W. Europe Standard Time'); $berlin.BaseUtcOffset.TotalHours; $berlin.GetUtcOffset([datetime]'2020-07-01').TotalHours; $berlin.IsDaylightSavingTime([datetime]'2020-07-01'); $berlin.IsInvalidTime([datetime]'2020-03-29 02:30'); $berlin.IsAmbiguousTime([datetime]'2020-10-25 02:30'); $berlin.DisplayName",
            &[
                "1",
                "2",
                "True",
                "True",
                "True",
                "(UTC+01:00) W. Europe Standard Time",
            ],
        ),
        (
            "[TimeZoneInfo]::ConvertTimeBySystemTimeZoneId([datetime]'2020-01-01 12:00', 'UTC', 'Asia/Tokyo').Hour; [TimeZoneInfo]::ConvertTimeToUtc([datetime]'2020-07-01 12:00', [TimeZoneInfo]::FindSystemTimeZoneById('Europe/Berlin')).Hour; try { [TimeZoneInfo]::FindSystemTimeZoneById('x') } catch { $_.FullyQualifiedErrorId }",
            &["21", "10", "TimeZoneNotFoundException"],
        ),
        (
            "[Net.ServicePointManager]::SecurityProtocol = [Net.SecurityProtocolType]::Tls12 -bor [Net.SecurityProtocolType]::Tls13; \"$([Net.ServicePointManager]::SecurityProtocol)\"; try { [Net.ServicePointManager]::ServerCertificateValidationCallback = { $true } } catch { 'refused' }",
            &["Tls12, Tls13", "refused"],
        ),
        (
            "[Web.HttpUtility]::UrlEncode('a b/ü'); [Net.WebUtility]::UrlDecode('a+b%2F%C3%BC'); [Net.WebUtility]::HtmlEncode('<a & \"b\">'); [Net.WebUtility]::HtmlDecode('&lt;&#252;&gt;&nope;')",
            &[
                "a+b%2f%c3%bc",
                "a b/ü",
                "&lt;a &amp; &quot;b&quot;&gt;",
                "<ü>&nope;",
            ],
        ),
    ]);
}

#[test]
fn files_bytes_and_the_environment_by_dotnet() {
    check(&[
        (
            "$w = New-Object IO.StreamWriter a.txt; $w.WriteLine('one'); $w.Write('two'); $w.Close(); $w = [IO.StreamWriter]::new('a.txt', $true); $w.WriteLine(); $w.WriteLine(3); $w.Dispose(); $r = [IO.StreamReader]::new('a.txt'); while ($null -ne ($line = $r.ReadLine())) { \"[$line]\" }; $r.EndOfStream; $r.Close(); try { $r.ReadLine() } catch { $_.FullyQualifiedErrorId }",
            &["[one]", "[two]", "[3]", "True", "ObjectDisposedException"],
        ),
        (
            "[BitConverter]::ToString([byte[]](1, 2, 255)); [BitConverter]::ToInt32([byte[]](1, 1, 0, 0), 0); [BitConverter]::GetBytes(258)[0, 1] -join ','; try { [BitConverter]::ToInt64([byte[]](1), 0) } catch { $_.FullyQualifiedErrorId }",
            &["01-02-FF", "257", "2,1", "ArgumentException"],
        ),
        (
            "$env:MT_X = 'a'; [Environment]::GetEnvironmentVariable('MT_X'); [Environment]::SetEnvironmentVariable('MT_X', 'b', 'Process'); $env:MT_X; [Environment]::ExpandEnvironmentVariables('<%MT_X%>'); [int][Environment+SpecialFolder]::Desktop",
            &["a", "b", "<b>", "0"],
        ),
        (
            "[void][Reflection.Assembly]::LoadWithPartialName('System.Web'); [GC]::Collect(); 'fine'",
            &["fine"],
        ),
        (
            "'ab' | Format-Hex | ForEach-Object { $_.HexBytes; $_.Ascii }; (0..40 | ForEach-Object { [byte]$_ } | Format-Hex).Count",
            &["61 62", "ab", "3"],
        ),
    ]);
}

#[test]
fn cmdlets_answer_about_the_odd_cases() {
    check(&[
        (
            "'one', 'two', 'three', 'four', 'three' | Select-String three -Context 1, 0 | ForEach-Object { $_.LineNumber; $_.Context.PreContext; $_.Context.PostContext.Count }",
            &["3", "two", "0", "5", "four", "0"],
        ),
        (
            "@() | Measure-Object -Sum -Average | ForEach-Object { $_.Count; $_.Sum; $null -eq $_.Average }",
            &["0", "0", "True"],
        ),
        (
            "(' A , B ', ' 1 ,\"2\" ,x' | ConvertFrom-Csv).psobject.Properties | ForEach-Object { \"[$($_.Name)|$($_.Value)]\" }",
            &["[A |1 ]", "[B |2]"],
        ),
        (
            "try { Get-Item -Nope 1 } catch { $_.Exception.ParameterName; $_.Exception.ErrorId }; try { New-Object Version 1, 'x' } catch { $_.FullyQualifiedErrorId }",
            &[
                "Nope",
                "NamedParameterNotFound",
                "ConstructorInvokedThrowException,Microsoft.PowerShell.Commands.NewObjectCommand",
            ],
        ),
        (
            "function f { while ($input.MoveNext()) { $input.Current } }; 1, 2 | f; function g { $input.GetType().Name; @($input).Count }; 1, 2 | g",
            &["1", "2", "ArrayListEnumeratorSimple", "2"],
        ),
        (
            "$PWD.GetType().Name; \"$PWD\" -eq $PWD.Path; @('abc' | ForEach-Object Nope).Count",
            &["PathInfo", "True", "1"],
        ),
        (
            "$c = [System.Management.Automation.Host.ChoiceDescription]::new('&Yes', 'Go on.'); $c.Label; $c.HelpMessage; $c.HelpMessage = 'x'; $c.HelpMessage",
            &["&Yes", "Go on.", "x"],
        ),
    ]);
}
