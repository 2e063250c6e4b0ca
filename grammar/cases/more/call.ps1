[string]::Concat('a',
