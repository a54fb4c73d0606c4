//! Orders as answers carry them, for everybody who reads them. Nothing else writes an order as JSON.

use super::{
    backing::BackingBody,
    beside::BesideBody,
    form,
    numbers::OrderNumberBody,
    words::{OrderKind, OrderMove, OrderState},
};
use crate::{answer::time, words::Say};
use app::orders::{
    Faults, Moved, Order, ProductFault, Stage,
    review::{Can, Finds, Looked},
};
use filing::{
    checks::{Fault, ON_BLACKLIST, TargetFault, What},
    orders::{
        Behind, Cancellation, Change, FiledNumber, Form, InWords, Material, Move, Part, Remark, State,
        Subject, Waiting, Website, Who, field,
    },
};
use jiff::Timestamp;
use rulebook::Lang;
use serde::Serialize;
use utoipa::ToSchema;

/// Where an order stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OrderItem {
    /// Its id.
    pub(crate) id: String,
    /// What it asks for.
    #[schema(value_type = OrderKind)]
    kind: &'static str,
    /// Where it stands.
    #[schema(value_type = OrderState)]
    state: &'static str,
    /// Grows with whatever changes. `ETag` is made of it.
    version: i64,
    /// How often it was submitted.
    #[schema(minimum = 0)]
    round: i64,
    /// When the next deadline of whoever acts next ends; null where none is known, and `waiting` says why.
    #[schema(format = DateTime)]
    due_at: Option<String>,
    /// What it waits for; empty where it has come to its end.
    waiting: Vec<WaitingBody>,
    /// What it means that it has come to its end, or came back by itself, and what is to be done now, as a sentence; null while it goes on.
    outcome: Option<&'static str>,
    /// What the caller can do with it now.
    #[schema(value_type = Vec<OrderMove>)]
    moves: Vec<&'static str>,
    /// The rejected order from whose content it was made.
    corrects: Option<String>,
    /// When it was opened.
    #[schema(format = DateTime)]
    opened_at: String,
    /// When it last changed.
    #[schema(format = DateTime)]
    changed_at: String,
}

impl OrderItem {
    /// That order at `now`, for its owner.
    pub(crate) fn own(order: &Order, now: Timestamp, lang: Lang) -> Self {
        Self::of(order, order.moves(Who::Filer).map(Move::word).collect(), now, lang)
    }

    /// That order at `now`, for somebody who can do nothing with it.
    pub(crate) fn seen(order: &Order, now: Timestamp, lang: Lang) -> Self {
        Self::of(order, Vec::new(), now, lang)
    }

    /// That order at `now`, for somebody who can do that with it.
    fn of(order: &Order, moves: Vec<&'static str>, now: Timestamp, lang: Lang) -> Self {
        Self {
            id: order.id.to_string(),
            kind: order.kind.word(),
            state: order.state.word(),
            version: order.version,
            round: order.round,
            due_at: order.due_at.map(time),
            waiting: order.waiting.iter().map(|waiting| WaitingBody::of(waiting, now, lang)).collect(),
            outcome: order.kind.outcome(order.state, order.stages.last().map(|stage| stage.by), lang),
            moves,
            corrects: order.corrects.map(|id| id.to_string()),
            opened_at: time(order.opened_at),
            changed_at: time(order.changed_at),
        }
    }
}

/// Something that an order waits for.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WaitingBody {
    /// For what: `submission`, `mending`, `review`, `sending`, `sms` or `decision`.
    #[schema(example = "review")]
    awaited: &'static str,
    /// From whom: `filer`, `reviewer`, `operator`, `desk` or `bureau`.
    #[schema(example = "reviewer")]
    from: &'static str,
    /// The first instant that is too late; null where no term is known.
    #[schema(format = DateTime)]
    until: Option<String>,
    /// The year whose holidays (国务院放假安排) the desk does not have yet, so that a term of working days cannot be told; null where it
    /// can, or where there is none.
    #[schema(example = json!(null))]
    unknown_year: Option<i16>,
    /// What to do or to expect, as a sentence.
    message: String,
}

