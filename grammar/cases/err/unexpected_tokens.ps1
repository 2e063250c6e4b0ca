5 5
"a" "b"
$x $y
Get-Item )
]x}
$x -foo 3
