//! `POST /api/v1/proposals`: something is proposed that another person has to agree to.

use super::{
    ADDRESS,
    shapes::{BlacklistThing, MeasureBody},
};
use crate::{
    answer::Answer,
    body::Body,
    caller::{May, ProposeAndAgree, person},
    idempotency::{Key, soon},
    language::Speaks,
    problem::{Fault, OrTold, Problem, ProblemBody},
    site::Site,
    words::Say,
};
use app::two_people::{Extent, Off, Propose, ProposeFault, Proposed, Thing, WhyListed, WhyUnlisted, Wish};
use axum::extract::State;
use rulebook::Lang;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Something is to be proposed: one of the three.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "cancel": { "number": "浙ICP备12345678号-1" } }))]
pub(crate) struct AskToPropose {
    /// To put something on the blacklist.
    list: Option<AskToList>,
    /// To take something off it.
    unlist: Option<AskToUnlist>,
    /// To cancel a number by order of an authority. It is for ever.
    cancel: Option<AskToCancel>,
}

/// Something is to be put on the blacklist.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskToList {
    /// What kind of thing.
    thing: BlacklistThing,
    /// The kind of the certificate, a number of the bureau's table `certificates` (`GET /api/v1/tables/certificates`), where it is one.
    #[schema(example = 2)]
    certificate_kind: Option<u16>,
    /// The domain, number or name, as it is typed. Only a keyed hash of it is kept once it was decided.
    value: String,
    /// Why.
    reason: ListReason,
    /// What whoever decides should know, up to 500 characters. It is gone once it was decided.
    note: Option<String>,
}

/// Something is to be taken off the blacklist: an entry, or whatever is listed under a value.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskToUnlist {
    /// The id of the entry.
    entry: Option<String>,
    /// What kind of thing.
    thing: Option<BlacklistThing>,
    /// The kind of the certificate, where it is one.
    certificate_kind: Option<u16>,
    /// The domain, number or name.
    value: Option<String>,
    /// Why.
    reason: UnlistReason,
    /// What whoever decides should know, up to 500 characters.
    note: Option<String>,
}

/// A number is to be cancelled by order of an authority.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskToCancel {
    /// That of a website, or of a subject with all its websites.
    #[schema(example = "浙ICP备12345678号-1")]
    number: String,
    /// Whether it is a serious case: the subject ends with all its websites, and its certificate and the names of the websites
    /// concerned go on the blacklist.
    serious: Option<bool>,
    /// Whether in a serious case their domains go there too, because the bureau says so.
    domains: Option<bool>,
    /// What whoever decides should know, up to 500 characters.
    note: Option<String>,
}

/// Why something is put on the blacklist.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ListReason {
    /// An authority demands it.
    ByAuthority,
    /// What was served was unlawful.
    UnlawfulContent,
    /// What was filed was untrue.
    FalseInformation,
}

/// Why something is taken off the blacklist.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum UnlistReason {
    /// The authority that demanded it no longer does.
    ByAuthority,
    /// It should never have been there.
    Mistake,
}

/// A wish with its note, and the field of the body that it stands in.
struct Asked {
    field: &'static str,
    wish: Wish,
    note: Option<String>,
}

impl AskToPropose {
    fn read(self, lang: Lang) -> Result<Asked, Problem> {
        match (self.list, self.unlist, self.cancel) {
            (Some(list), None, None) => list.read(lang),
            (None, Some(unlist), None) => unlist.read(lang),
            (None, None, Some(cancel)) => cancel.read(lang),
            _ => Err(Problem::invalid(lang, "", "one-of", Say::ProposesOne, Say::ProposeOne)),
        }
    }
}

impl AskToList {
    fn read(self, lang: Lang) -> Result<Asked, Problem> {
        let Self { thing, certificate_kind, value, reason, note } = self;
        let thing = read_thing("list", thing, certificate_kind, value, lang)?;
        let reason = match reason {
            ListReason::ByAuthority => WhyListed::ByAuthority,
            ListReason::UnlawfulContent => WhyListed::UnlawfulContent,
            ListReason::FalseInformation => WhyListed::FalseInformation,
        };
        Ok(Asked { field: "list", wish: Wish::List { thing, reason }, note })
    }
}

