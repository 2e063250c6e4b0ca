$a. ; 1
Write-Host $a. Next
$x.Foo(1,)
$x[
]
++5
