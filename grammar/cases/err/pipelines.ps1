Get-Item | | Sort-Object
Get-Item | 5
1 | $x
| a
a | ; b
Get-Item && ; 1
a & b
