//! A server that says what a story wants, rightly or wrongly, and remembers what it was asked.

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use std::{
    fs,
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};
use tempfile::TempDir;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::TcpListener,
    task::JoinHandle,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        crypto::ring,
        pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
    },
};

/// What a server says.
#[derive(Clone)]
pub(crate) enum Says {
    /// A status, and a body.
    Body(&'static str, String),
    /// Status and headers, and no body.
    Headed(String),
    /// A body that never ends.
    Endless,
    /// The beginning of an answer.
    Half,
    /// Nothing at all.
    Nothing,
    /// Nothing, and goes.
    Closes,
    /// No HTTP.
    Noise,
}

pub(crate) struct Server {
    port: u16,
    asked: Arc<Mutex<Vec<String>>>,
    connected: Arc<AtomicUsize>,
    serving: JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// Of an authority, and of another one of the same name, as files; and what a server shows.
pub(crate) struct Certificates {
    pub(crate) folder: TempDir,
    pub(crate) right: PathBuf,
    pub(crate) wrong: PathBuf,
    server: (String, String),
}

impl Certificates {
    pub(crate) fn of(host: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let ((right, issuer), (wrong, _)) = (authority(), authority());
        let key = KeyPair::generate().unwrap();
        let server = CertificateParams::new([host.to_owned()]).unwrap().signed_by(&key, &issuer).unwrap();
        let file = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::write(&path, text).unwrap();
            path
        };
        let (right, wrong) = (file("right.pem", &right), file("wrong.pem", &wrong));
        Self { right, wrong, server: (server.pem(), key.serialize_pem()), folder }
    }

    fn acceptor(&self) -> TlsAcceptor {
        let (certificate, key) = &self.server;
        let chain = vec![CertificateDer::from_pem_slice(certificate.as_bytes()).unwrap()];
        let key = PrivateKeyDer::from_pem_slice(key.as_bytes()).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()));
        let config = config.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
        TlsAcceptor::from(Arc::new(config.with_single_cert(chain, key).unwrap()))
    }
}

fn authority() -> (String, Issuer<'static, KeyPair>) {
    let mut parameters = CertificateParams::default();
    parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    parameters.distinguished_name.push(DnType::CommonName, "Kebei test");
    let key = KeyPair::generate().unwrap();
    (parameters.self_signed(&key).unwrap().pem(), Issuer::new(parameters, key))
}

impl Server {
    pub(crate) async fn plain(at: &str, says: Says) -> Self {
        Self::start(at, says, None).await
    }

    pub(crate) async fn encrypted(certificates: &Certificates, says: Says) -> Self {
        Self::start("127.0.0.1:0", says, Some(certificates.acceptor())).await
    }

    async fn start(at: &str, says: Says, tls: Option<TlsAcceptor>) -> Self {
        let listener = TcpListener::bind(at).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let connected = Arc::new(AtomicUsize::new(0));
        let (heard, counted) = (Arc::clone(&asked), Arc::clone(&connected));
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                counted.fetch_add(1, Ordering::SeqCst);
                let (heard, says, tls) = (Arc::clone(&heard), says.clone(), tls.clone());
                tokio::spawn(async move {
                    match tls {
                        None => answer(stream, &says, &heard).await,
                        Some(tls) => {
                            if let Ok(stream) = tls.accept(stream).await {
                                answer(stream, &says, &heard).await;
                            }
                        }
                    }
                });
            }
        });
        Self { port, asked, connected, serving }
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    pub(crate) fn url(&self, host: &str, path: &str) -> String {
        format!("http://{host}:{}{path}", self.port)
    }

    /// Every request that was heard, whole.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    pub(crate) fn connected(&self) -> usize {
        self.connected.load(Ordering::SeqCst)
    }
}

async fn answer(mut stream: impl AsyncRead + AsyncWrite + Unpin, says: &Says, heard: &Mutex<Vec<String>>) {
    let Some(request) = request(&mut stream).await else { return };
    heard.lock().unwrap().push(request);
    let said = match says {
        Says::Body(status, body) => {
            format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len())
        }
        Says::Headed(status) => {
            format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        }
        Says::Endless => "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".to_owned(),
        Says::Half => "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf".to_owned(),
        Says::Nothing | Says::Closes => String::new(),
        Says::Noise => "SSH-2.0-OpenSSH_9.2\r\n\r\n".to_owned(),
    };
    // The client may have gone.
    let _ = stream.write_all(said.as_bytes()).await;
    match says {
        Says::Endless => while stream.write_all(b"5\r\nworld\r\n").await.is_ok() {},
        Says::Half | Says::Nothing => std::future::pending().await,
        _ => drop(stream.shutdown().await),
    }
}

/// A request as it is written; `None` when the client goes away before it is whole.
async fn request(stream: &mut (impl AsyncRead + Unpin)) -> Option<String> {
    let mut read = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&read).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .to_lowercase()
                .lines()
                .find_map(|line| line.strip_prefix("content-length: ").map(str::to_owned));
            if body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
                return Some(text);
            }
        }
        let mut more = [0; 4096];
        match stream.read(&mut more).await {
            Ok(0) | Err(_) => return None,
            Ok(length) => read.extend_from_slice(&more[..length]),
        }
    }
}
