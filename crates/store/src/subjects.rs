//! Filed subjects (备案主体): under which number, where they stand, by what they are found.

use crate::{
    AccountId, SubjectId, SubjectKeyId,
    error::{Result, unlike},
    numbers::word_of,
    sql::{Columns, Row, statements},
    tx::{Tx, Write},
};
use filing::registry::State;

/// Subjects that are looked at for one certificate or name: those that are cancelled stay.
pub const MOST_ALIKE: i64 = 50;

/// A filed subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Its id.
    pub id: SubjectId,
    /// The account through which it is filed.
    pub account: AccountId,
    /// The key under which what is personal about it is sealed.
    pub subject_key: SubjectKeyId,
    /// Its filing number, `浙ICP备12345678号`.
    pub number: String,
    /// Where it stands.
    pub state: State,
    /// Its nature: a number of the bureau's table; `None` where it is not known, because it was filed through another provider.
    pub nature: Option<i64>,
    /// Its region, six digits; `None` where it is not known.
    pub region: Option<i64>,
    /// What is filed of it: JSON, sealed.
    pub sealed: Vec<u8>,
    /// When it was filed, in microseconds since 1970.
    pub filed_at: i64,
    /// When it last changed, in microseconds since 1970.
    pub changed_at: i64,
}

impl Row for Subject {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        let state: String = columns.get(4)?;
        Ok(Self {
            id: columns.get(0)?,
            account: columns.get(1)?,
            subject_key: columns.get(2)?,
            number: columns.get(3)?,
            state: State::from_word(&state).ok_or_else(|| unlike("subjects.state", &state))?,
            nature: columns.get(5)?,
            region: columns.get(6)?,
            sealed: columns.get(7)?,
            filed_at: columns.get(8)?,
            changed_at: columns.get(9)?,
        })
    }
}

statements! {
    ADD = "INSERT INTO subjects (id, account, subject_key, number, state, nature, region, sealed, filed_at, changed_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    BY_NUMBER = "SELECT id, account, subject_key, number, state, nature, region, sealed, filed_at, changed_at
                 FROM subjects WHERE number = $1";
    BY_ID = "SELECT id, account, subject_key, number, state, nature, region, sealed, filed_at, changed_at FROM subjects WHERE id = $1";
    OF_ACCOUNT = "SELECT id, account, subject_key, number, state, nature, region, sealed, filed_at, changed_at
                  FROM subjects WHERE account = $1 AND id > $2 ORDER BY id LIMIT $3";
    CHANGE = "UPDATE subjects SET state = $2, nature = $3, region = $4, sealed = $5, changed_at = $6 WHERE id = $1 AND changed_at = $7 AND state <> 'cancelled'";
    ADD_MARK = "INSERT INTO subject_marks (kind, mark, subject) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    ADD_ORDER_KEY = "INSERT INTO subject_order_keys (subject, subject_key) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    ORDER_KEYS = "SELECT subject_key FROM subject_order_keys WHERE subject = $1 ORDER BY subject_key LIMIT 10000";
    OF_KEY = "SELECT s.id, s.account, s.subject_key, s.number, s.state, s.nature, s.region, s.sealed, s.filed_at, s.changed_at
              FROM subject_order_keys k JOIN subjects s ON s.id = k.subject WHERE k.subject_key = $1 ORDER BY s.id LIMIT $2";
    CERTIFICATES = "SELECT mark FROM subject_marks WHERE subject = $1 AND kind = 'certificate' ORDER BY mark LIMIT 10";
    FORGET_MARKS = "DELETE FROM subject_marks WHERE subject = $1";
    MARKED = "SELECT s.id, s.account, s.subject_key, s.number, s.state, s.nature, s.region, s.sealed, s.filed_at, s.changed_at
              FROM subject_marks m JOIN subjects s ON s.id = m.subject WHERE m.kind = $1 AND m.mark = $2 ORDER BY s.id LIMIT $3";
    WITH_WEBSITE_NAMED = "SELECT s.id, s.account, s.subject_key, s.number, s.state, s.nature, s.region, s.sealed, s.filed_at, s.changed_at
                          FROM website_names n JOIN websites w ON w.id = n.website JOIN subjects s ON s.id = w.subject
                          WHERE n.mark = $1 AND w.state <> 'cancelled' ORDER BY w.id LIMIT $2";
    BARE = "SELECT id, account, subject_key, number, state, nature, region, sealed, filed_at, changed_at FROM subjects s
            WHERE id > $1 AND state = 'active' AND number IN (SELECT number FROM untrue_information WHERE mended_at IS NULL
            UNION SELECT number FROM number_risks)
            AND NOT EXISTS (SELECT 1 FROM websites w WHERE w.subject = s.id AND w.state <> 'cancelled') ORDER BY id LIMIT $2";
    FORGET_WEBSITE_NAMES = "DELETE FROM website_names WHERE website IN (SELECT id FROM websites WHERE subject = $1)";
}

