# A menu as the help desk uses it; the answers come from a queue, because nobody sits at the keyboard.
$answers = [System.Collections.Queue]::new()
'1', 'x', '2', 'annb', 'q', '2', 'nobody', '', '3', 'T', '9', 'b', '4', 'yes', 'Q' | ForEach-Object { $answers.Enqueue($_) }

function Read-Host {
    param([Parameter(Position = 0)]$Prompt, [switch]$AsSecureString)
    $answer = if ($answers.Count) { $answers.Dequeue() } else { 'q' }
    Write-Host "${Prompt}: $answer"
    $answer
}

$users = [ordered]@{
    terrya = @{ Full = 'Terry Adams'; Status = 'Synced'; Percent = 100 }
    annb   = @{ Full = 'Ann Beebe'; Status = 'Syncing'; Percent = 37.5 }
    paulc  = @{ Full = 'Paul Cannon'; Status = 'Failed'; Percent = 3 }
}

function Show-Menu([string]$Title, [System.Collections.IDictionary]$Items) {
    $width = ($Items.Values | Measure-Object -Property Length -Maximum).Maximum + 6
    Write-Host ('=' * $width)
    Write-Host (' ' * [int](($width - $Title.Length) / 2) + $Title)
    foreach ($item in $Items.GetEnumerator()) { Write-Host " [$($item.Key)] $($item.Value)" -ForegroundColor Cyan }
    Write-Host ('=' * $width)
}

$menu = [ordered]@{ '1' = 'List'; '2' = 'Show one mailbox'; '3' = 'Tools'; '4' = 'Retry failed'; 'Q' = 'Quit' }
$rounds = 0
:main while ($true) {
    $rounds++
    if ($rounds -eq 1) { Show-Menu 'HELP DESK' $menu }
    $choice = (Read-Host 'Choose').Trim()
    switch ($choice) {
        '1' {
            foreach ($name in $users.Keys) { Write-Host ('  {0,-8}{1,8:P0}' -f $name, ($users[$name].Percent / 100)) }
        }
        '2' {
            do {
                $who = Read-Host -Prompt '  Who (empty to leave)'
                switch -Exact ($who) {
                    '' { break }
                    'q' { Write-Host '  leaving'; $who = ''; break }
                    { $users.Contains($_) } { Write-Host "  $($users.$_.Full) is $($users.$_.Status)"; break }
                    default { Write-Host "  no mailbox '$_'" }
                }
            } until (-not $who)
        }
        '3' {
            :tools do {
                $tool = Read-Host 'Tool [T]est, [B]ack'
                switch -Regex -CaseSensitive ($tool) {
                    '^[Tt]$' { Write-Host '  testing...'; continue }
                    '^\d+$' { Write-Host "  tool $($Matches[0]) is not there"; continue tools }
                    '^[bB]' { Write-Host '  back'; break tools }
                }
            } while ($true)
        }
        '4' {
            if ((Read-Host 'Sure? (y/n)') -match '^y(es)?$') {
                foreach ($entry in @($users.GetEnumerator())) {
                    if ($entry.Value.Status -ne 'Failed') { continue }
                    $users[$entry.Key].Status = 'Queued'
                    Write-Host "  $($entry.Name) queued again"
                }
            }
        }
        { $_ -in 'Q', 'quit', 'exit' } { Write-Host 'Bye.'; break main }
        default { Write-Host "What is '$choice'?" }
    }
}
"rounds: $rounds, answers left: $($answers.Count)"
"states: $($users.Values.Status -join ', ')"

# What switch does with arrays, fall-through, and script blocks
switch (3, 'three', 3.0, $null) { 3 { "three as $($_.GetType().Name)" } 'three' { 'text' } { $null -eq $_ } { 'nothing' } }
$result = switch -Wildcard ('IMAP-01', 'pop-2', 'smtp') { 'imap*' { "i:$_" } '*-?' { "one sign: $_" } '*-??' { "two signs: $_" } default { "d:$_" } }
$result -join ' | '
$n = 0
switch (1..6) { { $_ % 2 } { continue } 4 { break } default { $n += $_ } }
"n = $n"
switch ('a b') { "a $('b')" { 'expanded' } }
switch -Regex ('size=42MB') { 'size=(?<n>\d+)(?<u>[KMG]B)' { "$($Matches.n) $($Matches['u'])"; $size = [int]$Matches.n } '=' { 'and again' } }
$size * 2
switch ([System.DayOfWeek]'Monday') { 'Monday' { 'enum by name' } ([DayOfWeek]::Monday) { 'enum by value' } 1 { 'enum by number' } }
switch (@()) { default { 'never' } }
switch ($null) { default { 'null takes the default' } }
