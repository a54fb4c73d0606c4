//! Numbers as JSON.

use super::receipt;
use crate::{answer::time, words::Say};
use app::registry::{
    AccessTold, DomainTermTold, EndingTold, Happened, Number, NumberInShort, OwnSubject, UntrueEnded,
    UntrueTold,
};
use filing::registry::{Duty, Event, Loss, Machine, Next, Reason, Risk, State, Weight};
use rulebook::Lang;
use serde::Serialize;
use utoipa::ToSchema;

/// A word of the desk, and what people call it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Word {
    /// The word.
    #[schema(example = "access-dropped")]
    pub(super) word: &'static str,
    /// In the language of the answer.
    #[schema(example = "已取消接入")]
    pub(super) label: &'static str,
}

pub(crate) fn state(state: State, lang: Lang) -> Word {
    Word { word: state.word(), label: state.label(lang) }
}

pub(crate) fn event(event: Event, lang: Lang) -> Word {
    Word { word: event.word(), label: event.label(lang) }
}

pub(super) fn reason(reason: Reason, lang: Lang) -> Word {
    Word { word: reason.word(), label: reason.label(lang) }
}

/// A number in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct NumberItem {
    /// The number.
    #[schema(example = "浙ICP备12345678号-1")]
    number: String,
    /// Whose it is: `subject` or `website`.
    #[schema(example = "website")]
    of: &'static str,
    /// Where it stands.
    state: Word,
    /// The domains of the website; none once it is cancelled.
    domains: Vec<String>,
    /// When it became known here.
    #[schema(format = DateTime)]
    filed_at: String,
    /// When something last happened to it.
    #[schema(format = DateTime)]
    changed_at: String,
}

impl NumberItem {
    fn of(short: &NumberInShort, lang: Lang) -> Self {
        let NumberInShort { number, machine, state: stands, filed_at, changed_at, domains } = short;
        let of: Machine = *machine;
        Self {
            number: number.clone(),
            of: of.word(),
            state: state(*stands, lang),
            domains: domains.clone(),
            filed_at: time(*filed_at),
            changed_at: time(*changed_at),
        }
    }
}

/// A subject of the account, with its websites.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SubjectItem {
    /// Behind which the next page begins.
    #[serde(skip)]
    pub(super) id: String,
    /// The subject's own number.
    subject: NumberItem,
    /// Those of its websites, cancelled ones too.
    websites: Vec<NumberItem>,
}

impl SubjectItem {
    pub(super) fn of(own: &OwnSubject, lang: Lang) -> Self {
        let websites = own.websites.iter().map(|short| NumberItem::of(short, lang)).collect();
        Self { id: own.id.to_string(), subject: NumberItem::of(&own.number, lang), websites }
    }
}

/// Where a website is hosted here, or was.
#[derive(Debug, Serialize, ToSchema)]
struct AccessBody {
    /// The instance, as its seller names it.
    instance: Option<String>,
    /// The addresses.
    addresses: Vec<String>,
    /// Since when.
    #[schema(format = DateTime)]
    since: String,
    /// Until when; null while the website is hosted there.
    #[schema(format = DateTime)]
    ended: Option<String>,
    /// Why it ended.
    reason: Option<Word>,
}

impl AccessBody {
    fn of(access: &AccessTold, lang: Lang) -> Self {
        let AccessTold { instance, addresses, since, ended } = access;
        Self {
            instance: instance.clone(),
            addresses: addresses.clone(),
            since: time(*since),
            ended: ended.map(|(at, _)| time(at)),
            reason: ended.map(|(_, why)| reason(why, lang)),
        }
    }
}

