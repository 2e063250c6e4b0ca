# Every loop, with labels and early exits.
for ($i = 0; $i -lt 3; $i++) { "for $i" }
$n = 3
while ($n) { "while $n"; $n-- }
do { "do $n"; $n++ } while ($n -lt 2)
do { $n-- } until ($n -le 0)
"until $n"
:outer foreach ($x in 1..3) {
    foreach ($y in 1..3) {
        if ($y -eq 2) { continue outer }
        if ($x -eq 3) { break outer }
        "$x$y"
    }
}
foreach ($i in 1..10) { if ($i -eq 2) { continue }; if ($i -gt 4) { break }; "i=$i" }
1..5 | ForEach-Object { if ($_ -eq 3) { return }; "each $_" }
for (($i = 1), ($j = 9); $i -lt $j; $i++, $j--) { if ($i -eq 4) { "$i $j" } }
foreach ($nothing in $null) { 'never' }
foreach ($item in 'single') { $item }
switch (1, 5, 'x') {
    { $_ -is [int] -and $_ -gt 3 } { "big $_" }
    1 { 'one' }
    'x' { 'ex'; continue }
    default { "default $_" }
}
switch -Wildcard ('sent items') { 'sent*' { 'sent'; break } '*items' { 'items' } }
switch -CaseSensitive ('ABC') { 'abc' { 'lower' } 'ABC' { 'upper' } }
switch ('nope') { 'a' { 1 } default { 'fallback' } }
$i = 5; $i += 2; $i *= 3; $i -= 1; $i /= 4; $i %= 3; $i
$sum = 0; 1..100 | ForEach-Object { $sum += $_ }; $sum
