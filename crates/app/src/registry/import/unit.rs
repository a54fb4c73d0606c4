//! One subject is held against what is filed here, and written where it is new: one transaction.

use super::{
    AccessBefore, Claimed, FiledBefore, FilingCameTo, Trouble, WebsiteBefore, WhatTrouble,
    differing::differing,
};
use crate::{
    Actor, Operator,
    accounts::open_called,
    chance::Draw,
    clock::following,
    deed::decided,
    failure::{DeskError, Failed},
    ground::Ground,
    ledger_entry::{entry, ours, row, theirs},
    orders::mark_of,
    personal::Vault,
    registry::{
        Turning,
        filed::{filed, seal_subject, seal_website},
        revived::{CERTIFICATE, domains_of, is_cancelled_of, is_cancelled_subject, is_cancelled_website},
        serving::named,
        writing::{Writing, marks_of},
    },
};
use filing::{
    checks::{Wanted, lookups},
    orders::{Kind, Website as Site},
    registry::{Event, Illegal, State, Who},
};
use jiff::Timestamp;
use ledger::Entry;
use serde::Serialize;
use std::sync::Arc;
use store::{
    AccountId, EntryId, InstanceId, SubjectId, Tx, Unit, WebsiteId,
    accesses::{self, Access},
    accounts, entries, instances,
    subjects::{self, Mark, Subject},
    websites::{self, CancelledDomain, Domain, Name, Website},
};
use uuid::Uuid;

/// A subject that is to be imported, or would be.
pub(super) struct Importing {
    pub(super) ground: Arc<Ground>,
    pub(super) operator: Operator,
    pub(super) filing: Arc<FiledBefore>,
    pub(super) draw: Draw,
    pub(super) now: Timestamp,
    /// Whether it is written.
    pub(super) applies: bool,
}

/// What the ledger keeps of it. Nothing of it is personal.
#[derive(Serialize)]
struct Asked<'a> {
    number: &'a str,
    state: &'static str,
}

/// How much of it was new here.
#[derive(Default, Serialize)]
struct Came {
    subjects: usize,
    websites: usize,
    domains: usize,
    accesses: usize,
}

/// What is filed here of it.
struct Here {
    account: Option<AccountId>,
    subject: Option<Subject>,
    /// The websites that the file has, in its order.
    websites: Vec<Option<Website>>,
    /// Where it claims to live under the number under which it was cancelled here, before that was corrected.
    revived: Vec<String>,
}

type Failing = Failed<DeskError>;

impl Unit for Importing {
    type Output = FilingCameTo;
    type Error = Failing;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<FilingCameTo, Failing> {
        self.ground.check::<DeskError>(tx).await?;
        let unknown = self.unknown_instances(tx).await?;
        if !unknown.is_empty() {
            return Ok(FilingCameTo::Rejected(unknown));
        }
        let here = self.here(tx).await?;
        let mut conflicts = self.states(&here);
        conflicts.extend(self.taken(tx).await?);
        if !conflicts.is_empty() {
            return Ok(FilingCameTo::Conflicting(conflicts));
        }
        let new: Vec<_> = here.websites.iter().map(Option::is_none).collect();
        let Some(subject) = &here.subject else {
            if self.applies {
                self.write(tx, here.account, None, &new).await?;
            }
            return Ok(FilingCameTo::New { websites: self.filing.websites.len() });
        };
        let Some(paths) = self.differing(tx, subject, &here.websites).await? else {
            // What was personal of it is erased: nothing can be compared, and nothing comes back.
            return Ok(FilingCameTo::Unchanged);
        };
        if !paths.is_empty() {
            return Ok(FilingCameTo::Differs { paths });
        }
        let grown = self.filing.websites.iter().zip(&new).filter(|(_, new)| **new);
        let grown: Vec<_> = grown.filter_map(|(website, _)| website.site.number.clone()).collect();
        if grown.is_empty() {
            return Ok(FilingCameTo::Unchanged);
        }
        if self.applies {
            self.write(tx, here.account, Some(subject.clone()), &new).await?;
        }
        Ok(FilingCameTo::Grown { websites: grown })
    }
}

