$x.Name; $x.Sub.Name.Length; $x.'Display Name'; $x."a$b"; $x.$name; $x.("a" + "b"); $h.5; $x.if
$x.Method(); $x.Method(1, 'a', (2, 3)); $x.Where({ $_ -gt 1 }).Count
[string]::Concat('a', 'b'); [math]::PI; [int]::MaxValue; $t::Name; [DateTime]::Now.Year
'abc'. Length
$x.
  Name
(1..5).Where{ $_ -gt 2 }.ForEach{ $_ * 2 }
$x.Method(
  1,
  2
)
[System.Collections.Generic.List[string]]::new()
