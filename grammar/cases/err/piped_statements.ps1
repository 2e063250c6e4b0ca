foreach ($x in 1) { $x } | Sort-Object
if (1) { 2 } | a
