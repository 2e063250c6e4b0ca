[int
[] 5
[List[string]::new()
[int]::
