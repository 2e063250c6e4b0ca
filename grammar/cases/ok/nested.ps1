Get-Mailbox | Where-Object { $_.Name -eq "x $(if ($a) { "y $($b | ForEach-Object { "z$_" })" })" } | ForEach-Object {
  @{ a = @(foreach ($i in 1..3) { [pscustomobject]@{ n = $i; s = { param($q) "$q" } } }) }
}
