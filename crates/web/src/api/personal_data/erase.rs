//! `POST /api/v1/personal-data/erase`: personal data is erased for ever.

use crate::{
    answer::Answer,
    body::Body,
    caller::{ErasePersonalData as Erases, May, operator},
    idempotency::{Key, soon},
    language::Speaks,
    problem::{Fault, OrTold, Problem, ProblemBody},
    site::Site,
    words::Say,
};
use app::personal::{EraseFault, ErasePersonalData, Erased, Whose};
use axum::extract::State;
use rulebook::Lang;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Whose personal data is to be erased: one of the three.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "account": "acc-7" }))]
pub(crate) struct AskToErase {
    /// That of all orders and subjects of an account.
    #[schema(example = "acc-7")]
    account: Option<String>,
    /// That of a subject and of all orders by which it was filed and changed, by its filing number.
    #[schema(example = "浙ICP备12345678号")]
    subject: Option<String>,
    /// That of an order, of its corrections, and of the subject that it filed or changed.
    order: Option<String>,
}

impl AskToErase {
    fn whose(self, lang: Lang) -> Result<Whose, Problem> {
        match (self.account, self.subject, self.order) {
            (Some(account), None, None) => Ok(Whose::Account(account)),
            (None, Some(number), None) => Ok(Whose::Subject(number)),
            (None, None, Some(id)) => {
                id.parse().map(Whose::Order).map_err(|_| EraseFault::Unknown.problem(lang))
            }
            _ => Err(Problem::invalid(lang, "", "one-of", Say::ErasesOne, Say::NameOneToErase)),
        }
    }
}

/// What was erased.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ErasedData {
    /// How many keys were destroyed; none where all were destroyed before.
    #[schema(minimum = 0)]
    keys: usize,
    /// How many orders can be read no more.
    #[schema(minimum = 0)]
    orders: usize,
    /// How many filed subjects can be read no more.
    #[schema(minimum = 0)]
    subjects: usize,
}

impl From<&Erased> for ErasedData {
    fn from(&Erased { keys, orders, subjects, .. }: &Erased) -> Self {
        Self { keys, orders, subjects }
    }
}

/// Erase personal data
///
/// Nothing brings it back: the keys are destroyed under which it is sealed. States, numbers and the ledger stay, and backups that were
/// made before have the data still, as has what a database keeps of former rows until it is cleaned. Refused while
/// an order is with the reviewer or the bureau, and while the subject is filed.
#[utoipa::path(
    post,
    path = "/api/v1/personal-data/erase",
    tag = "personal data",
    params(("Idempotency-Key" = String, Header, description = "A unique value of the caller's own")),
    request_body = AskToErase,
    responses(
        (status = 200, description = "Erased", body = ErasedData),
        (status = 404, description = "There is no such account, subject or order", body = ProblemBody),
        (status = 409, description = "Refused, with every order or subject that stands in the way", body = ProblemBody),
    ),
    security(("bearer" = ["erase-personal-data"])),
)]
pub(crate) async fn erase_personal_data(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(by, _): May<Erases>,
    Key(key): Key,
    Body(ask): Body<AskToErase>,
) -> Result<Answer<ErasedData>, Problem> {
    let ask = ErasePersonalData { operator: operator(&by, lang)?, whose: ask.whose(lang)? };
    soon(lang, true, async move {
        let told = site.desk.erase_personal_data(ask, key).await.or_told(lang)?;
        Ok(Answer::done(lang, &told, ErasedData::from(&told.answer)))
    })
    .await
}
