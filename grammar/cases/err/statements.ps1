if () { 1 }
if ($a) 1
elseif { 2 }
foreach ($x of 1,2) { $x }
for ($i=0; $i -lt 3; $i++ { $i }
while () { 1 }
do { 1 }; while ($x)
switch -foo ($x) { 1 { 2 } default { 1 } default { 2 } }
try { 1 } 2
function { 'x' }
