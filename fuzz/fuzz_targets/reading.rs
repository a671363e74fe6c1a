//! Any bytes as a file: no panic, no hang, and each record and damage with the name of the file.

#![no_main]

use std::io::Write;
use std::ops::ControlFlow;
use std::sync::atomic::AtomicU64;

use corpusmill::ingest::{self, Finding, Plan};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    file.write_all(bytes).expect("room on the disk");
    let plan = Plan::new(&[file.path().display().to_string()], None).ok().expect("a plan of one file");
    for input in &plan.inputs {
        let _ = ingest::read(input, &AtomicU64::new(0), &mut |finding| {
            let source = match finding {
                Finding::Record(record) => record.origin.source,
                Finding::Damage(damage) => damage.source,
            };
            assert!(source.starts_with(&*input.label), "{source} is not in {}", input.label);
            ControlFlow::Continue(())
        });
    }
});
