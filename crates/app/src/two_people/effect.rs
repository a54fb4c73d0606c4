//! What is done once two people agree: entries come on the blacklist and off it, and a number ends.

use super::{Extent, Measure, ThingKind, WhyListed, agree::ListedNow, held};
use crate::{
    Actor,
    chance::Draw,
    deed::Setting,
    failure::{Damage, DeskError, Failed, Failure},
    ground::Ground,
    orders::{Forcing, Fresh, bureau::FileFault, mark_of},
    registry::{Numbered, all_of, filed},
};
use filing::{
    checks::{Wanted, lookups},
    orders::Kind,
    registry::Event,
};
use rulebook::calendar::shanghai;
use store::{
    EntryId, OrderId, ProposalId, Tx,
    blacklist::{self, Listed},
    gate_changes, numbers,
    proposals::Proposal,
    subjects::Subject,
    websites::Website,
};

type Failing = Failed<Failure<FileFault>>;

/// What is filed under a number and not cancelled.
pub(super) struct Target {
    pub(super) subject: Subject,
    /// The website whose number it is; `None` where it is the subject's.
    website: Option<Website>,
}

impl Target {
    /// What is filed under that number, whoever's; `None` where nothing is, or it is cancelled.
    pub(super) async fn find(tx: &mut Tx<'_>, number: &str) -> Result<Option<Self>, DeskError> {
        let found = Numbered::find(tx, number).await?;
        let found = found.filter(|found| !found.state().is_final() && !found.subject.state.is_final());
        Ok(found.map(|Numbered { subject, website }| Self { subject, website }))
    }

    pub(super) fn number(&self) -> &str {
        self.website.as_ref().map_or(&self.subject.number, |website| &website.number)
    }

    /// When the last of it changed, in microseconds since 1970.
    pub(super) fn followed(&self) -> Vec<i64> {
        self.website.iter().map(|website| website.changed_at).chain([self.subject.changed_at]).collect()
    }

    /// The websites that the number is about.
    async fn concerned(&self, tx: &mut Tx<'_>) -> Result<Vec<Website>, DeskError> {
        match &self.website {
            Some(website) => Ok(vec![website.clone()]),
            None => self.all(tx).await,
        }
    }

    /// The websites that end, to that extent.
    pub(super) async fn ending(&self, tx: &mut Tx<'_>, extent: Extent) -> Result<Vec<Website>, DeskError> {
        match extent {
            Extent::Number => self.concerned(tx).await,
            Extent::Serious { .. } => self.all(tx).await,
        }
    }

    /// Whether the subject ends, to that extent.
    pub(super) const fn ends_subject(&self, extent: Extent) -> bool {
        self.website.is_none() || matches!(extent, Extent::Serious { .. })
    }

    async fn all(&self, tx: &mut Tx<'_>) -> Result<Vec<Website>, DeskError> {
        let mut all = all_of(tx, &self.subject).await?;
        all.retain(|website| !website.state.is_final());
        Ok(all)
    }

    /// What goes on the blacklist in a serious case: the certificate of the subject and the names of the websites concerned; their
    /// domains where that is wanted.
    async fn unlawful(
        &self,
        tx: &mut Tx<'_>,
        ground: &Ground,
        domains: bool,
    ) -> Result<Vec<Wanted>, DeskError> {
        let concerned = self.concerned(tx).await?;
        let form = filed(tx, ground, &self.subject, &concerned).await?.unwrap_or_default();
        let mut unlawful: Vec<Wanted> = Vec::new();
        for wanted in lookups(Kind::FirstFiling, &form.tidied()).into_iter().map(|lookup| lookup.wanted) {
            let is_meant = match kind_of(&wanted) {
                ThingKind::Certificate | ThingKind::WebsiteName => true,
                ThingKind::Domain => domains,
                ThingKind::SubjectName => false,
            };
            if is_meant && !unlawful.contains(&wanted) {
                unlawful.push(wanted);
            }
        }
        Ok(unlawful)
    }
}

