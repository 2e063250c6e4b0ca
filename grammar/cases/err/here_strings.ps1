@"inline"@
@'inline'@
