Get-Item < file.txt
Get-Item >
Get-Item 2>&3
Get-Item 1>&2
