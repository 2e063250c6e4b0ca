#Begin custom variables
$filePath = "C:\My Documents\StudentList.csv"
$outlookLiveAliasOrg = "live.contoso.edu"
$remoteOrg = "corp.contoso.edu"
$serviceAccount = "corp\serviceaccount"
$password = 'Pa$$word1'
$popIncomingServer = "pop.corp.contoso.edu"
$popIncomingAuth = "Basic"
$popIncomingPort = "995"
$popIncomingSecurity = "SSL"
$popLeaveOnserver = $false
#End custom variables

$securePassword = (ConvertTo-SecureString -String $password -AsPlainText -Force)
$students = Import-Csv $filePath

if ($students -ne $null)
{
foreach($student in $students)
{
$subscriptionName = $student.RemoteAlias.Trim() + " Edu Subscription"
$emailAddress = $student.RemoteAlias.Trim() + "@" + $remoteOrg
$mailbox = $student.OutlookLiveAlias.Trim() + "@" + $outlookLiveAliasOrg
$IncomingUserName = $serviceAccount + "\" + $student.RemoteAlias

write-output ([string]::Concat("Creating Subscription: ", $subscriptionName," ", $emailAddress, " ", $mailbox))
New-PopSubscription -Name $subscriptionName -IncomingUserName $IncomingUserName -IncomingPassword $securePassword -IncomingServer $popIncomingServer -EmailAddress $emailAddress -Mailbox $mailbox -IncomingAuth $popIncomingAuth -IncomingPort $popIncomingPort -IncomingSecurity $popIncomingSecurity -LeaveOnServer $popLeaveOnserver
}
}
