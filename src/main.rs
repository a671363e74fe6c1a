//! The `corpusmill` program.

fn main() -> std::process::ExitCode {
    corpusmill::cli::main()
}
