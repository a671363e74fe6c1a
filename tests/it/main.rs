//! Tests of the whole: cases as data, laws on any input, the structure of the code, the program itself.

#![allow(clippy::expect_used)] // a test may fail

mod architecture;
mod cli;
mod golden;
mod language;
mod laws;
mod support;