/// Something that is not on the blacklist yet.
pub(super) struct Unlisted {
    thing: ThingKind,
    kind: &'static str,
    mark: Vec<u8>,
    /// When it last stopped no account any more, in microseconds since 1970.
    ended: Option<i64>,
}

impl Unlisted {
    /// What of those is not on the blacklist yet.
    async fn of(tx: &mut Tx<'_>, ground: &Ground, all: Vec<Wanted>) -> Result<Vec<Self>, DeskError> {
        let mut unlisted = Vec::new();
        for wanted in all {
            let (kind, mark) = mark_of(ground, &wanted);
            if blacklist::find(tx, kind, &mark).await?.is_none() {
                let ended = blacklist::last_ended(tx, kind, &mark).await?;
                unlisted.push(Self { thing: kind_of(&wanted), kind, mark, ended });
            }
        }
        Ok(unlisted)
    }
}

/// What is to be done, with all that it follows.
pub(super) enum Effect {
    List { unlisted: Vec<Unlisted>, reason: WhyListed },
    Unlist(Option<Listed>),
    Cancel { target: Target, extent: Extent, unlawful: Vec<Unlisted> },
}

impl Effect {
    /// Reads what it takes to do what is proposed.
    pub(super) async fn read(
        tx: &mut Tx<'_>,
        setting: &Setting,
        proposal: &Proposal,
        measure: &Measure,
    ) -> Result<Self, Failing> {
        let ground = &setting.ground;
        Ok(match measure {
            Measure::List { reason, .. } => {
                let wanted = named(tx, setting, proposal).await?;
                Self::List { unlisted: Unlisted::of(tx, ground, vec![wanted]).await?, reason: *reason }
            }
            Measure::Unlist { entry, .. } => Self::Unlist(blacklist::by_id(tx, *entry).await?),
            Measure::Cancel { number, extent } => {
                let nothing = || Failed::Because(Failure::Because(FileFault::NothingFiled));
                let target = Target::find(tx, number).await?.ok_or_else(nothing)?;
                if is_another_since(tx, target.number(), proposal.proposed_at).await? {
                    return Err(nothing());
                }
                let unlawful = match *extent {
                    Extent::Number => Vec::new(),
                    Extent::Serious { domains } => target.unlawful(tx, ground, domains).await?,
                };
                let unlawful = Unlisted::of(tx, ground, unlawful).await?;
                Self::Cancel { target, extent: *extent, unlawful }
            }
        })
    }

    /// When the last of what it follows changed, in microseconds since 1970.
    pub(super) fn followed(&self) -> Vec<i64> {
        match self {
            Self::List { unlisted, .. } => unlisted.iter().filter_map(|one| one.ended).collect(),
            Self::Unlist(listed) => listed.iter().map(|listed| listed.at).collect(),
            Self::Cancel { target, unlawful, .. } => {
                unlawful.iter().filter_map(|one| one.ended).chain(target.followed()).collect()
            }
        }
    }
}

/// Whether a number came to what has it after `then`, in microseconds since 1970: what somebody proposed to cancel before was something else,
/// and goes on under the number to which it was corrected.
async fn is_another_since(tx: &mut Tx<'_>, number: &str, then: i64) -> Result<bool, DeskError> {
    let came = [Event::File, Event::Import, Event::ImportDropped, Event::ImportCancelled, Event::Correct];
    let steps = numbers::of_number(tx, number).await?;
    Ok(steps.iter().any(|step| step.at > then && came.contains(&step.event)))
}

/// What a proposal names.
async fn named(tx: &mut Tx<'_>, setting: &Setting, proposal: &Proposal) -> Result<Wanted, DeskError> {
    let thing = held::named(tx, &setting.ground, proposal).await?.and_then(|named| named.thing);
    let wanted = thing.and_then(|thing| thing.wanted(shanghai(setting.now).date()).ok());
    let fault = || Damage::Sealed { row: proposal.id.uuid(), fault: "it names nothing".to_owned() };
    Ok(wanted.ok_or_else(fault)?)
}