impl WaitingBody {
    pub(crate) fn of(waiting: &Waiting, now: Timestamp, lang: Lang) -> Self {
        Self {
            awaited: waiting.awaited.word(),
            from: waiting.who.word(),
            until: waiting.until.end().map(time),
            unknown_year: waiting.until.unknown_year(),
            message: waiting.message(now, lang),
        }
    }
}

/// An order as its owner reads it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OrderBody {
    #[serde(flatten)]
    order: OrderItem,
    #[serde(flatten)]
    course: CourseBody,
    /// What is filled in; null once it was erased.
    form: Option<FormBody>,
    /// What a reviewer gave it back with, as long as it is to be mended.
    remarks: Vec<RemarkBody>,
    /// The paths that may be changed, each with what is below it, in an order that was given back; null where everything may be
    /// that can be edited at all.
    opened: Option<Vec<String>>,
    /// Why the bureau rejected it, in the words of the bureau.
    reason: Option<String>,
    /// Whether it can be corrected into a new draft: it was rejected, and no order that was made of it goes on.
    can_be_corrected: bool,
    /// The order that was made of it, where it was rejected and that one was not given up.
    corrected_by: Option<String>,
    /// Where the receipt of its last submission is found; null where it was not submitted.
    #[schema(example = "/api/v1/orders/01929b3e-…/receipt")]
    receipt: Option<String>,
}

impl OrderBody {
    pub(crate) fn of(order: Order, now: Timestamp, lang: Lang) -> Self {
        Self {
            order: OrderItem::own(&order, now, lang),
            course: CourseBody::of(&order, lang),
            remarks: order.remarks.iter().map(|remark| RemarkBody::of(remark, lang)).collect(),
            can_be_corrected: order.state == State::Rejected
                && order.form.is_some()
                && order.corrected_by.is_none(),
            corrected_by: order.corrected_by.map(|id| id.to_string()),
            receipt: order
                .stages
                .iter()
                .any(|stage| stage.by == Move::Submit)
                .then(|| super::receipt::address(&order.id.to_string())),
            form: order.form.map(FormBody::of),
            opened: order.opened,
            reason: order.reason,
        }
    }
}

/// What happened to an order.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CourseBody {
    /// When the bureau took it.
    #[schema(format = DateTime)]
    taken_at: Option<String>,
    /// When the text message of the bureau was answered.
    #[schema(format = DateTime)]
    sms_at: Option<String>,
    /// Every move, oldest first.
    stages: Vec<StageBody>,
    /// The filing numbers that it made or was about, once it is filed: the subject's, then those of its websites in the order of the
    /// form.
    numbers: Vec<OrderNumberBody>,
}

impl CourseBody {
    pub(crate) fn of(order: &Order, lang: Lang) -> Self {
        Self {
            taken_at: order.taken_at.map(time),
            sms_at: order.sms_at.map(time),
            stages: order.stages.iter().map(StageBody::of).collect(),
            numbers: OrderNumberBody::all(&order.numbers, lang),
        }
    }
}

/// Something that happened to an order.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StageBody {
    /// What.
    #[schema(value_type = OrderMove)]
    r#move: &'static str,
    /// Where the order came to.
    #[schema(value_type = OrderState)]
    state: &'static str,
    /// When.
    #[schema(format = DateTime)]
    at: String,
    /// The entry of the ledger that says it.
    entry: String,
}

impl StageBody {
    fn of(stage: &Stage) -> Self {
        Self {
            r#move: stage.by.word(),
            state: stage.state.word(),
            at: time(stage.at),
            entry: stage.entry.to_string(),
        }
    }
}

/// All that is filled in. What a kind of order does not have stays empty.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FormBody {
    /// Which filed subject or website the order is about.
    #[schema(value_type = Option<form::FiledNumber>)]
    target: Option<FiledNumber>,
    /// Who files.
    #[schema(value_type = Option<form::Subject>)]
    subject: Option<Subject>,
    /// The websites.
    #[schema(value_type = Vec<form::Website>)]
    websites: Vec<Website>,
    /// The pictures that were added.
    #[schema(value_type = Vec<form::Material>)]
    materials: Vec<Material>,
    /// Why something is cancelled.
    #[schema(value_type = Option<form::Cancellation>)]
    cancellation: Option<Cancellation>,
}

