//! `POST /api/v1/codes/imports`: a code that another system made is taken in, or one that comes with the purchase is made.

use super::typed;
use crate::{
    answer::{Answer, raw},
    api::schemas,
    body::Body,
    caller::{ManageCodes, May, actor},
    idempotency::{Key, soon},
    language::Speaks,
    problem::{OrTold, Problem, ProblemBody},
    site::Site,
};
use app::codes::{ImportCode, Importing};
use axum::extract::State;
use rulebook::Lang;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;

/// A code is to be taken in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskForImport {
    /// The instance, as its seller names it.
    #[schema(example = "i-bp1a2b3c4d")]
    instance: String,
    /// The code; where none is named the desk makes it, because it comes with the purchase.
    #[schema(example = "7ZQ4M-2X9K1-C8V5T-3B6NZ")]
    code: Option<String>,
}

/// A code that was taken in.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ImportedCode {
    /// Its id. The code itself is for its owner's eyes.
    #[schema(example = "01929b3e-7c00-7000-8000-000000000000")]
    id: String,
    /// The instance that it is bound to.
    #[schema(example = "i-bp1a2b3c4d")]
    instance: String,
    /// The decision on the instance, before it was taken in.
    #[schema(value_type = schemas::Decision)]
    decision: Option<Box<RawValue>>,
}

/// Take in a code
///
/// The same code on the same instance again changes nothing and is answered alike.
#[utoipa::path(
    post,
    path = "/api/v1/codes/imports",
    tag = "codes",
    params(("Idempotency-Key" = String, Header, description = "A unique value of the caller's own")),
    request_body = AskForImport,
    responses(
        (status = 201, description = "Taken in", body = ImportedCode),
        (status = 404, description = "There is no such instance", body = ProblemBody),
        (status = 409, description = "Refused, with every reason", body = ProblemBody),
    ),
    security(("bearer" = ["manage-codes"])),
)]
pub(crate) async fn import_code(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(principal, _): May<ManageCodes>,
    Key(key): Key,
    Body(AskForImport { instance, code }): Body<AskForImport>,
) -> Result<Answer<ImportedCode>, Problem> {
    soon(lang, true, async move {
        let code = code.map(|code| typed(&code, lang)).transpose()?;
        let ask = ImportCode { actor: actor(&principal, lang)?, instance, code };
        let told = site.desk.import_code(ask, Some(key)).await.or_told(lang)?;
        let imported = imported(&told.answer, lang)?;
        Ok(Answer::made(lang, &told, imported))
    })
    .await
}

/// The code, or the refusal.
fn imported(Importing { arrived, code }: &Importing, lang: Lang) -> Result<ImportedCode, Problem> {
    arrived.judge(|decision, answer| {
        let decision = raw(&decision.report(lang));
        match answer {
            Ok(_) => {
                let id = code.map(|code| code.to_string()).unwrap_or_default();
                Ok(ImportedCode { id, instance: arrived.facts().id.clone(), decision })
            }
            Err(refused) => Err(Problem::refused(&refused, decision, lang)),
        }
    })
}