/// A proposal that somebody agreed to.
pub(super) struct Doing<'a> {
    pub(super) setting: &'a Setting,
    pub(super) actor: &'a Actor,
    pub(super) proposal: ProposalId,
    /// When, in microseconds since 1970.
    pub(super) at: i64,
    /// The order that is made where a number ends.
    pub(super) fresh: &'a Fresh,
    /// The entry of the ledger that says that it was made.
    pub(super) entry: EntryId,
}

/// What was done.
#[derive(Default)]
pub(super) struct Done {
    pub(super) order: Option<OrderId>,
    pub(super) listed: Vec<ListedNow>,
}

impl Doing<'_> {
    /// Does it.
    pub(super) async fn done(
        &self,
        tx: &mut Tx<'_>,
        effect: Effect,
        draw: &mut Draw,
    ) -> Result<Done, Failing> {
        match effect {
            Effect::List { unlisted, reason } => {
                Ok(Done { listed: self.list(tx, unlisted, reason, draw).await?, ..Done::default() })
            }
            Effect::Unlist(listed) => {
                if let Some(listed) = listed {
                    tx.together(&[listed.removing(), listed.unblocking(&self.at)]).await?;
                    self.notes_change(tx, &listed).await?;
                }
                Ok(Done::default())
            }
            Effect::Cancel { target, extent, unlawful } => {
                let order = self.cancel(tx, &target, extent, draw).await?;
                // Whoever is known by no certificate would get codes all the same.
                if !unlawful.iter().any(|one| one.thing == ThingKind::Certificate) {
                    let subject = &target.subject.id;
                    for Unlisted { kind, mark, .. } in &unlawful {
                        tx.together(&[blacklist::blocking_for(subject, kind, mark, &self.at)]).await?;
                    }
                }
                let listed = self.list(tx, unlawful, WhyListed::ByAuthority, draw).await?;
                Ok(Done { order: Some(order), listed })
            }
        }
    }

    async fn list(
        &self,
        tx: &mut Tx<'_>,
        unlisted: Vec<Unlisted>,
        reason: WhyListed,
        draw: &mut Draw,
    ) -> Result<Vec<ListedNow>, DeskError> {
        let mut now = Vec::with_capacity(unlisted.len());
        for Unlisted { thing, kind, mark, .. } in unlisted {
            let (id, kind, reason) = (draw.id(self.setting.now), kind.to_owned(), reason.word().to_owned());
            let listed = Listed { id, kind, mark, reason, proposal: self.proposal, at: self.at };
            tx.together(&[listed.adding(), listed.blocking()]).await?;
            self.notes_change(tx, &listed).await?;
            now.push(ListedNow { entry: id, thing });
        }
        Ok(now)
    }

    /// Tells whoever keeps an index of what may be served of a domain that is listed now, or is no longer.
    async fn notes_change(&self, tx: &mut Tx<'_>, listed: &Listed) -> Result<(), DeskError> {
        if listed.kind == ThingKind::Domain.word() {
            tx.together(&gate_changes::of_mark(&self.setting.entry, &listed.mark, &self.at)).await?;
        }
        Ok(())
    }

    async fn cancel(
        &self,
        tx: &mut Tx<'_>,
        target: &Target,
        extent: Extent,
        draw: &mut Draw,
    ) -> Result<OrderId, Failing> {
        let (kind, number) = if target.ends_subject(extent) {
            (Kind::CancelSubject, target.subject.number.as_str())
        } else {
            (Kind::CancelWebsite, target.number())
        };
        let forcing = Forcing {
            setting: self.setting,
            actor: self.actor,
            account: target.subject.account,
            kind,
            number,
            fresh: self.fresh,
            entry: self.entry,
            followed: target.followed().into_iter().chain([self.at]).collect(),
        };
        Ok(forcing.force(tx, draw).await?.order)
    }
}

const fn kind_of(wanted: &Wanted) -> ThingKind {
    match wanted {
        Wanted::Domain(_) => ThingKind::Domain,
        Wanted::Certificate { .. } => ThingKind::Certificate,
        Wanted::SubjectName(_) => ThingKind::SubjectName,
        Wanted::WebsiteName(_) => ThingKind::WebsiteName,
    }
}
