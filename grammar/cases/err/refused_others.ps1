using namespace System.IO
workflow W { 1 }
configuration C { Node x { } }
data { 'a' }
foreach -parallel ($x in 1) { 1 }
switch -parallel ($x) { 1 { 2 } }
parallel { 1 }
Get-Item x &
