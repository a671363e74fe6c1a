//! Throughput of each stage and of the whole line.
fn main() {}