impl FormBody {
    pub(crate) fn of(form: Form) -> Self {
        let Form { target, subject, websites, materials, cancellation } = form;
        Self { target, subject, websites, materials, cancellation }
    }
}

/// What a reviewer says of a field.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RemarkBody {
    /// The field, or a group of them.
    #[schema(example = "websites[0].name")]
    path: String,
    /// What people call it.
    label: String,
    /// What is wrong there.
    problem: String,
    /// What to do about it.
    suggestion: String,
}

impl RemarkBody {
    fn of(remark: &Remark, lang: Lang) -> Self {
        Self {
            path: remark.path.clone(),
            label: remark.label(lang),
            problem: remark.problem.clone(),
            suggestion: remark.suggestion.clone(),
        }
    }
}

/// What became of an order.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MovedBody {
    /// The order.
    id: String,
    /// What it asks for.
    #[schema(value_type = OrderKind)]
    kind: &'static str,
    /// What happened to it.
    #[schema(value_type = OrderMove)]
    r#move: &'static str,
    /// Where it stands now.
    #[schema(value_type = OrderState)]
    state: &'static str,
    /// Its version now.
    version: i64,
}

impl From<&Moved> for MovedBody {
    fn from(moved: &Moved) -> Self {
        Self {
            id: moved.order.to_string(),
            kind: moved.kind.word(),
            r#move: moved.by.word(),
            state: moved.state.word(),
            version: moved.version,
        }
    }
}

/// Something that is wrong with what is filled in.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FaultBody {
    /// Where.
    #[schema(example = "subject.person.mobile")]
    pub(crate) path: String,
    /// What people call that field.
    pub(crate) label: String,
    /// Which fault it is: a stable word for programs.
    #[schema(example = "mobile-length")]
    pub(crate) code: &'static str,
    /// `error`, or `warning` where the order can be submitted all the same.
    #[schema(example = "error")]
    pub(crate) weight: &'static str,
    /// What is wrong, in the language asked for.
    pub(crate) message: String,
    /// What to do about it, in the language asked for.
    pub(crate) suggestion: String,
}

impl FaultBody {
    /// What a check found, for the customer: of a number that another account has he learns no more than that he has none.
    pub(crate) fn of_check(fault: &Fault, lang: Lang) -> Self {
        if !matches!(fault.what, What::Target(TargetFault::OfAnotherAccount)) {
            return Self::as_found(fault, lang);
        }
        let [message, suggestion] =
            [Say::NotFiledForYou, Say::CompareNumberOrAsk].map(|say| say.to_text(lang));
        let code = What::from(TargetFault::Unknown { elsewhere: false }).code();
        Self { code, message, suggestion, ..Self::as_found(fault, lang) }
    }

    /// What a check found, as it found it.
    fn as_found(fault: &Fault, lang: Lang) -> Self {
        Self {
            path: fault.path.clone(),
            label: label(&fault.path, lang),
            code: fault.what.code(),
            weight: fault.what.weight().word(),
            message: fault.what.message(lang),
            suggestion: fault.what.suggestion(lang),
        }
    }

    fn of_product(fault: &ProductFault, lang: Lang) -> Self {
        let path = format!("websites[{}].verification", fault.website);
        Self {
            label: label(&path, lang),
            path,
            code: fault.cause,
            weight: ERROR,
            message: fault.message.in_lang(lang).to_owned(),
            suggestion: fault.suggestion.in_lang(lang).to_owned(),
        }
    }

    fn of_locked(path: &str, lang: Lang) -> Self {
        let [message, suggestion] = [Say::FieldLocked, Say::PutFieldBack].map(|say| say.to_text(lang));
        let (path, label) = (path.to_owned(), label(path, lang));
        Self { path, label, code: "field-locked", weight: ERROR, message, suggestion }
    }

    /// All of it for the customer, in the order of the form.
    pub(crate) fn all(faults: &Faults, lang: Lang) -> Vec<Self> {
        Self::with_checks(faults.checks.iter().map(|fault| Self::of_check(fault, lang)), faults, lang)
    }

