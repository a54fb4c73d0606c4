//! Workbooks, whole or only their sheet.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    kebei_fuzz::xlsx(bytes);
});
