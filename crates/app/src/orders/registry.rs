//! What a filed order does in the registry (备案库): subjects, websites and their domains, written, changed or ended.

use super::{
    bureau::FileFault,
    knowing::{ACCESS_DROPPED, ACTIVE, CANCELLED},
    marks,
};
use crate::{
    chance::Draw,
    failure::{Damage, DeskError, Failed, Failure},
    ground::Ground,
    personal::Vault,
};
use filing::{
    checks::{FilingNumber, Wanted, lookups, registrable},
    orders::{Form, Kind, Subject as Filled, Website as Site},
};
use jiff::Timestamp;
use keys::Place;
use store::{
    SubjectId, SubjectKeyId, Tx, WebsiteId, blacklist,
    orders::Order,
    subjects::{self, Mark, Subject},
    websites::{self, Domain, Website},
};
use uuid::Uuid;

type Failing = Failed<Failure<FileFault>>;

/// Websites of one subject that one order ends or changes at most.
const MOST_WEBSITES: i64 = 10_000;

/// An order that was filed, with the numbers that the bureau gave.
pub(super) struct Registering<'a> {
    pub(super) ground: &'a Ground,
    pub(super) order: &'a Order,
    pub(super) form: &'a Form,
    pub(super) vault: &'a Vault,
    /// The subject's, and those of its new websites in their order.
    pub(super) numbers: (Option<&'a str>, &'a [String]),
    /// When, in microseconds since 1970.
    pub(super) at: i64,
}

/// What is to be written.
#[derive(Debug, Default)]
pub(super) struct Registered {
    new_subject: Option<Subject>,
    changed_subject: Option<(Subject, i64)>,
    new_websites: Vec<Website>,
    changed_websites: Vec<(Website, i64)>,
    /// Websites whose domains are forgotten.
    without_domains: Vec<WebsiteId>,
    domains: Vec<Domain>,
    /// The subject whose marks are written anew.
    marks_of: Option<SubjectId>,
    marks: Vec<Mark>,
    order_key: Option<(SubjectId, SubjectKeyId)>,
}

