param(
  $a,
