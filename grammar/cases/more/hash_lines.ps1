$h = @{
  Name = 'x'