impl Registering<'_> {
    /// Finds out what is to be written.
    pub(super) async fn prepare(
        &self,
        tx: &mut Tx<'_>,
        now: Timestamp,
        draw: &mut Draw,
    ) -> Result<Registered, Failing> {
        match self.order.kind {
            Kind::FirstFiling => self.first(tx, now, draw).await,
            Kind::AddWebsite => self.add_website(tx, now, draw).await,
            Kind::AddAccess => self.add_access(tx, now, draw).await,
            Kind::Change => self.change(tx, draw).await,
            Kind::CancelSubject => self.cancel_subject(tx).await,
            Kind::CancelWebsite => self.end_website(tx, CANCELLED).await,
            Kind::CancelAccess => self.end_website(tx, ACCESS_DROPPED).await,
        }
    }

    async fn first(&self, tx: &mut Tx<'_>, now: Timestamp, draw: &mut Draw) -> Result<Registered, Failing> {
        let number = self.numbers.0.map(str::trim).filter(|number| is_subject_number(number));
        let number = number.ok_or_else(|| because(FileFault::SubjectNumber))?;
        if subjects::by_number(tx, number).await?.is_some() {
            return Err(because(FileFault::NumberTaken(number.to_owned())));
        }
        let subject =
            self.subject(draw.id(now), number, &self.form.subject.clone().unwrap_or_default(), draw)?;
        let mut registered = Registered {
            marks_of: Some(subject.id),
            marks: self.marks(subject.id),
            order_key: Some((subject.id, self.order.subject_key)),
            ..Registered::default()
        };
        self.websites(tx, &subject, self.vault, now, draw, &mut registered).await?;
        registered.new_subject = Some(subject);
        Ok(registered)
    }

    async fn add_website(
        &self,
        tx: &mut Tx<'_>,
        now: Timestamp,
        draw: &mut Draw,
    ) -> Result<Registered, Failing> {
        let (subject, vault, mut registered) = self.subject_of(tx, self.target(), now, draw).await?;
        self.websites(tx, &subject, &vault, now, draw, &mut registered).await?;
        Ok(registered)
    }

    /// The website is hosted here from now on; one that was filed through another provider becomes known here.
    async fn add_access(
        &self,
        tx: &mut Tx<'_>,
        now: Timestamp,
        draw: &mut Draw,
    ) -> Result<Registered, Failing> {
        let number = self.target();
        let site = self.form.websites.first().cloned().unwrap_or_default();
        if let Some(website) = websites::by_number(tx, number).await? {
            let website = living(Some(website))?;
            let subject = self.own(subjects::by_id(tx, website.subject).await?)?;
            let mut registered = self.of(&subject);
            registered.changed_websites.push((
                Website { state: ACTIVE.to_owned(), changed_at: self.at, ..website.clone() },
                website.changed_at,
            ));
            return Ok(registered);
        }
        let of_subject = number.rsplit_once('-').map_or(number, |(subject, _)| subject);
        let (subject, vault, mut registered) = self.subject_of(tx, of_subject, now, draw).await?;
        self.website(tx, &subject, &vault, (draw.id(now), number, &site), draw, &mut registered).await?;
        Ok(registered)
    }

    async fn change(&self, tx: &mut Tx<'_>, draw: &mut Draw) -> Result<Registered, Failing> {
        let subject = self.own(subjects::by_number(tx, self.target()).await?)?;
        let vault = self.opened(tx, &subject).await?;
        let mut registered = self.of(&subject);
        if let Some(filled) = &self.form.subject {
            let was = subject.changed_at;
            let sealed = seal_subject(&vault, subject.id, filled, draw)?;
            let nature = filled.nature.map_or(subject.nature, i64::from);
            let region = region_of(filled).unwrap_or(subject.region);
            let changed = Subject { sealed, nature, region, changed_at: self.at, ..subject.clone() };
            registered.marks_of = Some(subject.id);
            registered.marks = self.marks(subject.id);
            registered.changed_subject = Some((changed, was));
        }
        for site in &self.form.websites {
            let number = site.number.as_deref().unwrap_or_default();
            let website =
                websites::by_number(tx, number).await?.filter(|website| website.subject == subject.id);
            let website = living(website)?;
            let sealed = seal_website(&vault, website.id, site, draw)?;
            registered.without_domains.push(website.id);
            registered.domains.extend(self.domains(tx, website.id, site).await?);
            let was = website.changed_at;
            registered.changed_websites.push((Website { sealed, changed_at: self.at, ..website }, was));
        }
        Ok(registered)
    }

    async fn cancel_subject(&self, tx: &mut Tx<'_>) -> Result<Registered, Failing> {
        let subject = self.own(subjects::by_number(tx, self.target()).await?)?;
        let mut registered = self.of(&subject);
        let nil = WebsiteId::new(Uuid::nil());
        for website in websites::of_subject(tx, subject.id, nil, MOST_WEBSITES).await? {
            if website.state != CANCELLED {
                self.ends(website, CANCELLED, &mut registered);
            }
        }
        let was = subject.changed_at;
        let changed = Subject { state: CANCELLED.to_owned(), changed_at: self.at, ..subject };
        registered.changed_subject = Some((changed, was));
        Ok(registered)
    }

    async fn end_website(&self, tx: &mut Tx<'_>, state: &str) -> Result<Registered, Failing> {
        let website = living(websites::by_number(tx, self.target()).await?)?;
        let subject = self.own(subjects::by_id(tx, website.subject).await?)?;
        let mut registered = self.of(&subject);
        self.ends(website, state, &mut registered);
        Ok(registered)
    }

    fn ends(&self, website: Website, state: &str, registered: &mut Registered) {
        if state == CANCELLED {
            registered.without_domains.push(website.id);
        }
        let was = website.changed_at;
        registered
            .changed_websites
            .push((Website { state: state.to_owned(), changed_at: self.at, ..website }, was));
    }

    /// The number that the order starts from.
    fn target(&self) -> &str {
        self.form.target.as_ref().and_then(|target| target.number.as_deref()).unwrap_or_default()
    }

    /// The subject, if it is the account's and not cancelled.
    fn own(&self, subject: Option<Subject>) -> Result<Subject, Failing> {
        let own = subject.filter(|subject| subject.account == self.order.account && subject.state == ACTIVE);
        own.ok_or_else(|| because(FileFault::NothingFiled))
    }

    fn of(&self, subject: &Subject) -> Registered {
        Registered { order_key: Some((subject.id, self.order.subject_key)), ..Registered::default() }
    }

    async fn opened(&self, tx: &mut Tx<'_>, subject: &Subject) -> Result<Vault, Failing> {
        let vault = Vault::find(tx, self.ground, subject.subject_key).await?.vault();
        vault.ok_or_else(|| because(FileFault::Order(super::OrderFault::Erased)))
    }

    /// The subject with that number and its key. One that was filed through another provider becomes known here, by its number.
    async fn subject_of(
        &self,
        tx: &mut Tx<'_>,
        number: &str,
        now: Timestamp,
        draw: &mut Draw,
    ) -> Result<(Subject, Vault, Registered), Failing> {
        if let Some(found) = subjects::by_number(tx, number).await? {
            let subject = self.own(Some(found))?;
            let vault = self.opened(tx, &subject).await?;
            let registered = self.of(&subject);
            return Ok((subject, vault, registered));
        }
        if !is_subject_number(number) {
            return Err(because(FileFault::NothingFiled));
        }
        let subject = self.subject(draw.id(now), number, &Filled::default(), draw)?;
        let registered = Registered { new_subject: Some(subject.clone()), ..self.of(&subject) };
        Ok((subject, self.vault.clone(), registered))
    }

    fn subject(
        &self,
        id: SubjectId,
        number: &str,
        filled: &Filled,
        draw: &mut Draw,
    ) -> Result<Subject, DeskError> {
        Ok(Subject {
            id,
            account: self.order.account,
            subject_key: self.order.subject_key,
            number: number.to_owned(),
            state: ACTIVE.to_owned(),
            nature: filled.nature.map_or(0, i64::from),
            region: region_of(filled).unwrap_or_default(),
            sealed: seal_subject(self.vault, id, filled, draw)?,
            filed_at: self.at,
            changed_at: self.at,
        })
    }

    /// The new websites with the numbers that the bureau gave.
    async fn websites(
        &self,
        tx: &mut Tx<'_>,
        subject: &Subject,
        vault: &Vault,
        now: Timestamp,
        draw: &mut Draw,
        registered: &mut Registered,
    ) -> Result<(), Failing> {
        let (sites, numbers) = (&self.form.websites, self.numbers.1);
        let belongs = |number: &String| is_website_number_of(number, &subject.number);
        if sites.len() != numbers.len() || !numbers.iter().all(belongs) {
            return Err(because(FileFault::WebsiteNumbers { wanted: sites.len() }));
        }
        for (site, number) in sites.iter().zip(numbers) {
            let id = draw.id(now);
            self.website(tx, subject, vault, (id, number, site), draw, registered).await?;
        }
        Ok(())
    }

    async fn website(
        &self,
        tx: &mut Tx<'_>,
        subject: &Subject,
        vault: &Vault,
        (id, number, site): (WebsiteId, &str, &Site),
        draw: &mut Draw,
        registered: &mut Registered,
    ) -> Result<(), Failing> {
        let taken = registered.new_websites.iter().any(|other| other.number == number);
        if taken || websites::by_number(tx, number).await?.is_some() {
            return Err(because(FileFault::NumberTaken(number.to_owned())));
        }
        registered.domains.extend(self.domains(tx, id, site).await?);
        registered.new_websites.push(Website {
            id,
            subject: subject.id,
            number: number.to_owned(),
            state: ACTIVE.to_owned(),
            sealed: seal_website(vault, id, site, draw)?,
            filed_at: self.at,
            changed_at: self.at,
        });
        Ok(())
    }

    /// The domains of a website in the form in which they are compared. None may be another's.
    async fn domains(
        &self,
        tx: &mut Tx<'_>,
        website: WebsiteId,
        site: &Site,
    ) -> Result<Vec<Domain>, Failing> {
        let mut domains: Vec<String> =
            site.domains.iter().filter_map(|domain| registrable(domain).ok()).collect();
        domains.sort();
        domains.dedup();
        for domain in &domains {
            let other = websites::by_domain(tx, domain).await?;
            if other.is_some_and(|other| other.id != website && !self.gives_up(&other)) {
                return Err(because(FileFault::DomainTaken));
            }
        }
        Ok(domains.into_iter().map(|domain| Domain { domain, website }).collect())
    }

    /// Whether the order writes the domains of that website anew, so that it has none that stand in the way.
    fn gives_up(&self, other: &Website) -> bool {
        let named = |site: &Site| site.number.as_deref() == Some(other.number.as_str());
        self.order.kind == Kind::Change && self.form.websites.iter().any(named)
    }

    fn marks(&self, subject: SubjectId) -> Vec<Mark> {
        let of_subject =
            |wanted: &Wanted| matches!(wanted, Wanted::Certificate { .. } | Wanted::SubjectName(_));
        let all = lookups(self.order.kind, self.form).into_iter().filter(|lookup| of_subject(&lookup.wanted));
        let marked = all.map(|lookup| marks::of(self.ground, &lookup.wanted));
        marked.map(|(kind, mark)| Mark { kind, mark, subject }).collect()
    }
}

