try { 1 } catch { 2 }
try { 1 } catch [System.DivideByZeroException], [ArgumentException] { 2 } catch { 3 } finally { 4 }
try { 1 } finally { 2 }
try
{
  throw 'x'
}
catch [System.Exception]
{
  $_.Exception.Message
  throw
}
trap [System.Exception] { continue }
trap { 'all' }
throw "x $y"
throw (New-Object System.Exception 'x')
