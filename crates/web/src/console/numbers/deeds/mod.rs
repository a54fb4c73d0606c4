//! `/numbers/{number}/deeds/{deed}`: what an operator records about a number, each on a page of its own that says what it does first.

mod words;

use self::words::{Words, asks};
use super::{at, list::mood, one::untrue};
use crate::{
    caller::{SeesNumbers, operator},
    console::{
        Frame,
        field::{Faults, Field, Kind as FieldKind},
        filled::Filled,
        shown::typed_day,
        told::to,
        words::confirm,
    },
    idempotency::soon,
    problem::{Fault as _, Kind, OrTold, Problem},
    site::Site,
};
use app::{
    Desk, IdempotencyKey, Operator,
    access::{Principal, Right},
    registry::{
        CancelNumber, CorrectNumber, DropAccess, EndingTold, Number, NumberFault, RecordMended, RecordUntrue,
        UntrueTold,
    },
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use filing::registry::{Event, Reason};
use jiff::civil::Date;
use rulebook::Lang;

/// What is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    /// The website is no longer hosted here.
    DropAccess,
    /// What is filed was found untrue.
    Untrue,
    /// What was found untrue is mended.
    Mended,
    /// The number was cancelled.
    Cancel,
    /// The number was recorded with a slip of the keyboard.
    Correct,
}

impl Deed {
    const ALL: [Self; 5] = [Self::Untrue, Self::Mended, Self::DropAccess, Self::Correct, Self::Cancel];

    /// The last part of its address.
    const fn word(self) -> &'static str {
        match self {
            Self::DropAccess => "drop-access",
            Self::Untrue => "untrue",
            Self::Mended => "mended",
            Self::Cancel => "cancel",
            Self::Correct => "correct",
        }
    }

    fn named(word: &str, lang: Lang) -> Result<Self, Problem> {
        let named = Self::ALL.into_iter().find(|deed| deed.word() == word);
        named.ok_or_else(|| Problem::new(Kind::NoSuchPage, lang))
    }

    const fn right(self) -> Right {
        match self {
            Self::Correct => Right::FileOrders,
            Self::DropAccess | Self::Untrue | Self::Mended | Self::Cancel => Right::EndNumbers,
        }
    }

    /// How the number would end.
    fn ending(self, number: &Number) -> Option<&EndingTold> {
        let event = match self {
            Self::DropAccess => Event::DropAccess,
            Self::Cancel => Event::Cancel,
            Self::Untrue | Self::Mended | Self::Correct => return None,
        };
        number.endings.iter().find(|ending| ending.event == event && !ending.reasons.is_empty())
    }

    /// Whether it can be recorded of a number that stands so.
    fn fits(self, number: &Number) -> bool {
        match self {
            Self::DropAccess | Self::Cancel => self.ending(number).is_some(),
            Self::Untrue => !number.short.state.is_final() && open(number).is_none(),
            Self::Mended => open(number).is_some(),
            Self::Correct => true,
        }
    }

    /// That it was done, where the number stands as if it were: an address says so to anybody who opens it.
    pub(super) fn done(word: &str, number: &Number, lang: Lang) -> Option<&'static str> {
        let deed = Self::ALL.into_iter().find(|deed| deed.word() == word)?;
        let last = number.history.last().map(|step| step.event);
        let is_so = match deed {
            Self::DropAccess => last == Some(Event::DropAccess),
            Self::Cancel => last == Some(Event::Cancel),
            Self::Correct => last == Some(Event::Correct),
            Self::Untrue => open(number).is_some(),
            Self::Mended => open(number).is_none() && !number.untrue.is_empty(),
        };
        let unwarned = deed == Self::Untrue && open(number).is_some_and(|open| open.is_warned == Some(false));
        is_so.then(|| {
            if unwarned { words::words(lang).unwarned } else { asks(deed, number.short.machine, lang).done }
        })
    }
}

/// What is to be mended under the number itself; not under that of its subject.
fn open(number: &Number) -> Option<&UntrueTold> {
    number.untrue.iter().find(|untrue| untrue.number == number.short.number && untrue.ended.is_none())
}

/// What whoever looks may record of the number: how it is called, when it is recorded, and where.
pub(super) fn possible(number: &Number, frame: &Frame) -> Vec<(&'static str, &'static str, String)> {
    let fitting = Deed::ALL.into_iter().filter(|deed| frame.may(deed.right()) && deed.fits(number));
    let told = |deed: Deed| {
        let says = asks(deed, number.short.machine, frame.lang);
        (says.title, says.when, format!("{}/deeds/{}", at(&number.short.number), deed.word()))
    };
    fitting.map(told).collect()
}

