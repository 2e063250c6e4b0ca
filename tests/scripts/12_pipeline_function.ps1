# An advanced function that takes objects from the pipeline.
function Measure-Size {
    [CmdletBinding()]
    param(
        [Parameter(ValueFromPipelineByPropertyName)][string]$Name,
        [Parameter(ValueFromPipelineByPropertyName)][Alias('Length')][long]$Size,
        [int]$LimitKB = 100
    )
    begin { $total = 0; $large = @(); "limit: ${LimitKB} KB" }
    process {
        $total += $Size
        if ($Size -gt $LimitKB * 1KB) { $large += $Name }
    }
    end { [pscustomobject]@{ Total = $total; Large = $large -join ','; Average = [math]::Round($total / 3, 1) } }
}
$items = @(
    [pscustomobject]@{ Name = 'a.eml'; Size = 1000 }
    [pscustomobject]@{ Name = 'b.eml'; Length = 200KB }
    [pscustomobject]@{ Name = 'c.eml'; Size = 150000 }
)
$items | Measure-Size | Out-String -Stream | Where-Object { $_ } | ForEach-Object { $_.TrimEnd() }
($items | Measure-Size -LimitKB 1000)[1].Total
function Get-Sum { param([Parameter(ValueFromPipeline)][int[]]$Number) begin { $s = 0 } process { $Number | ForEach-Object { $s += $_ } } end { $s } }
1..10 | Get-Sum
Get-Sum -Number 4, 5, 6
'1', '0x10', '2.6' | Get-Sum
function Get-Input { "$($input.Count): $(@($input) -join '-')" }
function Join-Input { ($input | ForEach-Object { "<$_>" }) -join '' }
'x', 'y', 'z' | Join-Input
