//! The client: what it sends, what it takes back, and when it gives up.

use crate::{
    names::{Checked, Names, NoneAllowed, SystemNames, Unresolved},
    reach::Reach,
};
use reqwest::{
    Client, Response, StatusCode, Url,
    header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LOCATION, RETRY_AFTER},
    redirect::Policy,
};
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};
use std::{error::Error, fmt, io, net::IpAddr, path::PathBuf, sync::Arc, time::Duration};

/// How much is waited and read for one answer.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// For the connection: 3 seconds by default, after which a server nearby is down or far away.
    pub connect: Duration,
    /// For all of it: 8 seconds by default, as somebody may be waiting before a screen.
    pub whole: Duration,
    /// Bytes of the answer: 64 KiB by default; what is read here are small messages.
    pub bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { connect: Duration::from_secs(3), whole: Duration::from_secs(8), bytes: 64 << 10 }
    }
}

/// Connections that are kept to one server while nothing is asked of it.
const KEPT: usize = 4;
/// And for how long: an address is looked at again when there is a new connection.
const KEPT_FOR: Duration = Duration::from_secs(30);

/// What a client is made of.
pub struct Setup {
    /// Where it may go.
    pub reach: Reach,
    /// How much it waits and reads.
    pub limits: Limits,
    /// Who knows the addresses of names.
    pub names: Arc<dyn Names>,
    /// A file of certificates (PEM) that are trusted besides those of the system.
    pub ca_file: Option<PathBuf>,
}

impl Setup {
    /// With the limits, the names and the certificates that are usual.
    pub fn new(reach: Reach) -> Self {
        Self { reach, limits: Limits::default(), names: Arc::new(SystemNames), ca_file: None }
    }
}

/// Why there is no client.
#[derive(Debug, thiserror::Error)]
pub enum BadSetup {
    /// The file of certificates cannot be used.
    #[error("the certificates in `{file}` cannot be used: {why}")]
    Certificates {
        /// It.
        file: PathBuf,
        /// As its reader says it.
        why: String,
    },
    /// The cryptography that it stands on cannot be set up.
    #[error("TLS cannot be set up: {0}")]
    Tls(String),
}

/// Why a text is no [`Address`] for a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadAddress {
    /// It is no URL with a host.
    #[error("it is no URL of a server")]
    Malformed,
    /// It is neither `https:` nor, where that is allowed, `http:`.
    #[error("it is not https:, and http: is for listed addresses only")]
    NotEncrypted,
    /// It has a user name or a password in it, which end up in logs.
    #[error("it has a user name or password in it")]
    WithPassword,
    /// It names an address, not a host, and that one may not be talked to.
    #[error("`{0}` may not be talked to")]
    Forbidden(IpAddr),
}

/// The URL of a server that a client may be sent to. Shown is no more of it than the server: the rest may be secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Address(Url);

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.origin().ascii_serialization())
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Address({self})")
    }
}

impl Address {
    /// What is below this one on the same server: each step is one part of the path whatever is in it, and the query is `query` alone.
    /// `None` where a step is empty or leads elsewhere (`.`, `..`).
    pub fn below(&self, steps: &[&str], query: &[(&str, &str)]) -> Option<Self> {
        if steps.iter().any(|step| ["", ".", ".."].contains(step)) {
            return None;
        }
        let mut url = self.0.clone();
        url.set_query(None);
        url.set_fragment(None);
        url.path_segments_mut().ok()?.pop_if_empty().extend(steps);
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        Some(Self(url))
    }
}

/// Headers of a request, each with its name in small letters.
pub type Headers = Vec<(&'static str, String)>;

/// Something to be sent.
pub struct Post {
    /// What kind of body it is, such as `application/json`.
    pub content_type: &'static str,
    /// Further headers.
    pub headers: Headers,
    /// The body.
    pub body: Vec<u8>,
}

/// What a server answered: anything, also a redirect, which is not followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// After how long it wants to be asked again, where it says so in seconds.
    pub retry_after: Option<Duration>,
    /// The body, whole.
    pub body: Vec<u8>,
}

/// The beginning of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The status.
    pub status: u16,
    /// The URL to which it leads on, where it does.
    pub leads: Option<String>,
    /// As many bytes of its body as the limits allow.
    pub body: Vec<u8>,
}

/// Why there is no answer. It never says what was sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// Nothing that the name of the server leads to may be talked to.
    #[error("none of the addresses of that server may be talked to")]
    Forbidden,
    /// The name of the server is unknown at the moment.
    #[error("the name of the server cannot be resolved")]
    Unresolved,
    /// No connection came about: nobody listens, or it is not who it should be.
    #[error("no connection: {0}")]
    NotConnected(String),
    /// It took too long.
    #[error("it took too long")]
    Slow,
    /// The answer is longer than the limit, in bytes.
    #[error("the answer has more than {0} bytes")]
    TooLong(usize),
    /// It broke off, or was no HTTP.
    #[error("it broke off: {0}")]
    Broken(String),
}

/// A client for servers within one [`Reach`]. A copy shares its connections.
#[derive(Clone)]
pub struct Outbound {
    client: Client,
    reach: Arc<Reach>,
    bytes: usize,
}

impl fmt::Debug for Outbound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outbound").field("reach", &self.reach).finish_non_exhaustive()
    }
}

