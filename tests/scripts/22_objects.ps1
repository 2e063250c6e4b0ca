# Custom objects with added members.
$mailbox = [pscustomobject]@{ PSTypeName = 'Contoso.Mailbox'; Alias = 'ann'; Items = 10 }
$mailbox | Add-Member -MemberType ScriptProperty -Name Address -Value { "$($this.Alias)@contoso.edu" }
$mailbox | Add-Member ScriptMethod Rename { param($to) $this.Alias = $to; "now $to" }
$mailbox | Add-Member NoteProperty Tags @('new', 'vip')
$mailbox.Address
$mailbox.Rename('anna')
$mailbox.Address
$mailbox.Tags[1]
$mailbox.PSObject.TypeNames[0]
($mailbox.PSObject.Properties | ForEach-Object Name) -join ','
$mailbox.PSObject.Properties['Items'].Value
$copy = $mailbox | Select-Object *, @{ n = 'Double'; e = { $_.Items * 2 } }
$copy.Double
$mailbox.Items++
"$($mailbox.Items) $($copy.Items)"
$mailbox.Nothing -eq $null
@{ a = 1 }.a + ([pscustomobject]@{ b = 2 }).b
($mailbox | Get-Member -MemberType NoteProperty | ForEach-Object Name) -join ' '
$property = 'Alias'
$mailbox.$property
$mailbox."$property"
$objects = 1..3 | ForEach-Object { [pscustomobject]@{ Id = $_; Square = $_ * $_ } }
$objects.Square -join ' '
($objects | Measure-Object Square -Average -Minimum -Maximum | ForEach-Object { $_.Average, $_.Minimum, $_.Maximum }) -join ' '
$objects | Where-Object Square -gt 3 | Select-Object -ExpandProperty Id
$objects[-1] | Format-List
$o = New-Object -TypeName PSObject
$o | Add-Member -NotePropertyMembers @{ X = 1 }
$o.X
