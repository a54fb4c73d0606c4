//! Stories of calls to servers: right ones, and those that are slow, wrong, somewhere else or too talkative.
#![cfg(test)]

mod resolvers;
mod server;

use outbound::{Address, Answer, BadAddress, BadSetup, Failure, Limits, Names, Outbound, Post, Reach, Setup};
use server::{Certificates, Says, Server};
use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

/// Long enough for anything that is right here, however busy the machine is.
const PATIENT: Limits =
    Limits { connect: Duration::from_mins(1), whole: Duration::from_mins(1), bytes: 1000 };
/// For what never comes.
const SHORT: Limits =
    Limits { connect: Duration::from_millis(50), whole: Duration::from_millis(50), bytes: 1000 };

/// A name leads to one address after the other, each time it is asked for.
struct Changing(Vec<&'static str>, AtomicUsize);

impl Names for Changing {
    fn addresses<'n>(&'n self, _: &'n str) -> outbound::Addresses<'n> {
        let at = self.1.fetch_add(1, Ordering::SeqCst);
        let found = self.0.get(at).or(self.0.last()).copied().unwrap_or_default();
        Box::pin(async move {
            if found.is_empty() {
                return Err(io::ErrorKind::NotFound.into());
            }
            Ok(found.split(' ').map(|address| address.parse().unwrap()).collect())
        })
    }
}

fn names(of: &[&'static str]) -> Arc<Changing> {
    Arc::new(Changing(of.to_vec(), AtomicUsize::new(0)))
}

fn listed(networks: &[&str]) -> Reach {
    Reach::Listed(networks.iter().map(|network| network.parse().unwrap()).collect())
}

fn setup(networks: &[&str], limits: Limits) -> Setup {
    Setup { limits, ..Setup::new(listed(networks)) }
}

fn post() -> Post {
    Post {
        content_type: "text/plain",
        headers: vec![("kebei-test", "7".to_owned())],
        body: b"hello".to_vec(),
    }
}

async fn ask(client: &Outbound, url: &str) -> Result<Answer, Failure> {
    client.post(&client.address(url).unwrap(), post()).await
}

#[tokio::test]
async fn what_is_sent_arrives_and_the_answer_comes_back_whole() {
    let server = Server::plain("127.0.0.1:0", Says::Body("200 OK", "world".repeat(100))).await;
    let client = Outbound::new(setup(&["127.0.0.1"], PATIENT)).unwrap();
    let answer = ask(&client, &server.url("127.0.0.1", "/verify?a=b")).await.unwrap();
    assert_eq!(answer, Answer { status: 200, retry_after: None, body: "world".repeat(100).into_bytes() });
    let asked = server.asked();
    assert_eq!(asked.len(), 1);
    let lower = asked[0].to_lowercase();
    assert!(
        asked[0].starts_with("POST /verify?a=b HTTP/1.1\r\n") && asked[0].ends_with("\r\n\r\nhello"),
        "{asked:?}"
    );
    for header in ["kebei-test: 7", "content-type: text/plain", "user-agent: kebei/"] {
        assert!(lower.contains(header), "{header} in {lower}");
    }
}

#[tokio::test]
async fn what_is_asked_for_is_below_an_address_whatever_its_steps_are_called() {
    let server = Server::plain("127.0.0.1:0", Says::Body("200 OK", "world".to_owned())).await;
    let client = Outbound::new(setup(&["127.0.0.1"], PATIENT)).unwrap();
    let base = client.address(&server.url("127.0.0.1", "/desk/?secret=1#x")).unwrap();
    let at = base.below(&["orders", "a/b?c", "%2e%2e"], &[("q", "d&e")]).unwrap();
    let answer = client.get(&at, vec![("authorization", "Bearer 7".to_owned())]).await.unwrap();
    assert_eq!(answer, Answer { status: 200, retry_after: None, body: b"world".to_vec() });
    let asked = server.asked().remove(0);
    assert!(asked.starts_with("GET /desk/orders/a%2Fb%3Fc/%252e%252e?q=d%26e HTTP/1.1\r\n"), "{asked}");
    assert!(asked.to_lowercase().contains("authorization: bearer 7\r\n"), "{asked}");
    for step in ["", ".", ".."] {
        assert_eq!(base.below(&["orders", step], &[]), None, "{step}");
    }
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_is_not_followed() {
    let other = Server::plain("127.0.0.1:0", Says::Body("200 OK", "other".to_owned())).await;
    let to = format!("302 Found\r\nLocation: {}", other.url("127.0.0.1", "/"));
    let server = Server::plain("127.0.0.1:0", Says::Headed(to)).await;
    let client = Outbound::new(setup(&["127.0.0.1"], PATIENT)).unwrap();
    assert_eq!(ask(&client, &server.url("127.0.0.1", "/")).await.unwrap().status, 302);
    assert_eq!(other.asked(), Vec::<String>::new());
}

#[tokio::test]
async fn an_answer_that_is_longer_than_allowed_is_given_up_however_it_is_sent() {
    let client = Outbound::new(setup(&["127.0.0.1"], PATIENT)).unwrap();
    for says in [Says::Body("200 OK", "x".repeat(1001)), Says::Endless] {
        let server = Server::plain("127.0.0.1:0", says).await;
        assert_eq!(ask(&client, &server.url("127.0.0.1", "/")).await, Err(Failure::TooLong(1000)));
    }
    let server = Server::plain("127.0.0.1:0", Says::Body("200 OK", "x".repeat(1000))).await;
    assert_eq!(ask(&client, &server.url("127.0.0.1", "/")).await.unwrap().body.len(), 1000);
}

#[tokio::test]
async fn a_server_that_says_nothing_or_stops_in_the_middle_is_given_up() {
    let client = Outbound::new(setup(&["127.0.0.1"], SHORT)).unwrap();
    for says in [Says::Nothing, Says::Half] {
        let server = Server::plain("127.0.0.1:0", says).await;
        assert_eq!(ask(&client, &server.url("127.0.0.1", "/")).await, Err(Failure::Slow));
    }
    let client = Outbound::new(setup(&["127.0.0.1"], PATIENT)).unwrap();
    for says in [Says::Closes, Says::Noise] {
        let server = Server::plain("127.0.0.1:0", says).await;
        let told = ask(&client, &server.url("127.0.0.1", "/")).await;
        assert!(matches!(told, Err(Failure::Broken(_))), "{told:?}");
    }
}

#[tokio::test]
async fn when_to_come_again_is_told_only_where_the_server_is_busy() {
    for (head, retry_after) in [
        ("503 Service Unavailable\r\nRetry-After: 120", Some(Duration::from_mins(2))),
        ("429 Too Many Requests\r\nRetry-After: 7", Some(Duration::from_secs(7))),
        ("503 Service Unavailable\r\nRetry-After: Fri, 31 Dec 2027 23:59:59 GMT", None),
        ("503 Service Unavailable\r\nRetry-After: -1", None),
        ("200 OK\r\nRetry-After: 120", None),
    ] {
        let server = Server::plain("127.0.0.1:0", Says::Headed(head.to_owned())).await;
        let client = Outbound::new(setup(&["127.0.0.1"], PATIENT)).unwrap();
        assert_eq!(
            ask(&client, &server.url("127.0.0.1", "/")).await.unwrap().retry_after,
            retry_after,
            "{head}"
        );
    }
}

#[tokio::test]
async fn a_name_that_is_rebound_between_looking_and_connecting_changes_nothing() {
    let right = Server::plain("127.0.0.1:0", Says::Body("200 OK", "right".to_owned())).await;
    // The same port of an address that is not listed.
    let wrong =
        Server::plain(&format!("127.0.0.2:{}", right.port()), Says::Body("200 OK", "wrong".to_owned())).await;
    let names = names(&["127.0.0.1", "127.0.0.2"]);
    let setup = Setup { names: names.clone(), ..setup(&["127.0.0.1"], PATIENT) };
    let client = Outbound::new(setup).unwrap();
    let url = right.url("panel.example", "/");
    assert_eq!(ask(&client, &url).await.unwrap().body, b"right");
    assert_eq!(names.1.load(Ordering::SeqCst), 1, "it is resolved once for a connection");
    // Another connection, for which it is resolved anew, goes nowhere.
    let fresh = Setup { names, ..self::setup(&["127.0.0.1"], PATIENT) };
    assert_eq!(ask(&Outbound::new(fresh).unwrap(), &url).await, Err(Failure::Forbidden));
    assert_eq!((right.asked().len(), wrong.asked().len()), (1, 0));
}

#[tokio::test]
async fn of_several_addresses_only_those_are_tried_that_are_allowed() {
    let wrong = Server::plain("127.0.0.2:0", Says::Body("200 OK", "wrong".to_owned())).await;
    let right =
        Server::plain(&format!("127.0.0.1:{}", wrong.port()), Says::Body("200 OK", "right".to_owned())).await;
    for (found, told) in [("127.0.0.2 ::1 127.0.0.1", Some(b"right".to_vec())), ("127.0.0.2 10.0.0.1", None)]
    {
        let setup = Setup { names: names(&[found]), ..setup(&["127.0.0.1"], PATIENT) };
        let answer = ask(&Outbound::new(setup).unwrap(), &right.url("panel.example", "/")).await;
        assert_eq!(answer.map(|answer| answer.body), told.ok_or(Failure::Forbidden));
    }
    assert_eq!(wrong.asked().len(), 0);
}

#[tokio::test]
async fn a_public_client_goes_to_no_private_address_by_whatever_name() {
    let server = Server::plain("127.0.0.1:0", Says::Body("200 OK", String::new())).await;
    for found in
        ["127.0.0.1", "::ffff:127.0.0.1", "10.0.0.1", "169.254.169.254", "64:ff9b::7f00:1", "100.64.0.1"]
    {
        let setup = Setup { names: names(&[found]), limits: PATIENT, ..Setup::new(Reach::Public) };
        let client = Outbound::new(setup).unwrap();
        let url = format!("https://panel.example:{}/", server.port());
        assert_eq!(ask(&client, &url).await, Err(Failure::Forbidden), "{found}");
    }
    let client = Outbound::new(Setup { names: names(&[""]), ..Setup::new(Reach::Public) }).unwrap();
    assert_eq!(ask(&client, "https://panel.example/").await, Err(Failure::Unresolved));
    assert_eq!(server.connected(), 0);
}

#[test]
fn an_address_is_looked_at_before_anything_is_sent() {
    let public = Outbound::new(Setup::new(Reach::Public)).unwrap();
    for (text, fault) in [
        ("", "Malformed"),
        ("/verify", "Malformed"),
        ("https://", "Malformed"),
        ("http://example.cn/", "NotEncrypted"),
        ("ftp://example.cn/", "NotEncrypted"),
        ("file:///etc/passwd", "NotEncrypted"),
        ("https://wang:secret@example.cn/", "WithPassword"),
        ("https://wang@example.cn/", "WithPassword"),
        ("https://127.0.0.1/", "Forbidden"),
        ("https://127.1/", "Forbidden"),
        ("https://2130706433/", "Forbidden"),
        ("https://0x7f.0.0.1./", "Forbidden"),
        ("https://[::1]/", "Forbidden"),
        ("https://[::ffff:8.8.8.8]/", "Forbidden"),
        ("https://169.254.169.254/latest", "Forbidden"),
    ] {
        let told = public.address(text).unwrap_err();
        assert!(format!("{told:?}").starts_with(fault), "{text}: {told:?}");
        assert!(!told.to_string().contains("secret"));
    }
    for text in ["https://example.cn/verify?token=secret", "https://8.8.8.8:8443/", "https://[2400:3200::1]/"]
    {
        let shown = public.address(text).unwrap();
        assert!(!format!("{shown} {shown:?}").contains("secret"), "{shown}");
    }
    let own = Outbound::new(setup(&["10.0.0.0/8"], PATIENT)).unwrap();
    assert!(own.address("http://10.1.2.3/").is_ok() && own.address("http://panel.internal/").is_ok());
    assert!(matches!(own.address("https://8.8.8.8/"), Err(BadAddress::Forbidden(_))));
}

#[tokio::test]
async fn an_address_that_another_client_may_be_sent_to_is_looked_at_again() {
    let server = Server::plain("127.0.0.1:0", Says::Body("200 OK", String::new())).await;
    let own = Outbound::new(setup(&["127.0.0.1"], PATIENT)).unwrap();
    let address: Address = own.address(&server.url("127.0.0.1", "/")).unwrap();
    let public = Outbound::new(Setup::new(Reach::Public)).unwrap();
    assert_eq!(public.post(&address, post()).await, Err(Failure::Forbidden));
    assert_eq!(server.connected(), 0);
}

#[tokio::test]
async fn a_server_is_who_its_certificate_says_or_nothing_is_sent_to_it() {
    let certificates = Certificates::of("panel.example");
    let server = Server::encrypted(&certificates, Says::Body("200 OK", "hello".to_owned())).await;
    let client = |ca_file: Option<&std::path::Path>| {
        let setup = setup(&["127.0.0.1"], PATIENT);
        Outbound::new(Setup { names: names(&["127.0.0.1"]), ca_file: ca_file.map(Into::into), ..setup })
            .unwrap()
    };
    let url = |host| format!("https://{host}:{}/", server.port());
    let right = client(Some(&certificates.right));
    assert_eq!(ask(&right, &url("panel.example")).await.unwrap().body, b"hello");
    for (client, url) in [
        (client(None), url("panel.example")),
        (client(Some(&certificates.wrong)), url("panel.example")),
        (right.clone(), url("other.example")),
    ] {
        let told = ask(&client, &url).await;
        assert!(matches!(&told, Err(Failure::NotConnected(why)) if why.contains("certificate")), "{told:?}");
    }
    let bad =
        Setup { ca_file: Some(certificates.folder.path().join("none.pem")), ..Setup::new(Reach::Public) };
    assert!(matches!(Outbound::new(bad), Err(BadSetup::Certificates { .. })));
    assert_eq!(server.asked().len(), 1);
}

#[tokio::test]
async fn nobody_there_is_told_without_the_url() {
    let server = Server::plain("127.0.0.1:0", Says::Nothing).await;
    let port = server.port();
    drop(server);
    let client = Outbound::new(setup(&["127.0.0.1"], PATIENT)).unwrap();
    let told = ask(&client, &format!("http://127.0.0.1:{port}/?token=secret")).await.unwrap_err();
    assert!(
        matches!(told, Failure::NotConnected(_)) && !format!("{told} {told:?}").contains("secret"),
        "{told:?}"
    );
}

#[tokio::test]
async fn the_beginning_of_a_page_is_read_whatever_follows_and_a_redirect_is_told() {
    let client = Outbound::new(setup(&["127.0.0.0/8"], PATIENT)).unwrap();
    let page = async |says: Says| {
        let server = Server::plain("127.0.0.1:0", says).await;
        client.page(&client.address(&server.url("127.0.0.1", "/")).unwrap()).await
    };
    let short = page(Says::Body("200 OK", "粤ICP备12345678号".to_owned())).await.unwrap();
    assert_eq!((short.status, short.body.as_slice()), (200, "粤ICP备12345678号".as_bytes()));
    assert_eq!(page(Says::Endless).await.unwrap().body.len(), PATIENT.bytes, "no more than that");
    let leads = page(Says::Headed("302 Found\r\nlocation: /start".to_owned())).await.unwrap();
    assert!(leads.leads.is_some_and(|to| to.starts_with("http://127.0.0.1:") && to.ends_with("/start")));
    let inside = Outbound::new(Setup { limits: PATIENT, ..Setup::new(Reach::Pages) }).unwrap();
    assert!(inside.address("http://127.0.0.1/").is_err() && inside.address("http://example.com/").is_ok());
}
