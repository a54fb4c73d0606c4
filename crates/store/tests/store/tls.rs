//! Stories of TLS to PostgreSQL: the server is who it says it is, or nothing is sent to it.

use crate::{
    cluster::{Cluster, Place},
    given::{Add, ask},
};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use std::path::{Path, PathBuf};
use store::{PostgresOptions, Store, StoreError};

const PASSWORD: &str = "geheimnis";

fn authority(name: &str) -> (String, Issuer<'static, KeyPair>) {
    let mut parameters = CertificateParams::default();
    parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    parameters.distinguished_name.push(DnType::CommonName, name);
    let key = KeyPair::generate().unwrap();
    (parameters.self_signed(&key).unwrap().pem(), Issuer::new(parameters, key))
}

/// A server for TLS only, by the address `127.0.0.1`; the certificate of its authority, and that of another one of the same name.
struct Server {
    cluster: Cluster,
    right: PathBuf,
    wrong: PathBuf,
}

impl Server {
    fn start() -> Self {
        let place = Place::new();
        let ((right, issuer), (wrong, _)) = (authority("Kebei test"), authority("Kebei test"));
        let key = KeyPair::generate().unwrap();
        let certificate =
            CertificateParams::new(["127.0.0.1".to_owned()]).unwrap().signed_by(&key, &issuer).unwrap();
        let (right, wrong) = (place.file("right.pem", &right), place.file("wrong.pem", &wrong));
        let who = "hostssl all kebei 127.0.0.1/32 trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n";
        let settings = [
            "ssl=on".to_owned(),
            format!("ssl_cert_file={}", place.file("server.pem", &certificate.pem()).display()),
            format!("ssl_key_file={}", place.secret("server.key", &key.serialize_pem()).display()),
            format!("hba_file={}", place.file("hba.conf", who).display()),
        ];
        Self { cluster: Cluster::start(place, &settings), right, wrong }
    }

    fn options(&self, sslmode: &str, ca_file: &Path) -> PostgresOptions {
        let with_password = self.cluster.url.replace("//kebei@", &format!("//kebei:{PASSWORD}@"));
        let url = with_password.replace("sslmode=disable", &format!("sslmode={sslmode}"));
        PostgresOptions { url, ca_file: Some(ca_file.to_owned()), ..self.cluster.options() }
    }
}

async fn refused(options: &PostgresOptions) -> String {
    assert!(!format!("{options:?}").contains(PASSWORD));
    let error = Store::postgres(options).await.err().expect("it is refused");
    assert!(!format!("{error} {error:?}").contains(PASSWORD), "{error:?}");
    error.to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_is_reached_by_tls_when_it_is_who_it_says_it_is_and_not_otherwise() {
    let server = Server::start();
    let right = server.options("require", &server.right);
    let store = Store::postgres(&right).await.unwrap();
    store.write(Add::one(1)).await.unwrap();
    let encrypted = "SELECT CAST(COUNT(*) AS BIGINT) FROM pg_stat_ssl WHERE ssl AND pid = pg_backend_pid()";
    assert_eq!(store.read(ask(encrypted)).await.unwrap(), 1);

    let said = refused(&server.options("require", &server.wrong)).await;
    assert!(said.contains("invalid peer certificate: BadSignature"), "{said}");

    let by_name = right.url.replace("@127.0.0.1:", "@localhost:") + "&hostaddr=127.0.0.1";
    let said = refused(&PostgresOptions { url: by_name, ..right.clone() }).await;
    assert!(said.contains("not valid for name") && said.contains("localhost"), "{said}");

    let said = refused(&server.options("disable", &server.right)).await;
    assert!(said.contains("no encryption"), "{said}");

    let stranger = right.url.replace("//kebei:", "//stranger:");
    let said = refused(&PostgresOptions { url: stranger, ..right.clone() }).await;
    assert!(said.contains("password authentication failed"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_cannot_be_used_is_told_without_its_password() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("missing.pem");
    let options = |url: String| PostgresOptions {
        url,
        connections: 1,
        ca_file: None,
        accept_not_durable: true,
        notify: false,
    };
    for (wrong, what) in [
        (format!("postgres://kebei:{PASSWORD}@127.0.0.1:port/kebei"), "port"),
        (format!("postgres://kebei:{PASSWORD}@127.0.0.1:1/kebei?sslmode=sometimes"), "sslmode"),
        (
            format!("host=127.0.0.1 port=1 user=kebei password={PASSWORD} and more"),
            "invalid connection string",
        ),
        (format!("kebei:{PASSWORD}@127.0.0.1"), "invalid connection string"),
    ] {
        let options = options(wrong);
        let error = Store::postgres(&options).await.err().unwrap();
        assert!(matches!(error, StoreError::Address(_)), "{error}");
        let said = refused(&options).await;
        assert!(said.contains(what), "{said}");
    }
    // Nothing listens there.
    refused(&options(format!("postgres://kebei:{PASSWORD}@127.0.0.1:1/kebei"))).await;
    let url = format!("postgres://kebei:{PASSWORD}@127.0.0.1/kebei");
    let said = refused(&PostgresOptions { ca_file: Some(missing.clone()), ..options(url) }).await;
    assert!(said.contains(&missing.display().to_string()), "{said}");
}
