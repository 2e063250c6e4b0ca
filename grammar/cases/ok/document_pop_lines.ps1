"C:\My Documents\POPMigration.ps1"
Remove-Subscription "akohl Edu Subscription" -Mailbox live.contoso.edu\akohl
