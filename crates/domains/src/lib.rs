//! Which name is registrable, in the one form in which domains are compared: ASCII, in lower case.
//!
//! Suffixes are those of the ICANN section of the public suffix list. Those of its private section (`github.io`) are names that
//! somebody registered. Names are read by UTS 46; plain ASCII is read without allocation, with the same result.
//!
//! ```
//! # fn main() -> Result<(), domains::Fault> {
//! let name = domains::Name::read("WWW.Example.com.cn.")?;
//! assert_eq!(name.as_str(), "www.example.com.cn");
//! assert_eq!(name.registrable(), "example.com.cn");
//! assert_eq!(name.suffix(), "com.cn");
//! assert_eq!(domains::registrable("www.例子.中国").as_deref(), Ok("xn--fsqu00a.xn--fiqs8s"));
//! # Ok(())
//! # }
//! ```

mod ascii;
mod name;
mod suffix;

pub use name::{Fault, LONGEST, LONGEST_LABEL, Name, ascii, registrable};
