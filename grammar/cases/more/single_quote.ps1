Write-Output 'a
b