/// What was filled in.
#[derive(Debug, Default)]
struct Typed {
    reason: String,
    what: String,
    mend_by: String,
    to: String,
    confirmation: String,
}

impl Typed {
    fn of(filled: &Filled) -> Self {
        let [reason, what, mend_by, to, confirmation] =
            ["reason", "what", "mend_by", "to", "confirmation"].map(|name| filled.text(name).to_owned());
        Self { reason, what, mend_by, to, confirmation }
    }
}

/// What is recorded, read from what was filled in.
enum Ask {
    DropAccess(DropAccess),
    Untrue(RecordUntrue),
    Mended(RecordMended),
    Cancel(CancelNumber),
    Correct(CorrectNumber),
}

impl Ask {
    fn read(
        deed: Deed,
        operator: Operator,
        number: String,
        typed: &Typed,
        w: &Words,
    ) -> Result<Self, Faults<'static>> {
        let reason = || Reason::from_word(&typed.reason).ok_or_else(|| Faults::one("reason", w.no_reason));
        let confirmation = typed.confirmation.clone();
        Ok(match deed {
            Deed::DropAccess => Self::DropAccess(DropAccess { operator, number, reason: reason()? }),
            Deed::Untrue => {
                let mend_by: Option<Date> = typed_day(&typed.mend_by);
                let nothing = typed.what.trim().is_empty();
                let mend_by = mend_by.ok_or_else(|| {
                    let what = if nothing { Faults::one("what", w.no_what) } else { Faults::NONE };
                    what.and("mend_by", w.no_day)
                })?;
                Self::Untrue(RecordUntrue { operator, number, what: typed.what.clone(), mend_by })
            }
            Deed::Mended => Self::Mended(RecordMended { operator, number }),
            Deed::Cancel => {
                let reason = reason().map_err(|faults| {
                    let unmeant = confirmation.is_empty();
                    if unmeant { faults.and("confirmation", w.no_digits) } else { faults }
                })?;
                Self::Cancel(CancelNumber { operator, number, reason, confirmation })
            }
            Deed::Correct => {
                let confirmation = Some(confirmation).filter(|typed| !typed.is_empty());
                Self::Correct(CorrectNumber { operator, number, to: typed.to.clone(), confirmation })
            }
        })
    }

    /// Records it, and tells the number that it has then.
    async fn done(self, desk: &Desk, key: IdempotencyKey, lang: Lang) -> Result<String, Problem> {
        Ok(match self {
            Self::DropAccess(ask) => desk.drop_access(ask, key).await.or_told(lang)?.answer.number,
            Self::Untrue(ask) => desk.record_untrue(ask, key).await.or_told(lang)?.answer.number,
            Self::Mended(ask) => desk.record_mended(ask, key).await.or_told(lang)?.answer.number,
            Self::Cancel(ask) => desk.cancel_number(ask, key).await.or_told(lang)?.answer.number,
            Self::Correct(ask) => desk.correct_number(ask, key).await.or_told(lang)?.answer.number.1,
        })
    }
}

#[derive(Template)]
#[template(path = "numbers/deeds/page.html")]
struct Page<'p> {
    f: &'p Frame,
    w: &'static Words,
    faults: &'p Faults<'p>,
    at: String,
    number: &'p str,
    state: &'static str,
    mood: &'static str,
    account: &'p str,
    domains: String,
    says: &'static words::Asks,
    /// What is to be mended, and by when, where that is recorded as mended.
    open: Option<(String, String)>,
    losses: Vec<String>,
    fields: Vec<Field<'p>>,
    is_grave: bool,
}

/// Whose page it is, and of what.
struct Asked<'p> {
    site: &'p Site,
    frame: &'p Frame,
    by: &'p Principal,
    deed: Deed,
    number: &'p str,
}

