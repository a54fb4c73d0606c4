//! A desk with made-up data, to try.

pub(crate) mod inventory;
pub(crate) mod page;
mod page_en;
mod page_zh;
pub(crate) mod people;

/// The account of the customer who the printed calls are made as.
pub(crate) const ACCOUNT: &str = "example-1";
/// His instance of which a code is issued before anything is printed, so that it can be verified, and its product.
pub(crate) const CODED: (&str, &str) = ("demo-swas-good", "swas");
/// Another one, whose instances he must not see.
pub(crate) const OTHER_ACCOUNT: &str = "example-2";
