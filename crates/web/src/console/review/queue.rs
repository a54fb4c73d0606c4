//! `/review`: what waits for the review, to be handed over, or with the bureau; nearest deadline first.

use super::{
    Was,
    ages::Ages,
    words::{self, Words},
};
use crate::{
    answer::minute,
    api::review::Cursor,
    caller::{May, ReadOrders},
    console::{
        Frame,
        export::{Export, Table, Wanted as Exported},
    },
    problem::{OrTold, Problem},
    site::Site,
};
use app::{
    access::Right,
    orders::review::{BoardAsked, Glimpse, MOST_QUEUED, Shown},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use filing::orders::{Kind, State as Stands, Until};
use jiff::Timestamp;
use rulebook::{Lang, calendar};
use serde::Deserialize;

/// How many orders a page has.
const ON_A_PAGE: u32 = 25;
/// Where orders stand that staff sees to.
const STATES: [Stands; 3] = [Stands::Submitted, Stands::Approved, Stands::AtBureau];

/// Which part of the queue, and what was done before.
#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    state: Option<String>,
    kind: Option<String>,
    cursor: Option<String>,
    was: Option<String>,
}

#[derive(Template)]
#[template(path = "review/queue.html")]
struct Page<'p> {
    f: &'p Frame,
    w: &'static Words,
    was: Option<Was>,
    states: Vec<Choice>,
    kinds: Vec<Choice>,
    /// Whether whoever looks can begin with the next one.
    may_begin: bool,
    why_not: Option<&'static str>,
    /// Whether it says who looks at each.
    is_claimed: bool,
    ages: Option<Ages>,
    export: Export,
    rows: Vec<Row>,
    is_first: bool,
    /// The address of the same without a cursor.
    here: String,
    next: Option<String>,
}

struct Choice {
    word: &'static str,
    label: &'static str,
    is_chosen: bool,
}

struct Row {
    id: String,
    kind: &'static str,
    again: Option<String>,
    who: String,
    account: String,
    websites: Vec<String>,
    province: &'static str,
    waited: String,
    due: String,
    is_late: bool,
    taken: Option<String>,
    is_mine: bool,
}

/// The list.
pub(super) async fn queue(
    State(site): State<Site>,
    May(by, _): May<ReadOrders>,
    frame: Frame,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let named = STATES.into_iter().find(|state| Some(state.word()) == wanted.state.as_deref());
    let begins = frame.may(Right::FileOrders) && !frame.may(Right::ReviewOrders);
    let state = named.unwrap_or(if begins { Stands::Approved } else { Stands::Submitted });
    let kind = wanted.kind.as_deref().and_then(Kind::from_word);
    let after: Option<Cursor> = wanted.cursor.as_deref().and_then(|cursor| cursor.parse().ok());
    let after = after.map(|Cursor(due, id)| (due, id));
    let asked = BoardAsked { state, kind, after, most: ON_A_PAGE + 1 };
    let mut board = site.desk.order_board(asked).await.or_told(lang)?;
    let more = board.orders.len() > ON_A_PAGE as usize;
    board.orders.truncate(ON_A_PAGE as usize);
    let next = board.orders.last().filter(|_| more);
    let next = next.map(|last| Cursor(last.queued.due_at, last.queued.id).to_string());
    let now = site.desk.now();
    let today = calendar::shanghai(now).date();
    let of_kind = kind.map_or(String::new(), |kind| format!("&kind={}", kind.word()));
    let page = Page {
        f: &frame,
        w,
        was: Was::of(&site, &by, wanted.was.as_deref(), lang).await,
        states: STATES.iter().map(|of| choice(of.word(), of.label(lang), *of == state)).collect(),
        kinds: Kind::ALL.iter().map(|of| choice(of.word(), of.label(lang), Some(*of) == kind)).collect(),
        may_begin: frame.may(Right::ReviewOrders) && state == Stands::Submitted && !board.days.is_empty(),
        why_not: why_not(&frame, state),
        is_claimed: state == Stands::Submitted,
        ages: Ages::of(&board.days, state, today, lang),
        export: Export::of(format!("/review/export?state={}{of_kind}", state.word()), lang),
        rows: board.orders.iter().map(|shown| Row::of(shown, by.name(), now, lang)).collect(),
        is_first: after.is_none(),
        here: format!("/review?state={}{of_kind}", state.word()),
        next,
    };
    Ok(frame.page(w.queue, &page))
}

