"$name: x"
$a: 5
${}
@x = 5
F @x @y.z
