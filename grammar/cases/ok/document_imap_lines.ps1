Test-MigrationServerAvailability -RemoteServer imap.contoso.edu -Port 143
New-MigrationBatch -Imap -Name MigrationBatch1 -CSVData:([System.IO.File]::ReadAllBytes("C:\Users\Administrator\Desktop\MigrationBatch_1.csv")) -MaxConcurrentMigrations 3 -RemoteServer imap.contoso.edu -Port 143 -Timezone "Pacific Standard Time" -ExcludeFolders "Deleted Items","Junk Mail"
Get-ChildItem "HKLM:\Software\Microsoft\Windows NT\CurrentVersion\Time zones" | FL pschildname
Start-MigrationBatch
Start-MigrationBatch -NotificationEmails "super-user@contoso.edu","helpdesk@contoso.edu","CIO@contoso.edu"
Complete-Migration
Complete-Migration -NotificationEmails super-user@contoso.edu
Get-MigrationBatch
Get-MigrationStatus
Stop-MigrationBatch
Get-Help New-MigrationBatch
Get-Help New-MigrationBatch -Examples
Get-Help New-MigrationBatch -Detailed
