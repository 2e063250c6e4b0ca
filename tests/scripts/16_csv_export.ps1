# Makes the CSV of a migration batch out of another one.
$rows = Import-Csv (Join-Path $PSScriptRoot data/users.csv) | Where-Object { $_.Enabled -eq 'True' } | ForEach-Object {
    New-Object PSObject -Property ([ordered]@{
        EmailAddress = $_.EmailAddress
        UserName     = '{0}*mailadmin' -f $_.UserName
        Password     = 'P@ss,w"rd'
    })
}
$file = [IO.Path]::GetTempFileName()
$rows | Export-Csv $file -NoTypeInformation -Encoding UTF8
Get-Content $file
$again = Import-Csv $file
$again.Count
$again[1].Password
$again | Select-Object -Skip 1 -First 1 | Format-List
'a;b', '1;2' | ConvertFrom-Csv -Delimiter ';' | ForEach-Object { $_.a + $_.b }
'x,y' | ConvertFrom-Csv -Header first, second | ForEach-Object { "$($_.second)$($_.first)" }
($rows | Select-Object EmailAddress | ConvertTo-Csv -NoTypeInformation)[0]
Remove-Item $file