impl Importing {
    async fn here(&self, tx: &mut Tx<'_>) -> Result<Here, Failing> {
        let mut here = Here {
            account: accounts::by_name(tx, &self.filing.account).await?.map(|account| account.id),
            subject: subjects::by_number(tx, &self.filing.number).await?,
            websites: Vec::new(),
            revived: Vec::new(),
        };
        if !self.filing.state.is_final() && self.revives(tx, &here).await? {
            here.revived.push("state".to_owned());
        }
        for (nth, website) in self.filing.websites.iter().enumerate() {
            let number = website.site.number.as_deref().unwrap_or_default();
            if !website.state.is_final()
                && is_cancelled_website(tx, &self.ground, number, &domains_of(&website.site)).await?
            {
                here.revived.push(format!("websites[{nth}].state"));
            }
            here.websites.push(websites::by_number(tx, number).await?);
        }
        Ok(here)
    }

    /// Whether it is a subject that was cancelled under its number: by its certificate, and where the file has none, by its account.
    async fn revives(&self, tx: &mut Tx<'_>, here: &Here) -> Result<bool, DeskError> {
        let (number, marks) = (&self.filing.number, self.marks(SubjectId::new(Uuid::nil())));
        if marks.iter().any(|mark| mark.kind == CERTIFICATE) {
            return is_cancelled_subject(tx, number, &marks).await;
        }
        let but = here.subject.as_ref().map_or(SubjectId::new(Uuid::nil()), |subject| subject.id);
        match here.account {
            Some(account) => is_cancelled_of(tx, number, account, but).await,
            None => Ok(false),
        }
    }

    async fn unknown_instances(&self, tx: &mut Tx<'_>) -> Result<Vec<Trouble>, Failing> {
        let mut found = Vec::new();
        for (nth, website) in self.filing.websites.iter().enumerate() {
            for (at, access) in website.accesses.iter().enumerate() {
                if access.instance.is_some() && instance_of(tx, access).await?.is_none() {
                    let path = format!("websites[{nth}].accesses[{at}].instance");
                    found.push(Trouble { path, what: WhatTrouble::UnknownInstance });
                }
            }
        }
        Ok(found)
    }

    /// What is filed under the same numbers and contradicts it.
    fn states(&self, here: &Here) -> Vec<Trouble> {
        let mut found: Vec<_> = here
            .revived
            .iter()
            .cloned()
            .map(|path| Trouble { path, what: WhatTrouble::CancelledHere })
            .collect();
        let mut push = |path: String, what| found.push(Trouble { path, what });
        if let Some(subject) = &here.subject {
            if Some(subject.account) != here.account {
                push("account".to_owned(), WhatTrouble::NumberOfAnother);
            }
            if subject.state.is_final() && !self.filing.state.is_final() {
                push("state".to_owned(), WhatTrouble::CancelledHere);
            }
        }
        for (nth, (website, known)) in self.filing.websites.iter().zip(&here.websites).enumerate() {
            if known.as_ref().is_some_and(|known| known.state.is_final()) && !website.state.is_final() {
                push(format!("websites[{nth}].state"), WhatTrouble::CancelledHere);
            }
        }
        found
    }

    /// Domains and the certificate that something else has that is filed here.
    async fn taken(&self, tx: &mut Tx<'_>) -> Result<Vec<Trouble>, Failing> {
        let mut found = Vec::new();
        for claim in self.filing.claims() {
            let what = match &claim.what {
                Claimed::Named(Wanted::Domain(domain)) => {
                    let other = websites::by_domain(tx, domain).await?.map(|other| other.number);
                    // Only the website that has it here may have it.
                    let own = |number: &String| {
                        let mut all = self.filing.websites.iter();
                        all.any(|website| {
                            website.site.number.as_ref() == Some(number)
                                && domains_of(&website.site).contains(domain)
                        })
                    };
                    other.filter(|number| !own(number)).map(|number| WhatTrouble::DomainFiled { number })
                }
                Claimed::Named(wanted @ Wanted::Certificate { .. }) => {
                    let (kind, mark) = mark_of(&self.ground, wanted);
                    let others = subjects::marked(tx, kind, &mark).await?;
                    let mut others = others.into_iter().filter(|other| !other.state.is_final());
                    let other = others.find(|other| other.number != self.filing.number);
                    other.map(|other| WhatTrouble::CertificateFiled { number: other.number })
                }
                Claimed::Number(_) | Claimed::Named(_) => None,
            };
            found.extend(what.map(|what| Trouble { path: claim.path, what }));
        }
        Ok(found)
    }

