//! The auditor: walks the ledger in its order, counts for himself, and compares everything with everything.
//!
//! He knows the rules of the town by heart (five codes for each server, five for all web hostings of an account) and asks
//! nobody. What he finds is a list of sentences; none is good.

use crate::{
    record::Record,
    tables::{Entry, Request, Tables},
    town::{Town, dice},
};
use filing::codes::ServiceCode;
use keys::{Keyring, Lookup, MasterKey, Place, Purpose};
use ledger::{EntryRef, IdRef};
use serde::Deserialize;
use std::collections::{BTreeSet, HashMap, HashSet};
use uuid::Uuid;

/// Most codes in each scope.
const QUOTA: i64 = 5;

/// What the auditor found.
#[derive(Debug, Default)]
pub struct Audit {
    /// What does not add up.
    pub faults: Vec<String>,
    /// Entries about codes that were issued.
    pub issued: usize,
    /// Entries about codes that were refused.
    pub refused: usize,
    /// Codes.
    pub codes: usize,
    /// Entries of any kind that have their places.
    pub placed: usize,
    /// Scopes whose last place is taken.
    pub full: usize,
    /// Asks that are done although nobody was told.
    pub kept_untold: Vec<u64>,
}

impl Audit {
    /// Nothing may be wrong.
    #[track_caller]
    #[expect(clippy::return_self_not_must_use, reason = "most callers want only that nothing is wrong")]
    pub fn clean(self) -> Self {
        let few: Vec<&String> = self.faults.iter().take(10).collect();
        assert!(self.faults.is_empty(), "{} faults, such as {few:#?}", self.faults.len());
        self
    }
}

/// What an entry says of an ask.
struct Said {
    id: Uuid,
    at: i64,
    account: String,
    instance: String,
    instance_id: Uuid,
    codes: Vec<Uuid>,
    issued: bool,
    asked: i64,
    /// Codes issued before in the quota's scope, as it was decided.
    before: i64,
}

impl Said {
    fn places(&self) -> i64 {
        i64::try_from(self.codes.len()).unwrap()
    }
}

#[derive(Deserialize)]
struct Decided {
    v: u32,
    asked: Asked,
    refused: Vec<String>,
}

#[derive(Deserialize)]
struct Asked {
    facts: Facts,
    asker: String,
    count: i64,
}

#[derive(Deserialize)]
struct Facts {
    id: String,
    #[serde(default)]
    codes_issued: i64,
}

/// What the ledger comes to in one scope.
#[derive(Default)]
struct Count {
    taken: i64,
    changed_at: i64,
    /// Every count that there was.
    attained: BTreeSet<i64>,
}

/// Compares the tables with themselves and with what was acknowledged.
pub fn audit(tables: &Tables, town: &Town, record: &Record) -> Audit {
    let mut audit =
        Auditor { tables, town, found: Audit::default(), said: Vec::new(), texts: HashMap::new() };
    audit.read_ledger();
    audit.check_tree();
    audit.count_places();
    audit.check_codes();
    audit.check_requests(record);
    audit.check_acknowledged(record);
    audit.found
}

/// The short look between two audits: whatever was acknowledged has its request and its entry, and nothing that was not
/// asked has. Asks that are done although nobody was told.
pub fn acknowledged(kept: &[Request], town: &Town, record: &Record) -> Vec<u64> {
    let kept: HashMap<u64, &Request> =
        kept.iter().filter_map(|request| Some((Town::nth(&request.key)?, request))).collect();
    for (nth, told) in &record.told {
        let there = kept.get(nth).is_some_and(|request| {
            request.entry == told.entry && request.asker == asker(&town.ask(*nth).account)
        });
        assert!(there, "ask {nth} was acknowledged and is missing");
    }
    let mut untold: Vec<u64> = kept.into_keys().filter(|nth| !record.told.contains_key(nth)).collect();
    untold.sort_unstable();
    assert!(untold.iter().all(|nth| record.asked.contains(nth)), "something was never sent: {untold:?}");
    untold
}

