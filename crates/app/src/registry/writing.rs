//! What is to be written in the registry by one transaction: rows, and a step for each number to which something happens.

use super::{
    notice,
    turning::{Turn, Turning},
};
use crate::{
    failure::{Damage, DeskError},
    ground::Ground,
    orders::{Happens, effects, mark_of, restored},
};
use filing::{
    checks::{Wanted, lookups},
    orders::{Form, Kind},
    registry::{Event, Illegal, Machine, Reason},
};
use store::{
    AccessId, SubjectId, SubjectKeyId, Tx, WebsiteId, Write,
    accesses::{self, Access, End},
    blacklist, domain_terms, gate_changes, jobs, number_risks,
    subjects::{self, Mark, Subject},
    watch_streaks,
    websites::{self, CancelledDomain, Domain, Website},
};
use uuid::Uuid;

/// Rows that are to be written; their times are set when they are.
#[derive(Debug, Default)]
pub(crate) struct Writing {
    new_subject: Option<Subject>,
    changed_subject: Option<(Subject, i64)>,
    new_websites: Vec<Website>,
    changed_websites: Vec<(Website, i64)>,
    turns: Vec<(String, Turn)>,
    new_accesses: Vec<Access>,
    ended_accesses: Vec<(AccessId, Reason)>,
    restored: Vec<(AccessId, Happens)>,
    /// Websites whose domains are forgotten.
    pub(super) without_domains: Vec<WebsiteId>,
    pub(super) domains: Vec<Domain>,
    /// What is left of domains of new websites that are cancelled.
    pub(super) cancelled_domains: Vec<CancelledDomain>,
    /// The subject whose marks are written anew.
    marks_of: Option<SubjectId>,
    marks: Vec<Mark>,
    /// The subject that it is about, and the key of the order by which it is filed or changed.
    order_key: Option<(SubjectId, SubjectKeyId)>,
    /// When what this follows last changed, in microseconds since 1970.
    followed: Vec<i64>,
}

/// By what a subject is found that is filed by such a form.
pub(super) fn marks_of(ground: &Ground, kind: Kind, form: &Form, subject: SubjectId) -> Vec<Mark> {
    let of_subject = |wanted: &Wanted| matches!(wanted, Wanted::Certificate { .. } | Wanted::SubjectName(_));
    let all = lookups(kind, form).into_iter().filter(|lookup| of_subject(&lookup.wanted));
    let marked = all.map(|lookup| mark_of(ground, &lookup.wanted));
    marked.map(|(kind, mark)| Mark { kind, mark, subject }).collect()
}

impl Writing {
    /// Something about a subject, by an order whose key that is.
    pub(super) fn of(subject: SubjectId, key: SubjectKeyId) -> Self {
        Self { order_key: Some((subject, key)), ..Self::default() }
    }

    /// By what the subject is found from now on.
    pub(super) fn finds(&mut self, subject: SubjectId, marks: Vec<Mark>) {
        (self.marks_of, self.marks) = (Some(subject), marks);
    }

    /// A subject that is new here. Its state is set by what happens to it.
    pub(super) fn adds_subject(
        &mut self,
        turning: &Turning<'_>,
        subject: Subject,
        event: Event,
    ) -> Result<(), Illegal> {
        let turn = turning.turn(Machine::Subject, None, event)?;
        self.turns.push((subject.number.clone(), turn));
        self.new_subject = Some(Subject { state: turn.to, ..subject });
        Ok(())
    }

    /// A subject to which something happens.
    pub(super) fn turns_subject(
        &mut self,
        turning: &Turning<'_>,
        subject: Subject,
        event: Event,
    ) -> Result<(), Illegal> {
        let turn = turning.turn(Machine::Subject, subject.state, event)?;
        self.turns.push((subject.number.clone(), turn));
        self.followed.push(subject.changed_at);
        let was = subject.changed_at;
        self.changed_subject = Some((Subject { state: turn.to, ..subject }, was));
        Ok(())
    }

    /// A website that is new here. Its state is set by what happens to it.
    pub(super) fn adds_website(
        &mut self,
        turning: &Turning<'_>,
        website: Website,
        event: Event,
    ) -> Result<(), Illegal> {
        let turn = turning.turn(Machine::Website, None, event)?;
        self.turns.push((website.number.clone(), turn));
        self.new_websites.push(Website { state: turn.to, ..website });
        Ok(())
    }

    /// A website to which something happens.
    pub(super) fn turns_website(
        &mut self,
        turning: &Turning<'_>,
        website: Website,
        event: Event,
    ) -> Result<(), Illegal> {
        let turn = turning.turn(Machine::Website, website.state, event)?;
        self.turns.push((website.number.clone(), turn));
        self.followed.push(website.changed_at);
        let was = website.changed_at;
        self.changed_websites.push((Website { state: turn.to, ..website }, was));
        Ok(())
    }

