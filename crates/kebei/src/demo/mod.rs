//! A desk with made-up data, to try.

pub(crate) mod inventory;
pub(crate) mod orders;
pub(crate) mod page;
mod page_en;
mod page_zh;
pub(crate) mod people;
mod set_back;

pub(crate) use set_back::SetBack;

/// The account of the customer who the printed calls are made as.
pub(crate) const ACCOUNT: &str = "example-1";
/// His instance of which a code is issued before anything is printed, so that it can be verified, and its product.
pub(crate) const CODED: (&str, &str) = ("demo-swas-good", "swas");
/// His hosts that can be verified: instance, product, and the name that its login has.
pub(crate) const HOSTS: [(&str, &str, &str); 2] = [
    ("demo-web-hosting-good", "web-hosting", "demo-web-user"),
    ("demo-premium-hosting-good", "premium-hosting", "demo-premium-host"),
];
/// The password of both.
pub(crate) const HOST_PASSWORD: &str = "kebei-demo-host";
/// Another one, whose instances he must not see.
pub(crate) const OTHER_ACCOUNT: &str = "example-2";
