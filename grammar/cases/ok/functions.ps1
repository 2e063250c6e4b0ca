function Get-Thing { 'x' }
function f($a, [int]$b = 5, [switch]$c) { $a }
filter Double { $_ * 2 }
function global:Prompt { 'x' }
function F
(
  $a
)
{
  $a
}
function Outer { function Inner { 1 }; Inner }
function P { begin { 1 } process { $_ } end { 3 } }
function D { dynamicparam { 1 } end { 2 } }
function script:Add-X.Y { }
