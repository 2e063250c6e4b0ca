$a -and $b -or $c -xor $d
-not $a; !$a; !!$a; -not-not 0
1 -band 2 -bor 4 -bxor 8; -bnot 5
1 -shl 3; 16 -shr 2
-not 1, 0
$a -eq 1 -and $b -ne 2
