1 + ; 2
$a = ;
-not ;
1 -eq )
$a ? 1
