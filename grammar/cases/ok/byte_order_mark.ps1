Get-Item x
