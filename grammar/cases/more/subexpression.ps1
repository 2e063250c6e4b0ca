"a $(Get-Item
