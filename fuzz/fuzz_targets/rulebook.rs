//! Rulebook files.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kebei_fuzz::rulebook(bytes));
