//! The provider's own answers.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    kebei_fuzz::json(bytes);
});
