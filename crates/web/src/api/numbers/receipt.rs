//! `GET /api/v1/numbers/{number}/receipts/{reference}`: something that happened to a number, to keep and to show.

use super::{
    ADDRESS,
    shapes::{DoneByBody, LossBody, Reader, Word, event, reason, state},
};
use crate::{
    answer::{Answer, time},
    api::ledger,
    body::Named,
    caller::SeesNumbers,
    language::Speaks,
    problem::{Kind, OrTold, Problem, ProblemBody},
    site::Site,
    words::Say,
};
use app::registry::{Entered, Receipt, ReceiptNumber};
use axum::extract::State;
use filing::registry::Statement;
use rulebook::Lang;
use serde::Serialize;
use url::form_urlencoded::byte_serialize;
use utoipa::ToSchema;

/// Where the receipt of what an entry says of a number is found.
pub(super) fn address(number: &str, reference: &str) -> String {
    let number: String = byte_serialize(number.as_bytes()).collect();
    format!("{ADDRESS}/{number}/receipts/{reference}")
}

/// A receipt (回执): something that happened to a number, for its owner to keep and to show.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReceiptBody {
    /// The reference of the receipt, which is the id of the entry of the ledger that says the same.
    reference: String,
    /// What happened, when and why, as a sentence.
    #[schema(
        example = "2026-11-29 21:40（北京时间），网站备案号 浙ICP备12345678号-1 注销。原因：备案主体申请。"
    )]
    statement: String,
    /// The number and what happened to it.
    #[serde(flatten)]
    about: ReceiptNumberBody,
    /// The account, as inventories name it.
    #[schema(example = "acc-7")]
    account: String,
    /// When.
    #[schema(format = DateTime)]
    at: String,
    /// Who wanted it: `owner`, `new-holder`, `bureau`, `authority` or `provider`.
    asked: Word,
    /// Who did it at the desk.
    by: DoneByBody,
    /// The order by which it happened.
    order: Option<String>,
    /// The edition of the rules that said what became of service codes; null where none did.
    #[schema(example = "2020-10-16")]
    edition: Option<String>,
    /// The other numbers to which something happened with it.
    others: Vec<ReceiptNumberBody>,
    /// What was lost, the heaviest first; nothing where nothing was.
    lost: Vec<LossBody>,
    /// What is possible now; `barred` where the blacklist stands in the way of what would be.
    possible: Vec<PossibleBody>,
    /// The entry of the ledger, by which the receipt is verified.
    ledger: EnteredBody,
}

/// A number as a receipt has it.
#[derive(Debug, Serialize, ToSchema)]
struct ReceiptNumberBody {
    /// The number, as it was then.
    #[schema(example = "浙ICP备12345678号-1")]
    number: String,
    /// The number that it has today, where it was corrected since; otherwise null.
    #[schema(example = json!(null))]
    today: Option<String>,
    /// Whose it is: `subject` or `website`.
    #[schema(example = "website")]
    of: &'static str,
    /// What happened.
    event: Word,
    /// Why, where an access ended or the number was cancelled.
    reason: Option<Word>,
    /// Where that brought it. Where it stands today is told by the number itself.
    state: Word,
    /// The number under which it had been recorded, where this corrected it.
    #[schema(example = json!(null))]
    was: Option<String>,
}

impl ReceiptNumberBody {
    fn of(number: &ReceiptNumber, lang: Lang) -> Self {
        Self {
            number: number.number.clone(),
            today: (number.today != number.number).then(|| number.today.clone()),
            of: number.machine.word(),
            event: event(number.event, lang),
            reason: number.reason.map(|why| reason(why, lang)),
            state: state(number.state, lang),
            was: number.was.clone(),
        }
    }
}

/// Something that is possible.
#[derive(Debug, Serialize, ToSchema)]
struct PossibleBody {
    /// What.
    #[schema(example = "file-anew")]
    word: &'static str,
    /// In the language of the answer.
    message: String,
}