impl Subject {
    /// Adds it.
    pub fn adding(&self) -> Write<'_> {
        let Self { id, account, subject_key, number, state, nature, region, sealed, filed_at, changed_at } =
            self;
        Write::new(
            &ADD,
            vec![
                id,
                account,
                subject_key,
                number,
                word_of(*state),
                nature,
                region,
                sealed,
                filed_at,
                changed_at,
            ],
        )
    }

    /// Writes it as it is now. It changes one row, or none when it was changed since
    /// `was`, in microseconds since 1970, or is cancelled.
    pub fn changing<'a>(&'a self, was: &'a i64) -> Write<'a> {
        let Self { id, state, nature, region, sealed, changed_at, .. } = self;
        Write::new(&CHANGE, vec![id, word_of(*state), nature, region, sealed, changed_at, was])
    }
}

/// The subject with that number.
pub async fn by_number(tx: &mut Tx<'_>, number: &str) -> Result<Option<Subject>> {
    tx.optional(&BY_NUMBER, &[&number]).await
}

/// The subject with that id.
pub async fn by_id(tx: &mut Tx<'_>, id: SubjectId) -> Result<Option<Subject>> {
    tx.optional(&BY_ID, &[&id]).await
}

/// The subjects of an account after the subject `after`, oldest first, no more than `most`.
pub async fn of_account(
    tx: &mut Tx<'_>,
    account: AccountId,
    after: SubjectId,
    most: i64,
) -> Result<Vec<Subject>> {
    tx.all(&OF_ACCOUNT, &[&account, &after, &most]).await
}

/// The subjects without a website that is not cancelled under whose number something was found untrue, or of which a risk is kept; after
/// the subject `after`, oldest first, no more than `most`.
pub async fn bare(tx: &mut Tx<'_>, after: SubjectId, most: i64) -> Result<Vec<Subject>> {
    tx.all(&BARE, &[&after, &most]).await
}

/// A keyed hash by which a subject is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Of what: `certificate`, `subject-name`.
    pub kind: &'static str,
    /// The hash.
    pub mark: Vec<u8>,
    /// The subject.
    pub subject: SubjectId,
}

impl Mark {
    /// Adds it.
    pub fn adding(&self) -> Write<'_> {
        Write::new(&ADD_MARK, vec![&self.kind, &self.mark, &self.subject])
    }
}

/// Forgets all by which a subject is found.
pub fn forgetting_marks(subject: &SubjectId) -> Write<'_> {
    Write::new(&FORGET_MARKS, vec![subject])
}

/// The keyed hashes of the certificates by which a subject is found; none of one of whom none is known.
pub async fn certificates(tx: &mut Tx<'_>, subject: SubjectId) -> Result<Vec<Vec<u8>>> {
    Ok(tx.all::<(Vec<u8>,)>(&CERTIFICATES, &[&subject]).await?.into_iter().map(|(mark,)| mark).collect())
}

/// The subjects that are found by a mark, oldest first, no more than [`MOST_ALIKE`].
pub async fn marked(tx: &mut Tx<'_>, kind: &'static str, mark: &[u8]) -> Result<Vec<Subject>> {
    tx.all(&MARKED, &[&kind, &mark, &MOST_ALIKE]).await
}

/// The subjects of the websites that are found by a name and not cancelled, oldest website first, no more than [`MOST_ALIKE`].
pub async fn with_website_named(tx: &mut Tx<'_>, mark: &[u8]) -> Result<Vec<Subject>> {
    tx.all(&WITH_WEBSITE_NAMED, &[&mark, &MOST_ALIKE]).await
}

/// Forgets the names by which the websites of a subject are found.
pub fn forgetting_website_names(subject: &SubjectId) -> Write<'_> {
    Write::new(&FORGET_WEBSITE_NAMES, vec![subject])
}

/// Adds the key of an order by which a subject was filed or changed.
pub fn adding_order_key<'a>(subject: &'a SubjectId, key: &'a SubjectKeyId) -> Write<'a> {
    Write::new(&ADD_ORDER_KEY, vec![subject, key])
}

/// The subjects that were filed or changed by orders under that key, oldest first, no more than `most`.
pub async fn of_key(tx: &mut Tx<'_>, key: SubjectKeyId, most: i64) -> Result<Vec<Subject>> {
    tx.all(&OF_KEY, &[&key, &most]).await
}

/// The keys of the orders by which a subject was filed and changed.
pub async fn order_keys(tx: &mut Tx<'_>, subject: SubjectId) -> Result<Vec<SubjectKeyId>> {
    Ok(tx.all::<(SubjectKeyId,)>(&ORDER_KEYS, &[&subject]).await?.into_iter().map(|(key,)| key).collect())
}
