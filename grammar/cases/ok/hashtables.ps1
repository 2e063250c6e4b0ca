@{}
@{ a = 1; b = 'x'; 'c d' = $null; 5 = 'five'; $k = 1; (1 + 1) = 2; if = 3 }
@{
  Name = 'x'   # comment
  Mail = Get-Mail -Id 5 | Select-Object First

  List = 1, 2
  Sub = @{ a = if ($x) { 1 } else { 2 } }
}
[ordered]@{ a = 1 }
[pscustomobject]@{ a = 1; b = 2 }.a
@{ n = 'Name'; e = { $_.x } }