impl AskToUnlist {
    fn read(self, lang: Lang) -> Result<Asked, Problem> {
        let Self { entry, thing, certificate_kind, value, reason, note } = self;
        let off = match (entry, thing, value) {
            (Some(id), None, None) if certificate_kind.is_none() => {
                let unknown = |_| ProposeFault::NotListed.problem(lang).below("unlist");
                Off::Entry(id.parse().map_err(unknown)?)
            }
            (None, Some(thing), Some(value)) => {
                Off::Thing(read_thing("unlist", thing, certificate_kind, value, lang)?)
            }
            _ => {
                let [say, what] = [Say::UnlistsOne, Say::UnlistOne];
                return Err(Problem::invalid(lang, "unlist", "one-of", say, what));
            }
        };
        let reason = match reason {
            UnlistReason::ByAuthority => WhyUnlisted::ByAuthority,
            UnlistReason::Mistake => WhyUnlisted::Mistake,
        };
        Ok(Asked { field: "unlist", wish: Wish::Unlist { off, reason }, note })
    }
}

impl AskToCancel {
    fn read(self, lang: Lang) -> Result<Asked, Problem> {
        let Self { number, serious, domains, note } = self;
        let extent = match (serious.unwrap_or_default(), domains.unwrap_or_default()) {
            (false, false) => Extent::Number,
            (true, domains) => Extent::Serious { domains },
            (false, true) => {
                let [say, what] = [Say::DomainsOnlyWhenSerious, Say::MarkAsSerious];
                return Err(Problem::invalid(lang, "cancel.domains", "not-serious", say, what));
            }
        };
        Ok(Asked { field: "cancel", wish: Wish::Cancel { number, extent }, note })
    }
}

/// The kind of a certificate is named for certificates, and for nothing else.
fn read_thing(
    field: &str,
    thing: BlacklistThing,
    certificate_kind: Option<u16>,
    value: String,
    lang: Lang,
) -> Result<Thing, Problem> {
    let at_kind =
        |say, what| Problem::invalid(lang, "certificate_kind", "certificate-kind", say, what).below(field);
    match (thing, certificate_kind) {
        (BlacklistThing::Certificate, Some(kind)) => Ok(Thing::Certificate { kind, number: value }),
        (BlacklistThing::Certificate, None) => {
            Err(at_kind(Say::CertificateKindMissing, Say::GiveCertificateKind))
        }
        (_, Some(_)) => Err(at_kind(Say::CertificateKindNotNeeded, Say::LeaveOutCertificateKind)),
        (BlacklistThing::Domain, None) => Ok(Thing::Domain(value)),
        (BlacklistThing::SubjectName, None) => Ok(Thing::SubjectName(value)),
        (BlacklistThing::WebsiteName, None) => Ok(Thing::WebsiteName(value)),
    }
}

/// A proposal that was made.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProposalMade {
    /// Its id.
    id: String,
    /// What is proposed.
    measure: MeasureBody,
}

impl From<&Proposed> for ProposalMade {
    fn from(proposed: &Proposed) -> Self {
        Self { id: proposed.id.to_string(), measure: (&proposed.measure).into() }
    }
}

/// Propose something that needs two people
///
/// What goes on the blacklist and comes off it, and what an authority cancels. Nothing happens until another person agrees. What it
/// names is sealed until it is decided, and then gone: the ledger and the blacklist have keyed hashes alone.
#[utoipa::path(
    post,
    path = "/api/v1/proposals",
    tag = "two people",
    params(("Idempotency-Key" = String, Header, description = "A unique value of the caller's own")),
    request_body = AskToPropose,
    responses(
        (status = 201, description = "Proposed", body = ProposalMade, headers(("Location" = String, description = "Where it is read"))),
        (status = 409, description = "It is listed already, or is not; or nothing is filed under that number", body = ProblemBody),
        (status = 422, description = "Something in the body is wrong, or the key was used", body = ProblemBody),
    ),
    security(("bearer" = ["propose-and-agree"])),
)]
pub(crate) async fn propose(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    May(by, _): May<ProposeAndAgree>,
    Key(key): Key,
    Body(ask): Body<AskToPropose>,
) -> Result<Answer<ProposalMade>, Problem> {
    let by = person(&by, lang)?;
    let Asked { field, wish, note } = ask.read(lang)?;
    let ask = Propose { by, wish, note: note.unwrap_or_default() };
    soon(lang, true, async move {
        let told = site.desk.propose(ask, key).await.or_told(lang);
        let told = told.map_err(|problem| problem.below(field))?;
        let address = format!("{ADDRESS}/{}", told.answer.id);
        Ok(Answer::made(lang, &told, ProposalMade::from(&told.answer)).found_at(address))
    })
    .await
}
