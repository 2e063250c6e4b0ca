Get-Item a `
