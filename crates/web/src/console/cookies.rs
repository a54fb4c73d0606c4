//! The cookies of the console. All of them are for this host alone, travel over TLS alone (browsers take the loopback for as good),
//! and no script reads them.

use axum::http::{HeaderMap, HeaderValue, header::COOKIE};
use jiff::SignedDuration;

/// The token of a session.
pub(crate) const SESSION: &str = "__Host-kebei";
/// Something random of whoever has not signed in, from which the tokens of his forms are made.
pub(crate) const VISIT: &str = "__Host-kebei-visit";
/// What whoever gave his password brings with the code that is asked besides.
pub(crate) const HALF_OPEN: &str = "__Host-kebei-half";
/// The language that was chosen.
pub(crate) const LANGUAGE: &str = "__Host-kebei-lang";

/// The cookie of that name that a request brings. Where it brings two, neither is believed: one of them may come from elsewhere.
pub(crate) fn brought<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let lines = headers.get_all(COOKIE).into_iter().filter_map(|line| line.to_str().ok());
    let mut values = lines.flat_map(|line| line.split(';')).filter_map(|pair| {
        let (key, value) = pair.split_once('=')?;
        (key.trim() == name).then(|| value.trim())
    });
    let first = values.next().filter(|value| !value.is_empty())?;
    values.next().is_none().then_some(first)
}

/// A header that sets the cookie, for so long or until the browser is closed.
pub(crate) fn set(name: &str, value: &str, lasts: Option<SignedDuration>) -> Option<HeaderValue> {
    let age = lasts.map_or_else(String::new, |lasts| format!("; Max-Age={}", lasts.as_secs()));
    HeaderValue::try_from(format!("{name}={value}; Path=/; Secure; HttpOnly; SameSite=Lax{age}")).ok()
}

/// A header that takes the cookie away.
pub(crate) fn taken_away(name: &str) -> Option<HeaderValue> {
    set(name, "", Some(SignedDuration::ZERO))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(lines: &[&str]) -> HeaderMap {
        lines.iter().map(|line| (COOKIE, line.parse().unwrap())).collect()
    }

    #[test]
    fn a_cookie_is_found_among_others_and_not_believed_when_it_comes_twice() {
        for (lines, found) in [
            (&["__Host-kebei=a"][..], Some("a")),
            (&["x=1; __Host-kebei=a; y=2"], Some("a")),
            (&["x=1", "__Host-kebei=a"], Some("a")),
            (&["__Host-kebei=a; __Host-kebei=b"], None),
            (&["__Host-kebei=a", "__Host-kebei=b"], None),
            (&["__Host-kebei="], None),
            (&["__Host-kebei-visit=a"], None),
            (&["__host-kebei=a"], None),
            (&[], None),
        ] {
            assert_eq!(brought(&of(lines), SESSION), found, "{lines:?}");
        }
    }

    #[test]
    fn cookies_are_for_this_host_over_tls_and_not_for_scripts() {
        let cookie = set(SESSION, "kbs_x", Some(SignedDuration::from_hours(1))).unwrap();
        assert_eq!(cookie, "__Host-kebei=kbs_x; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=3600");
        assert_eq!(
            taken_away(SESSION).unwrap(),
            "__Host-kebei=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0"
        );
    }
}
