<#
.SYNOPSIS
Script help.
#>


# .SYNOPSIS
# Before the function.
function A { 1 }

function B {
  <#
    .SYNOPSIS
    Inside.
    .PARAMETER Name
    A name.
  #>
  param($Name)
  1
}

function C {
  1
  # .SYNOPSIS
  # At the foot.
}

# just a remark

function D { 1 }
