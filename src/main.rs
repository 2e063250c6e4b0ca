//! Reads the command line and picks a host.

fn main() -> std::process::ExitCode {
    let code = mailtern::host::main(std::env::args_os().skip(1));
    // The caller sees eight bits, as of every process.
    std::process::ExitCode::from((code & 0xFF) as u8)
}
