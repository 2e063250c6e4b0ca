Write-Output if else foreach function
1..3 | foreach { $_ }
$if = 1; $foreach.x
Get-Item -if x -else:y
catch { 1 }
inlinescript { 1 }
if-this