    /// Where what is known of it is something else here; `None` once that was erased.
    async fn differing(
        &self,
        tx: &mut Tx<'_>,
        subject: &Subject,
        known: &[Option<Website>],
    ) -> Result<Option<Vec<String>>, Failing> {
        let mut paths = Vec::new();
        let some: Vec<_> = known.iter().flatten().cloned().collect();
        let Some(form) = filed(tx, &self.ground, subject, &some).await? else { return Ok(None) };
        if subject.state != self.filing.state {
            paths.push("state".to_owned());
        }
        paths.extend(differing("subject", &self.filing.subject, &form.subject.unwrap_or_default())?);
        let mut sites = form.websites.iter();
        for (nth, (website, known)) in self.filing.websites.iter().zip(known).enumerate() {
            let (Some(known), path) = (known, format!("websites[{nth}]")) else { continue };
            let Some(site) = sites.next() else { continue };
            if known.state != website.state {
                paths.push(format!("{path}.state"));
            }
            // By its number it was found, and an order that filed it did not have that yet.
            let given = Site { number: None, ..website.site.clone() };
            paths.extend(differing(&path, &given, site)?);
            if website.state == State::Active && !hosted(tx, known.id, &website.accesses).await? {
                paths.push(format!("{path}.accesses"));
            }
        }
        Ok(Some(paths))
    }

    /// Writes what is `new` of it, with its entry.
    async fn write(
        &self,
        tx: &mut Tx<'_>,
        account: Option<AccountId>,
        known: Option<Subject>,
        new: &[bool],
    ) -> Result<(), Failing> {
        let mut draw = self.draw.again();
        let entry_id: EntryId = draw.id(self.now);
        let actor = Actor::Staff(self.operator.clone());
        let turning = Turning {
            who: Who::Operator,
            reason: None,
            actor: &actor,
            order: None,
            edition: None,
            entry: entry_id,
        };
        let mut came = Came { subjects: usize::from(known.is_none()), ..Came::default() };
        let followed = known.as_ref().map(|subject| subject.changed_at);
        let (subject, vault, mut writing) = match known {
            Some(subject) => {
                let vault = Vault::find(tx, &self.ground, subject.subject_key).await?.vault();
                let Some(vault) = vault else { return Ok(()) };
                let writing = Writing::of(subject.id, subject.subject_key);
                (subject, vault, writing)
            }
            None => self.subject(tx, account, &turning, &mut draw).await?,
        };
        let mut ids = Vec::new();
        let mut adding = Adding {
            subject: subject.id,
            ground: &self.ground,
            vault: &vault,
            turning: &turning,
            draw: &mut draw,
            writing: &mut writing,
            came: &mut came,
            now: self.now,
        };
        for (website, new) in self.filing.websites.iter().zip(new) {
            ids.push(if *new { Some(adding.website(tx, website).await?) } else { None });
        }
        let at = following(self.now, writing.followed().chain(followed))?.as_microsecond();
        writing.write(tx, &turning, at).await?;
        let names = self.names(&ids);
        tx.together(&names.iter().map(Name::adding).collect::<Vec<_>>()).await?;
        let asked = Asked { number: &self.filing.number, state: self.filing.state.word() };
        let entry = Entry {
            ids: vec![theirs("number", &self.filing.number), ours("subject", subject.id.uuid())],
            decided: Some(decided(&asked, &came, Vec::new())?),
            ..entry(at, &actor, "number.imported")
        };
        tx.together(&[entries::adding(&row(entry_id, &entry)?)]).await?;
        Ok(())
    }

    /// A subject that is new here, under a key of its own.
    async fn subject(
        &self,
        tx: &mut Tx<'_>,
        account: Option<AccountId>,
        turning: &Turning<'_>,
        draw: &mut Draw,
    ) -> Result<(Subject, Vault, Writing), Failing> {
        let account = if let Some(account) = account {
            account
        } else {
            let opened = open_called(tx, &self.filing.account, draw, self.now).await?;
            opened.ok_or(DeskError::Unsettled(1))?
        };
        let key = Vault::generate(&self.ground, draw.id(self.now), self.now.as_microsecond(), draw)?;
        tx.together(&[key.adding()]).await?;
        let vault = Vault::find(tx, &self.ground, key.id).await?.vault().ok_or(DeskError::Unsettled(1))?;
        let (id, filled): (SubjectId, _) = (draw.id(self.now), &self.filing.subject);
        let subject = Subject {
            id,
            account,
            subject_key: key.id,
            number: self.filing.number.clone(),
            state: self.filing.state,
            nature: filled.nature.map(i64::from),
            region: filled.region.as_deref().and_then(|region| region.parse().ok()),
            sealed: seal_subject(&vault, id, filled, draw)?,
            filed_at: 0,
            changed_at: 0,
        };
        let mut writing = Writing::of(id, key.id);
        writing.finds(id, self.marks(id));
        writing
            .adds_subject(turning, subject.clone(), event(self.filing.state))
            .map_err(|fault| illegal(&fault))?;
        Ok((subject, vault, writing))
    }

