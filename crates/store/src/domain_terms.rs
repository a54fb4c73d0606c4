//! Until when domains of filed websites are registered, as somebody said.

use crate::{
    EntryId, WebsiteId,
    error::Result,
    sql::{Columns, Row, statements},
    tx::{Tx, Write},
};

/// The term of a domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DomainTerm {
    /// The website.
    pub website: WebsiteId,
    /// Its domain, in the form in which domains are compared.
    pub domain: String,
    /// The last day of its registration, `2026-11-30`.
    pub expires_on: String,
    /// Who said so, as the ledger names him.
    pub said_by: String,
    /// When, in microseconds since 1970.
    pub said_at: i64,
    /// The entry of the ledger that says it.
    pub entry: EntryId,
}

impl Row for DomainTerm {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        Ok(Self {
            website: columns.get(0)?,
            domain: columns.get(1)?,
            expires_on: columns.get(2)?,
            said_by: columns.get(3)?,
            said_at: columns.get(4)?,
            entry: columns.get(5)?,
        })
    }
}

statements! {
    SET = "INSERT INTO domain_terms (website, domain, expires_on, said_by, said_at, entry) VALUES ($1, $2, $3, $4, $5, $6)
           ON CONFLICT (website, domain) DO UPDATE SET expires_on = $3, said_by = $4, said_at = $5, entry = $6";
    OF_WEBSITE = "SELECT website, domain, expires_on, said_by, said_at, entry FROM domain_terms WHERE website = $1 ORDER BY domain LIMIT 1000";
    FORGET = "DELETE FROM domain_terms WHERE website = $1";
    FORGET_GIVEN_UP = "DELETE FROM domain_terms WHERE website = $1 AND domain NOT IN (SELECT domain FROM website_domains WHERE website = $1)";
}

impl DomainTerm {
    /// Writes it over what was said before.
    pub fn setting(&self) -> Write<'_> {
        let Self { website, domain, expires_on, said_by, said_at, entry } = self;
        Write::new(&SET, vec![website, domain, expires_on, said_by, said_at, entry])
    }
}

/// The terms that are known of the domains of a website.
pub async fn of_website(tx: &mut Tx<'_>, website: WebsiteId) -> Result<Vec<DomainTerm>> {
    tx.all(&OF_WEBSITE, &[&website]).await
}

/// Forgets the terms of domains that the website has no longer.
pub fn forgetting_given_up(website: &WebsiteId) -> Write<'_> {
    Write::new(&FORGET_GIVEN_UP, vec![website])
}

/// Forgets the terms of a website's domains: it is cancelled.
pub fn forgetting(website: &WebsiteId) -> Write<'_> {
    Write::new(&FORGET, vec![website])
}
