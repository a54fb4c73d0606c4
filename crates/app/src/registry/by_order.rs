//! What a filed order does in the registry: subjects, websites, domains and accesses, written, changed or ended.

use super::{
    filed::{seal_subject, seal_website},
    numbered::{all_of, tidied},
    revived::{domains_of, is_cancelled_of, is_cancelled_subject, is_cancelled_website},
    serving::named,
    turning::Turning,
    writing::{Writing, marks_of},
};
use crate::{
    chance::Draw,
    failure::{DeskError, Failed, Failure},
    ground::Ground,
    orders::{OrderFault, bureau::FileFault},
    personal::Vault,
};
use filing::{
    checks::FilingNumber,
    orders::{Form, Kind, Subject as Filled, Website as Site},
    registry::{Event, Illegal, State, Who},
};
use jiff::Timestamp;
use store::{
    SubjectId, Tx, WebsiteId,
    accesses::Access,
    orders::Order,
    subjects::{self, Subject},
    verifications,
    websites::{self, Domain, Website},
};

type Failing = Failed<Failure<FileFault>>;

/// An order that was filed, with the numbers that the bureau gave.
pub(crate) struct Registering<'a> {
    pub(crate) ground: &'a Ground,
    pub(crate) turning: Turning<'a>,
    pub(crate) order: &'a Order,
    pub(crate) form: &'a Form,
    pub(crate) vault: &'a Vault,
    /// The subject's, and those of its new websites in their order.
    pub(crate) numbers: (Option<&'a str>, &'a [String]),
    /// When it is recorded.
    pub(crate) now: Timestamp,
}

