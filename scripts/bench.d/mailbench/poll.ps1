# What is timed: from the start of the process until the first poll of a POP3 account is over.
param([string] $Port, [string] $User)
$password = ConvertTo-SecureString -String "pw-$User" -AsPlainText -Force
New-PopSubscription -Name Bench -Mailbox "$User@rig.test" -EmailAddress "$User@rig.test" -IncomingServer 127.0.0.1 -IncomingPort $Port -IncomingSecurity None -IncomingUserName $User -IncomingPassword $password | Out-Null
while (-not (Get-PopSubscription).LastSuccessfulSync) { Start-Sleep -Milliseconds 20 }
