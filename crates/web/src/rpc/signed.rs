//! The two ways in which a call is signed: by parameters with HMAC-SHA1 (1.0), and by headers with HMAC-SHA256 (ACS3).

use super::{
    asked::{Sent, failed},
    fault::{Expected, Refusal},
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

/// Whose call it is. In this order: key, time, signature with all that belongs to it, nonce.
pub(super) async fn recognised(site: &Site, sent: &Sent, headers: &HeaderMap) -> Result<Principal, Refusal> {
    let claim = Claim::read(sent, headers)?;
    let key = site.desk.signing_key(claim.key()?).await.map_err(unrecognised)?;
    let apart = site.desk.now().duration_since(claim.at()?);
    if apart.abs() > MOST_APART {
        return Err(Refusal::Expired);
    }
    claim.verify(&key)?;
    let nonce = claim.nonce()?;
    let principal = key.accepted(&site.desk);
    let Through::Key(id) = principal.through() else { return Err(Refusal::UnknownKey) };
    match site.desk.take_nonce(id, nonce).await {
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

/// What a call says of its signature. Nothing more of it is looked at than is asked for, so that what is wrong is told in its order.
enum Claim<'c> {
    /// It is signed by its parameters.
    Parameters(&'c Sent),
    /// It is signed by its headers.
    Headers(&'c Sent, &'c HeaderMap, Authorization<'c>),
}

/// The parts of the newer signature's header. A header without a key names nobody; the rest belongs to the signature.
struct Authorization<'a> {
    key: &'a str,
    headers: Option<&'a str>,
    signature: Option<&'a str>,
}

impl<'a> Authorization<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let rest = text.strip_prefix(ACS3)?.trim();
        let part = |name: &str| {
            let mut found =
                rest.split(',').filter_map(|part| part.trim().strip_prefix(name)?.strip_prefix('='));
            found.next().filter(|_| found.next().is_none())
        };
        Some(Self { key: part("Credential")?, headers: part("SignedHeaders"), signature: part("Signature") })
    }

    const fn unfit() -> Refusal {
        Refusal::Unfit { name: "Authorization", expected: Expected::Just(ACS3) }
    }
}

impl<'c> Claim<'c> {
    fn read(sent: &'c Sent, headers: &'c HeaderMap) -> Result<Self, Refusal> {
        match one(headers, "authorization")? {
            None => Ok(Self::Parameters(sent)),
            Some(line) => {
                let parts = Authorization::read(line).ok_or(Authorization::unfit())?;
                Ok(Self::Headers(sent, headers, parts))
            }
        }
    }

    /// The public id of the key.
    fn key(&self) -> Result<&'c str, Refusal> {
        match self {
            Self::Parameters(sent) => said(sent, "AccessKeyId"),
            Self::Headers(_, _, parts) => Ok(parts.key),
        }
    }

    /// The time that it says.
    fn at(&self) -> Result<Timestamp, Refusal> {
        match self {
            Self::Parameters(sent) => time("Timestamp", said(sent, "Timestamp")?),
            Self::Headers(_, headers, _) => time("x-acs-date", there(headers, "x-acs-date")?),
        }
    }

    /// Compares the signature, in a time that does not tell where it differs.
    fn verify(&self, key: &SigningKey) -> Result<(), Refusal> {
        match self {
            Self::Parameters(sent) => by_parameters(sent, key),
            Self::Headers(sent, headers, parts) => by_headers(sent, headers, parts, key),
        }
    }

    fn nonce(&self) -> Result<&'c str, Refusal> {
        let (sent, name) = match self {
            Self::Parameters(sent) => (sent, "SignatureNonce"),
            Self::Headers(sent, _, _) => (sent, "x-acs-signature-nonce"),
        };
        let nonce = sent.nonce().ok_or(Refusal::Missing(name))?;
        let fits = (1..=LONGEST_NONCE).contains(&nonce.len());
        if fits { Ok(nonce) } else { Err(Refusal::Unfit { name, expected: Expected::NonceLength }) }
    }
}

/// The older signature.
fn by_parameters(sent: &Sent, key: &SigningKey) -> Result<(), Refusal> {
    for (name, expected) in [("SignatureMethod", "HMAC-SHA1"), ("SignatureVersion", "1.0")] {
        if said(sent, name)? != expected {
            return Err(Refusal::Unfit { name, expected: Expected::Just(expected) });
        }
    }
    let signed = sent.parameters.iter().filter(|(name, _)| *name != "Signature");
    let text = format!("{}&%2F&{}", sent.method, percent(&canonical(signed)));
    let signature = STANDARD.decode(said(sent, "Signature")?).unwrap_or_default();
    let secret = [key.secret(), b"&"].concat();
    let mac = Hmac::<Sha1>::new_from_slice(&secret).map_err(|_| Refusal::Fault)?;
    let right = mac.chain_update(&text).verify_slice(&signature);
    right.map_err(|_| Refusal::SignatureDoesNotMatch { ours: Some(text) })
}

/// The newer signature.
fn by_headers(
    sent: &Sent,
    headers: &HeaderMap,
    parts: &Authorization<'_>,
    key: &SigningKey,
) -> Result<(), Refusal> {
    let (Some(names), Some(signature)) = (parts.headers, parts.signature) else {
        return Err(Authorization::unfit());
    };
    let lines = signed_headers(headers, names)?;
    let hash = app::hex(&Sha256::digest(&sent.body));
    if there(headers, "x-acs-content-sha256")? != hash {
        return Err(Refusal::unlike());
    }
    let query = canonical(sent.query.iter());
    let request = format!("{}\n/\n{query}\n{lines}\n{names}\n{hash}", sent.method);
    let text = format!("{ACS3}\n{}", app::hex(&Sha256::digest(request)));
    let signature = unhex(signature).unwrap_or_default();
    let mac = Hmac::<Sha256>::new_from_slice(key.secret()).map_err(|_| Refusal::Fault)?;
    let right = mac.chain_update(&text).verify_slice(&signature);
    right.map_err(|_| Refusal::SignatureDoesNotMatch { ours: Some(text) })
}

/// A parameter of the older signature.
fn said<'c>(sent: &'c Sent, name: &'static str) -> Result<&'c str, Refusal> {
    sent.parameters.get(name).map(String::as_str).ok_or(Refusal::Missing(name))
}

/// A header of the newer signature.
fn there<'h>(headers: &'h HeaderMap, name: &'static str) -> Result<&'h str, Refusal> {
    one(headers, name)?.ok_or(Refusal::Missing(name))
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
    for name in COVERED {
        there(headers, name)?;
    }
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

/// A time as `2026-11-30T08:00:00Z`, and in no other form.
fn time(name: &'static str, text: &str) -> Result<Timestamp, Refusal> {
    let unfit = || Refusal::Unfit { name, expected: Expected::Just("yyyy-MM-ddTHH:mm:ssZ") };
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
        assert_eq!(read(right), Some(("kbi_1", Some("host;x-acs-date"), Some("00ff"))));
        assert_eq!(read("ACS3-HMAC-SHA256 Credential=a,Signature=b,Signature=c"), Some(("a", None, None)));
        for other in [
            "Bearer kbk_1",
            "ACS3-HMAC-SHA256 SignedHeaders=h,Signature=s",
            "ACS3-HMAC-SHA256 Credential=a,Credential=b,SignedHeaders=h,Signature=s",
        ] {
            assert!(read(other).is_none(), "{other}");
        }
        assert_eq!((unhex("00fF"), unhex("0"), unhex("zz")), (Some(vec![0, 255]), None, None));
    }
}
