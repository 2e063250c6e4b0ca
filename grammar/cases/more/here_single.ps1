@'
body
