//! The two ways in which a call is signed: by parameters with HMAC-SHA1 (1.0), and by headers with HMAC-SHA256 (ACS3).

use super::{
    asked::{Sent, failed},
    fault::Refusal,
};
use crate::site::Site;
use app::access::{MOST_APART, Principal, SigningKey, Through, Unrecognised};
use axum::http::{HeaderMap, header::AUTHORIZATION};
use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use std::{collections::BTreeMap, fmt::Write as _};

/// How the newer signature begins its header.
const ACS3: &str = "ACS3-HMAC-SHA256";
/// Headers that the newer signature has to cover, beside all that begin with `x-acs-`.
const COVERED: [&str; 6] =
    ["host", "x-acs-action", "x-acs-content-sha256", "x-acs-date", "x-acs-signature-nonce", "x-acs-version"];
/// Characters of a nonce at most.
const LONGEST_NONCE: usize = 128;

/// Whose call it is. In this order: key, time, signature, nonce.
pub(super) async fn recognised(site: &Site, sent: &Sent, headers: &HeaderMap) -> Result<Principal, Refusal> {
    let claim = Claim::read(sent, headers)?;
    let key = site.desk.signing_key(&claim.key).await.map_err(unrecognised)?;
    let apart = site.desk.now().duration_since(claim.at);
    if apart.abs() > MOST_APART {
        return Err(Refusal::Expired);
    }
    claim.verify(&key)?;
    let principal = key.accepted(&site.desk);
    let Through::Key(id) = principal.through() else { return Err(Refusal::UnknownKey) };
    match site.desk.take_nonce(id, &claim.nonce).await {
        Ok(true) => Ok(principal),
        Ok(false) => Err(Refusal::NonceUsed),
        Err(error) => Err(failed(&error)),
    }
}

fn unrecognised(unrecognised: Unrecognised) -> Refusal {
    match unrecognised {
        Unrecognised::Desk(error) => failed(&error),
        _ => Refusal::UnknownKey,
    }
}

/// The public id of the key with which a call says that it is signed.
pub(super) fn key_of(parameters: &BTreeMap<String, String>, headers: &HeaderMap) -> Option<String> {
    match headers.get(AUTHORIZATION) {
        Some(value) => Authorization::read(value.to_str().ok()?).map(|read| read.key.to_owned()),
        None => parameters.get("AccessKeyId").cloned(),
    }
}

/// What a call says of its signature.
struct Claim {
    key: String,
    at: Timestamp,
    nonce: String,
    signature: Vec<u8>,
    /// What was signed.
    text: String,
    way: Way,
}

#[derive(Clone, Copy)]
enum Way {
    Sha1,
    Sha256,
}

/// The parts of the newer signature's header.
struct Authorization<'a> {
    key: &'a str,
    headers: &'a str,
    signature: &'a str,
}

impl<'a> Authorization<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let rest = text.strip_prefix(ACS3)?.trim();
        let part = |name: &str| {
            let mut found =
                rest.split(',').filter_map(|part| part.trim().strip_prefix(name)?.strip_prefix('='));
            found.next().filter(|_| found.next().is_none())
        };
        Some(Self {
            key: part("Credential")?,
            headers: part("SignedHeaders")?,
            signature: part("Signature")?,
        })
    }
}

impl Claim {
    fn read(sent: &Sent, headers: &HeaderMap) -> Result<Self, Refusal> {
        if headers.contains_key(AUTHORIZATION) {
            Self::by_headers(sent, headers)
        } else {
            Self::by_parameters(sent)
        }
    }

    fn by_parameters(sent: &Sent) -> Result<Self, Refusal> {
        let said = |name: &'static str| sent.parameters.get(name).ok_or(Refusal::Missing(name));
        let key = said("AccessKeyId")?.clone();
        for (name, expected) in [("SignatureMethod", "HMAC-SHA1"), ("SignatureVersion", "1.0")] {
            if said(name)? != expected {
                return Err(Refusal::Unfit { name, expected });
            }
        }
        let (at, nonce) = (time("Timestamp", said("Timestamp")?)?, nonce(said("SignatureNonce")?)?);
        let signature = STANDARD.decode(said("Signature")?).map_err(|_| Refusal::unlike())?;
        let signed = sent.parameters.iter().filter(|(name, _)| *name != "Signature");
        let query = percent(&canonical(signed));
        let text = format!("{}&%2F&{query}", sent.method);
        Ok(Self { key, at, nonce, signature, text, way: Way::Sha1 })
    }

    fn by_headers(sent: &Sent, headers: &HeaderMap) -> Result<Self, Refusal> {
        let line = one(headers, "authorization")?.ok_or(Refusal::Missing("Authorization"))?;
        let parts = Authorization::read(line);
        let parts = parts.ok_or(Refusal::Unfit { name: "Authorization", expected: ACS3 })?;
        let said = |name: &'static str| one(headers, name)?.ok_or(Refusal::Missing(name));
        let at = time("x-acs-date", said("x-acs-date")?)?;
        let nonce = nonce(said("x-acs-signature-nonce")?)?;
        let hash = app::hex(&Sha256::digest(&sent.body));
        if said("x-acs-content-sha256")? != hash {
            return Err(Refusal::unlike());
        }
        let lines = signed_headers(headers, parts.headers)?;
        let request = format!(
            "{}\n/\n{}\n{lines}\n{}\n{hash}",
            sent.method,
            canonical(sent.query.iter()),
            parts.headers
        );
        let text = format!("{ACS3}\n{}", app::hex(&Sha256::digest(request)));
        let signature = unhex(parts.signature).ok_or(Refusal::unlike())?;
        Ok(Self { key: parts.key.to_owned(), at, nonce, signature, text, way: Way::Sha256 })
    }