impl Outbound {
    /// A client made so. Nothing is connected to before something is sent.
    pub fn new(setup: Setup) -> Result<Self, BadSetup> {
        let Setup { reach, limits, names, ca_file } = setup;
        let reach = Arc::new(reach);
        let client = Client::builder()
            .tls_backend_preconfigured(tls(ca_file)?)
            .dns_resolver(Checked { names, reach: Arc::clone(&reach) })
            .redirect(Policy::none())
            .no_proxy()
            .retry(reqwest::retry::never())
            .connect_timeout(limits.connect)
            .timeout(limits.whole)
            .pool_max_idle_per_host(KEPT)
            .pool_idle_timeout(KEPT_FOR)
            .user_agent(concat!("kebei/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| BadSetup::Tls(error.to_string()))?;
        Ok(Self { client, reach, bytes: limits.bytes })
    }

    /// The address in `text`, if this client may be sent there. A name is looked at again whenever it is resolved.
    pub fn address(&self, text: &str) -> Result<Address, BadAddress> {
        let url = Url::parse(text).map_err(|_| BadAddress::Malformed)?;
        match url.scheme() {
            "https" => {}
            "http" if self.reach.allows_plain() => {}
            _ => return Err(BadAddress::NotEncrypted),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(BadAddress::WithPassword);
        }
        let host = url.host_str().ok_or(BadAddress::Malformed)?;
        // Addresses never go to a resolver, so that they are looked at here.
        match host.trim_matches(['[', ']']).parse::<IpAddr>() {
            Ok(address) if !self.reach.allows(address) => Err(BadAddress::Forbidden(address)),
            _ => Ok(Address(url)),
        }
    }

    /// Sends it once, and gives what came back.
    pub async fn post(&self, to: &Address, post: Post) -> Result<Answer, Failure> {
        // An address may have come from a client that goes elsewhere.
        self.address(to.0.as_str()).map_err(|_| Failure::Forbidden)?;
        let Post { content_type, headers, body } = post;
        let mut sent = self::headers(headers)?;
        sent.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        let response = self.client.post(to.0.clone()).headers(sent).body(body).send().await;
        self.read(response.map_err(failure)?).await
    }

    /// Asks for it once, and gives what came back, whole.
    pub async fn get(&self, at: &Address, headers: Headers) -> Result<Answer, Failure> {
        self.address(at.0.as_str()).map_err(|_| Failure::Forbidden)?;
        let response = self.client.get(at.0.clone()).headers(self::headers(headers)?).send().await;
        self.read(response.map_err(failure)?).await
    }

    /// The beginning of a page: as much as the limits allow, whatever follows. A redirect is told and not followed.
    pub async fn page(&self, at: &Address) -> Result<Page, Failure> {
        self.address(at.0.as_str()).map_err(|_| Failure::Forbidden)?;
        let mut response = self.client.get(at.0.clone()).send().await.map_err(failure)?;
        let leads = response.headers().get(LOCATION).and_then(|to| to.to_str().ok());
        // Relative to where it was found.
        let leads = leads.and_then(|to| at.0.join(to).ok()).map(String::from);
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(failure)? {
            let room = self.bytes.saturating_sub(body.len());
            body.extend_from_slice(chunk.get(..room).unwrap_or(&chunk));
            if body.len() >= self.bytes {
                break;
            }
        }
        Ok(Page { status: response.status().as_u16(), leads, body })
    }

    async fn read(&self, mut response: Response) -> Result<Answer, Failure> {
        let status = response.status();
        let retry_after = retry_after(status, response.headers());
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(failure)? {
            if body.len() + chunk.len() > self.bytes {
                return Err(Failure::TooLong(self.bytes));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Answer { status: status.as_u16(), retry_after, body })
    }
}

fn headers(of: Headers) -> Result<HeaderMap, Failure> {
    let mut sent = HeaderMap::new();
    for (name, value) in of {
        let mut value = HeaderValue::from_str(&value).map_err(|error| Failure::Broken(error.to_string()))?;
        let name = HeaderName::from_static(name);
        // Shown by nobody who shows headers.
        value.set_sensitive(name == AUTHORIZATION);
        sent.insert(name, value);
    }
    Ok(sent)
}

fn retry_after(status: StatusCode, headers: &HeaderMap) -> Option<Duration> {
    let asks = matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE);
    let seconds = headers.get(RETRY_AFTER).filter(|_| asks)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds))
}

/// What went wrong, without the URL.
fn failure(error: reqwest::Error) -> Failure {
    let error = error.without_url();
    let mut innermost: &(dyn Error + 'static) = &error;
    loop {
        if innermost.is::<NoneAllowed>() {
            return Failure::Forbidden;
        }
        if innermost.is::<Unresolved>() {
            return Failure::Unresolved;
        }
        match innermost.source() {
            Some(source) => innermost = source,
            None => break,
        }
    }
    if error.is_timeout()
        || innermost.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::TimedOut)
    {
        Failure::Slow
    } else if error.is_connect() {
        Failure::NotConnected(innermost.to_string())
    } else {
        Failure::Broken(innermost.to_string())
    }
}

/// TLS 1.2 and 1.3, trusting what the system trusts and what is in `ca_file`.
fn tls(ca_file: Option<PathBuf>) -> Result<ClientConfig, BadSetup> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if let Some(file) = ca_file {
        let wrong =
            |why: &dyn fmt::Display| BadSetup::Certificates { file: file.clone(), why: why.to_string() };
        let certificates = CertificateDer::pem_file_iter(&file).map_err(|error| wrong(&error))?;
        let mut found = 0_usize;
        for certificate in certificates {
            let certificate = certificate.map_err(|error| wrong(&error))?;
            roots.add(certificate).map_err(|error| wrong(&error))?;
            found += 1;
        }
        if found == 0 {
            return Err(wrong(&"there is none in it"));
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let config = config.map_err(|error| BadSetup::Tls(error.to_string()))?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}
