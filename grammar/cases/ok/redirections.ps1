a > out.txt
a >> "$dir\out.txt" 2>&1
a 2>$null 3> w 4>> v 5>d 6>i *> all *>&1
a -x 1>o y
$x > out.txt
& { b } 2> err.txt | c
name>x