/// Something that happened to a number.
#[derive(Debug, Serialize, ToSchema)]
struct HappenedBody {
    /// When.
    #[schema(format = DateTime)]
    at: String,
    /// What.
    event: Word,
    /// Why, where an access ended or the number was cancelled.
    reason: Option<Word>,
    /// Where it came to.
    state: Word,
    /// The number under which it had been recorded, where this corrected it.
    #[schema(example = "浙ICP备12345670号")]
    was: Option<String>,
    /// Who did it.
    by: DoneByBody,
    /// The order by which it happened.
    order: Option<String>,
    /// The edition of the rules that said what became of service codes.
    #[schema(example = "2020-10-16")]
    edition: Option<String>,
    /// The entry of the ledger that says it.
    entry: String,
    /// Where the receipt of it is found, to keep and to show.
    #[schema(example = "/api/v1/numbers/%E6%B5%99ICP%E5%A4%8712345678%E5%8F%B7-1/receipts/01929b3e-…")]
    receipt: String,
}

/// Who did something to a number.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DoneByBody {
    /// `account` for the customer, `provider` for whoever works there and for its systems.
    #[schema(example = "provider")]
    word: &'static str,
    /// In the language of the answer.
    #[schema(example = "接入服务商")]
    label: String,
    /// As the ledger names him; null for customers, whom the people of the provider are not named to.
    #[schema(example = "staff:wu")]
    name: Option<String>,
}

impl DoneByBody {
    pub(super) fn of(actor: &str, reader: Reader, lang: Lang) -> Self {
        let (word, say) = match actor.split_once(':') {
            Some(("account", _)) => ("account", Say::TheAccount),
            _ => ("provider", Say::TheProvider),
        };
        let name = matches!(reader, Reader::Staff).then(|| actor.to_owned());
        Self { word, label: say.to_text(lang), name }
    }
}

/// Who reads of a number.
#[derive(Clone, Copy, Debug)]
pub(in crate::api) enum Reader {
    /// The account whose number it is.
    Owner,
    /// Somebody who works for the provider.
    Staff,
}

impl HappenedBody {
    fn of(number: &str, happened: &Happened, reader: Reader, lang: Lang) -> Self {
        let entry = happened.entry.to_string();
        Self {
            at: time(happened.at),
            event: event(happened.event, lang),
            reason: happened.reason.map(|why| reason(why, lang)),
            state: state(happened.state, lang),
            was: happened.was.clone(),
            by: DoneByBody::of(&happened.actor, reader, lang),
            order: happened.order.map(|order| order.to_string()),
            edition: happened.edition.clone(),
            receipt: receipt::address(number, &entry),
            entry,
        }
    }
}

/// Something that threatens a number.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RiskBody {
    /// What.
    #[schema(example = "instance-expiring")]
    word: &'static str,
    /// The day with which it begins or began, where there is one.
    #[schema(format = Date)]
    day: Option<String>,
    /// How much it weighs: a `notice` is shown here alone, of a `warning` its owner is told, and again when it is `urgent`.
    #[schema(example = "warning")]
    weight: &'static str,
    /// What threatens, in the language of the answer.
    message: String,
    /// What to do.
    suggestion: &'static str,
    /// What happens next unless somebody acts.
    next: NextBody,
}

/// What happens next unless somebody acts.
#[derive(Debug, Serialize, ToSchema)]
struct NextBody {
    /// What.
    #[schema(example = "access-dropped")]
    word: &'static str,
    /// In the language of the answer.
    #[schema(example = "系统取消该处接入")]
    label: &'static str,
    /// From which day on; null where others decide when.
    #[schema(format = Date)]
    day: Option<String>,
}

impl RiskBody {
    pub(super) fn of(risk: &Risk, weight: Weight, next: Next, lang: Lang) -> Self {
        let Next { what, on } = next;
        Self {
            word: risk.word(),
            day: risk.day().map(|day| day.to_string()),
            weight: weight.word(),
            message: risk.message(lang),
            suggestion: risk.suggestion(lang),
            next: NextBody { word: what.word(), label: what.label(lang), day: on.map(|on| on.to_string()) },
        }
    }
}

