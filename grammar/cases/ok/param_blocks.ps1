[CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High', DefaultParameterSetName = 'A')]
[OutputType([string])]
param(
  [Parameter(Mandatory = $true, Position = 0, ValueFromPipeline, HelpMessage = 'The name')]
  [Alias('n', "Nm")]
  [ValidateNotNullOrEmpty()]
  [string[]] $Name = @('a', 'b'),

  # a comment
  [ValidateSet('x', 'y')] [string] $Kind = 'x',
  [ValidateRange(1, 10)][int]$Count=5,
  [ValidateScript({ Test-Path $_ })] $Path,
  [switch] $Force,
  $Last = (Get-Date)
)
process { $Name }
