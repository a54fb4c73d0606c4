//! `POST /api/v1/why-not`: why a customer cannot go on, in his own words, with all that they rest on. It is a POST because what
//! is looked up may be a service code, and those never stand in addresses.

mod seen;

use crate::{
    answer::Answer,
    api::numbers::shapes::{NumberBody, Reader as Reads},
    body::Body,
    caller::{LookUp, May},
    language::Speaks,
    moment::moment,
    problem::{Kind, OrTold, Problem, ProblemBody},
    site::Site,
};
use app::why_not::{Unknown, WhyNot, WhyNotAsked};
use axum::extract::State;
use filing::codes::{Malformed, Reader};
use jiff::Timestamp;
use rulebook::Lang;
use seen::{AccountSeen, CodeSeen, Copied, DomainSeen, InstanceSeen, LedgerEntries, OrderSeen};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Something is looked up.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskWhyNot {
    /// What the customer says or pastes: the id of an instance, a service code in whatever form, an account, a filing number, a domain or
    /// the id of an order.
    #[schema(example = "i-bp1a2b3c4d")]
    q: String,
    /// The moment to look at, RFC 3339 or a day, from 00:00 in Asia/Shanghai; now where nothing is said.
    #[serde(default)]
    #[schema(format = "moment", example = "2020-11-01T09:00:00+08:00")]
    at: Option<String>,
    /// The edition to decide by; without it the one that was in force at that moment.
    #[serde(default)]
    #[schema(example = "2020-10-16")]
    edition: Option<String>,
}

/// What was found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LookedUp {
    /// As what `q` was understood.
    found: Found,
    /// The instance that was asked about, or to which the code is bound; otherwise null.
    instance: Option<InstanceSeen>,
    /// The code, where one was asked about.
    code: Option<CodeSeen>,
    /// The account, where one was asked about.
    account: Option<AccountSeen>,
    /// The filing number that was asked about, or that of the website which has the domain; otherwise null.
    number: Option<NumberBody>,
    /// The domain, where one was asked about.
    domain: Option<DomainSeen>,
    /// The order, where one was asked about that was ever submitted.
    order: Option<OrderSeen>,
    /// What the ledger says, newest first; empty for an account. The entries of a number or an order are named in its history.
    entries: LedgerEntries,
    /// The answer as plain text for the customer who bought the instance, owns the code or has the account. It has nothing that he
    /// must not see.
    copy: Copied,
    /// The same for the account that the code was granted to; null where there is none.
    copy_for_grantee: Option<Copied>,
}

/// As what something was understood.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Found {
    /// The id of an instance.
    Instance,
    /// A service code.
    Code,
    /// An account.
    Account,
    /// A filing number.
    Number,
    /// A domain.
    Domain,
    /// An order.
    Order,
}

/// Why not?
///
/// Looks up an instance, a service code, an account, a filing number, a domain or an order, as of any moment: the very words that its
/// customer sees, with the row of the rules, the facts as they were, the codes, the changes and the entries of the ledger that they rest
/// on. Of a service code only the last group is told, and of an order nothing that is filled in.
///
/// Each look-up that is answered, also with 404, leaves one line in the access log first; where that cannot be written there is no
/// answer.
#[utoipa::path(
    post,
    path = "/api/v1/why-not",
    tag = "support",
    request_body = AskWhyNot,
    responses(
        (status = 200, description = "What was found", body = LookedUp),
        (status = 404, description = "Nothing was found; what was understood, and whether it is a mistyped code", body = ProblemBody),
        (status = 409, description = "There is no such edition, or none was in force then", body = ProblemBody),
        (status = 422, description = "Something in the body is wrong", body = ProblemBody),
    ),
    security(("bearer" = ["look-up"])),
)]
pub(crate) async fn why_not(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(by, _): May<LookUp>,
    Body(AskWhyNot { q, at, edition }): Body<AskWhyNot>,
) -> Result<Answer<LookedUp>, Problem> {
    let at = moment(at.as_deref(), "at", Kind::Invalid, lang)?;
    let found = site.desk.why_not(WhyNotAsked { by, what: q, at, edition }).await.or_told(lang)?;
    Ok(Answer::ok(lang, looked_up(&found, site.desk.now(), lang)?))
}

fn looked_up(found: &WhyNot, now: Timestamp, lang: Lang) -> Result<LookedUp, Problem> {
    let nothing = |found, copy| LookedUp {
        found,
        instance: None,
        code: None,
        account: None,
        number: None,
        domain: None,
        order: None,
        entries: LedgerEntries::default(),
        copy,
        copy_for_grantee: None,
    };
    match found {
        WhyNot::Instance(seen) => Ok(LookedUp {
            instance: Some(InstanceSeen::of(seen, lang)),
            entries: LedgerEntries::of(&seen.entries),
            ..nothing(Found::Instance, Copied::of(|lang| seen.copy(lang)))
        }),
        WhyNot::Code(code, instance, entries) => {
            let for_grantee = || Copied::of(|lang| code.copy(Reader::Grantee, lang));
            Ok(LookedUp {
                instance: instance.as_ref().map(|seen| InstanceSeen::of(seen, lang)),
                code: Some(CodeSeen::of(code, lang)),
                entries: LedgerEntries::of(entries),
                copy_for_grantee: code.granted_to.is_some().then(for_grantee),
                ..nothing(Found::Code, Copied::of(|lang| code.copy(Reader::Owner, lang)))
            })
        }
        WhyNot::Account(seen) => Ok(LookedUp {
            account: Some(AccountSeen::of(seen, lang)),
            ..nothing(Found::Account, Copied::of(|lang| seen.copy(lang)))
        }),
        WhyNot::Number(seen) => Ok(LookedUp {
            number: Some(NumberBody::of(&seen.number, Reads::Staff, lang)),
            ..nothing(Found::Number, Copied::of(|lang| seen.copy(lang)))
        }),
        WhyNot::Domain(domain, seen) => Ok(LookedUp {
            number: seen.as_ref().map(|seen| NumberBody::of(&seen.number, Reads::Staff, lang)),
            domain: Some(DomainSeen::of(domain, lang)),
            ..nothing(Found::Domain, Copied::of(|lang| domain.copy(seen.as_deref(), lang)))
        }),
        WhyNot::Order(seen) => Ok(LookedUp {
            order: Some(OrderSeen::of(seen, now, lang)),
            ..nothing(Found::Order, Copied::of(|lang| seen.copy(now, lang)))
        }),
        WhyNot::Unknown(unknown) => Err(not_found(unknown, lang)),
    }
}

fn not_found(unknown: &Unknown, lang: Lang) -> Problem {
    let problem = Problem::new(Kind::NotFound, lang).saying(unknown.message(lang));
    match unknown.mistyped() {
        Some(malformed) => {
            problem.with("q", Malformed::WORD, malformed.message(lang), malformed.suggestion(lang))
        }
        None => problem,
    }
}
