//! The numbers of an account: each subject with its websites, oldest first.

use super::{
    number::{NumberInShort, in_short},
    numbered::{Numbered, all_of},
};
use crate::{
    Asker, Desk,
    failure::{DeskError, Failed},
};
use store::{SubjectId, Tx, Unit, subjects};
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
        let mut told = Vec::new();
        for subject in subjects::of_account(tx, self.asker.id(), self.after, self.most).await? {
            let mut websites = Vec::new();
            for website in all_of(tx, &subject).await? {
                let one = Numbered { subject: subject.clone(), website: Some(website) };
                websites.push(in_short(tx, &one).await?);
            }
            let id = subject.id;
            let number = in_short(tx, &Numbered { subject, website: None }).await?;
            told.push(OwnSubject { id, number, websites });
        }
        Ok(told)
    }
}
