//! Pictures as people send them.
#![no_main]

#[path = "../src/picture.rs"]
mod body;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    body::picture(bytes);
});
