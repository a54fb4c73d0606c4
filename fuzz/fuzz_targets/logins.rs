//! Tables of the logins of hosts.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    kebei_fuzz::logins(bytes);
});
