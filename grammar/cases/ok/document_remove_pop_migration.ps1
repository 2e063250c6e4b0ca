#Begin custom variables
$filePath = "C:\My Documents\StudentList.csv"
$outlookLiveAliasOrg = "live.contoso.edu"
#End custom variables

$students = Import-Csv $filePath

if ($students -ne $null)
{
foreach($student in $students)
{
$subscriptionName = $student.RemoteAlias.Trim() + " Edu Subscription"
$mailbox = $student.OutlookLiveAlias.Trim() + "@" + $outlookLiveAliasOrg

write-output ([string]::Concat("Removing Subscription: ", $subscriptionName," ", $mailbox))
Remove-Subscription -Identity $subscriptionName -Mailbox $mailbox -Confirm:$false
}
}
