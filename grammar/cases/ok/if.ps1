if ($a) { 1 }
if ($a -eq 1) { 1 } elseif ($b) { 2 } elseif ($c) { 3 } else { 4 }
if (0)
{ 'a' }
elseif (1)
{ 'b' }
else
{ 'c' }
if (Test-Path x) { } 5
if ($x = Get-Item y) { $x }
if(1){'a'}else{'b'};if(!$x){'c'}