/// The part of the list that is asked for, as a file.
pub(super) async fn export(
    State(site): State<Site>,
    May(by, _): May<ReadOrders>,
    frame: Frame,
    Query(Wanted { state, kind, .. }): Query<Wanted>,
    Query(wanted): Query<Exported>,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let state = STATES.into_iter().find(|of| Some(of.word()) == state.as_deref());
    let state = state.unwrap_or(Stands::Submitted);
    let kind = kind.as_deref().and_then(Kind::from_word);
    let now = site.desk.now();
    let heads = [w.reference, w.order, w.who, w.account, w.website, w.province, w.waits, w.due, w.claim];
    let mut table = Table::new("review", &heads);
    let mut after = None;
    while !table.is_cut() {
        let asked = BoardAsked { state, kind, after, most: MOST_QUEUED };
        let board = site.desk.order_board(asked).await.or_told(lang)?;
        let Some(last) = board.orders.last() else { break };
        after = Some((last.queued.due_at, last.queued.id));
        for shown in &board.orders {
            table.row(Row::of(shown, by.name(), now, lang).cells());
        }
    }
    table.answer(&wanted, &site, lang).await
}

const fn choice(word: &'static str, label: &'static str, is_chosen: bool) -> Choice {
    Choice { word, label, is_chosen }
}

/// Why whoever looks does nothing with orders of that state.
fn why_not(frame: &Frame, state: Stands) -> Option<&'static str> {
    let w = words::words(frame.lang);
    let right = if state == Stands::Submitted { Right::ReviewOrders } else { Right::FileOrders };
    let why = if state == Stands::Submitted { w.for_reviewers } else { w.for_operators };
    (!frame.may(right)).then_some(why)
}

impl Row {
    fn of(Shown { queued, account, glimpse }: &Shown, reader: &str, now: Timestamp, lang: Lang) -> Self {
        let waiting = queued.waiting.first();
        let Glimpse { number, subject, province, websites } = glimpse.clone().unwrap_or_default();
        let claimed = queued.claimed.as_ref().filter(|(_, until)| *until > now);
        let websites = websites
            .into_iter()
            .map(|(name, domain)| [name, domain].into_iter().flatten().collect::<Vec<_>>().join(" · "));
        Self {
            id: queued.id.to_string(),
            kind: queued.kind.label(lang),
            again: (queued.round > 1).then(|| words::nth_time(queued.round, lang)),
            who: subject.or(number).unwrap_or_default(),
            account: account.clone(),
            websites: websites.filter(|site| !site.is_empty()).collect(),
            province: province.unwrap_or_default(),
            waited: words::waited(queued.since, now, lang),
            due: waiting.map_or_else(String::new, |waiting| due(waiting.until)),
            is_late: waiting.is_some_and(|waiting| waiting.is_over(now)),
            is_mine: claimed.is_some_and(|(by, _)| by == reader),
            taken: claimed.map(|(by, until)| words::taken(by, by == reader, &minute(*until), lang)),
        }
    }
}

impl Row {
    /// What a file has of it.
    fn cells(self) -> [String; 9] {
        let kind = [Some(self.kind.to_owned()), self.again].into_iter().flatten().collect::<Vec<_>>();
        let (websites, taken) = (self.websites.join("\n"), self.taken.unwrap_or_default());
        let (kind, province) = (kind.join("\n"), self.province.to_owned());
        [self.id, kind, self.who, self.account, websites, province, self.waited, self.due, taken]
    }
}

/// The last day, or minute.
fn due(until: Until) -> String {
    match until {
        Until::Day(day) => day.to_string(),
        Until::Instant(at) => minute(at),
        Until::NotKnown(_) | Until::Open => "—".to_owned(),
    }
}
