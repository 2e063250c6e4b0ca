1 -eq 2; 1 -ne 2; 1 -ge 2; 1 -gt 2; 1 -lt 2; 1 -le 2
'a' -ceq 'A'; 'a' -ieq 'A'; 'a' -cne 'b'; 'a' -clike 'A*'; 'a' -inotmatch 'b'
'abc' -like 'a*'; 'abc' -notlike 'b*'; 'abc' -match '^a'; 'abc' -notmatch 'z'
'abc' -replace 'b', 'x' -creplace 'A', 'y'
'a,b' -split ','; 'a b' -csplit ' ', 2; 1, 2 -join '-'
1 -in 1, 2; 1 -notin 2, 3; 1, 2 -contains 1; 1, 2 -notcontains 3
1 -is [int]; 1 -isnot [string]; '5' -as [int]
1 –eq 1
