# Arrays and lists as scripts use them.
$a = 1..5
$a += 6
"$a"
$a[1..3] -join ','
$a[-2..-1] -join ','
$a.Count, $a.Length -join '/'
($a | Where-Object { $_ % 2 -eq 0 }) -join ' '
$a -gt 3
$list = [System.Collections.Generic.List[string]]::new()
$list.Add('x'); $list.AddRange([string[]]('y', 'z'))
$list.Insert(1, 'new')
[void]$list.Remove('z')
$list -join ' '
$list.Contains('y')
$list.IndexOf('y')
$al = New-Object System.Collections.ArrayList
[void]$al.Add(3); [void]$al.Add(1); $al.Add(2) | Out-Null
$al.Sort()
"$al ($($al.Count))"
$matrix = @(@(1, 2), @(3, 4))
$matrix[1][0]
$single = @('only')
$single.Count
@($null).Count
@().Count
$x, $y, $rest = 1, 2, 3, 4
"$x $y [$rest]"
$x, $y = $y, $x
"$x $y"
[array]::Reverse($a)
$a -join ''
(1, 2, 3) -contains 2
2 -in 1, 2, 3
$empty = @()
if ($empty) { 'full' } else { 'empty' }
$copy = $a.Clone(); $copy[0] = 99; $a[0]
(3, 1, 2 | Sort-Object)[0]
($a | Select-Object -First 2) -join '-'
($a | Select-Object -Last 1)
1, 2, 2, 3, 3 | Select-Object -Unique | Measure-Object | ForEach-Object Count
$a.ForEach({ $_ * 10 }) -join ','
$a.Where({ $_ -gt 4 }) -join ','
[int[]]$typed = '1', '2'
$typed.GetType().Name
$set = [System.Collections.Generic.HashSet[string]]::new([StringComparer]::OrdinalIgnoreCase)
$set.Add('A'), $set.Add('a'), $set.Count -join ' '
