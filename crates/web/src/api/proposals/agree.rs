//! `POST /api/v1/proposals/{id}/agree`: a second person agrees, and it is done.

use super::{
    named,
    shapes::{BlacklistThing, MeasureBody},
};
use crate::{
    answer::Answer,
    body::{Body, Named},
    caller::{May, ProposeAndAgree, person},
    idempotency::{Key, soon},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use app::two_people::{Agree, Agreed};
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Somebody agrees.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskToAgree {
    /// The digits of the number that ends, to say that it is meant; needed where a number is cancelled, which is for ever.
    #[schema(example = "12345678-1")]
    confirmation: Option<String>,
}

/// What was done.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AgreedBody {
    /// What was proposed.
    measure: MeasureBody,
    /// The order in the account's name by which a number was cancelled; null where none was.
    order: Option<String>,
    /// What was put on the blacklist now; nothing of what was there already.
    listed: Vec<ListedNow>,
}

/// Something that was put on the blacklist.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ListedNow {
    /// The id of the entry.
    entry: String,
    /// What kind of thing.
    thing: BlacklistThing,
}

impl From<&Agreed> for AgreedBody {
    fn from(agreed: &Agreed) -> Self {
        let listed = agreed.listed.iter();
        Self {
            measure: (&agreed.measure).into(),
            order: agreed.order.map(|order| order.to_string()),
            listed: listed
                .map(|listed| ListedNow { entry: listed.entry.to_string(), thing: listed.thing.into() })
                .collect(),
        }
    }
}

/// Agree to a proposal
///
/// By another person than whoever made it, not even through a key of his. It is done in the same transaction: what is listed stops
/// orders at every check and codes for every account that has such a subject; what is cancelled cannot be brought back.
#[utoipa::path(
    post,
    path = "/api/v1/proposals/{id}/agree",
    tag = "two people",
    params(
        ("id" = String, Path, description = "The id of the proposal"),
        ("Idempotency-Key" = String, Header, description = "A unique value of the caller's own"),
    ),
    request_body = AskToAgree,
    responses(
        (status = 200, description = "Done", body = AgreedBody),
        (status = 404, description = "There is no such proposal", body = ProblemBody),
        (status = 409, description = "It is one's own, was decided already, or the number cannot be cancelled any more", body = ProblemBody),
        (status = 422, description = "The number was not confirmed, or the key was used", body = ProblemBody),
    ),
    security(("bearer" = ["propose-and-agree"])),
)]
pub(crate) async fn agree_to_proposal(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(by, _): May<ProposeAndAgree>,
    Named(id): Named<String>,
    Key(key): Key,
    Body(ask): Body<AskToAgree>,
) -> Result<Answer<AgreedBody>, Problem> {
    let (by, proposal) = (person(&by, lang)?, named(&id, lang)?);
    let ask = Agree { by, proposal, confirmation: ask.confirmation };
    soon(lang, true, async move {
        let told = site.desk.agree_to_proposal(ask, key).await.or_told(lang)?;
        Ok(Answer::done(lang, &told, AgreedBody::from(&told.answer)))
    })
    .await
}