/// Something that is filed and was found untrue, inaccurate or missing.
#[derive(Debug, Serialize, ToSchema)]
struct UntrueBody {
    /// The number under which it was recorded: this one, or its subject's.
    #[schema(example = "浙ICP备12345678号-1")]
    number: String,
    /// What, told to the owner of the number, and in clear to whoever may read personal data; null to others, and once it was erased.
    what: Option<String>,
    /// The last day on which it can be mended, or could be.
    #[schema(format = Date)]
    mend_by: String,
    /// When it was recorded.
    #[schema(format = DateTime)]
    recorded_at: String,
    /// Who found it.
    by: DoneByBody,
    /// Whether its owner was warned of that day: no access ends for it before he is; null once it ended.
    owner_warned: Option<bool>,
    /// The entry of the ledger that says it.
    entry: String,
    /// How it ended; null while it is to be mended.
    ended: Option<UntrueEndedBody>,
}

/// How something that was untrue ended.
#[derive(Debug, Serialize, ToSchema)]
struct UntrueEndedBody {
    /// `mended`, or `cancelled` where the number was.
    how: Word,
    /// When.
    #[schema(format = DateTime)]
    at: String,
    /// Who recorded that.
    by: DoneByBody,
    /// The entry of the ledger that says it.
    entry: String,
}

impl UntrueBody {
    fn of(untrue: &UntrueTold, reader: Reader, lang: Lang) -> Self {
        let UntrueTold { number, what, mend_by, recorded_at, by, entry, is_warned, ended } = untrue;
        let ended = ended.as_ref().map(|UntrueEnded { how, at, by, entry }| UntrueEndedBody {
            how: Word { word: how.word(), label: how.label(lang) },
            at: time(*at),
            by: DoneByBody::of(by, reader, lang),
            entry: entry.to_string(),
        });
        Self {
            number: number.clone(),
            what: what.clone(),
            mend_by: mend_by.clone(),
            recorded_at: time(*recorded_at),
            by: DoneByBody::of(by, reader, lang),
            owner_warned: *is_warned,
            entry: entry.to_string(),
            ended,
        }
    }
}

/// Until when a domain is registered, as somebody said.
#[derive(Debug, Serialize, ToSchema)]
struct DomainTermBody {
    /// The domain.
    #[schema(example = "example.com")]
    domain: String,
    /// The last day of its registration.
    #[schema(format = Date)]
    expires_on: String,
    /// Who said so last.
    by: DoneByBody,
    /// When.
    #[schema(format = DateTime)]
    at: String,
}

impl DomainTermBody {
    fn of(term: &DomainTermTold, reader: Reader, lang: Lang) -> Self {
        let DomainTermTold { domain, expires_on, by, at } = term;
        let by = DoneByBody::of(by, reader, lang);
        Self { domain: domain.clone(), expires_on: expires_on.clone(), by, at: time(*at) }
    }
}

/// How a number could end.
#[derive(Debug, Serialize, ToSchema)]
struct EndingBody {
    /// What would happen to it: `drop-access` or `cancel`.
    event: Word,
    /// For which reasons an operator may record it. That an authority wants a number cancelled is decided by two people instead.
    reasons: Vec<Word>,
    /// What would be lost, the heaviest first.
    losses: Vec<LossBody>,
}

/// Something that would be lost, or was.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct LossBody {
    /// What.
    #[schema(example = "number")]
    word: &'static str,
    /// In the language of the answer.
    message: String,
}

impl LossBody {
    pub(super) fn of(loss: &Loss, lang: Lang) -> Self {
        Self { word: loss.word(), message: loss.sentence(lang) }
    }
}

impl EndingBody {
    fn of(ending: &EndingTold, lang: Lang) -> Self {
        Self {
            event: event(ending.event, lang),
            reasons: ending.reasons.iter().map(|why| reason(*why, lang)).collect(),
            losses: ending.losses.iter().map(|loss| LossBody::of(loss, lang)).collect(),
        }
    }
}

