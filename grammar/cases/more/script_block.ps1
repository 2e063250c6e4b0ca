Get-Mailbox | Where-Object { $_.Name
