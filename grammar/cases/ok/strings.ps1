'plain'; 'it''s'; "say ""hi"""; ''; ""
"$a.b"; "$h.k"; "$a[0]"; "${a}b"; "$($a.b)"; "$env:X\y"; "$a$b"; "$_"
"cost: $5"; "$ alone, $! bang, 5$"; "Pa$$word1"; 'Pa$$word1'; "`$x"
"tab`tnew`nline`0`a`b`f`v`e`r`"`q `u{1F600}"
"$(if ($a) { 'x' } else { "y $($b) z" })"
"multi
line"
“curly $x”; ‘curly $x’; "x“" y"
"a $(1 + 2) b $(Get-Date) c"
