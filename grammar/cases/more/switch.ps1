switch ($x) { 1 {
