return
return 5
return $a, $b
return Get-Item x | Sort-Object
exit
exit 3
function f { return $x = 5 }
foreach ($x in 1) { break; continue }
return return
