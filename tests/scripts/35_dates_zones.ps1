# Maintenance windows over time zones and month ends, printed the same whatever the culture.
$inv = [cultureinfo]::InvariantCulture
$start = [datetime]::ParseExact('2026-03-28 22:30', 'yyyy-MM-dd HH:mm', $inv, 'AssumeUniversal, AdjustToUniversal')
"$($start.Kind) $($start.ToString('o')) $($start.ToString('r'))"
$start.ToString('u'); $start.ToString('s')
'{0:yyyyMMdd-HHmmss} {0:dddd d MMMM} {0:MMM yy} {0:hh:mm tt} {0:H:m:s.fff}' -f $start
"$start"
$local = Get-Date '2026-03-28T22:30:00'
($local - (Get-Date '2026-03-27 10:00')).TotalHours
New-TimeSpan -Start '2026-03-01' -End '2026-04-01 12:00' | ForEach-Object { "$($_.Days) days $($_.Hours) h = $($_.TotalDays)" }

'--- zones ---'
$offset = [DateTimeOffset]::new(2026, 3, 28, 22, 30, 0, [timespan]::FromHours(-7))
"$($offset.ToString('yyyy-MM-ddTHH:mm:sszzz', $inv)) is $($offset.UtcDateTime.ToString('yyyy-MM-dd HH:mm', $inv)) UTC"
$offset.ToOffset([timespan]'05:30').ToString('yyyy-MM-dd HH:mm zzz', $inv)
$zone = [TimeZoneInfo]::FindSystemTimeZoneById('Europe/Berlin')
foreach ($utc in '2026-03-29T00:59:00Z', '2026-03-29T01:00:00Z', '2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z') {
    $time = [datetimeoffset]::Parse($utc, $inv).UtcDateTime
    $there = [TimeZoneInfo]::ConvertTimeFromUtc($time, $zone)
    '{0:HH:mm} UTC is {1:HH:mm}, summer time {2}' -f $time, $there, $zone.IsDaylightSavingTime($there)
}
$zone.GetUtcOffset([datetime]'2026-07-01').TotalHours
[TimeZoneInfo]::ConvertTimeBySystemTimeZoneId([datetime]::SpecifyKind('2026-01-15 12:00', 'Utc'), 'America/New_York').ToString('HH:mm')
[TimeZoneInfo]::Local.Id
[TimeZoneInfo]::Utc.BaseUtcOffset.ToString()

'--- months ---'
$first = Get-Date -Year 2024 -Month 2 -Day 1 -Hour 0 -Minute 0 -Second 0 -Millisecond 0
'Last of February: {0:d}' -f $first.AddMonths(1).AddDays(-1)
[datetime]::DaysInMonth(2026, 2), [datetime]::IsLeapYear(2028) -join ' '
'2024-01-31', '2024-12-31' | ForEach-Object { ([datetime]$_).AddMonths(2).ToString('yyyy-MM-dd') }
function Get-PatchTuesday([int]$Year, [int]$Month) {
    $day = [datetime]::new($Year, $Month, 1)
    while ($day.DayOfWeek -ne 'Tuesday') { $day = $day.AddDays(1) }
    $day.AddDays(7)
}
(1..3 | ForEach-Object { (Get-PatchTuesday 2026 $_).ToString('ddd dd.MM.', $inv) }) -join ', '
$week = (Get-Culture).Calendar.GetWeekOfYear([datetime]'2026-01-01', 'FirstFourDayWeek', 'Monday')
"week $week, day $(([datetime]'2026-12-31').DayOfYear)"
Get-Date '2026-02-03 04:05:06' -Format 'yyyy/MM/dd HH.mm'
Get-Date '2026-02-03 04:05:06' -UFormat '%Y-%m-%d %H:%M:%S %j %a %b'
(Get-Date '2026-02-03').ToString('D', $inv), ([datetime]'2026-02-03 17:05').ToString('t', $inv), ([datetime]'2026-02-03 17:05').ToString('g', $inv) -join ' | '
[datetime]'2026-02-03' -lt '2026-02-04'
'2026-02-03' -lt [datetime]'2026-02-04'
$parsed = [datetime]::MinValue
'31/12/2026', '12/31/2026', 'soon', '2026-12-31T23:59:60' | ForEach-Object { "$_ -> $([datetime]::TryParse($_, $inv, 'None', [ref]$parsed))" }
try { [datetime]::ParseExact('2026-13-01', 'yyyy-MM-dd', $inv) } catch { $_.Exception.InnerException.GetType().Name }
try { [datetime]'32 January' } catch { $_.FullyQualifiedErrorId }

'--- spans ---'
$span = [timespan]::FromMinutes(1571.5)
"$span | $($span.ToString('d\.hh\:mm')) | $('{0:%d} d {0:%h} h' -f $span) | $($span.ToString('g', $inv)) | $([int]$span.TotalHours)"
"$([timespan]'1.02:03:04.5' + [timespan]::FromHours(-2))"
(New-TimeSpan -Hours 30 -Minutes 5).ToString()
-join (([timespan]'00:00:10' * 6 / 2), ' ', ([timespan]'1:00:00' -gt '0:59:59'))
[math]::Round(([timespan]'0:0:1' / [timespan]'0:0:3'), 3)
$unix = [DateTimeOffset]::FromUnixTimeSeconds(1790000000)
"$($unix.UtcDateTime.ToString('s')) $($unix.ToUnixTimeMilliseconds()) $((([datetime]'2026-01-01') - [datetime]'1970-01-01').TotalSeconds)"
[datetime]::FromFileTimeUtc(133000000000000000).ToString('o')
$ticks = [datetime]::new(2026, 1, 1).Ticks; "$ticks $([datetime]$ticks)"
@([datetime]'2026-03-01', [datetime]'2025-03-01', [datetime]'2026-01-15') | Sort-Object | ForEach-Object { $_.ToShortDateString() }
$d = [datetime]'2026-05-06 07:08:09'; "{0} {1} {2}" -f $d.Date.ToString('s'), $d.TimeOfDay, $d.ToString('%d')
($d | Select-Object Year, Month, @{ n = 'Q'; e = { [math]::Ceiling($_.Month / 3) } } | ConvertTo-Csv -NoTypeInformation)[1]
