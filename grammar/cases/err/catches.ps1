try { 1 } catch { 2 } catch [Exception] { 3 }
try { 1 } catch [Exception] { 2 } catch [System.ArgumentException] { 3 }