    fn with_checks(checks: impl Iterator<Item = Self>, faults: &Faults, lang: Lang) -> Vec<Self> {
        let products = faults.products.iter().map(|fault| Self::of_product(fault, lang));
        let locked = faults.locked.iter().map(|path| Self::of_locked(path, lang));
        let mut all: Vec<_> = checks.chain(products).chain(locked).collect();
        all.sort_by_key(|fault| (fault.part(), fault.website()));
        all
    }

    /// The same as staff reads it: what is on the blacklist is told, with its entry.
    pub(crate) fn for_staff(finds: &Finds, lang: Lang) -> Vec<Self> {
        let checks = finds.faults.checks.iter().map(|fault| Self::as_found(fault, lang));
        let mut all = Self::with_checks(checks, &finds.faults, lang);
        for told in all.iter_mut().filter(|told| told.code == ON_BLACKLIST) {
            let entry = finds.listed.iter().find(|(path, _)| *path == told.path);
            let entry = entry.map(|(_, entry)| entry.to_string());
            told.message = Say::OnBlacklist { entry: entry.as_deref() }.to_text(lang);
            told.suggestion = Say::KeepOffOrUnlist.to_text(lang);
        }
        all
    }

    /// Where it is, what is wrong and what to do, in a line.
    pub(crate) fn in_a_line(&self, lang: Lang) -> String {
        let Self { label, message, suggestion, .. } = self;
        match lang {
            Lang::Zh => format!("{label}：{message}{suggestion}"),
            Lang::En => format!("{label}: {message} {suggestion}"),
        }
    }

    /// The part of the form that it is in.
    pub(crate) fn part(&self) -> Option<Part> {
        self.path.split(['.', '[']).next().and_then(Part::from_word)
    }

    fn website(&self) -> Option<usize> {
        self.path.strip_prefix("websites[")?.split_once(']')?.0.parse().ok()
    }

    /// Whether the order cannot be submitted with it.
    pub(crate) fn stops(&self) -> bool {
        self.weight == ERROR
    }
}

/// The weight of what an order cannot be submitted with.
const ERROR: &str = filing::checks::Weight::Error.word();

fn label(path: &str, lang: Lang) -> String {
    field(path).map_or_else(|| path.to_owned(), |place| place.label(lang))
}

/// An order as reviewers and operators look at it: as it was last submitted.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LookedBody {
    #[serde(flatten)]
    order: OrderItem,
    #[serde(flatten)]
    course: CourseBody,
    /// What was last submitted, personal data masked; null once it was erased.
    form: Option<FormBody>,
    /// All of the form in words, in its order: numbers of tables by their names, regions from the province down, verified products and
    /// pictures instead of their ids. What is not filled in is left out.
    in_words: Vec<InWordsBody>,
    /// Who has claimed it; null where nobody has now.
    claimed: Option<ClaimBody>,
    /// What was said of its fields since it was submitted.
    said: Vec<SaidBody>,
    /// How it differs from what was submitted before; null where it was submitted once.
    former: Option<FormerBody>,
    /// What it changes of what is filed, personal data masked; null where it is no change, or what is filed is not known here.
    changes: Option<Vec<ChangeBody>>,
    /// What was verified for its websites.
    backings: Vec<BackingBody>,
    /// The orders that are under way beside it: for the same domain or certificate, or about the same number.
    beside: Vec<BesideBody>,
    /// What is found today while it waits for the review or for the bureau, products that no longer hold among it; warnings too.
    faults: Vec<FaultBody>,
}

impl LookedBody {
    /// For the reviewer of that name.
    pub(crate) fn for_reviewer(looked: Looked, name: &str, now: Timestamp, lang: Lang) -> Self {
        let moves = looked.can(name).into_iter().map(Can::word).collect();
        Self::of(looked, moves, now, lang)
    }

    /// For an operator.
    pub(crate) fn for_operator(looked: Looked, now: Timestamp, lang: Lang) -> Self {
        let moves = looked.order.moves(Who::Operator).map(Move::word).collect();
        Self::of(looked, moves, now, lang)
    }