struct Auditor<'t> {
    tables: &'t Tables,
    town: &'t Town,
    found: Audit,
    said: Vec<Said>,
    /// Every code that opened.
    texts: HashMap<Uuid, String>,
}

impl Auditor<'_> {
    fn fault(&mut self, fault: String) {
        self.found.faults.push(fault);
    }

    /// In the order of the tree as far as it has grown, then in the order in which entries will take their places.
    fn read_ledger(&mut self) {
        let mut entries: Vec<&Entry> = self.tables.entries.iter().collect();
        entries.sort_by_key(|entry| (entry.place.is_none(), entry.place, entry.at, entry.id));
        for entry in entries {
            match read(entry) {
                Ok(Some(said)) => self.said.push(said),
                Ok(None) => {}
                Err(fault) => self.fault(format!("entry {}: {fault}", entry.id)),
            }
        }
        self.found.issued = self.said.iter().filter(|said| said.issued).count();
        self.found.refused = self.said.len() - self.found.issued;
        self.found.codes = self.tables.codes.len();
    }

    /// Places are given from 0 on without a gap, as far as the tree and its newest checkpoint reach, and none twice.
    fn check_tree(&mut self) {
        let mut places: Vec<i64> = self.tables.entries.iter().filter_map(|entry| entry.place).collect();
        places.sort_unstable();
        let size = self.tables.placed;
        if !places.iter().copied().eq(0..size) {
            self.fault(format!("{} entries have places, the tree has {size}", places.len()));
        }
        if self.tables.checkpoints.last().copied().unwrap_or_default() != size {
            self.fault(format!("no checkpoint of {size} entries"));
        }
        self.found.placed = places.len();
    }

    /// No quota is exceeded at any prefix of the ledger, every decision saw what the ledger had before it, and the quota
    /// rows come to the same.
    fn count_places(&mut self) {
        let accounts: HashMap<&str, Uuid> =
            self.tables.accounts.iter().map(|(id, name)| (name.as_str(), *id)).collect();
        let instances: HashMap<Uuid, _> = self.tables.instances.iter().map(|row| (row.id, row)).collect();
        let mut counts: HashMap<(Uuid, &str), Count> = HashMap::new();
        let mut faults = Vec::new();
        for said in &self.said {
            let Some(instance) = instances.get(&said.instance_id).filter(|row| row.name == said.instance)
            else {
                faults.push(format!("entry {} is about an instance that is none", said.id));
                continue;
            };
            let account = accounts.get(said.account.as_str()).copied();
            let (own, all) = (said.instance_id, account.unwrap_or_default());
            if account != instance.account {
                faults.push(format!("entry {} gave codes to somebody else", said.id));
            }
            let by_account = instance.product == "elastic-web";
            // A scope of an instance is for its whole life, whatever its product.
            for (owner, product) in [(own, ""), (all, instance.product.as_str())] {
                let guarded = (owner == all) == by_account;
                let count = counts.entry((owner, product)).or_default();
                faults.extend(count.follow(said, guarded).map(|fault| format!("entry {}: {fault}", said.id)));
            }
            if said.issued && said.places() != said.asked {
                faults.push(format!("entry {} issued some of what was asked", said.id));
            }
        }
        for row in &self.tables.quotas {
            let count = counts.remove(&(row.owner, row.product.as_str())).unwrap_or_default();
            if (row.taken, row.used, row.changed_at) != (count.taken, 0, count.changed_at) {
                faults.push(format!(
                    "quota of {} {}: {row:?}, in the ledger {}",
                    row.owner, row.product, count.taken
                ));
            }
            self.found.full += usize::from(row.taken == QUOTA);
        }
        faults.extend(counts.keys().map(|scope| format!("no quota row for {scope:?}")));
        self.found.faults.append(&mut faults);
    }

    /// Every code that the ledger names is there, as it was issued, and none besides; none twice; each opens and is found.
    fn check_codes(&mut self) {
        let master = MasterKey::generate(&mut dice(0x3a5, 0));
        let keys = &self.tables.keys;
        let keyring = Keyring::unlock(&master, &Purpose::new("code"), keys).unwrap();
        let lookup = Lookup::unlock(&master, &Purpose::new("code-lookup"), keys).unwrap();
        let accounts: HashMap<Uuid, &str> =
            self.tables.accounts.iter().map(|(id, name)| (*id, name.as_str())).collect();
        let products: HashMap<Uuid, &str> =
            self.tables.instances.iter().map(|row| (row.id, row.product.as_str())).collect();
        let mut named: HashMap<Uuid, &Said> = HashMap::new();
        let mut faults = Vec::new();
        for said in &self.said {
            for code in &said.codes {
                if named.insert(*code, said).is_some() {
                    faults.push(format!("code {code} was issued twice"));
                }
            }
        }
        let mut texts = HashSet::new();
        for code in &self.tables.codes {
            let id = code.id;
            let place = Place { table: "codes", column: "sealed", row: id.as_bytes() };
            let plain = keyring.open(place, &code.sealed).ok();
            let Some(text) = plain.and_then(|plain| ServiceCode::from_bytes(&plain)) else {
                faults.push(format!("code {id} does not open"));
                continue;
            };
            if lookup.hashes("codes.lookup", &text.to_bytes()).current.as_slice() != code.lookup {
                faults.push(format!("code {id} is found by another hash"));
            }
            self.texts.insert(id, text.to_string());
            if !texts.insert(text) {
                faults.push(format!("code {id} is the text of another"));
            }
            let Some(said) = named.remove(&id) else {
                faults.push(format!("code {id} is in no entry"));
                continue;
            };
            let owner = code.owner.and_then(|owner| accounts.get(&owner).copied());
            let as_issued = code.instance == Some(said.instance_id)
                && owner == Some(said.account.as_str())
                && code.product.as_deref() == products.get(&said.instance_id).copied()
                && (code.state.as_str(), code.counted, code.changed_at) == ("bound", 1, said.at);
            if !as_issued {
                faults.push(format!("code {id} is not as it was issued: {code:?}"));
            }
        }
        faults.extend(named.keys().map(|id| format!("code {id} was issued and is missing")));
        self.found.faults.append(&mut faults);
    }

    /// Every request has its entry and every entry its request, and the entry answers what was asked.
    fn check_requests(&mut self, record: &Record) {
        let mut said: HashMap<Uuid, &Said> = self.said.iter().map(|said| (said.id, said)).collect();
        let (mut faults, mut untold) = (Vec::new(), Vec::new());
        for request in &self.tables.requests {
            let key = &request.key;
            let Some(said) = said.remove(&request.entry) else {
                faults.push(format!("request `{key}` has no entry, or one that answers another"));
                continue;
            };
            let Some(nth) = Town::nth(key).filter(|nth| record.asked.contains(nth)) else {
                faults.push(format!("request `{key}` was never sent"));
                continue;
            };
            let ask = self.town.ask(nth);
            let answers = said.account == ask.account
                && request.asker == asker(&ask.account)
                && (&said.instance, said.asked) == (&ask.instance, i64::from(ask.codes));
            if !answers {
                faults.push(format!("request `{key}` is answered by entry {} about something else", said.id));
            }
            if !record.told.contains_key(&nth) {
                untold.push(nth);
            }
        }
        faults.extend(said.keys().map(|id| format!("entry {id} answers no request")));
        self.found.kept_untold = untold;
        self.found.faults.append(&mut faults);
    }

    /// Whatever was acknowledged is there, word for word.
    fn check_acknowledged(&mut self, record: &Record) {
        let requests: HashMap<&str, Uuid> =
            self.tables.requests.iter().map(|request| (request.key.as_str(), request.entry)).collect();
        let said: HashMap<Uuid, &Said> = self.said.iter().map(|said| (said.id, said)).collect();
        let mut faults = Vec::new();
        for (nth, told) in &record.told {
            let kept = requests.get(self.town.ask(*nth).key.as_str()).and_then(|entry| said.get(entry));
            let Some(kept) = kept.filter(|kept| kept.id == told.entry) else {
                faults.push(format!("ask {nth} was acknowledged and is missing"));
                continue;
            };
            let codes: Option<Vec<String>> =
                kept.codes.iter().map(|id| self.texts.get(id).cloned()).collect();
            if codes.as_ref() != Some(&told.words) {
                faults.push(format!("ask {nth} was told other codes: {:?}, kept {codes:?}", told.words));
            }
        }
        self.found.faults.append(&mut faults);
    }
}

