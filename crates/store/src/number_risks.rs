//! What threatens numbers, as the last round of the watch found it, and of what was warned.

use crate::{
    AccountId, RiskId, SubjectId,
    error::{Result, unlike},
    sql::{Columns, Row, statements},
    tx::{Tx, Write},
};
use filing::registry::Weight;

/// Risks of one number that are read at most.
const MOST_OF_NUMBER: i64 = 5000;
/// Risks of the numbers on one page of a list that are read at most, what weighs most first.
const MOST_OF_PAGE: i64 = 5000;

/// Something that threatens a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberRisk {
    /// Its id.
    pub id: RiskId,
    /// The number.
    pub number: String,
    /// The word of the risk.
    pub risk: String,
    /// The instance or the domain; empty where it is about neither.
    pub what: String,
    /// Its day, `2026-11-30`, and where it has none the day on which it was noticed.
    pub day: String,
    /// Addresses that were seen, with spaces between them.
    pub seen: String,
    /// How much it weighs.
    pub weight: Weight,
    /// When it was noticed, in microseconds since 1970.
    pub noticed_at: i64,
    /// When its owner was warned last, in microseconds since 1970, and how much it weighed then.
    pub told: Option<(i64, Weight)>,
    /// When its owner was first warned of that day, in microseconds since 1970: nothing ends before he was.
    pub warned_at: Option<i64>,
}

impl Row for NumberRisk {
    fn read(columns: &Columns<'_>) -> Result<Self> {
        let weight =
            |word: String| Weight::from_word(&word).ok_or_else(|| unlike("number_risks.weight", &word));
        let (told_at, told): (Option<i64>, Option<String>) = (columns.get(8)?, columns.get(9)?);
        Ok(Self {
            id: columns.get(0)?,
            number: columns.get(1)?,
            risk: columns.get(2)?,
            what: columns.get(3)?,
            day: columns.get(4)?,
            seen: columns.get(5)?,
            weight: weight(columns.get(6)?)?,
            noticed_at: columns.get(7)?,
            told: told_at.zip(told.map(weight).transpose()?),
            warned_at: columns.get(10)?,
        })
    }
}

statements! {
    SET = "INSERT INTO number_risks (id, number, risk, what, day, seen, weight, noticed_at, told_at, told, warned_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
           ON CONFLICT (number, risk, what) DO UPDATE SET day = $5, seen = $6, weight = $7, told_at = $9, told = $10, warned_at = $11";
    OF_NUMBER = "SELECT id, number, risk, what, day, seen, weight, noticed_at, told_at, told, warned_at FROM number_risks
                 WHERE number = $1 ORDER BY risk, what LIMIT $2";
    OF_ACCOUNT = "SELECT id, number, risk, what, day, seen, weight, noticed_at, told_at, told, warned_at FROM number_risks
                  WHERE number IN (SELECT number FROM subjects WHERE account = $1 AND id > $2 AND id <= $3
                                   UNION ALL
                                   SELECT w.number FROM subjects s JOIN websites w ON w.subject = s.id
                                   WHERE s.account = $1 AND s.id > $2 AND s.id <= $3)
                  ORDER BY CASE weight WHEN 'urgent' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, day, id LIMIT $4";
    FORGET = "DELETE FROM number_risks WHERE id = $1";
    FORGET_NUMBER = "DELETE FROM number_risks WHERE number = $1";
    COUNTS = "SELECT risk, CAST(COUNT(*) AS BIGINT) AS n FROM number_risks GROUP BY risk ORDER BY risk";
    BY_DAY = "SELECT id, number, risk, what, day, seen, weight, noticed_at, told_at, told, warned_at FROM number_risks
              WHERE (day, id) > ($1, $2) ORDER BY day, id LIMIT $3";
    OF_RISK_BY_DAY = "SELECT id, number, risk, what, day, seen, weight, noticed_at, told_at, told, warned_at FROM number_risks
                      WHERE risk = $1 AND (day, id) > ($2, $3) ORDER BY day, id LIMIT $4";
}

/// A risk that is to be written.
#[derive(Debug)]
pub struct Setting<'a> {
    risk: &'a NumberRisk,
    weight: &'static str,
    told_at: Option<i64>,
    told: Option<&'static str>,
}

impl NumberRisk {
    /// Writes it over what was known of the same; since when it is known stays.
    pub fn write(&self) -> Setting<'_> {
        let (told_at, told) = (self.told.map(|(at, _)| at), self.told.map(|(_, weight)| weight.word()));
        Setting { risk: self, weight: self.weight.word(), told_at, told }
    }

    /// Forgets it: it threatens no more.
    pub fn forgetting(&self) -> Write<'_> {
        Write::new(&FORGET, vec![&self.id])
    }
}

impl Setting<'_> {
    /// Writes it.
    pub fn setting(&self) -> Write<'_> {
        let Self { risk, weight, told_at, told } = self;
        let NumberRisk { id, number, risk, what, day, seen, noticed_at, warned_at, .. } = risk;
        Write::new(
            &SET,
            vec![id, number, risk, what, day, seen, weight, noticed_at, told_at, told, warned_at],
        )
    }
}

/// What threatens a number.
pub async fn of_number(tx: &mut Tx<'_>, number: &str) -> Result<Vec<NumberRisk>> {
    tx.all(&OF_NUMBER, &[&number, &MOST_OF_NUMBER]).await
}

/// What threatens the numbers of an account's subjects behind `after` up to `last`, and those of their websites, what weighs most first.
pub async fn of_account(
    tx: &mut Tx<'_>,
    account: AccountId,
    after: SubjectId,
    last: SubjectId,
) -> Result<Vec<NumberRisk>> {
    tx.all(&OF_ACCOUNT, &[&account, &after, &last, &MOST_OF_PAGE]).await
}

/// Forgets what threatened a number: it is cancelled.
pub fn forgetting_number(number: &String) -> Write<'_> {
    Write::new(&FORGET_NUMBER, vec![number])
}

/// How many of each kind there are.
pub async fn counts(tx: &mut Tx<'_>) -> Result<Vec<(String, i64)>> {
    tx.all(&COUNTS, &[]).await
}

/// Behind which risk a list goes on: its day and its id.
pub type Behind = (String, RiskId);

/// What threatens numbers, by its days, behind `after`, no more than `most`; of one kind alone where `risk` is its word.
pub async fn by_day(
    tx: &mut Tx<'_>,
    risk: Option<&str>,
    after: &Behind,
    most: i64,
) -> Result<Vec<NumberRisk>> {
    match risk {
        None => tx.all(&BY_DAY, &[&after.0, &after.1, &most]).await,
        Some(risk) => tx.all(&OF_RISK_BY_DAY, &[&risk, &after.0, &after.1, &most]).await,
    }
}
