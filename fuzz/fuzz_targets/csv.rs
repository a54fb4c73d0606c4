//! Tables as text.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    kebei_fuzz::csv(bytes);
});
