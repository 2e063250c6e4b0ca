5 5 | Get-Mailbox -Identity (Get-Item x).Name | ForEach-Object { $_.Name }