    /// By what the subject is found.
    fn marks(&self, subject: SubjectId) -> Vec<Mark> {
        marks_of(&self.ground, Kind::FirstFiling, &self.filing.form(), subject)
    }

    /// By what new websites are found beside their domains.
    fn names(&self, ids: &[Option<WebsiteId>]) -> Vec<Name> {
        let named = lookups(Kind::FirstFiling, &self.filing.form()).into_iter().filter_map(|lookup| {
            let nth = lookup.website().filter(|_| matches!(lookup.wanted, Wanted::WebsiteName(_)))?;
            let website = ids.get(nth).copied().flatten()?;
            let cancelled = self.filing.websites.get(nth)?.state.is_final();
            (!cancelled).then(|| Name { mark: mark_of(&self.ground, &lookup.wanted).1, website })
        });
        named.collect()
    }
}

/// New websites of one subject, as they are added to what is written.
struct Adding<'a> {
    subject: SubjectId,
    ground: &'a Ground,
    vault: &'a Vault,
    turning: &'a Turning<'a>,
    draw: &'a mut Draw,
    writing: &'a mut Writing,
    came: &'a mut Came,
    now: Timestamp,
}

impl Adding<'_> {
    async fn website(&mut self, tx: &mut Tx<'_>, website: &WebsiteBefore) -> Result<WebsiteId, Failing> {
        let WebsiteBefore { state, site, accesses } = website;
        let id: WebsiteId = self.draw.id(self.now);
        self.came.websites += 1;
        let domains = domains_of(site).into_iter().map(|domain| named(self.ground, domain, id));
        if state.is_final() {
            let left = domains.map(|Domain { mark, website, .. }| CancelledDomain { mark, website });
            self.writing.cancelled_domains.extend(left);
        } else {
            let before = self.writing.domains.len();
            self.writing.domains.extend(domains);
            self.came.domains += self.writing.domains.len() - before;
        }
        let row = Website {
            id,
            subject: self.subject,
            number: site.number.clone().unwrap_or_default(),
            state: *state,
            sealed: seal_website(self.vault, id, site, self.draw)?,
            filed_at: 0,
            changed_at: 0,
        };
        let added = self.writing.adds_website(self.turning, row, event(*state));
        added.map_err(|fault| illegal(&fault))?;
        if *state == State::Active {
            // It is hosted here also where nobody knows on what.
            let unknown = [AccessBefore::default()];
            for access in if accesses.is_empty() { unknown.as_slice() } else { accesses } {
                self.hosts(tx, id, access).await?;
            }
        }
        Ok(id)
    }

    async fn hosts(
        &mut self,
        tx: &mut Tx<'_>,
        website: WebsiteId,
        access: &AccessBefore,
    ) -> Result<(), Failing> {
        self.came.accesses += 1;
        self.writing.hosts(Access {
            id: self.draw.id(self.now),
            website,
            instance: instance_of(tx, access).await?,
            verification: None,
            addresses: access.addresses.join(" "),
            since_at: 0,
            ended: None,
            restored_at: None,
        });
        Ok(())
    }
}

/// Whether a website is hosted on all of these, as far as instances are named.
async fn hosted(tx: &mut Tx<'_>, website: WebsiteId, given: &[AccessBefore]) -> Result<bool, Failing> {
    let all = accesses::of_website(tx, website).await?;
    for access in given {
        let instance = instance_of(tx, access).await?;
        let is_there = |here: &Access| here.ended.is_none() && here.instance == instance;
        if instance.is_some() && !all.iter().any(is_there) {
            return Ok(false);
        }
    }
    Ok(true)
}

async fn instance_of(tx: &mut Tx<'_>, access: &AccessBefore) -> Result<Option<InstanceId>, Failing> {
    let Some(name) = &access.instance else { return Ok(None) };
    Ok(instances::by_name(tx, name).await?.map(|instance| instance.id))
}

const fn event(state: State) -> Event {
    match state {
        State::Active => Event::Import,
        State::AccessDropped => Event::ImportDropped,
        State::Cancelled => Event::ImportCancelled,
    }
}

/// The checks leave nothing that the tables do not allow.
fn illegal(fault: &Illegal) -> Failing {
    Failed::Desk(DeskError::unwritable(fault))
}
