//! E-mail addresses: personal data, sealed wherever they are kept.

use std::fmt;
use zeroize::Zeroizing;

/// Longest address (RFC 5321, 4.5.3.1.3, without the angle brackets).
const LONGEST: usize = 254;

/// An e-mail address. `Debug` does not show it, and it is no part of any digest.
#[derive(Clone, PartialEq, Eq)]
pub struct Email(Zeroizing<String>);

/// A text that is no e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an e-mail address is such as `li@example.cn`, of at most {LONGEST} bytes")]
pub struct BadEmail;

impl Email {
    /// The address of that text. Whether anybody reads what is sent there is not looked at.
    pub fn parse(text: &str) -> Result<Self, BadEmail> {
        let text = text.trim();
        let parts = text.rsplit_once('@');
        let right = parts.is_some_and(|(local, domain)| {
            !local.is_empty() && domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.')
        });
        let plain = text.len() <= LONGEST && !text.contains(|c: char| c.is_control() || c.is_whitespace());
        if right && plain { Ok(Self(Zeroizing::new(text.to_owned()))) } else { Err(BadEmail) }
    }

    /// The address, for whoever may see it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::Email;

    #[test]
    fn what_is_no_address_is_refused_and_none_is_shown() {
        assert_eq!(Email::parse(" li@example.cn ").unwrap().reveal(), "li@example.cn");
        assert!(!format!("{:?}", Email::parse("li@example.cn")).contains("li"));
        let long = format!("{}@example.cn", "l".repeat(250));
        for text in ["", "li", "@example.cn", "li@cn", "li@.cn", "l i@example.cn", "li@example.cn\n.", &long]
        {
            assert!(Email::parse(text).is_err(), "{text}");
        }
    }
}
