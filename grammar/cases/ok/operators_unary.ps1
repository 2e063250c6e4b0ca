-join ('a', 'b')
-split 'a b'
-csplit 'a b'
++$i; --$i; $i++; $i--
$o.Count++; $h['x']--
[int]$x++
