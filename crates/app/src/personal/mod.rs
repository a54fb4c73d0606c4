//! What is personal: sealed under the key of its subject, found by keyed hashes, and erased with the key.

mod vault;

pub(crate) use vault::Vault;
