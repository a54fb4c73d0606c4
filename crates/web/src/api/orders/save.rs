//! `PUT /api/v1/orders/{id}/parts/{part}`: one part of an order is saved, and answered with what is wrong with it.

use super::{
    form, named, seen,
    shapes::{FaultBody, FormBody},
    tag,
};
use crate::{
    answer::Answer,
    body::{Body, Named},
    caller::{Customer, OwnOrders},
    idempotency::soon,
    language::Speaks,
    problem::{Kind, OrTold, Problem, ProblemBody},
    site::Site,
    words::Say,
};
use app::orders::{Faults, SavePart};
use axum::{extract::State, http::HeaderMap};
use filing::orders::{Cancellation, FiledNumber, Form, Material, Part, Subject, Website};
use rulebook::Lang;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One part of an order, the one that the address names. What was there is replaced. Numbers of the form are those of the bureau's
/// tables (`GET /api/v1/tables`). Anything may be missing: what is wrong is told, and stops nothing before the order is submitted.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "subject": {
    "nature": 5,
    "name": "林晓",
    "certificate": { "kind": 2, "number": "440305199003071236" },
    "certificate_address": "广东省深圳市南山区科技园路9号2栋301室",
    "region": "440305",
    "address": "科技园路9号2栋301室",
    "person": {
        "name": "林晓",
        "certificate": { "kind": 2, "number": "440305199003071236" },
        "mobile": "13812345678",
        "office_phone": "0755-26881234",
        "email": "lin@example.com",
        "emergency_phone": "13923456789"
    }
} }))]
pub(crate) struct PartToSave {
    /// Which filed subject or website the order is about.
    #[schema(value_type = Option<form::FiledNumber>)]
    target: Option<FiledNumber>,
    /// Who files.
    #[schema(value_type = Option<form::Subject>)]
    subject: Option<Subject>,
    /// The websites.
    #[schema(value_type = Option<Vec<form::Website>>)]
    websites: Option<Vec<Website>>,
    /// The pictures that were added.
    #[schema(value_type = Option<Vec<form::Material>>)]
    materials: Option<Vec<Material>>,
    /// Why something is cancelled.
    #[schema(value_type = Option<form::Cancellation>)]
    cancellation: Option<Cancellation>,
}

impl PartToSave {
    /// The form of which only `part` is given; everything that is missing or too much.
    fn of(self, part: Part, lang: Lang) -> Result<Form, Problem> {
        let mut problem = None;
        for one in Part::ALL {
            let (is_given, is_wanted) = (self.gives(one), one == part);
            if is_given != is_wanted {
                let (word, wanted) = (one.word(), part.word());
                let (code, say) = if is_wanted {
                    ("missing", Say::Missing { name: word })
                } else {
                    ("unknown-field", Say::OtherPart { part: wanted })
                };
                let suggestion = Say::SaveOnePart { part: wanted }.to_text(lang);
                let told = problem.unwrap_or_else(|| Problem::new(Kind::Invalid, lang));
                problem = Some(told.with(word, code, say.to_text(lang), suggestion));
            }
        }
        let Self { target, subject, websites, materials, cancellation } = self;
        let (websites, materials) = (websites.unwrap_or_default(), materials.unwrap_or_default());
        problem.map_or(Ok(Form { target, subject, websites, materials, cancellation }), Err)
    }

    const fn gives(&self, part: Part) -> bool {
        match part {
            Part::Target => self.target.is_some(),
            Part::Subject => self.subject.is_some(),
            Part::Websites => self.websites.is_some(),
            Part::Materials => self.materials.is_some(),
            Part::Cancellation => self.cancellation.is_some(),
        }
    }
}

/// A part that was saved.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SavedPart {
    /// The version of the order now.
    version: i64,
    /// All that is filled in now, tidied: full-width characters, spaces and letter case.
    form: FormBody,
    /// What is wrong with that part; null where it was saved, but nothing could be checked just now.
    faults: Option<Vec<FaultBody>>,
}

