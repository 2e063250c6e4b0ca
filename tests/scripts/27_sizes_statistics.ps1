# Statistics over message sizes: buckets, percentiles, top list.
$sizes = 1..40 | ForEach-Object { ($_ * 7919) % 5003 * 100 }
$stats = $sizes | Measure-Object -Minimum -Maximum -Average -Sum
'n={0} min={1} max={2} avg={3:F1} sum={4}' -f $stats.Count, $stats.Minimum, $stats.Maximum, $stats.Average, $stats.Sum
$sorted = @($sizes | Sort-Object)
foreach ($p in 50, 90, 99) {
    $index = [math]::Ceiling($sorted.Count * $p / 100) - 1
    'p{0} = {1}' -f $p, $sorted[$index]
}
$buckets = $sizes | Group-Object { if ($_ -lt 100KB) { 'small' } elseif ($_ -lt 300KB) { 'medium' } else { 'large' } }
$buckets | Sort-Object Name | ForEach-Object { '{0,-7}{1,3}' -f $_.Name, $_.Count }
$top = $sizes | Sort-Object -Descending | Select-Object -First 3
"top: $top"
$running = 0
$cumulative = foreach ($s in $sizes[0..4]) { $running += $s; $running }
"cumulative: $($cumulative -join ', ')"
$even, $odd = $sizes.Where({ ($_ / 100) % 2 -eq 0 }, 'Split')
"even $($even.Count) odd $($odd.Count)"
'deviation {0:N2}' -f [math]::Sqrt((($sizes | ForEach-Object { [math]::Pow($_ - $stats.Average, 2) } | Measure-Object -Sum).Sum / $stats.Count))
