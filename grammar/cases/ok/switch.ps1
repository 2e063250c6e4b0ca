switch ($x) { 1 { 'one' } 'a' { 'b'; break } default { 'none' } }
switch -Wildcard -CaseSensitive ($x, $y) { 'a*' { 1 } b* { 2 } }
switch -Regex (Get-Content a) { '^\d' { $Matches[0] } { $_ -gt 5 } { 3 } $var { 4 } (1 + 2) { 5 } }
switch -Exact ($x) { -5 { 1 } }
switch -File a.txt { x { 1 } }
switch ($x)
{
  { $_ -is [int] } { 'int'; continue }

  Default
  { 'd' }
}
:loop switch (1, 2) { 1 { continue loop } }
