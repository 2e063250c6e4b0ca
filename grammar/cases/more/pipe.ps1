Get-Mailbox |
