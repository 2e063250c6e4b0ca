# A function with every usual validation, called well and badly.
function New-Request {
    [CmdletBinding(DefaultParameterSetName = 'ByName')]
    param(
        [Parameter(Mandatory, Position = 0, ParameterSetName = 'ByName')]
        [ValidateNotNullOrEmpty()]
        [string]$Name,

        [Parameter(Mandatory, ParameterSetName = 'ById')]
        [ValidatePattern('^[A-F0-9]{4}$')]
        [string]$Id,

        [ValidateLength(2, 5)][string]$Code = 'AB',
        [ValidateCount(1, 2)][string[]]$Tags = @('x'),
        [ValidateScript({ $_ % 2 -eq 0 })][int]$Even = 2,
        [switch]$Force
    )
    "{0}: {1}{2} code={3} tags={4} even={5} force={6}" -f $PSCmdlet.ParameterSetName, $Name, $Id, $Code, ($Tags -join '+'), $Even, $Force.IsPresent
}
New-Request alpha
New-Request -Id ab12 -Force -Tags a, b
New-Request beta -Even 4 -Code XYZ -Force:$false
$bad = {
    New-Request -Id 'xyz'
}, { New-Request '' }, { New-Request a -Code toolong }, { New-Request a -Tags 1, 2, 3 }, { New-Request a -Even 3 },
{ New-Request a -Id 1234 }, { New-Request a -Nope 1 }, { New-Request a b c }
foreach ($call in $bad) {
    try { & $call } catch { $_.FullyQualifiedErrorId }
}