impl Asked<'_> {
    async fn shown(
        &self,
        status: StatusCode,
        faults: &Faults<'_>,
        typed: &Typed,
    ) -> Result<Response, Problem> {
        let Self { site, frame, by, deed, number } = *self;
        let (lang, w) = (frame.lang, words::words(frame.lang));
        let found = site.desk.number_for(by, number).await.or_told(lang)?;
        let found = found.ok_or_else(|| NumberFault::Unknown.problem(lang))?;
        let short = &found.short;
        if found.asked_as.is_some() {
            return Ok(to(&format!("{}/deeds/{}", at(&short.number), deed.word())));
        }
        if faults.is_empty() && !deed.fits(&found) {
            return Ok(to(&at(&short.number)));
        }
        let ending = deed.ending(&found);
        let reasons = ending.map(|ending| &*ending.reasons).unwrap_or_default();
        let reasons: Vec<_> = std::iter::once((String::new(), w.choose.to_owned()))
            .chain(reasons.iter().map(|why| (why.word().to_owned(), why.label(lang).to_owned())))
            .collect();
        let digits = confirm(&short.number, lang);
        let fields = fields(deed, short.state.is_final(), w, (&reasons, &digits), typed);
        let says = asks(deed, short.machine, lang);
        let page = Page {
            f: frame,
            w,
            faults,
            at: at(&short.number),
            number: &short.number,
            state: short.state.label(lang),
            mood: mood(short.state),
            account: &found.account,
            domains: short.domains.join(super::words::between(lang)),
            says,
            open: open(&found).filter(|_| deed == Deed::Mended).map(|open| {
                let told = untrue(open, lang);
                (told.what, told.says)
            }),
            losses: ending.iter().flat_map(|ending| &ending.losses).map(|loss| loss.sentence(lang)).collect(),
            fields: fields.into_iter().map(|field| field.faulted(faults)).collect(),
            is_grave: matches!(deed, Deed::DropAccess | Deed::Cancel),
        };
        Ok(frame.shown(status, says.title, &page))
    }
}

/// What is filled in for it.
fn fields<'p>(
    deed: Deed,
    is_cancelled: bool,
    w: &'static Words,
    (reasons, digits): (&'p [(String, String)], &'p str),
    typed: &Typed,
) -> Vec<Field<'p>> {
    let reason = || Field::new("reason", w.reason).of(FieldKind::OneOf(reasons)).valued(&*typed.reason);
    let confirmation =
        || Field::new("confirmation", digits).of(FieldKind::Short(24)).valued(&*typed.confirmation);
    match deed {
        Deed::DropAccess => vec![reason()],
        Deed::Mended => Vec::new(),
        Deed::Cancel => vec![reason(), confirmation()],
        Deed::Untrue => vec![
            Field::new("what", w.what).hinted(w.what_hint).of(FieldKind::Lines(4)).valued(&*typed.what),
            Field::new("mend_by", w.mend_by)
                .hinted(w.mend_by_hint)
                .of(FieldKind::Short(12))
                .valued(&*typed.mend_by),
        ],
        Deed::Correct => {
            let to = Field::new("to", w.to).valued(&*typed.to);
            std::iter::once(to).chain(is_cancelled.then(confirmation)).collect()
        }
    }
}

/// Whoever may record it.
fn allowed(sees: SeesNumbers, deed: Deed, lang: Lang) -> Result<Principal, Problem> {
    match sees {
        SeesNumbers::All(by) if by.may(deed.right()) => Ok(by),
        SeesNumbers::All(_) | SeesNumbers::Own(_) => Err(Problem::new(Kind::Forbidden, lang)),
    }
}

/// What it does, before it is recorded.
pub(super) async fn ask(
    State(site): State<Site>,
    sees: SeesNumbers,
    frame: Frame,
    Path((number, deed)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let deed = Deed::named(&deed, frame.lang)?;
    let by = allowed(sees, deed, frame.lang)?;
    let asked = Asked { site: &site, frame: &frame, by: &by, deed, number: &number };
    asked.shown(StatusCode::OK, &Faults::NONE, &Typed::default()).await
}

/// It is recorded.
pub(super) async fn record(
    State(site): State<Site>,
    sees: SeesNumbers,
    frame: Frame,
    Path((number, deed)): Path<(String, String)>,
    filled: Filled,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let deed = Deed::named(&deed, lang)?;
    let by = allowed(sees, deed, lang)?;
    let typed = Typed::of(&filled);
    let asked = Asked { site: &site, frame: &frame, by: &by, deed, number: &number };
    let read = Ask::read(deed, operator(&by, lang)?, number.clone(), &typed, w);
    let faults = match (read, filled.key()) {
        (Err(faults), _) => faults,
        (Ok(_), None) => Faults::one("", w.no_key),
        (Ok(ask), Some(key)) => {
            let desk = site.desk.clone();
            match soon(lang, true, async move { ask.done(&desk, key, lang).await }).await {
                Ok(number) => return Ok(to(&format!("{}?done={}", at(&number), deed.word()))),
                Err(problem) => Faults::refused(problem, field)?,
            }
        }
    };
    asked.shown(StatusCode::UNPROCESSABLE_ENTITY, &faults, &typed).await
}

/// The field in which that part of what is asked stands.
fn field(path: &str) -> &'static str {
    ["reason", "what", "mend_by", "to", "confirmation"]
        .into_iter()
        .find(|name| *name == path)
        .unwrap_or_default()
}
