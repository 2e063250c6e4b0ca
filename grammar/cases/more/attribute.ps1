[Parameter(
