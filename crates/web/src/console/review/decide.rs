//! What a reviewer does with an order: takes it, lets go of it, marks its fields, lets it pass. After each decision he is at the next one.

use super::{
    marks::Mark,
    named,
    one::{Asked, Read, Showing, carried},
    onward, refused,
    sheet::Sheet,
    words,
};
use crate::{
    caller::{May, ReviewOrders, operator},
    console::{Frame, field::Faults, filled::Filled, told::to},
    idempotency::soon,
    problem::{Kind as Problems, OrTold, Problem},
    site::Site,
};
use app::{
    Operator,
    access::Principal,
    orders::{
        OrderId,
        review::{ApproveOrder, SayRemark},
    },
};
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use url::form_urlencoded;

/// Takes the next order of the queue.
pub(super) async fn next(
    State(site): State<Site>,
    May(by, _): May<ReviewOrders>,
    frame: Frame,
    _: Filled,
) -> Result<Response, Problem> {
    let reviewer = operator(&by, frame.lang)?;
    let next = site.desk.claim_next_order(&reviewer, None).await.or_told(frame.lang)?;
    Ok(to(&next.map_or_else(|| "/review".to_owned(), |next| format!("/review/{next}"))))
}

/// Takes one order.
pub(super) async fn take(
    State(site): State<Site>,
    May(by, _): May<ReviewOrders>,
    frame: Frame,
    Path(id): Path<String>,
    _: Filled,
) -> Result<Response, Problem> {
    let (reviewer, order) = (operator(&by, frame.lang)?, named(&id, frame.lang)?);
    match site.desk.claim_order(&reviewer, order).await.or_told(frame.lang) {
        Ok(_) => Ok(to(&format!("/review/{order}"))),
        Err(problem) => {
            let faults = refused(problem, words::words(frame.lang).changed)?;
            let read = Read::of(&site, &frame, &by, order, None).await?;
            Ok(Showing { site: &site, frame: &frame, by: &by, read: &read }.again(&faults, None))
        }
    }
}

/// Lets go of an order, and takes the one behind it.
pub(super) async fn release(
    State(site): State<Site>,
    May(by, _): May<ReviewOrders>,
    frame: Frame,
    Path(id): Path<String>,
    _: Filled,
) -> Result<Response, Problem> {
    let (reviewer, order) = (operator(&by, frame.lang)?, named(&id, frame.lang)?);
    site.desk.unclaim_order(&reviewer, order).await.or_told(frame.lang)?;
    let next = site.desk.claim_next_order(&reviewer, Some(order)).await.or_told(frame.lang)?;
    Ok(to(&next.map_or_else(|| "/review".to_owned(), |next| format!("/review/{next}?was={order}"))))
}

/// Whoever judges an order, and what he sent.
struct Judging<'a> {
    site: &'a Site,
    frame: &'a Frame,
    by: &'a Principal,
    reviewer: Operator,
    order: OrderId,
    read: &'a Read,
    filled: &'a Filled,
    seen: Option<i64>,
}

/// Marks that differ from what is kept.
struct Changed {
    path: String,
    mark: Mark,
}

/// What was chosen for the fields is kept, or the order passes.
pub(super) async fn decide(
    State(site): State<Site>,
    May(by, _): May<ReviewOrders>,
    frame: Frame,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
    filled: Filled,
) -> Result<Response, Problem> {
    let (reviewer, order) = (operator(&by, frame.lang)?, named(&id, frame.lang)?);
    let read = Read::of(&site, &frame, &by, order, asked.purpose.as_deref()).await?;
    let seen = filled.text("version").parse().ok();
    let judging =
        Judging { site: &site, frame: &frame, by: &by, reviewer, order, read: &read, filled: &filled, seen };
    match filled.text("act") {
        "approve" => judging.approve().await,
        act => judging.keep(act == "preview").await,
    }
}

