icacls --% a "b | c" $x (y) | sort
foo --% rest of line; not a separator
bar
