Get-Item ‘a
