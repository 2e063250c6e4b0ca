[int]; [System.IO.File]; [int[]]; [string[][]]; [int[,]]; [List[string]]; [Dictionary[string, int]]; [Dictionary[string, [List[int[]]]]]
[System.Collections.Generic.List`1[int]]
[int]'5'; [int][char]'a'; [string]5 + 1; [void]$x.Add(1); [nullable[datetime]]$d
[int] -is [type]
[xml]$x = '<a/>'