impl Registered {
    /// Writes all of it, at `at` in microseconds since 1970.
    pub(super) async fn write(&self, tx: &mut Tx<'_>, at: &i64) -> Result<(), DeskError> {
        let forgotten = self.without_domains.iter().map(websites::forgetting_domains);
        let forgotten: Vec<_> =
            forgotten.chain(self.marks_of.iter().map(subjects::forgetting_marks)).collect();
        // How many there were does not matter.
        tx.together(&forgotten).await?;
        let mut writes: Vec<_> = self.new_subject.iter().map(Subject::adding).collect();
        writes.extend(self.changed_subject.iter().map(|(subject, was)| subject.changing(was)));
        writes.extend(self.new_websites.iter().map(Website::adding));
        writes.extend(self.changed_websites.iter().map(|(website, was)| website.changing(was)));
        writes.extend(self.domains.iter().map(Domain::adding));
        if tx.together(&writes).await?.contains(&0) {
            let fault = "what is filed changed meanwhile".to_owned();
            let id = self.order_key.map_or(Uuid::nil(), |(subject, _)| subject.uuid());
            return Err(Damage::Sealed { row: id, fault }.into());
        }
        let key = self.order_key.iter().map(|(subject, key)| subjects::adding_order_key(subject, key));
        tx.together(&key.chain(self.marks.iter().map(Mark::adding)).collect::<Vec<_>>()).await?;
        // What was listed after the order had passed its checks stops the account from now on.
        let found = self.marks_of.iter().map(|subject| blacklist::blocking_subject(subject, at));
        tx.together(&found.collect::<Vec<_>>()).await?;
        Ok(())
    }
}

