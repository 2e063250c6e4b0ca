Get-Item
& 'C:\a b.exe' -x
& $command a b
& (Get-Command x) y
& { param($a) $a } 5
. .\lib.ps1
. $file
.\run.ps1 -Verbose
C:\tools\x.exe /a /b:c
% 5
? { $_ }
7z a b
foo-bar.baz x
a;b
 foreach-object { 1 }
New-Thing -CSVData:([System.IO.File]::ReadAllBytes("c:\x.csv")) -Switch:$false -Name: x
Get-Item –Name x —Path y
Get-Item -Path b
Get-Item `
  -Path a `
  -Force
echo $a.b,$c[0] -x:1,2
