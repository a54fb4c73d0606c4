//! Rounds in a row that saw the same to be wrong about a website.

use crate::{
    WebsiteId,
    error::Result,
    sql::{Columns, Row, statements},
    tx::{Tx, Write},
};

/// A streak of rounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchStreak {
    /// The website.
    pub website: WebsiteId,
    /// What was looked at: `domain`, `page`.
    pub kind: String,
    /// The domain; empty for the page.
    pub what: String,
    /// What is wrong: `elsewhere`, `gone`, `not-shown`.
    pub fault: String,
    /// The addresses that were seen last, with spaces between them.
    pub seen: String,
    /// How many rounds saw it.
    pub rounds: i64,
    /// When it was seen first, in microseconds since 1970.
    pub since_at: i64,
    /// When it was seen last, in microseconds since 1970.
    pub last_at: i64,
}

impl Row for WatchStreak {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        Ok(Self {
            website: columns.get(0)?,
            kind: columns.get(1)?,
            what: columns.get(2)?,
            fault: columns.get(3)?,
            seen: columns.get(4)?,
            rounds: columns.get(5)?,
            since_at: columns.get(6)?,
            last_at: columns.get(7)?,
        })
    }
}

statements! {
    SET = "INSERT INTO watch_streaks (website, kind, what, fault, seen, rounds, since_at, last_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
           ON CONFLICT (website, kind, what) DO UPDATE SET fault = $4, seen = $5, rounds = $6, since_at = $7, last_at = $8";
    OF_WEBSITE = "SELECT website, kind, what, fault, seen, rounds, since_at, last_at FROM watch_streaks
                  WHERE website = $1 ORDER BY kind, what LIMIT 1001";
    END = "DELETE FROM watch_streaks WHERE website = $1 AND kind = $2 AND what = $3";
    FORGET_GIVEN_UP = "DELETE FROM watch_streaks WHERE website = $1 AND kind = 'domain'
                       AND what NOT IN (SELECT domain FROM website_domains WHERE website = $1)";
    FORGET = "DELETE FROM watch_streaks WHERE website = $1";
}

impl WatchStreak {
    /// Writes it over what was there of the same.
    pub fn setting(&self) -> Write<'_> {
        let Self { website, kind, what, fault, seen, rounds, since_at, last_at } = self;
        Write::new(&SET, vec![website, kind, what, fault, seen, rounds, since_at, last_at])
    }

    /// Ends it: all is well, or it is looked at no more.
    pub fn ending(&self) -> Write<'_> {
        Write::new(&END, vec![&self.website, &self.kind, &self.what])
    }
}

/// The streaks of a website.
pub async fn of_website(tx: &mut Tx<'_>, website: WebsiteId) -> Result<Vec<WatchStreak>> {
    tx.all(&OF_WEBSITE, &[&website]).await
}

/// Forgets the streaks of domains that the website has no longer.
pub fn forgetting_given_up(website: &WebsiteId) -> Write<'_> {
    Write::new(&FORGET_GIVEN_UP, vec![website])
}

/// Forgets the streaks of a website: it is cancelled.
pub fn forgetting(website: &WebsiteId) -> Write<'_> {
    Write::new(&FORGET, vec![website])
}
