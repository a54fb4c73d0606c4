//! `POST /api/v1/verifications`: a product is proved to be the account's, or refused with exactly one cause.

use super::VerificationBody;
use crate::{
    address::ClientAddress,
    answer::{Answer, time},
    body::Body,
    caller::{AtCounter, VerifyProduct},
    idempotency::{MaybeKey, soon},
    language::Speaks,
    problem::{Kind, NotVerified, OrTold, Problem, ProblemBody, RefusedFinding, WhatToDo},
    site::Site,
    words::Say,
};
use app::{
    access::Password,
    verification::{Passed, Proof, VerifyProduct as Ask, Verifying},
};
use axum::extract::State;
use filing::verification::{Failed, Reader, Remedy};
use rulebook::Lang;
use serde::Deserialize;
use utoipa::ToSchema;

/// A product is to be verified. The proof is either a service code, or the login of a host.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskToVerify {
    /// The product that was bought: an id, a name or an alias of the rulebook.
    #[schema(example = "ecs")]
    product: String,
    /// A service code, as it is typed: with or without dashes and spaces, in any case.
    #[schema(example = "7ZQ4M-2X9K1-C8V5T-3B6NZ")]
    code: Option<String>,
    /// The user name of the host, or its own name, as the product has it.
    name: Option<String>,
    /// The password of the host.
    password: Option<String>,
}

impl AskToVerify {
    fn proof(&mut self, lang: Lang) -> Result<Proof, Problem> {
        match (self.code.take(), self.name.take(), self.password.take()) {
            (Some(code), None, None) => Ok(Proof::Code(code)),
            (None, Some(name), Some(password)) => Ok(Proof::Host { name, password: Password::new(password) }),
            (code, name, _) => {
                let path = match (code, name) {
                    (Some(_), _) | (None, None) => "code",
                    (None, Some(_)) => "password",
                };
                let [message, suggestion] = [Say::WhichProof, Say::OneProof].map(|say| say.to_text(lang));
                Err(Problem::new(Kind::Invalid, lang).with(path, "proof", message, suggestion))
            }
        }
    }
}

/// Verify a product
///
/// Proves that a product is the caller's and may back a filing now. It reserves nothing; one order can use it, within 30 days.
/// A product that is not verified is told with exactly one of the three failures and its one cause.
#[utoipa::path(
    post,
    path = "/api/v1/verifications",
    tag = "verification",
    params(("Idempotency-Key" = Option<String>, Header, description = "A unique value of the caller's own")),
    request_body = AskToVerify,
    responses(
        (status = 201, description = "Verified", body = VerificationBody),
        (status = 409, description = "Not verified, with the failure and its cause", body = ProblemBody),
        (status = 422, description = "Something in the body is wrong, or the key was used", body = ProblemBody),
    ),
    security(("bearer" = ["verify-product"])),
)]
pub(crate) async fn verify_product(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    AtCounter(counter, asker, _): AtCounter<VerifyProduct>,
    ClientAddress(address): ClientAddress,
    MaybeKey(key): MaybeKey,
    Body(mut ask): Body<AskToVerify>,
) -> Result<Answer<VerificationBody>, Problem> {
    let proof = ask.proof(lang)?;
    let ask = Ask { asker: asker.clone(), product: ask.product, proof, address: Some(address) };
    soon(lang, key.is_some(), async move {
        let told = counter.verify_product(ask, key).await.or_told(lang)?;
        let passed = passed(&told.answer, lang)?;
        // Of one that was made before it is told whether an order has used it.
        let made = match told.answer.made().filter(|_| !told.before) {
            Some(made) => Some(made),
            None => site.desk.verification(&asker, passed.id).await.or_told(lang)?,
        };
        let made = made.ok_or_else(|| Problem::new(Kind::Fault, lang))?;
        Ok(Answer::made(lang, &told, (&made).into()))
    })
    .await
}

/// The verification, or why there is none.
pub(crate) fn passed(verifying: &Verifying, lang: Lang) -> Result<Passed, Problem> {
    verifying.judge(|answer, reader| match answer {
        Ok(_) => verifying.passed().ok_or_else(|| Problem::new(Kind::Fault, lang)),
        Err(failed) => Err(refusal(&failed, reader, lang)),
    })
}

fn refusal(failed: &Failed<'_>, reader: Reader, lang: Lang) -> Problem {
    let finding = |told: &filing::verification::Told<'_>| RefusedFinding {
        code: told.code.word().to_owned(),
        message: told.message.clone(),
    };
    let failure = failed.failure();
    let cause = failed.cause(reader).word();
    let path = if failed.is_by_code() { "code" } else { "name" };
    Problem::new(Kind::NotVerified, lang)
        .saying(failure.text(lang))
        .with(path, cause, failed.message(reader, lang), failed.suggestion(reader, lang))
        .not_verified(NotVerified {
            failure: failure.word().to_owned(),
            cause: cause.to_owned(),
            remedy: what_to_do(&failed.remedy(reader), lang),
            findings: failed.findings(reader, lang).iter().map(finding).collect(),
        })
}

fn what_to_do(remedy: &Remedy<'_>, lang: Lang) -> WhatToDo {
    let mut told = WhatToDo { action: remedy.word().to_owned(), ..WhatToDo::default() };
    match remedy {
        Remedy::ChooseProduct { product } => told.product = product.map(str::to_owned),
        Remedy::SeeCredentials { place } => told.place = place.map(|place| place.in_lang(lang).to_owned()),
        Remedy::Renew { months, until } => {
            told.months = *months;
            told.until = until.map(time);
        }
        Remedy::TryAgain { at } => told.at = Some(time(*at)),
        Remedy::CheckCode
        | Remedy::HaveItGranted
        | Remedy::BindFirst
        | Remedy::UseAnotherCode
        | Remedy::UseAnotherInstance
        | Remedy::ApplyForAnother
        | Remedy::OfFinding { .. } => {}
    }
    told
}
