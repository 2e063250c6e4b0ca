class A { [int] $x }
'after'
