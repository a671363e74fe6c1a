//! Tests of the whole: cases as data, laws on any input, the structure of the code, the program itself.

mod architecture;
mod cli;
mod golden;
mod laws;
mod support;
