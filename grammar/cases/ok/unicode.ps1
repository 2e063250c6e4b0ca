Get-Thing –Name “x y” —Force
$größe = ‘ä’
Write-Output 日本 "😀 $größe"
