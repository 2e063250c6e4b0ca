Get-Item a | Sort-Object -Property Name -Descending | Select-Object -First 5
1..3 | ForEach-Object { $_ * 2 } |
  Where-Object { $_ -gt 2 }
Get-Item a
  | Sort-Object
Get-Item | % Name | ? Length -gt 5
a && b || c
a |
  # comment between
  b
(Get-Item a).Name | Out-Null
$x | & $command -a