impl Registering<'_> {
    /// Finds out what is to be written.
    pub(crate) async fn prepare(&self, tx: &mut Tx<'_>, draw: &mut Draw) -> Result<Writing, Failing> {
        self.names_no_other()?;
        match self.order.kind {
            Kind::FirstFiling => self.first(tx, draw).await,
            Kind::AddWebsite => self.add_website(tx, draw).await,
            Kind::AddAccess => self.add_access(tx, draw).await,
            Kind::Change => self.change(tx, draw).await,
            Kind::CancelSubject => self.cancel_subject(tx).await,
            Kind::CancelWebsite => self.cancel_website(tx).await,
            Kind::CancelAccess => self.cancel_access(tx).await,
        }
    }

    /// Refuses numbers that are none of the order's: somebody records the answer to another order.
    fn names_no_other(&self) -> Result<(), Failing> {
        let own = read(self.target());
        let is_own = |number: &FilingNumber| own.as_ref().is_some_and(|own| own.subject == number.subject);
        let (subject, websites) = self.numbers;
        let subject = subject.filter(|_| self.order.kind != Kind::FirstFiling);
        let makes = matches!(self.order.kind, Kind::FirstFiling | Kind::AddWebsite);
        let websites = websites.iter().map(String::as_str).filter(|_| !makes);
        match subject
            .into_iter()
            .chain(websites)
            .find(|number| !read(number).is_some_and(|read| is_own(&read)))
        {
            Some(other) => Err(because(FileFault::NotItsNumber(other.to_owned()))),
            None => Ok(()),
        }
    }

    async fn first(&self, tx: &mut Tx<'_>, draw: &mut Draw) -> Result<Writing, Failing> {
        let read = self.numbers.0.and_then(read);
        let number = read.filter(|number| number.website.is_none());
        let number = number.ok_or_else(|| because(FileFault::SubjectNumber))?;
        if subjects::by_number(tx, &number.subject).await?.is_some() {
            return Err(because(FileFault::NumberTaken(number.subject)));
        }
        let filled = self.form.subject.clone().unwrap_or_default();
        if !number.is_filed {
            return Err(because(FileFault::SubjectNumber));
        }
        if region_of(&filled).is_some_and(|region| province_of(region) != province_of(number.province.into()))
        {
            return Err(because(FileFault::OtherProvince));
        }
        let subject = self.subject(draw.id(self.now), &number.subject, &filled, draw)?;
        let marks = marks_of(self.ground, self.order.kind, self.form, subject.id);
        if is_cancelled_subject(tx, &subject.number, &marks).await? {
            return Err(because(FileFault::NumberCancelled(subject.number)));
        }
        let mut writing = self.of(&subject);
        writing.finds(subject.id, marks);
        self.websites(tx, &subject, self.vault, draw, &mut writing).await?;
        writing.adds_subject(&self.turning, subject, Event::File).map_err(illegal)?;
        Ok(writing)
    }

    async fn add_website(&self, tx: &mut Tx<'_>, draw: &mut Draw) -> Result<Writing, Failing> {
        let (subject, vault, mut writing) = self.subject_of(tx, self.target(), draw).await?;
        self.websites(tx, &subject, &vault, draw, &mut writing).await?;
        Ok(writing)
    }

    /// The website is hosted here from now on; one that was filed through another provider becomes known here.
    async fn add_access(&self, tx: &mut Tx<'_>, draw: &mut Draw) -> Result<Writing, Failing> {
        let number = self.target();
        let site = self.form.websites.first().cloned().unwrap_or_default();
        let Some(website) = websites::by_number(tx, number).await? else {
            let of_subject = number.rsplit_once('-').map_or(number, |(subject, _)| subject);
            let (subject, vault, mut writing) = self.subject_of(tx, of_subject, draw).await?;
            let id = draw.id(self.now);
            self.website(tx, &subject, &vault, (id, number, &site), draw, &mut writing).await?;
            return Ok(writing);
        };
        let subject = self.own(subjects::by_id(tx, website.subject).await?)?;
        alive(&website)?;
        let mut writing = self.of(&subject);
        let id = website.id;
        writing.turns_website(&self.turning, website, Event::AddAccess).map_err(illegal)?;
        writing.hosts(self.access(tx, id, &site, draw).await?);
        Ok(writing)
    }

    async fn change(&self, tx: &mut Tx<'_>, draw: &mut Draw) -> Result<Writing, Failing> {
        let subject = self.own(subjects::by_number(tx, self.target()).await?)?;
        if subject.state.is_final() {
            return Err(because(FileFault::Cancelled(subject.number)));
        }
        let vault = self.opened(tx, &subject).await?;
        let mut writing = self.of(&subject);
        for site in &self.form.websites {
            let number = site.number.as_deref().unwrap_or_default();
            let website =
                websites::by_number(tx, number).await?.filter(|website| website.subject == subject.id);
            let website = website.ok_or_else(|| because(FileFault::NothingFiled))?;
            alive(&website)?;
            let id = website.id;
            writing.without_domains.push(id);
            let website = Website { sealed: seal_website(&vault, id, site, draw)?, ..website };
            writing.turns_website(&self.turning, website, Event::Change).map_err(illegal)?;
        }
        for site in &self.form.websites {
            let number = site.number.as_deref().unwrap_or_default();
            if is_cancelled_website(tx, self.ground, number, &domains_of(site)).await? {
                return Err(because(FileFault::NumberCancelled(number.to_owned())));
            }
            if let Some(website) = websites::by_number(tx, number).await? {
                let domains = self.domains(tx, website.id, site, &writing.without_domains).await?;
                writing.domains.extend(domains);
            }
        }
        if let Some(filled) = &self.form.subject {
            writing.finds(subject.id, marks_of(self.ground, self.order.kind, self.form, subject.id));
            let changed = Subject {
                sealed: seal_subject(&vault, subject.id, filled, draw)?,
                nature: filled.nature.map(i64::from).or(subject.nature),
                region: region_of(filled).or(subject.region),
                ..subject
            };
            writing.turns_subject(&self.turning, changed, Event::Change).map_err(illegal)?;
        }
        Ok(writing)
    }

    async fn cancel_subject(&self, tx: &mut Tx<'_>) -> Result<Writing, Failing> {
        let subject = self.own(subjects::by_number(tx, self.target()).await?)?;
        let mut writing = self.of(&subject);
        if self.is_done(subject.state) {
            return Ok(writing);
        }
        for website in all_of(tx, &subject).await? {
            if !website.state.is_final() {
                let cancelled = writing.cancels(tx, &self.turning, website, self.restores()).await?;
                cancelled.map_err(illegal)?;
            }
        }
        writing.turns_subject(&self.turning, subject, Event::Cancel).map_err(illegal)?;
        Ok(writing)
    }

    async fn cancel_website(&self, tx: &mut Tx<'_>) -> Result<Writing, Failing> {
        let (website, mut writing) = self.targeted(tx).await?;
        if self.is_done(website.state) {
            return Ok(writing);
        }
        let cancelled = writing.cancels(tx, &self.turning, website, self.restores()).await?;
        cancelled.map_err(illegal)?;
        Ok(writing)
    }

    async fn cancel_access(&self, tx: &mut Tx<'_>) -> Result<Writing, Failing> {
        let (website, mut writing) = self.targeted(tx).await?;
        if self.is_done(website.state) {
            return Ok(writing);
        }
        alive(&website)?;
        writing.drops(tx, &self.turning, website).await?.map_err(illegal)?;
        Ok(writing)
    }

    /// The website whose number the order starts from.
    async fn targeted(&self, tx: &mut Tx<'_>) -> Result<(Website, Writing), Failing> {
        let website = websites::by_number(tx, self.target()).await?;
        let website = website.ok_or_else(|| because(FileFault::NothingFiled))?;
        let subject = self.own(subjects::by_id(tx, website.subject).await?)?;
        let writing = self.of(&subject);
        Ok((website, writing))
    }

    /// Whether what the order ends has ended already, otherwise than by it: the bureau files it all the same, and nothing more ends.
    /// An authority's order is not met by what others did.
    fn is_done(&self, state: State) -> bool {
        let is_over = match self.order.kind {
            Kind::CancelAccess => state == State::AccessDropped,
            _ => state.is_final(),
        };
        is_over && self.turning.who == Who::Bureau
    }

    /// Whether the edition in force gives the places of codes back when their website is cancelled.
    fn restores(&self) -> bool {
        self.ground.restores_places(self.now)
    }

    /// The number that the order starts from.
    fn target(&self) -> &str {
        self.form.target.as_ref().and_then(|target| target.number.as_deref()).unwrap_or_default()
    }

    /// The subject, if it is the account's.
    fn own(&self, subject: Option<Subject>) -> Result<Subject, Failing> {
        let own = subject.filter(|subject| subject.account == self.order.account);
        own.ok_or_else(|| because(FileFault::NothingFiled))
    }

    fn of(&self, subject: &Subject) -> Writing {
        Writing::of(subject.id, self.order.subject_key)
    }

    async fn opened(&self, tx: &mut Tx<'_>, subject: &Subject) -> Result<Vault, Failing> {
        let vault = Vault::find(tx, self.ground, subject.subject_key).await?.vault();
        vault.ok_or_else(|| because(FileFault::Order(OrderFault::Erased)))
    }

    /// The subject with that number and its key. One that was filed through another provider becomes known here, by its number.
    async fn subject_of(
        &self,
        tx: &mut Tx<'_>,
        number: &str,
        draw: &mut Draw,
    ) -> Result<(Subject, Vault, Writing), Failing> {
        if let Some(found) = subjects::by_number(tx, number).await? {
            let subject = self.own(Some(found))?;
            if subject.state.is_final() {
                return Err(because(FileFault::Cancelled(subject.number)));
            }
            let vault = self.opened(tx, &subject).await?;
            let writing = self.of(&subject);
            return Ok((subject, vault, writing));
        }
        if read(number).is_none_or(|number| number.website.is_some()) {
            return Err(because(FileFault::NothingFiled));
        }
        let subject = self.subject(draw.id(self.now), number, &Filled::default(), draw)?;
        // Nothing but the account is known of whoever is filed elsewhere.
        if is_cancelled_of(tx, number, subject.account, subject.id).await? {
            return Err(because(FileFault::NumberCancelled(number.to_owned())));
        }
        let mut writing = self.of(&subject);
        writing.adds_subject(&self.turning, subject.clone(), Event::File).map_err(illegal)?;
        Ok((subject, self.vault.clone(), writing))
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
            state: State::Active,
            nature: filled.nature.map(i64::from),
            region: region_of(filled),
            sealed: seal_subject(self.vault, id, filled, draw)?,
            filed_at: 0,
            changed_at: 0,
        })
    }

    /// The new websites with the numbers that the bureau gave.
    async fn websites(
        &self,
        tx: &mut Tx<'_>,
        subject: &Subject,
        vault: &Vault,
        draw: &mut Draw,
        writing: &mut Writing,
    ) -> Result<(), Failing> {
        let sites = &self.form.websites;
        let numbers: Vec<_> =
            self.numbers.1.iter().filter_map(|number| website_of(number, subject)).collect();
        if sites.len() != numbers.len() || numbers.len() != self.numbers.1.len() {
            return Err(because(FileFault::WebsiteNumbers { wanted: sites.len() }));
        }
        for (site, number) in sites.iter().zip(&numbers) {
            let id = draw.id(self.now);
            self.website(tx, subject, vault, (id, number, site), draw, writing).await?;
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
        writing: &mut Writing,
    ) -> Result<(), Failing> {
        if writing.has_number(number) || websites::by_number(tx, number).await?.is_some() {
            return Err(because(FileFault::NumberTaken(number.to_owned())));
        }
        if is_cancelled_website(tx, self.ground, number, &domains_of(site)).await? {
            return Err(because(FileFault::NumberCancelled(number.to_owned())));
        }
        writing.domains.extend(self.domains(tx, id, site, &[]).await?);
        let website = Website {
            id,
            subject: subject.id,
            number: number.to_owned(),
            state: State::Active,
            sealed: seal_website(vault, id, site, draw)?,
            filed_at: 0,
            changed_at: 0,
        };
        writing.adds_website(&self.turning, website, Event::File).map_err(illegal)?;
        writing.hosts(self.access(tx, id, site, draw).await?);
        Ok(())
    }

    /// Where a website of the order is hosted from now on.
    async fn access(
        &self,
        tx: &mut Tx<'_>,
        website: WebsiteId,
        site: &Site,
        draw: &mut Draw,
    ) -> Result<Access, DeskError> {
        let given = site.verification.as_deref().and_then(|given| given.parse().ok());
        let verification = match given {
            Some(id) => verifications::by_id(tx, id).await?,
            None => None,
        };
        Ok(Access {
            id: draw.id(self.now),
            website,
            instance: verification.as_ref().map(|verification| verification.instance),
            verification: verification.as_ref().map(|verification| verification.id),
            addresses: site.addresses.join(" "),
            since_at: 0,
            ended: None,
            restored_at: None,
        })
    }

    /// The domains of a website in the form in which they are compared. None may be another's, but of those that get others now.
    async fn domains(
        &self,
        tx: &mut Tx<'_>,
        website: WebsiteId,
        site: &Site,
        renewed: &[WebsiteId],
    ) -> Result<Vec<Domain>, Failing> {
        let domains = domains_of(site);
        for domain in &domains {
            let other = websites::by_domain(tx, domain).await?;
            if other.is_some_and(|other| other.id != website && !renewed.contains(&other.id)) {
                return Err(because(FileFault::DomainTaken));
            }
        }
        Ok(domains.into_iter().map(|domain| named(self.ground, domain, website)).collect())
    }
}

fn region_of(filled: &Filled) -> Option<i64> {
    filled.region.as_deref()?.parse().ok()
}

/// The province of a region: its first two digits.
const fn province_of(region: i64) -> i64 {
    region / 10_000
}

/// A number as the bureau gave it, whichever way it was typed.
fn read(number: &str) -> Option<FilingNumber> {
    FilingNumber::read(&tidied(number)?).ok()
}

/// The number of a website of the subject, as it is kept.
fn website_of(number: &str, subject: &Subject) -> Option<String> {
    let number = read(number).filter(|number| number.subject == subject.number)?;
    Some(format!("{}-{}", number.subject, number.website?))
}

/// Refuses to go on with a website that is cancelled.
fn alive(website: &Website) -> Result<(), Failing> {
    match website.state {
        State::Cancelled => Err(because(FileFault::Cancelled(website.number.clone()))),
        State::Active | State::AccessDropped => Ok(()),
    }
}

fn illegal(illegal: Illegal) -> Failing {
    because(FileFault::Number(illegal))
}

fn because(fault: FileFault) -> Failing {
    Failed::Because(Failure::Because(fault))
}