    /// A website is no longer hosted here: all its accesses end, and its number goes on without.
    pub(super) async fn drops(
        &mut self,
        tx: &mut Tx<'_>,
        turning: &Turning<'_>,
        website: Website,
    ) -> Result<Result<(), Illegal>, DeskError> {
        let id = website.id;
        if let Err(illegal) = self.turns_website(turning, website, Event::DropAccess) {
            return Ok(Err(illegal));
        }
        self.ends_accesses(tx, turning, id).await?;
        Ok(Ok(()))
    }

    /// A website is cancelled: its accesses end, its domains are free, and where the edition says so its codes no longer count.
    pub(super) async fn cancels(
        &mut self,
        tx: &mut Tx<'_>,
        turning: &Turning<'_>,
        website: Website,
        restores: bool,
    ) -> Result<Result<(), Illegal>, DeskError> {
        let id = website.id;
        if let Err(illegal) = self.turns_website(turning, website, Event::Cancel) {
            return Ok(Err(illegal));
        }
        self.without_domains.push(id);
        let all = self.ends_accesses(tx, turning, id).await?;
        if restores {
            for access in all.into_iter().filter(|access| access.restored_at.is_none()) {
                let Some(verification) = access.verification else { continue };
                let happens = restored(tx, verification).await?;
                self.restored.extend(happens.map(|happens| (access.id, happens)));
            }
        }
        Ok(Ok(()))
    }

    /// A website is no longer hosted on one of several instances.
    pub(super) fn ends_one(
        &mut self,
        turning: &Turning<'_>,
        website: Website,
        access: &Access,
    ) -> Result<(), Illegal> {
        self.turns_website(turning, website, Event::EndAccess)?;
        self.followed.push(access.since_at);
        self.ended_accesses.extend(turning.reason.map(|reason| (access.id, reason)));
        Ok(())
    }

    async fn ends_accesses(
        &mut self,
        tx: &mut Tx<'_>,
        turning: &Turning<'_>,
        website: WebsiteId,
    ) -> Result<Vec<Access>, DeskError> {
        let all = accesses::of_website(tx, website).await?;
        for access in &all {
            self.followed.push(access.since_at);
            if let (None, Some(reason)) = (access.ended, turning.reason) {
                self.ended_accesses.push((access.id, reason));
            }
        }
        Ok(all)
    }

    /// A website is hosted here from now on.
    pub(super) fn hosts(&mut self, access: Access) {
        self.new_accesses.push(access);
    }

    /// Whether a new website has that number.
    pub(super) fn has_number(&self, number: &str) -> bool {
        self.new_websites.iter().any(|website| website.number == number)
    }

    /// How many places come back to quotas.
    pub(super) const fn restored(&self) -> usize {
        self.restored.len()
    }

    /// When the last of what it follows changed, in microseconds since 1970.
    pub(crate) fn followed(&self) -> impl Iterator<Item = i64> {
        let restored = self.restored.iter().flat_map(|(_, happens)| happens.followed());
        self.followed.iter().copied().chain(restored)
    }

    /// What the ledger names of it beside its order: codes that no longer count, and what proved them.
    pub(crate) fn names(&self) -> impl Iterator<Item = (&'static str, Uuid)> {
        self.restored.iter().flat_map(|(_, happens)| happens.names())
    }

