//! The life of filing numbers: what can happen, what cannot, and what people are told.
#![cfg(test)]

mod lives;
mod machine;
mod risks;
mod sentences;
mod sights;