/// A body that is none of the form, with how a part is wrapped where the fault may be that: at the body itself, or where the part stands
/// in itself once more.
fn wrapped(problem: Problem, part: Part) -> Problem {
    let word = part.word();
    let twice = format!("{word}.{word}");
    problem.advising(|path| !path.contains('.') || path == twice, Say::SaveOnePart { part: word })
}

/// What is wrong with the part. It is saved by now, so that a check which failed must not read as a save that failed.
fn told<E>(checked: Result<Faults, E>, part: Part, lang: Lang) -> Option<Vec<FaultBody>> {
    let mut faults = FaultBody::all(&checked.ok()?, lang);
    faults.retain(|fault| fault.part() == Some(part));
    Some(faults)
}

/// Save a part of an order
///
/// The body has the one part that the address names, in the place of what was there; whatever was typed is kept. The answer tells
/// everything that is wrong with that part today; `POST …/check` tells it of the whole order. In an order that was given back, only
/// what `opened` names may be different when it is submitted.
#[utoipa::path(
    put,
    path = "/api/v1/orders/{id}/parts/{part}",
    tag = "orders",
    params(
        ("id" = String, Path, description = "The id of the order"),
        ("part" = String, Path, description = "`target`, `subject`, `websites`, `materials` or `cancellation`, as the kind of order has them"),
        ("If-Match" = Option<String>, Header, description = "The `ETag` under which the order was read: nothing is saved where it changed since. The same save sent again, because its answer was lost, is told as saved"),
    ),
    request_body = PartToSave,
    responses(
        (status = 200, description = "Saved", body = SavedPart, headers(("ETag" = String, description = "The version of the order now"))),
        (status = 404, description = "The account has no such order, or orders of its kind no such part", body = ProblemBody),
        (status = 409, description = "The order cannot be edited where it stands, or what was filled in was erased", body = ProblemBody),
        (status = 412, description = "The order changed meanwhile", body = ProblemBody),
        (status = 422, description = "The body is not that part, or has more websites, domains or addresses than are kept", body = ProblemBody),
    ),
    security(("bearer" = ["own-orders"])),
)]
pub(crate) async fn save_part(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    Customer(asker, _): Customer<OwnOrders>,
    Named((id, part)): Named<(String, String)>,
    headers: HeaderMap,
    given: Result<Body<PartToSave>, Problem>,
) -> Result<Answer<SavedPart>, Problem> {
    let order = named(&id, lang)?;
    let no_such_part = || Problem::new(Kind::NotFound, lang).saying(Say::NoSuchPart.to_text(lang));
    let part = Part::from_word(&part).ok_or_else(no_such_part)?;
    let Body(given) = given.map_err(|problem| wrapped(problem, part))?;
    let (form, seen) = (given.of(part, lang)?, seen(&headers, lang)?);
    let save = SavePart { asker: asker.clone(), order, part, form, seen };
    let desk = site.desk.clone();
    // On the heap: it holds the form more than once.
    let saving = Box::pin(async move { desk.save_part(save).await.or_told(lang) });
    let saved = soon(lang, false, saving).await?;
    let faults = told(site.desk.check_order(&asker, order).await, part, lang);
    let body = SavedPart { version: saved.version, form: FormBody::of(saved.form), faults };
    Ok(Answer::ok(lang, body).tagged(tag(saved.version)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::{Failure, orders::SubmitFault};

    #[test]
    fn a_check_that_fails_after_a_save_takes_nothing_back() {
        let sound: Result<_, Failure<SubmitFault>> = Ok(Faults::default());
        assert_eq!(told(sound, Part::Subject, Lang::Zh).map(|faults| faults.len()), Some(0));
        let failed: Result<Faults, Failure<SubmitFault>> = Err(Failure::KeyUsed);
        assert!(told(failed, Part::Subject, Lang::Zh).is_none());
    }
}
