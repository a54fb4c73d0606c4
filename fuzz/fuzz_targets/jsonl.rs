//! Kebei's records, one a line.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    kebei_fuzz::jsonl(bytes);
});