    /// Writes all of it at `at`, in microseconds since 1970, which is later than all that it follows.
    pub(crate) async fn write(
        mut self,
        tx: &mut Tx<'_>,
        turning: &Turning<'_>,
        at: i64,
    ) -> Result<(), DeskError> {
        self.happens_at(at);
        // With the domains that they have before, and with those that they have afterwards.
        self.notes_changes(tx, turning, at).await?;
        let cancelled = self.changed_websites.iter().filter(|(website, _)| website.state.is_final());
        let kept = cancelled.map(|(website, _)| websites::keeping_domains(&website.id));
        let forgotten = kept.chain(self.without_domains.iter().map(websites::forgetting_domains));
        let forgotten: Vec<_> =
            forgotten.chain(self.marks_of.iter().map(subjects::forgetting_marks)).collect();
        let forgotten: Vec<_> = forgotten.into_iter().chain(self.unwatched()).collect();
        // How many there were does not matter.
        tx.together(&forgotten).await?;
        let steps: Vec<_> = self.turns.iter().map(|(number, turn)| turning.step(number, *turn, at)).collect();
        let steps: Vec<_> = steps.iter().map(store::numbers::NumberStep::write).collect();
        let ends: Vec<_> =
            self.ended_accesses.iter().map(|(id, reason)| End::new(*id, at, *reason)).collect();
        let mut writes: Vec<_> = self.new_subject.iter().map(Subject::adding).collect();
        writes.extend(self.changed_subject.iter().map(|(subject, was)| subject.changing(was)));
        writes.extend(self.new_websites.iter().map(Website::adding));
        writes.extend(self.changed_websites.iter().map(|(website, was)| website.changing(was)));
        writes.extend(self.domains.iter().map(Domain::adding));
        writes.extend(self.new_accesses.iter().map(Access::adding));
        writes.extend(ends.iter().map(End::ending));
        writes.extend(self.restored.iter().map(|(access, _)| accesses::restoring(access, &at)));
        writes.extend(steps.iter().map(store::numbers::NewNumberStep::adding));
        let left = self.cancelled_domains.iter().map(CancelledDomain::adding);
        let given_up: Vec<_> = self.without_domains.iter().flat_map(given_up).chain(left).collect();
        if tx.together(&writes).await?.contains(&0) {
            let fault = "what is filed changed meanwhile".to_owned();
            let id = self.order_key.map_or(Uuid::nil(), |(subject, _)| subject.uuid());
            return Err(Damage::Sealed { row: id, fault }.into());
        }
        // How many there were does not matter.
        tx.together(&given_up).await?;
        self.notes_changes(tx, turning, at).await?;
        if let Some(notice) = notice::of(turning, &self.turns, at)? {
            tx.together(&[jobs::adding(&notice)]).await?;
        }
        self.gives_back(tx, at).await?;
        let key = self.order_key.iter().map(|(subject, key)| subjects::adding_order_key(subject, key));
        tx.together(&key.chain(self.marks.iter().map(Mark::adding)).collect::<Vec<_>>()).await?;
        // What was listed after the order had passed its checks stops the account from now on.
        let found = self.marks_of.iter().map(|subject| blacklist::blocking_subject(subject, &at));
        tx.together(&found.collect::<Vec<_>>()).await?;
        Ok(())
    }

    /// Tells whoever keeps an index of what may be served of the domains that its websites have at this moment.
    async fn notes_changes(&self, tx: &mut Tx<'_>, turning: &Turning<'_>, at: i64) -> Result<(), DeskError> {
        let changed = self.changed_websites.iter().map(|(website, _)| &website.id);
        let all =
            changed.chain(self.new_websites.iter().map(|website| &website.id)).chain(&self.without_domains);
        let notes: Vec<_> = all.map(|id| gate_changes::of_website(&turning.entry, id, &at)).collect();
        tx.together(&notes).await?;
        Ok(())
    }

    /// Forgets what was watched of those that are cancelled.
    fn unwatched(&self) -> impl Iterator<Item = Write<'_>> {
        let websites = self.changed_websites.iter().map(|(website, _)| website);
        let websites = websites.filter(|website| website.state.is_final());
        let subject = self.changed_subject.iter().map(|(subject, _)| subject);
        let subject = subject.filter(|subject| subject.state.is_final());
        let of_subject = subject.map(|subject| number_risks::forgetting_number(&subject.number));
        of_subject.chain(websites.flat_map(|website| {
            [
                number_risks::forgetting_number(&website.number),
                watch_streaks::forgetting(&website.id),
                domain_terms::forgetting(&website.id),
            ]
        }))
    }

    /// Gives places in quotas back. An instance that has changed hands meanwhile may have none to give.
    async fn gives_back(&self, tx: &mut Tx<'_>, at: i64) -> Result<(), DeskError> {
        let effects = effects(self.restored.iter().map(|(_, happens)| happens), at)?;
        tx.together(&effects.writes()).await?;
        Ok(())
    }

    fn happens_at(&mut self, at: i64) {
        if let Some(subject) = &mut self.new_subject {
            (subject.filed_at, subject.changed_at) = (at, at);
        }
        if let Some((subject, _)) = &mut self.changed_subject {
            subject.changed_at = at;
        }
        for website in &mut self.new_websites {
            (website.filed_at, website.changed_at) = (at, at);
        }
        for (website, _) in &mut self.changed_websites {
            website.changed_at = at;
        }
        for access in &mut self.new_accesses {
            access.since_at = at;
        }
    }
}

/// Forgets what was said and seen of domains that a website has no longer, once it has its new ones.
fn given_up(website: &WebsiteId) -> [Write<'_>; 2] {
    [domain_terms::forgetting_given_up(website), watch_streaks::forgetting_given_up(website)]
}
