# ShouldProcess with -WhatIf, -Confirm:$false and preferences.
function Remove-OldMailbox {
    [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'Medium')]
    param([Parameter(Mandatory, ValueFromPipeline)][string]$Identity, [switch]$PassThru)
    process {
        if ($PSCmdlet.ShouldProcess($Identity, 'Remove mailbox')) {
            $script:removed += , $Identity
            if ($PassThru) { "removed $Identity" }
        }
    }
}
$removed = @()
'a', 'b' | Remove-OldMailbox -WhatIf
"after WhatIf: $($removed.Count)"
'c', 'd' | Remove-OldMailbox -PassThru
Remove-OldMailbox e -Confirm:$false
"removed: $($removed -join ' ')"
$WhatIfPreference = $true
Remove-OldMailbox f
$WhatIfPreference = $false
"count: $($removed.Count)"
Remove-Item /nowhere/at/all -WhatIf -ErrorAction SilentlyContinue
'done'
