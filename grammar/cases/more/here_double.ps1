@"
body
