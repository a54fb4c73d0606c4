//! Stories of resolvers: real ones on this machine, that say what a story wants, each by itself.

use hickory_proto::{
    op::{Message, MessageType, OpCode, ResponseCode},
    rr::{Name, RData, Record, RecordType, rdata},
};
use outbound::{Resolved, Resolvers};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use tokio::{net::UdpSocket, task::JoinHandle};

/// What a resolver says of every name.
#[derive(Clone, Copy)]
enum Says {
    /// It leads to these addresses.
    Leads(&'static [IpAddr]),
    /// It is another name for one that leads there.
    Alias(IpAddr),
    /// It is there, without an address.
    Empty,
    /// There is no such name.
    NoSuchName,
    /// The resolver has failed.
    Fails,
    /// Nothing.
    Silent,
    /// What is no message.
    Noise,
}

struct Resolver(SocketAddr, JoinHandle<()>);

impl Drop for Resolver {
    fn drop(&mut self) {
        self.1.abort();
    }
}

impl Resolver {
    async fn that(says: Says) -> Self {
        let socket = UdpSocket::bind(("127.0.0.1", 0)).await.unwrap();
        let at = socket.local_addr().unwrap();
        let serving = tokio::spawn(async move {
            let mut bytes = [0; 4096];
            loop {
                let Ok((length, from)) = socket.recv_from(&mut bytes).await else { return };
                let Ok(asked) = Message::from_vec(&bytes[..length]) else { continue };
                if let Some(answer) = says.to(&asked) {
                    socket.send_to(&answer, from).await.unwrap();
                }
            }
        });
        Self(at, serving)
    }
}

impl Says {
    fn to(self, asked: &Message) -> Option<Vec<u8>> {
        let query = asked.queries.first()?.clone();
        let mut answer = Message::new(asked.metadata.id, MessageType::Response, OpCode::Query);
        answer.metadata.recursion_desired = true;
        answer.metadata.recursion_available = true;
        let name = query.name().clone();
        let fits = |address: &&IpAddr| address.is_ipv4() == (query.query_type() == RecordType::A);
        match self {
            Self::Leads(addresses) => {
                for address in addresses.iter().filter(fits) {
                    answer.add_answer(record(name.clone(), *address));
                }
            }
            Self::Alias(address) => {
                let other = Name::from_ascii("elsewhere.example.").unwrap();
                answer.add_answer(Record::from_rdata(name, 60, RData::CNAME(rdata::CNAME(other.clone()))));
                if fits(&&address) {
                    answer.add_answer(record(other, address));
                }
            }
            Self::Empty => {}
            Self::NoSuchName => answer.metadata.response_code = ResponseCode::NXDomain,
            Self::Fails => answer.metadata.response_code = ResponseCode::ServFail,
            Self::Silent => return None,
            Self::Noise => return Some(vec![0xFF; 40]),
        }
        answer.add_query(query);
        Some(answer.to_vec().unwrap())
    }
}

fn record(name: Name, address: IpAddr) -> Record {
    let data = match address {
        IpAddr::V4(address) => RData::A(rdata::A(address)),
        IpAddr::V6(address) => RData::AAAA(rdata::AAAA(address)),
    };
    Record::from_rdata(name, 60, data)
}

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::new(47, 96, 0, 1));
const THERE: IpAddr = IpAddr::V4(Ipv4Addr::new(47, 96, 0, 2));
const SIX: IpAddr = IpAddr::V6(Ipv6Addr::new(0x2400, 0x3200, 0, 0, 0, 0, 0, 1));

#[tokio::test(flavor = "multi_thread")]
async fn each_resolver_is_told_by_itself_whether_they_agree_fail_or_say_nothing() {
    let says = [
        (Says::Leads(&[HERE, SIX]), Resolved::Addresses(vec![HERE, SIX])),
        (Says::Leads(&[THERE]), Resolved::Addresses(vec![THERE])),
        (Says::Alias(THERE), Resolved::Addresses(vec![THERE])),
        (Says::Empty, Resolved::Addresses(vec![])),
        (Says::NoSuchName, Resolved::NoSuchName),
        (Says::Fails, Resolved::Failed),
        (Says::Silent, Resolved::Failed),
        (Says::Noise, Resolved::Failed),
    ];
    let mut servers = Vec::new();
    for (says, _) in &says {
        servers.push(Resolver::that(*says).await);
    }
    let at: Vec<SocketAddr> = servers.iter().map(|server| server.0).collect();
    let resolvers = Resolvers::at(&at).unwrap();
    assert_eq!(resolvers.count(), says.len());
    let said = resolvers.ask("example.com").await;
    assert_eq!(said, says.map(|(_, expected)| expected));
}

#[tokio::test]
async fn no_resolvers_say_nothing() {
    assert_eq!(Resolvers::at(&[]).unwrap().ask("example.com").await, []);
}