impl Judging<'_> {
    /// What was chosen, where it differs from what is kept; or what cannot be chosen.
    fn changed<'s>(&self, sheet: &'s Sheet) -> Result<Vec<Changed>, Faults<'s>> {
        let mut changed = Vec::new();
        let looked = self.read.looked.as_ref();
        for row in sheet.rows().filter(|row| !row.choices.is_empty()) {
            let fits = |mark: &Mark| {
                *mark == Mark::Nothing || row.choices.iter().any(|(word, _)| *word == mark.word())
            };
            let Some(mark) = Mark::read(self.filled.text(&row.path)).filter(fits) else {
                return Err(Faults::one(&row.path, words::words(self.frame.lang).no_such_mark));
            };
            let said = looked.and_then(|looked| looked.said.iter().find(|said| said.path == row.path));
            if Mark::of(said) != mark {
                changed.push(Changed { path: row.path.clone(), mark });
            }
        }
        Ok(changed)
    }

    /// Whether he has seen the order as it is now.
    fn is_present(&self) -> bool {
        self.seen == Some(self.read.seen.order.version)
    }

    fn again(&self, faults: &Faults<'_>) -> Response {
        let showing = Showing { site: self.site, frame: self.frame, by: self.by, read: self.read };
        showing.again(faults, Some(self.filled))
    }

    /// The order passes, unless something was marked: what is marked is not forgotten.
    async fn approve(&self) -> Result<Response, Problem> {
        let (lang, w) = (self.frame.lang, words::words(self.frame.lang));
        let sheet = self.read.sheet(true, None, lang);
        match self.changed(&sheet) {
            Ok(changed) if changed.iter().all(|changed| changed.mark == Mark::Passes) => {}
            Ok(_) if !self.is_present() => return Ok(self.again(&Faults::one("", w.changed))),
            Ok(_) => return Ok(self.again(&Faults::one("", w.marks_unsaved))),
            Err(faults) => return Ok(self.again(&faults)),
        }
        let key = self.filled.key().ok_or_else(|| Problem::new(Problems::Unreadable, lang))?;
        let ask = ApproveOrder { reviewer: self.reviewer.clone(), order: self.order, seen: self.seen };
        let desk = self.site.desk.clone();
        let doing = Box::pin(async move { desk.approve_order(ask, Some(key)).await.or_told(lang) });
        match soon(lang, true, doing).await {
            Ok(_) => onward(self.site, &self.reviewer, self.order, lang).await,
            Err(problem) => Ok(self.again(&refused(problem, w.changed)?)),
        }
    }

    /// What was chosen is kept. Where words of his own are still missing, the preview asks for them.
    async fn keep(&self, preview: bool) -> Result<Response, Problem> {
        let (lang, w) = (self.frame.lang, words::words(self.frame.lang));
        let sheet = self.read.sheet(true, None, lang);
        let changed = match self.changed(&sheet) {
            Ok(changed) => changed,
            Err(faults) => return Ok(self.again(&faults)),
        };
        if !self.is_present() {
            return Ok(self.again(&Faults::one("", w.changed)));
        }
        let mut unwritten = Vec::new();
        for Changed { path, mark } in changed {
            let Some(said) = mark.said() else {
                unwritten.push(path);
                continue;
            };
            let say = SayRemark { reviewer: self.reviewer.clone(), order: self.order, path, said };
            if let Err(problem) = self.site.desk.say_remark(say).await.or_told(lang) {
                return Ok(self.again(&refused(problem, w.changed)?));
            }
        }
        let mut own = form_urlencoded::Serializer::new(String::new());
        own.extend_pairs(unwritten.iter().map(|path| ("own", path)));
        let own = own.finish();
        if preview || !own.is_empty() {
            return Ok(to(&format!("/review/{}/return?{own}", self.order)));
        }
        let carried = carried(self.read.purpose);
        let and = if carried.is_empty() { "?" } else { "&" };
        Ok(to(&format!("/review/{}{carried}{and}told=saved", self.order)))
    }
}
