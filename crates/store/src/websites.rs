//! Filed websites (网站) and their domains.

use crate::{
    CodeId, SubjectId, WebsiteId,
    error::{Result, unlike},
    numbers::word_of,
    sql::{Columns, Row, statements},
    tx::{Tx, Write},
};
use filing::registry::State;

/// A filed website.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Website {
    /// Its id.
    pub id: WebsiteId,
    /// Whose it is.
    pub subject: SubjectId,
    /// Its filing number, `浙ICP备12345678号-1`.
    pub number: String,
    /// Where it stands.
    pub state: State,
    /// What is filed of it: JSON, sealed under the subject's key.
    pub sealed: Vec<u8>,
    /// When it was filed, in microseconds since 1970.
    pub filed_at: i64,
    /// When it last changed, in microseconds since 1970.
    pub changed_at: i64,
}

impl Row for Website {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        let state: String = columns.get(3)?;
        Ok(Self {
            id: columns.get(0)?,
            subject: columns.get(1)?,
            number: columns.get(2)?,
            state: State::from_word(&state).ok_or_else(|| unlike("websites.state", &state))?,
            sealed: columns.get(4)?,
            filed_at: columns.get(5)?,
            changed_at: columns.get(6)?,
        })
    }
}

statements! {
    ADD = "INSERT INTO websites (id, subject, number, state, sealed, filed_at, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    BY_NUMBER = "SELECT id, subject, number, state, sealed, filed_at, changed_at FROM websites WHERE number = $1";
    BY_ID = "SELECT id, subject, number, state, sealed, filed_at, changed_at FROM websites WHERE id = $1";
    OF_SUBJECT = "SELECT id, subject, number, state, sealed, filed_at, changed_at FROM websites
                  WHERE subject = $1 AND id > $2 ORDER BY id LIMIT $3";
    LIVING = "SELECT id, subject, number, state, sealed, filed_at, changed_at FROM websites
              WHERE id > $1 AND state <> 'cancelled' ORDER BY id LIMIT $2";
    CHANGE = "UPDATE websites SET state = $2, sealed = $3, changed_at = $4 WHERE id = $1 AND changed_at = $5 AND state <> 'cancelled'";
    ADD_DOMAIN = "INSERT INTO website_domains (domain, mark, website) VALUES ($1, $2, $3)";
    KEEP_DOMAINS = "INSERT INTO cancelled_domains (mark, website) SELECT mark, website FROM website_domains WHERE website = $1
                    ON CONFLICT (mark) DO UPDATE SET website = excluded.website";
    // What is known of a later one is not displaced by one of which nobody says when it was.
    ADD_CANCELLED = "INSERT INTO cancelled_domains (mark, website) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    CANCELLED_WITH = "SELECT w.id, w.subject, w.number, w.state, w.sealed, w.filed_at, w.changed_at
                      FROM cancelled_domains c JOIN websites w ON w.id = c.website WHERE c.mark = $1";
    FORGET_DOMAINS = "DELETE FROM website_domains WHERE website = $1";
    ADD_NAME = "INSERT INTO website_names (mark, website) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    FORGET_NAME = "DELETE FROM website_names WHERE website = $1";
    DOMAINS = "SELECT domain FROM website_domains WHERE website = $1 ORDER BY domain LIMIT 1000";
    NUMBER_OF_CODE = "SELECT w.number FROM verifications v JOIN accesses a ON a.verification = v.id JOIN websites w ON w.id = a.website
                      WHERE v.code = $1 ORDER BY a.since_at DESC, a.id DESC LIMIT 1";
    SERVED = "SELECT d.domain, w.state, CAST(CASE WHEN b.id IS NULL THEN 0 ELSE 1 END AS BIGINT) AS listed
              FROM website_domains d JOIN websites w ON w.id = d.website LEFT JOIN blacklist b ON b.kind = 'domain' AND b.mark = d.mark
              WHERE d.domain > $1 ORDER BY d.domain LIMIT $2";
    BY_DOMAIN = "SELECT w.id, w.subject, w.number, w.state, w.sealed, w.filed_at, w.changed_at
                 FROM website_domains d JOIN websites w ON w.id = d.website WHERE d.domain = $1";
}

impl Website {
    /// Adds it.
    pub fn adding(&self) -> Write<'_> {
        let Self { id, subject, number, state, sealed, filed_at, changed_at } = self;
        Write::new(&ADD, vec![id, subject, number, word_of(*state), sealed, filed_at, changed_at])
    }

    /// Writes it as it is now. It changes one row, or none when it was changed since
    /// `was`, in microseconds since 1970, or is cancelled.
    pub fn changing<'a>(&'a self, was: &'a i64) -> Write<'a> {
        let Self { id, state, sealed, changed_at, .. } = self;
        Write::new(&CHANGE, vec![id, word_of(*state), sealed, changed_at, was])
    }
}

