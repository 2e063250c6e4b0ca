# A menu whose choices come from a list instead of a person.
$choices = '1', 'list', '7', 'q', 'never reached'
$state = @{ Runs = 0; Last = $null }

function Show-Menu {
    @"
=== Migration menu ===
 1) Count
 L) List
 Q) Quit
"@
}

Show-Menu
:menu foreach ($choice in $choices) {
    $state.Runs++
    $state['Last'] = $choice
    switch -Regex ($choice) {
        '^1$'     { "Counting... $($state.Runs)"; break }
        '^[lL]'   { 'Listing:'; 1..3 | ForEach-Object { "  item $_" }; break }
        '^q'      { 'Bye'; break menu }
        default   { "Unknown choice '$choice'" }
    }
}
"Runs: $($state.Runs), last: $($state.Last)"