    fn of(looked: Looked, moves: Vec<&'static str>, now: Timestamp, lang: Lang) -> Self {
        let Looked { order, claimed, said, former, changes, backings, finds } = looked;
        let behind = &order.behind;
        let former = former.map(|former| FormerBody {
            round: former.round,
            changes: former.changes.iter().map(|change| ChangeBody::of(change, behind, lang)).collect(),
            remarks: former.remarks.iter().map(|remark| RemarkBody::of(remark, lang)).collect(),
            opened: former.opened,
        });
        let told = |change: &Change| ChangeBody::of(change, behind, lang);
        let changes = changes.map(|all| all.iter().map(told).collect());
        let said = said.into_iter().map(|said| SaidBody {
            label: label(&said.path, lang),
            path: said.path,
            passes: said.mend.is_none(),
            problem: said.mend.as_ref().map(|mend| mend.problem.clone()),
            suggestion: said.mend.map(|mend| mend.suggestion),
            by: said.reviewer,
            at: time(said.at),
        });
        Self {
            order: OrderItem::of(&order, moves, now, lang),
            course: CourseBody::of(&order, lang),
            in_words: InWordsBody::all(&order, lang),
            form: order.form.map(FormBody::of),
            claimed: claimed.map(ClaimBody::of),
            said: said.collect(),
            former,
            changes,
            backings: backings.into_iter().map(|backing| BackingBody::of(backing, lang)).collect(),
            faults: FaultBody::for_staff(&finds, lang),
            beside: finds.beside.into_iter().map(|other| BesideBody::of(other, lang)).collect(),
        }
    }
}

/// Something that is filled in, in words.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InWordsBody {
    /// Where.
    #[schema(example = "subject.nature")]
    path: String,
    /// What people call that field.
    #[schema(example = "主体的单位性质")]
    label: String,
    /// What stands there.
    #[schema(example = "个人")]
    words: String,
}

impl InWordsBody {
    /// All of the form of an order; nothing once it was erased.
    pub(crate) fn all(order: &Order, lang: Lang) -> Vec<Self> {
        let all = order.form.as_ref().map(|form| form.in_words(&order.behind, lang)).unwrap_or_default();
        all.into_iter().map(|InWords { path, label, words }| Self { path, label, words }).collect()
    }
}

/// Who has claimed an order.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClaimBody {
    /// Who.
    #[schema(example = "zhou")]
    by: String,
    /// Until when nobody else may judge it.
    #[schema(format = DateTime)]
    until: String,
}

impl ClaimBody {
    pub(crate) fn of((by, until): (String, Timestamp)) -> Self {
        Self { by, until: time(until) }
    }
}

/// What was said of a field.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SaidBody {
    /// The field.
    #[schema(example = "websites[0].name")]
    path: String,
    /// What people call it.
    label: String,
    /// Whether it passes; otherwise it is to be mended.
    passes: bool,
    /// What is wrong there; null where it passes.
    problem: Option<String>,
    /// What to do about it; null where it passes.
    suggestion: Option<String>,
    /// Who said it.
    by: String,
    /// When.
    #[schema(format = DateTime)]
    at: String,
}

/// What was submitted before, as far as it matters.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FormerBody {
    /// Which time that was, from 1.
    round: i64,
    /// What changed since, personal data masked.
    changes: Vec<ChangeBody>,
    /// The paths that were given back to be mended.
    opened: Vec<String>,
    /// What was said of them.
    remarks: Vec<RemarkBody>,
}

/// One value that changed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChangeBody {
    /// Where.
    #[schema(example = "websites[0].name")]
    path: String,
    /// What people call that field.
    label: String,
    /// What stood there, in words; null for nothing.
    before: Option<String>,
    /// What stands there now, in words; null for nothing.
    after: Option<String>,
}

impl ChangeBody {
    fn of(change: &Change, behind: &Behind, lang: Lang) -> Self {
        Self {
            path: change.path.clone(),
            label: change.label(lang),
            before: change.was(behind, lang),
            after: change.is(behind, lang),
        }
    }
}
