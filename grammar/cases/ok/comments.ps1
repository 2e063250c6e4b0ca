# one
1 # two
<# three
   lines #>
2 <# inline #> + 3
a#b
'a#b'; "a#b"; $z = 'q'#c
if ($x) <# a #> { 1 } # b
else # c
{ 2 }