fn seal_subject(
    vault: &Vault,
    id: SubjectId,
    filled: &Filled,
    draw: &mut Draw,
) -> Result<Vec<u8>, DeskError> {
    vault.seal_json(Place { table: "subjects", column: "sealed", row: id.as_bytes() }, filled, draw)
}

fn seal_website(vault: &Vault, id: WebsiteId, site: &Site, draw: &mut Draw) -> Result<Vec<u8>, DeskError> {
    vault.seal_json(Place { table: "websites", column: "sealed", row: id.as_bytes() }, site, draw)
}

/// What is filed of a subject and of some of its websites, as it was filled in; `None` once it was erased.
pub(crate) async fn filed(
    tx: &mut Tx<'_>,
    ground: &Ground,
    subject: &Subject,
    some: &[Website],
) -> Result<Option<Form>, DeskError> {
    let Some(vault) = Vault::find(tx, ground, subject.subject_key).await?.vault() else { return Ok(None) };
    let place = |table, row| Place { table, column: "sealed", row };
    let filled = vault.open_json(place("subjects", subject.id.as_bytes()), &subject.sealed)?;
    let sites = some.iter().map(|site| vault.open_json(place("websites", site.id.as_bytes()), &site.sealed));
    let websites = sites.collect::<Result<_, _>>()?;
    Ok(Some(Form { subject: Some(filled), websites, ..Form::default() }))
}

fn region_of(filled: &Filled) -> Option<i64> {
    filled.region.as_deref()?.parse().ok()
}

/// Whether a number has the form of a subject's: `浙ICP备12345678号`, `粤B2-20090059`.
fn is_subject_number(number: &str) -> bool {
    FilingNumber::read(number).is_ok_and(|read| read.website.is_none())
}

/// Whether a number is that of a website of the subject: `浙ICP备12345678号-1`.
fn is_website_number_of(number: &str, subject: &str) -> bool {
    let serial = number.strip_prefix(subject).and_then(|rest| rest.strip_prefix('-'));
    serial.is_some_and(|serial| !serial.is_empty() && serial.bytes().all(|digit| digit.is_ascii_digit()))
}

/// The website, if there is one that is not cancelled: nothing brings it back.
fn living(website: Option<Website>) -> Result<Website, Failing> {
    let living = website.filter(|website| website.state != CANCELLED);
    living.ok_or_else(|| because(FileFault::NothingFiled))
}

fn because(fault: FileFault) -> Failing {
    Failed::Because(Failure::Because(fault))
}
