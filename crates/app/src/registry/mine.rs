//! The numbers of an account: each subject with its websites, oldest first.

use super::{
    number::{NumberInShort, in_short},
    numbered::{Numbered, all_of},
};
use crate::{
    Asker, Desk,
    failure::{DeskError, Failed},
    watch::risk_of,
};
use filing::registry::{Machine, Risk, State, Weight};
use std::collections::BTreeMap;
use store::{
    SubjectId, Tx, Unit,
    number_risks::{self, NumberRisk},
    subjects,
};
use uuid::Uuid;

/// How many subjects a page has at most.
pub const MOST_SUBJECTS: u32 = 200;

/// A subject of the account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnSubject {
    /// Its id, behind which the next page begins.
    pub id: SubjectId,
    /// Its number.
    pub number: NumberInShort,
    /// Those of its websites, cancelled ones too.
    pub websites: Vec<NumberInShort>,
    /// What weighs most of what threatens each of these numbers, as the watch knows it; nothing of one that nothing threatens.
    pub threats: BTreeMap<String, Threat>,
}

/// What threatens a number most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Threat {
    /// What.
    pub risk: Risk,
    /// How much it weighs.
    pub weight: Weight,
}

impl Desk {
    /// The subjects of an account after the subject `after`, no more than `most` and [`MOST_SUBJECTS`].
    pub async fn my_numbers(
        &self,
        asker: &Asker,
        after: Option<SubjectId>,
        most: u32,
    ) -> Result<Vec<OwnSubject>, DeskError> {
        let (asker, after) = (asker.clone(), after.unwrap_or(SubjectId::new(Uuid::nil())));
        let most = most.min(MOST_SUBJECTS).into();
        self.read(|_| Ok(List { asker: asker.clone(), after, most })).await
    }
}

struct List {
    asker: Asker,
    after: SubjectId,
    most: i64,
}

impl Unit for List {
    type Output = Vec<OwnSubject>;
    type Error = Failed<DeskError>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Vec<OwnSubject>, Self::Error> {
        let found = subjects::of_account(tx, self.asker.id(), self.after, self.most).await?;
        let Some(last) = found.last() else { return Ok(Vec::new()) };
        let mut risks: BTreeMap<String, Vec<NumberRisk>> = BTreeMap::new();
        for row in number_risks::of_account(tx, self.asker.id(), self.after, last.id).await? {
            risks.entry(row.number.clone()).or_default().push(row);
        }
        let mut told = Vec::new();
        for subject in found {
            let mut websites = Vec::new();
            for website in all_of(tx, &subject).await? {
                let one = Numbered { subject: subject.clone(), website: Some(website) };
                websites.push(in_short(tx, &one).await?);
            }
            let id = subject.id;
            let number = in_short(tx, &Numbered { subject, website: None }).await?;
            let hosted = websites.iter().any(|website| website.state == State::Active);
            let mut threats = BTreeMap::new();
            for short in std::iter::once(&number).chain(&websites) {
                let is_hosted =
                    if short.machine == Machine::Subject { hosted } else { short.state == State::Active };
                let rows = risks.remove(&short.number).unwrap_or_default();
                threats.extend(worst(&rows, is_hosted)?.map(|threat| (short.number.clone(), threat)));
            }
            told.push(OwnSubject { id, number, websites, threats });
        }
        Ok(told)
    }
}

/// What weighs most of what threatens a number, and of what weighs alike what is worst. What was found before it came to be `hosted` here,
/// or was no more, is no threat now; the next round forgets it.
fn worst(rows: &[NumberRisk], hosted: bool) -> Result<Option<Threat>, DeskError> {
    let mut all = Vec::new();
    for row in rows {
        all.extend(
            risk_of(row, hosted)?.filter(|risk| risk.threatens(hosted)).map(|risk| (row.weight, risk)),
        );
    }
    let Some(weight) = all.iter().map(|(weight, _)| *weight).max() else { return Ok(None) };
    let mut heaviest: Vec<_> =
        all.into_iter().filter(|(other, _)| *other == weight).map(|(_, risk)| risk).collect();
    Risk::worst_first(&mut heaviest);
    Ok(heaviest.into_iter().next().map(|risk| Threat { risk, weight }))
}
