# Cleans a messy list of addresses and says why some are dropped.
$raw = @(
    ' Terry.Adams@Contoso.EDU ', 'annb@contoso.edu', 'ANNB@contoso.edu', '', $null,
    'no-at-sign', 'two@@signs.org', 'Paul Cannon <paulc@contoso.edu>', 'zoe@xn--mller-kva.example'
)
$seen = [System.Collections.Generic.HashSet[string]]::new()
$result = foreach ($entry in $raw) {
    $text = "$entry".Trim()
    $reason = $null
    if (-not $text) { $reason = 'empty' }
    elseif ($text -match '<(?<inner>[^>]+)>') { $text = $Matches.inner }
    if (-not $reason) {
        $address = $text.ToLowerInvariant()
        $parts = $address -split '@'
        if ($parts.Count -ne 2) { $reason = "has $($parts.Count - 1) @" }
        elseif (-not $seen.Add($address)) { $reason = 'duplicate' }
    }
    [pscustomobject]@{ Input = $entry; Address = if ($reason) { '' } else { $address }; Reason = $reason }
}
$good = $result | Where-Object { -not $_.Reason }
$good.Address
"--- dropped"
$result | Where-Object Reason | ForEach-Object { "'{0}': {1}" -f $_.Input, $_.Reason }
$byDomain = $good | Group-Object { $_.Address.Split('@')[1] } | Sort-Object Count -Descending
foreach ($g in $byDomain) { "$($g.Name): $($g.Count)" }
try { $m = [System.Net.Mail.MailAddress]'Paul <paulc@contoso.edu>'; "$($m.User) at $($m.Host), called $($m.DisplayName)" } catch { "refused: $($_.FullyQualifiedErrorId)" }
$u = [uri]'imaps://imap.contoso.edu:993/INBOX'
$u.Host, $u.Port, $u.Scheme, $u.AbsolutePath -join ' '
[version]'1.10.0' -gt [version]'1.9'
