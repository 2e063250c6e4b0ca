# Makes accounts from the registrar's list: names with accents, double surnames, blanks and duplicates.
[CmdletBinding()]
param([string]$Domain = 'students.contoso.edu', [int]$MaxLength = 20)

$registrar = @'
"Last Name";"First Name";Matriculation;Birth;Faculty
 Müller ;Jürgen;100001;1999-03-07;Law
Muller;Jurgen;100002;07.04.2000;law
O'Brien;Siobhán;100003;2001-12-24;Medicine
Straße-Öztürk;Zoë Anne;100004;1998-02-30;Arts
MÜLLER;jürgen;100001;1999-03-07;LAW
Smith;;100005;2000-01-01;Arts
van der Berg;Jan;100006;31.12.1999;MEDICINE
;;;;
Thompson-Featherstonehaugh;Bartholomew;100007;2002-05-05;Physics
'@ -split '\r?\n'

$replacements = @{
    'ä' = 'ae'; 'ö' = 'oe'; 'ü' = 'ue'; 'ß' = 'ss'; 'á' = 'a'; 'é' = 'e'; 'è' = 'e'; 'ë' = 'e'; 'ç' = 'c'
}

function ConvertTo-Ascii {
    param([Parameter(ValueFromPipeline)][string]$Text)
    process {
        $builder = New-Object System.Text.StringBuilder
        foreach ($character in $Text.Trim().ToLowerInvariant().ToCharArray()) {
            $key = [string]$character
            if ($replacements.ContainsKey($key)) { [void]$builder.Append($replacements[$key]) }
            elseif ($character -match '[a-z0-9]') { [void]$builder.Append($character) }
            elseif ($key -in ' ', '-') { $null = $builder.Append('-') }
        }
        $builder.ToString() -replace '-+', '-' -replace '^-|-$'
    }
}

function ConvertTo-TitleCase([string]$Text) {
    (Get-Culture).TextInfo.ToTitleCase($Text.Trim().ToLower())
}

$taken = @{}
function New-UniqueAlias {
    param([string]$First, [string]$Last)
    $base = '{0}.{1}' -f ($First | ConvertTo-Ascii), ($Last | ConvertTo-Ascii)
    if ($base.Length -gt $MaxLength) { $base = $base.Substring(0, $MaxLength).TrimEnd('.', '-') }
    $alias, $n = $base, 1
    while ($taken.ContainsKey($alias)) {
        $n++
        $suffix = "$n"
        $alias = $base.Substring(0, [Math]::Min($base.Length, $MaxLength - $suffix.Length)) + $suffix
    }
    $taken[$alias] = $true
    $alias
}

function Get-BirthDate([string]$Text) {
    $date = [datetime]::MinValue
    $formats = [string[]]('yyyy-MM-dd', 'dd.MM.yyyy')
    if ([datetime]::TryParseExact($Text, $formats, [cultureinfo]::InvariantCulture, 'None', [ref]$date)) { return $date }
    $null
}

$rejected = [System.Collections.ArrayList]@()
$known = @{}
$accounts = $registrar | ConvertFrom-Csv -Delimiter ';' | ForEach-Object -Begin { $row = 1 } -Process {
    $row++
    $last, $first = $_.'Last Name', $_.'First Name'
    if (-not ($last -or $first)) { return }
    if (-not $first -or -not $last) {
        [void]$rejected.Add([pscustomobject]@{ Row = $row; Reason = 'a name is missing'; Id = $_.Matriculation })
        return
    }
    if ($known.Contains($_.Matriculation)) {
        [void]$rejected.Add([pscustomobject]@{ Row = $row; Reason = "same person as row $($known[$_.Matriculation])"; Id = $_.Matriculation })
        return
    }
    $known.($_.Matriculation) = $row
    $birth = Get-BirthDate $_.Birth
    $alias = New-UniqueAlias -First $first -Last $last
    [pscustomobject]@{
        Name    = (ConvertTo-TitleCase $first), (ConvertTo-TitleCase $last) -join ' '
        Alias   = $alias
        Address = "$alias@$Domain".ToLower()
        Faculty = ConvertTo-TitleCase $_.Faculty
        Born    = $birth
        Quota   = switch -Wildcard ($_.Faculty) { 'm*' { 4GB; break } 'law' { 2GB; break } default { 1GB } }
    }
}

$accounts | Format-Table Name, Alias, @{ l = 'Born'; e = { if ($_.Born) { $_.Born.ToString('d MMM yyyy', [cultureinfo]::InvariantCulture) } else { '?' } } }, @{ l = 'GB'; e = { $_.Quota / 1GB } } -AutoSize
$rejected | Format-Table -AutoSize
$accounts | Group-Object Faculty | Sort-Object Name | Select-Object Name, Count, @{ n = 'Aliases'; e = { $_.Group.Alias -join ' ' } } | Format-List
$accounts[-1] | Select-Object * -ExcludeProperty Born, Quota | Format-List
'Longest alias: ' + ($accounts.Alias | Sort-Object { $_.Length } | Select-Object -Last 1)
'All unique: ' + (($accounts.Alias | Select-Object -Unique).Count -eq $accounts.Count)
$accounts | Where-Object { $null -eq $_.Born } | ForEach-Object { "No birth date: $($_.Name)" }
$ages = $accounts | Where-Object Born | ForEach-Object { [math]::Floor((([datetime]'2020-06-01') - $_.Born).TotalDays / 365.25) }
'Ages: ' + ($ages -join ', ')
($accounts | Select-Object Alias, Quota -First 2 | ConvertTo-Csv -NoTypeInformation) -join '|'
