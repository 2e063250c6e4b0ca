Write-Host "done
exit