/// A duty that keeps a number alive.
#[derive(Debug, Serialize, ToSchema)]
struct DutyBody {
    /// Which.
    #[schema(example = "true-information")]
    word: &'static str,
    /// In the language of the answer.
    message: &'static str,
}

/// A number with everything that happened to it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NumberBody {
    #[serde(flatten)]
    short: NumberItem,
    /// The number under which it was asked for, where that was corrected to the one that it has; else null.
    #[schema(example = "浙ICP备12345687号-1")]
    asked_as: Option<String>,
    /// Other numbers that were recorded as the one that was asked for before they were corrected.
    formerly: Vec<String>,
    /// The account, as inventories name it.
    #[schema(example = "acc-7")]
    account: String,
    /// The subject's number, where it is a website's.
    #[schema(example = "浙ICP备12345678号")]
    subject: Option<String>,
    /// The websites of the subject, cancelled ones too, where it is a subject's.
    websites: Vec<NumberItem>,
    /// Where the website is hosted here, and was, oldest first.
    accesses: Vec<AccessBody>,
    /// The four duties that keep it alive; none once it is cancelled.
    duties: Vec<DutyBody>,
    /// What threatens it unless somebody acts, what is worst first.
    risks: Vec<RiskBody>,
    /// All that was ever found untrue under it or its subject's number, oldest first: what is to be mended, and what came of the rest.
    untrue: Vec<UntrueBody>,
    /// Until when the domains of the website are registered, as far as somebody said so.
    domain_terms: Vec<DomainTermBody>,
    /// How it could end, and what would be lost.
    endings: Vec<EndingBody>,
    /// What happened to it, oldest first.
    history: Vec<HappenedBody>,
}

impl NumberBody {
    pub(in crate::api) fn of(number: &Number, reader: Reader, lang: Lang) -> Self {
        let item = |short| NumberItem::of(short, lang);
        let duties = Duty::of(number.short.state);
        let history = number.history.iter();
        Self {
            short: item(&number.short),
            asked_as: number.asked_as.clone(),
            formerly: number.formerly.clone(),
            account: number.account.clone(),
            subject: number.subject.clone(),
            websites: number.websites.iter().map(item).collect(),
            accesses: number.accesses.iter().map(|access| AccessBody::of(access, lang)).collect(),
            duties: duties.map(|duty| DutyBody { word: duty.word(), message: duty.sentence(lang) }).collect(),
            risks: number
                .risks
                .iter()
                .map(|told| RiskBody::of(&told.risk, told.weight, told.next, lang))
                .collect(),
            untrue: number.untrue.iter().map(|untrue| UntrueBody::of(untrue, reader, lang)).collect(),
            domain_terms: number
                .domain_terms
                .iter()
                .map(|term| DomainTermBody::of(term, reader, lang))
                .collect(),
            endings: number.endings.iter().map(|ending| EndingBody::of(ending, lang)).collect(),
            history: history.map(|one| HappenedBody::of(&number.short.number, one, reader, lang)).collect(),
        }
    }
}

/// What became of a number.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EndedBody {
    /// The number.
    #[schema(example = "浙ICP备12345678号-1")]
    number: String,
    /// What happened to it.
    event: Word,
    /// Why.
    reason: Word,
    /// Where it stands now.
    state: Word,
    /// The numbers of the websites that ended with it, where it is a subject's.
    websites: Vec<String>,
    /// How many places came back to quotas.
    #[schema(minimum = 0)]
    restored: usize,
    /// Orders under way that name the number, by their ids: what ended can no longer be filed, and whoever judges them gives them back
    /// or records the answer of the bureau.
    orders_under_way: Vec<String>,
}

impl EndedBody {
    pub(super) fn of(ended: &app::registry::Ended, lang: Lang) -> Self {
        Self {
            number: ended.number.clone(),
            event: event(ended.event, lang),
            reason: reason(ended.reason, lang),
            state: state(ended.state, lang),
            websites: ended.websites.clone(),
            restored: ended.restored,
            orders_under_way: ended.under_way.clone(),
        }
    }
}
