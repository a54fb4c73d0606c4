//! Subjects without a website that is not cancelled: no round comes to them by their websites, and what is filed of them may be untrue
//! all the same.

use super::{keep::Keeping, risks::of_subject};
use crate::{
    Desk,
    chance::Draw,
    deed::Setting,
    failure::{DeskError, Failed},
};
use filing::registry::WatchRule;
use jiff::Timestamp;
use store::{
    SubjectId, Tx, Unit,
    leases::{self, Held},
    subjects::{self, Subject},
};
use uuid::Uuid;

/// Subjects that are read at a time.
const AT_ONCE: i64 = 100;

impl Desk {
    /// Writes down what threatens the subjects that have no websites, and how many warnings that came to.
    pub(super) async fn note_bare(&self, lease: &Held, now: Timestamp) -> Result<usize, DeskError> {
        let (mut told, mut after) = (0, SubjectId::new(Uuid::nil()));
        loop {
            let found = self.read::<_, DeskError>(|_| Ok(Page(after))).await?;
            let Some(last) = found.last() else { return Ok(told) };
            after = last.id;
            for subject in found {
                told += self.note_one(lease, subject, now).await?;
            }
        }
    }

    async fn note_one(&self, lease: &Held, subject: Subject, now: Timestamp) -> Result<usize, DeskError> {
        let (entry, drawn) = (self.chance().draw().id(now), self.chance().draw().bytes());
        let (id, number, rule) = (subject.id, subject.number, self.watch_rule());
        let noted = self.write::<_, DeskError>(|ground| {
            let setting = Setting { ground, now, entry, unsure: false };
            Ok(NoteBare { setting, lease: lease.clone(), subject: id, rule, drawn })
        });
        match noted.await {
            Ok(told) => Ok(told),
            Err(error @ DeskError::Damaged(_)) => {
                tracing::error!(event = "watch.not_noted", number, %error);
                Ok(0)
            }
            Err(error) => Err(error),
        }
    }
}

struct Page(SubjectId);

impl Unit for Page {
    type Output = Vec<Subject>;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Output, Self::Error> {
        Ok(subjects::bare(tx, self.0, AT_ONCE).await?)
    }
}

struct NoteBare {
    setting: Setting,
    lease: Held,
    subject: SubjectId,
    rule: WatchRule,
    drawn: [u8; 32],
}

impl Unit for NoteBare {
    /// How many warnings that came to.
    type Output = usize;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<usize, Self::Error> {
        leases::holds(tx, &self.lease).await?;
        self.setting.ground.check(tx).await?;
        let Some(subject) = subjects::by_id(tx, self.subject).await? else { return Ok(0) };
        let risks = of_subject(tx, &self.rule, &subject, self.setting.now).await?;
        let mut keeping =
            Keeping { setting: &self.setting, rule: &self.rule, draw: Draw::of(self.drawn), warns: true };
        Ok(keeping.keep(tx, subject.account, &subject.number, risks).await?)
    }
}