impl Count {
    /// Counts what an entry says; what is wrong with it. `guarded` is the scope that the rules count in.
    fn follow(&mut self, said: &Said, guarded: bool) -> Option<String> {
        self.attained.insert(self.taken);
        if !said.issued {
            // A refusal changes nothing, so that it may stand after changes that it did not see.
            let seen = !guarded || self.attained.contains(&said.before);
            let right = !guarded || said.before + said.asked > QUOTA;
            return (!seen || !right)
                .then(|| format!("refused on {} issued, there were {}", said.before, self.taken));
        }
        let (before, after) = (self.taken, self.taken + said.places());
        let ordered = said.at > self.changed_at;
        (self.taken, self.changed_at) = (after, said.at);
        self.attained.insert(after);
        if guarded && after > QUOTA {
            Some(format!("{after} of {QUOTA} codes"))
        } else if guarded && before != said.before {
            Some(format!("decided on {} issued, there were {before}", said.before))
        } else {
            (!ordered).then(|| "no later than what it follows".to_owned())
        }
    }
}

/// What an entry says; `None` where it is not about asking for codes.
fn read(entry: &Entry) -> Result<Option<Said>, String> {
    let read = EntryRef::decode(&entry.bytes).map_err(|error| error.to_string())?;
    if read.at != entry.at {
        return Err("its time is not its row's".to_owned());
    }
    let issued = match read.kind {
        "code.issued" => true,
        "code.refused" => false,
        _ => return Ok(None),
    };
    let Decided { v, asked: Asked { facts, asker, count }, refused } =
        serde_json::from_slice(read.decided.unwrap_or_default()).map_err(|error| error.to_string())?;
    let codes: Option<Vec<Uuid>> = read.ids.named("code").map(uuid).collect();
    let said = Said {
        id: entry.id,
        at: entry.at,
        account: text(read.actor.id).ok_or("it has no actor")?,
        instance: read.ids.named("instance").next().and_then(text).ok_or("it has no instance")?,
        instance_id: read.ids.named("instance_id").next().and_then(uuid).ok_or("it has no instance")?,
        codes: codes.ok_or("it names a code by no id")?,
        issued,
        asked: count,
        before: facts.codes_issued,
    };
    let contradicts = (&facts.id, &asker) != (&said.instance, &said.account)
        || said.issued == said.codes.is_empty()
        || said.issued != refused.is_empty();
    if v != 1 || contradicts {
        return Err("it contradicts itself".to_owned());
    }
    Ok(Some(said))
}

/// How requests name whoever asks.
fn asker(account: &str) -> String {
    format!("account:{account}")
}

fn text(id: IdRef<'_>) -> Option<String> {
    if let IdRef::Text(text) = id { Some(text.to_owned()) } else { None }
}

fn uuid(id: IdRef<'_>) -> Option<Uuid> {
    if let IdRef::Bytes(bytes) = id { Uuid::from_slice(bytes).ok() } else { None }
}
