Get-Item , a
Get-Item a, ; b
Get-Item -Name:
Get-Item @ x
&