/// An entry of the ledger, by which a receipt is verified.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EnteredBody {
    /// Its id.
    entry: String,
    /// Its kind.
    #[schema(example = "number.cancelled")]
    kind: String,
    /// The hash of its leaf, in base64: SHA-256 of the byte 0 and the entry (RFC 9162, 2.1.1). Whoever keeps it notices when the ledger
    /// says anything else.
    #[schema(format = Byte, example = "3nXz…")]
    leaf: String,
    /// Where auditors (`read-ledger`) get the entry with the proof that it is in the ledger.
    #[schema(example = "/api/v1/ledger/entries/01929b3e-…/proof")]
    proof: String,
}

impl From<&Entered> for EnteredBody {
    fn from(entered: &Entered) -> Self {
        let Entered { id, kind, leaf } = entered;
        let (entry, kind, leaf) = (id.to_string(), kind.clone(), leaf.to_string());
        Self { proof: ledger::proof_address(&entry), entry, kind, leaf }
    }
}

impl ReceiptBody {
    fn of(receipt: &Receipt, reader: Reader, lang: Lang) -> Self {
        let Receipt { account, number, others, at, actor, order, edition, losses, possible, advice, entry } =
            receipt;
        let statement = Statement {
            machine: number.machine,
            number: &number.number,
            event: number.event,
            reason: number.reason,
            was: number.was.as_deref(),
            at: *at,
        };
        let asked = number.asked();
        Self {
            reference: entry.id.to_string(),
            statement: statement.sentence(lang),
            about: ReceiptNumberBody::of(number, lang),
            account: account.clone(),
            at: time(*at),
            asked: Word { word: asked.word(), label: asked.label(lang) },
            by: DoneByBody::of(actor, reader, lang),
            order: order.map(|order| order.to_string()),
            edition: edition.clone(),
            others: others.iter().map(|other| ReceiptNumberBody::of(other, lang)).collect(),
            lost: losses.iter().map(|loss| LossBody::of(loss, lang)).collect(),
            possible: possible
                .iter()
                .map(|one| PossibleBody { word: one.word(), message: one.sentence(*advice, lang) })
                .collect(),
            ledger: entry.into(),
        }
    }
}

/// Receipt of something that happened to a number
///
/// For its owner to keep and to show: what happened, when, why and by whose wish, what was lost with it, and what is possible now. It is made
/// of the history of the number and the entry of the ledger, which stay for ever, so that it says the same whenever it is asked for; what
/// is possible is as of now. The history of a number leads to the receipt of each step (`receipt`), and so does the event `numbers.ended`. A number that was corrected is
/// found under the one that it had before, too. Customers read those of their account, staff those of all, which is recorded.
#[utoipa::path(
    get,
    path = "/api/v1/numbers/{number}/receipts/{reference}",
    tag = "numbers",
    params(
        ("number" = String, Path, description = "The number, such as `浙ICP备12345678号-1`"),
        ("reference" = String, Path, description = "The reference, which is the id of the entry of the ledger"),
    ),
    responses(
        (status = 200, description = "The receipt", body = ReceiptBody),
        (status = 404, description = "The account has no such number, or nothing happened to it under that reference", body = ProblemBody),
    ),
    security(("bearer" = ["own-numbers"]), ("bearer" = ["read-numbers"])),
)]
pub(crate) async fn number_receipt(
    State(site): State<Site>,
    Speaks(lang): Speaks,
    sees: SeesNumbers,
    Named((number, reference)): Named<(String, String)>,
) -> Result<Answer<ReceiptBody>, Problem> {
    let unknown = || Problem::new(Kind::NotFound, lang).saying(Say::UnknownReceipt.to_text(lang));
    let entry = reference.parse().map_err(|_| unknown())?;
    let (found, reader) = match &sees {
        SeesNumbers::Own(asker) => (site.desk.own_receipt(asker, &number, entry).await, Reader::Owner),
        SeesNumbers::All(by) => (site.desk.receipt_for(by, &number, entry).await, Reader::Staff),
    };
    let found = found.or_told(lang)?.ok_or_else(unknown)?;
    Ok(Answer::ok(lang, ReceiptBody::of(&found, reader, lang)))
}
