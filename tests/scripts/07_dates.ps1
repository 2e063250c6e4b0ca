# Date arithmetic around a cutover.
$cutover = Get-Date -Year 2026 -Month 3 -Day 29 -Hour 6 -Minute 0 -Second 0 -Millisecond 0
$start = $cutover.AddDays(-10).AddHours(-2)
'Start    {0:yyyy-MM-dd HH:mm:ss}' -f $start
'Weekday  ' + $start.DayOfWeek
$left = $cutover - $start
'Left     {0} days {1} hours = {2} hours' -f $left.Days, $left.Hours, $left.TotalHours
'Span     ' + (New-TimeSpan -Start $start -End $cutover)
$mondays = 0..27 | ForEach-Object { ([datetime]'2026-02-01').AddDays($_) } | Where-Object DayOfWeek -eq 'Monday'
'Mondays  ' + (($mondays | ForEach-Object { $_.ToString('MM/dd') }) -join ' ')
'Leap     ' + (2023..2028 | Where-Object { [datetime]::IsLeapYear($_) })
'Parsed   ' + [datetime]::ParseExact('20260301T0815', "yyyyMMdd'T'HHmm", $null).ToString('s')
'Month    ' + (Get-Date '2026-01-31').AddMonths(1).ToString('d')
'Compare  ' + ([datetime]'2026-01-02' -gt '2026-01-01') + ' ' + ([timespan]'1:30' -eq (New-TimeSpan -Minutes 90))
'Round    ' + [math]::Round(([timespan]'2.03:04:05').TotalDays, 3)
(Get-Date '2026-03-01 13:05:09').ToString('dddd, dd MMMM yyyy h:mm tt')
