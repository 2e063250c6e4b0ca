Write-Output a.b $x.y -Param:value 5 0x1F 1e3 10MB 007 .5 -5 1..3 3*4 a=b a+b [int] a#b user@x.com *.txt C:\a ~ 5% 1.2.3
Show one, two,three , four
Show x,
  y z
Show -- -a -b:c
Show `-a "-a" '-a' -? -x-y --Long -foo.bar - -$x
Show $a/y $a+$a $a.Length $u.Name/z $h['k'].Length $u."Display Name" @{x=1}.Count (1,2).Count "a".Length
Show "a"b a"b"c a'b'c "a$x"y x$($y.z)w $(3)4 (5)x $env:TEMP\x ${a b}c
Show a<#not#>b <# gap #> c name> x
Show $null $true.ToString() {1 + 1} @() @(1; 2) $(1;2)
