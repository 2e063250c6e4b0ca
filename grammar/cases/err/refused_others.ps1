using namespace System.IO
workflow W { 1 }
configuration C { Node x { } }
data { 'a' }
foreach -parallel ($x in 1) { 1 }
switch -parallel ($x) { 1 { 2 } }
parallel { 1 }
function C { begin { 1 } clean { 2 } }
Get-Item x &
