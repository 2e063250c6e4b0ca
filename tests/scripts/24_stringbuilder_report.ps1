# A text report with aligned columns, built by hand.
$folders = [ordered]@{ INBOX = 1200; Sent = 340; 'Work/2026' = 77; Trash = 5 }
$sb = New-Object System.Text.StringBuilder
[void]$sb.AppendLine('Folder'.PadRight(12) + 'Items'.PadLeft(7))
[void]$sb.AppendLine('-' * 19)
foreach ($entry in $folders.GetEnumerator()) {
    $bar = '#' * [math]::Ceiling($entry.Value / 100)
    [void]$sb.AppendFormat('{0,-12}{1,7:N0} {2}', $entry.Key, $entry.Value, $bar)
    [void]$sb.AppendLine()
}
$total = ($folders.Values | Measure-Object -Sum).Sum
[void]$sb.Append("Total: $total")
$sb.ToString()
$sb.Length -gt 50
[math]::Max(3, 7), [math]::Min(3, 7), [math]::Abs(-4), [math]::Floor(2.7), [math]::Truncate(-2.7), [math]::Pow(2, 10), [math]::Sqrt(81) -join ' '
[math]::Round(2.5), [math]::Round(3.5), [math]::Round(1.005, 2), [math]::Round(2.345, 2, 'AwayFromZero') -join ' '
[int]'0x1F', [int]2.5, [int]'42', [double]'1.5e3', [char]65, [int][char]'z' -join ' '
[convert]::ToString(10, 2), [convert]::ToInt32('ff', 16), [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes('user:pass')) -join ' '
[Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('cMOpbMOpcGhhbnQ='))
(7 / 2), (7 % 3), (-7 % 3) -join ' '
1KB, 1MB, 2GB -join ' '
0.1 + 0.2
1e10, 1.0, 100000000000000000000 -join ' '
[int]::MaxValue + 1
(2147483647).GetType().Name, (2147483648).GetType().Name, (1.5).GetType().Name, (1d).GetType().Name -join ' '
(5 -band 3), (5 -bor 3), (5 -bxor 3), (1 -shl 4), (-bnot 0) -join ' '
'{0:C2}|{0:E2}|{0:F1}|{1:D5}|{1:X4}|{2:p0}' -f 1234.567, 42, 0.256
'10' + 5, (10 + '5'), ('3' * 3) -join ' '
[bool]'false', [bool]0, [bool]'0', [bool]@(), [bool]@(0, 0) -join ' '
