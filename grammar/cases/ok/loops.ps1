foreach ($x in 1..3) { $x }
foreach ($x in Get-Item a | Sort-Object) { $x }
foreach($u in $users)
{
  $u
}
for ($i = 0; $i -lt 3; $i++) { $i }
for (;;) { break }
for ($i = 0
     $i -lt 3
     $i++) { $i }
while ($true) { break }
do { 1 } while ($x)
do { 1 } until ($x -gt 5)
do
{
  1
}
while ($x)
:outer foreach ($a in $b) { :inner while (1) { continue outer; break inner; break $label } }
