//! What people and providers hand in, good and bad, and what comes out.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a story that cannot be told has failed")]

mod answers;
mod bounds;
mod csv;
mod jsonl;
mod languages;
mod logins;
mod samples;
mod unread;
mod xlsx;

use inventory::{BadRecord, Inventory, OpenError, Options, Place, Products};
use rulebook::{Facts, Lang};
use std::io::Read;

/// A rulebook's worth of names.
struct Shop;

impl Products for Shop {
    fn id_of(&self, name: &str) -> Option<&str> {
        match rulebook::folded(name).as_str() {
            "ecs" | "云服务器ecs" | "云服务器" => Some("ecs"),
            "swas" | "轻量应用服务器" => Some("swas"),
            _ => None,
        }
    }
}

/// Everything of an input: records and faults in order.
struct Outcome {
    warnings: Vec<String>,
    read: Vec<Result<(Place, Facts), BadRecord>>,
}

impl Outcome {
    fn facts(self) -> Vec<Facts> {
        self.read.into_iter().map(|read| read.unwrap_or_else(|bad| panic!("{bad}")).1).collect()
    }

    /// The only record.
    fn one(self) -> Facts {
        let mut facts = self.facts();
        assert_eq!(facts.len(), 1);
        facts.remove(0)
    }

    /// The faults, as people read them in English.
    fn faults(&self) -> Vec<String> {
        self.read.iter().filter_map(|read| read.as_ref().err()).map(|bad| bad.message(Lang::En)).collect()
    }

    /// The ids that were read.
    fn ids(&self) -> Vec<&str> {
        self.read.iter().filter_map(|read| read.as_ref().ok()).map(|(_, facts)| facts.id.as_str()).collect()
    }
}

fn read_with(input: impl Read + Send, options: Options) -> Result<Outcome, OpenError> {
    let mut inventory = Inventory::open(input, &Shop, options)?;
    let mut facts = Facts::default();
    let mut read = Vec::new();
    while let Some(record) = inventory.next(&mut facts) {
        read.push(record.map(|place| (place, facts.clone())));
    }
    let warnings = inventory.warnings().iter().map(|warning| warning.message(Lang::En)).collect();
    Ok(Outcome { warnings, read })
}

fn read(input: impl AsRef<[u8]>) -> Outcome {
    read_with(input.as_ref(), Options::default()).unwrap_or_else(|error| panic!("{error}"))
}

/// Why an input is not opened, in English.
fn refused(input: impl AsRef<[u8]>) -> String {
    match read_with(input.as_ref(), Options::default()) {
        Err(error) => error.message(Lang::En),
        Ok(_) => panic!("it was opened"),
    }
}

fn at(text: &str) -> jiff::Timestamp {
    text.parse().unwrap()
}

fn ips(list: &[&str]) -> Vec<std::net::IpAddr> {
    list.iter().map(|ip| ip.parse().unwrap()).collect()
}
