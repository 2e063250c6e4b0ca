$x; $_; $?; $$; $^; $args; $x_1; $ünïcode
$global:x; $script:x; $local:x; $private:x; $using:x; $variable:x; $env:PATH; $function:prompt
${a b}; ${env:A B}; ${a`}b}; ${global:x y}
Show @args @x -y
