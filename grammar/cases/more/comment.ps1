<# open