/// The website with that number.
pub async fn by_number(tx: &mut Tx<'_>, number: &str) -> Result<Option<Website>> {
    tx.optional(&BY_NUMBER, &[&number]).await
}

/// The website with that id.
pub async fn by_id(tx: &mut Tx<'_>, id: WebsiteId) -> Result<Option<Website>> {
    tx.optional(&BY_ID, &[&id]).await
}

/// The websites of a subject after the website `after`, oldest first, no more than `most`.
pub async fn of_subject(
    tx: &mut Tx<'_>,
    subject: SubjectId,
    after: WebsiteId,
    most: i64,
) -> Result<Vec<Website>> {
    tx.all(&OF_SUBJECT, &[&subject, &after, &most]).await
}

/// The websites of every account that are not cancelled, after the website `after`, oldest first, no more than `most`.
pub async fn living(tx: &mut Tx<'_>, after: WebsiteId, most: i64) -> Result<Vec<Website>> {
    tx.all(&LIVING, &[&after, &most]).await
}

/// A domain of a website, in the form in which domains are compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Domain {
    /// The domain.
    pub domain: String,
    /// Its keyed hash, which is left of it when the website is cancelled.
    pub mark: Vec<u8>,
    /// The website.
    pub website: WebsiteId,
}

impl Domain {
    /// Adds it. It fails the unit when another website that is not cancelled has it.
    pub fn adding(&self) -> Write<'_> {
        Write::new(&ADD_DOMAIN, vec![&self.domain, &self.mark, &self.website])
    }
}

/// What is left of a domain of a website that was cancelled before this desk kept it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CancelledDomain {
    /// The keyed hash of the domain.
    pub mark: Vec<u8>,
    /// The website.
    pub website: WebsiteId,
}

impl CancelledDomain {
    /// Adds it; no row is changed where another website is known to have been cancelled with the domain.
    pub fn adding(&self) -> Write<'_> {
        Write::new(&ADD_CANCELLED, vec![&self.mark, &self.website])
    }
}

/// Keeps hashes of the domains of a website that is cancelled, before they are forgotten.
pub fn keeping_domains(website: &WebsiteId) -> Write<'_> {
    Write::new(&KEEP_DOMAINS, vec![website])
}

/// Forgets the domains of a website: it is cancelled, or they are written anew.
pub fn forgetting_domains(website: &WebsiteId) -> Write<'_> {
    Write::new(&FORGET_DOMAINS, vec![website])
}

/// A keyed hash of the name by which a website is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The hash.
    pub mark: Vec<u8>,
    /// The website.
    pub website: WebsiteId,
}

impl Name {
    /// Adds it; no row is changed where the website has a name already.
    pub fn adding(&self) -> Write<'_> {
        Write::new(&ADD_NAME, vec![&self.mark, &self.website])
    }
}

/// Forgets the name by which a website is found.
pub fn forgetting_name(website: &WebsiteId) -> Write<'_> {
    Write::new(&FORGET_NAME, vec![website])
}

/// The domains of a website.
pub async fn domains(tx: &mut Tx<'_>, website: WebsiteId) -> Result<Vec<String>> {
    Ok(tx.all::<(String,)>(&DOMAINS, &[&website]).await?.into_iter().map(|(domain,)| domain).collect())
}

/// The website that is not cancelled and has that domain.
pub async fn by_domain(tx: &mut Tx<'_>, domain: &str) -> Result<Option<Website>> {
    tx.optional(&BY_DOMAIN, &[&domain]).await
}

/// The number of the website that was filed by a code last; a code is filed once, and the number may have been corrected since.
pub async fn number_of_code(tx: &mut Tx<'_>, code: CodeId) -> Result<Option<String>> {
    Ok(tx.optional::<(String,)>(&NUMBER_OF_CODE, &[&code]).await?.map(|(number,)| number))
}

/// On what it hangs whether a domain may be served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServedDomain {
    /// The domain, in the form in which domains are compared.
    pub domain: String,
    /// Where its website stands.
    pub state: State,
    /// Whether it is on the blacklist.
    pub is_listed: bool,
}

impl Row for ServedDomain {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        let (state, listed): (String, i64) = (columns.get(1)?, columns.get(2)?);
        let state = State::from_word(&state).ok_or_else(|| unlike("websites.state", &state))?;
        Ok(Self { domain: columns.get(0)?, state, is_listed: listed != 0 })
    }
}

/// The domains behind the domain `after`, in the database's order, no more than `most`.
pub async fn served(tx: &mut Tx<'_>, after: &str, most: i64) -> Result<Vec<ServedDomain>> {
    tx.all(&SERVED, &[&after, &most]).await
}

/// The website that was cancelled last of those that had a domain, by the keyed hash of that.
pub async fn cancelled_with(tx: &mut Tx<'_>, mark: &[u8]) -> Result<Option<Website>> {
    tx.optional(&CANCELLED_WITH, &[&mark]).await
}