    /// Compares the signature, in a time that does not tell where it differs.
    fn verify(&self, key: &SigningKey) -> Result<(), Refusal> {
        let right = match self.way {
            Way::Sha1 => {
                let secret = [key.secret(), b"&"].concat();
                let mac = Hmac::<Sha1>::new_from_slice(&secret).map_err(|_| Refusal::Fault)?;
                mac.chain_update(&self.text).verify_slice(&self.signature)
            }
            Way::Sha256 => {
                let mac = Hmac::<Sha256>::new_from_slice(key.secret()).map_err(|_| Refusal::Fault)?;
                mac.chain_update(&self.text).verify_slice(&self.signature)
            }
        };
        right.map_err(|_| Refusal::SignatureDoesNotMatch { ours: self.text.clone() })
    }
}

/// A header that stands once, if it is there.
fn one<'h>(headers: &'h HeaderMap, name: &str) -> Result<Option<&'h str>, Refusal> {
    let mut values = headers.get_all(name).into_iter();
    let (first, second) = (values.next(), values.next());
    if second.is_some() {
        return Err(Refusal::Repeated(name.to_owned()));
    }
    first.map(|value| value.to_str().map_err(|_| Refusal::unlike())).transpose()
}

/// The lines of the headers that are signed. All that the interface looks at have to be.
fn signed_headers(headers: &HeaderMap, list: &str) -> Result<String, Refusal> {
    let names: Vec<&str> = list.split(';').collect();
    let acs = headers.keys().map(axum::http::HeaderName::as_str).filter(|name| name.starts_with("x-acs-"));
    if COVERED.into_iter().chain(acs).any(|name| !names.contains(&name)) {
        return Err(Refusal::Unsigned);
    }
    let mut lines = String::new();
    for name in names {
        let value = one(headers, name)?.ok_or(Refusal::unlike())?;
        // Writing into a string does not fail.
        let _written = writeln!(lines, "{name}:{}", value.trim());
    }
    Ok(lines)
}

fn nonce(text: &str) -> Result<String, Refusal> {
    let fits = (1..=LONGEST_NONCE).contains(&text.len());
    if fits {
        Ok(text.to_owned())
    } else {
        Err(Refusal::Unfit { name: "SignatureNonce", expected: "1 to 128 bytes" })
    }
}

/// A time as `2026-11-30T08:00:00Z`, and in no other form.
fn time(name: &'static str, text: &str) -> Result<Timestamp, Refusal> {
    let unfit = || Refusal::Unfit { name, expected: "yyyy-MM-ddTHH:mm:ssZ" };
    let bare = text.strip_suffix('Z').filter(|bare| bare.len() == 19).ok_or_else(unfit)?;
    let read: DateTime = bare.parse().map_err(|_| unfit())?;
    read.to_zoned(TimeZone::UTC).map(|zoned| zoned.timestamp()).map_err(|_| unfit())
}

/// Names and values in the order of the names, percent-encoded.
fn canonical<'p>(pairs: impl Iterator<Item = (&'p String, &'p String)>) -> String {
    let pairs: Vec<_> = pairs.map(|(name, value)| format!("{}={}", percent(name), percent(value))).collect();
    pairs.join("&")
}

/// As RFC 3986 encodes what is not unreserved.
fn percent(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                encoded.push(char::from(byte));
            }
            _ => {
                // Writing into a string does not fail.
                let _written = write!(encoded, "%{byte:02X}");
            }
        }
    }
    encoded
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |symbol: u8| char::from(symbol).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_unreserved_is_encoded_byte_by_byte() {
        assert_eq!(percent("aZ09-_.~"), "aZ09-_.~");
        assert_eq!(percent(" +*/:例"), "%20%2B%2A%2F%3A%E4%BE%8B");
    }

    #[test]
    fn times_are_taken_in_one_form_only() {
        let at = |text| time("Timestamp", text).ok().map(Timestamp::as_second);
        assert_eq!(at("1970-01-02T00:00:00Z"), Some(86_400));
        for other in [
            "1970-01-02T00:00:00",
            "1970-01-02T00:00:00+00:00",
            "1970-01-02T00:00Z",
            "1970-01-02T00:00:00.5Z",
            "",
            "Z",
        ] {
            assert_eq!(at(other), None, "{other}");
        }
    }

    #[test]
    fn a_header_of_the_newer_signature_has_each_part_once() {
        let read = |text| Authorization::read(text).map(|read| (read.key, read.headers, read.signature));
        let right = "ACS3-HMAC-SHA256 Credential=kbi_1,SignedHeaders=host;x-acs-date,Signature=00ff";
        assert_eq!(read(right), Some(("kbi_1", "host;x-acs-date", "00ff")));
        for other in [
            "Bearer kbk_1",
            "ACS3-HMAC-SHA256 Credential=a",
            "ACS3-HMAC-SHA256 Credential=a,Credential=b,SignedHeaders=h,Signature=s",
        ] {
            assert!(read(other).is_none(), "{other}");
        }
        assert_eq!((unhex("00fF"), unhex("0"), unhex("zz")), (Some(vec![0, 255]), None, None));
    }
}
