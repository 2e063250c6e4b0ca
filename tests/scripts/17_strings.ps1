# What admins do to names and paths.
$name = '  Terry ADAMS  '
$clean = $name.Trim().ToLower()
$clean
(Get-Culture).TextInfo.ToTitleCase($clean)
$clean.Replace(' ', '.') + '@contoso.edu'
$first, $last = $clean.Split(' ')
$first.Substring(0, 1) + $last
'{0}|{1,10}|{2,-10}|' -f $first, $last, 'left'
$clean.PadLeft(15, '*').PadRight(18, '-')
'INBOX/Work/2026'.Split('/')[-1]
'INBOX/Work/2026'.LastIndexOf('/')
'INBOX/Work/2026' -split '/' -join '.'
'a,b;c d'.Split(',; '.ToCharArray()) -join '+'
(@('abc'[0], 'abc'[-1]) + 'abc'[1..2]) -join ''
-join ('abc'.ToCharArray() | Sort-Object -Descending)
('mailbox' -like 'mail*'), ('x.pst' -notlike '*.eml') -join ' '
'mail' * 2 + '!' * 3
[string]::IsNullOrEmpty(''), [string]::IsNullOrWhiteSpace(' x') -join ' '
[string]::Join('-', 'a', 'b', 'c')
[string]::Format('{0:000}/{1:x}', 7, 255)
'Hello' -replace 'l', 'L' -creplace 'L{2}', 'll'
"Tab`tand quote `"q`" and dollar `$x and brace ${first}s"
'it''s'
"sub $($first.ToUpper()) expr $(2 * 21)"
'ab', 'cd' -contains 'AB'
'migration'.Insert(0, 'pre').Remove(3, 2).Contains('gr')
'one two  three'.Split(' ', [StringSplitOptions]::RemoveEmptyEntries).Length
'ÄÖÜ'.ToLower() + 'ß'.Length
'b', 'A', 'c' | Sort-Object
('2', '10', '1' | Sort-Object { [int]$_ }) -join ','
