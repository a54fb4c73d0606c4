//! A draft: what is wrong with it line by line, or what it would do; and proposing it, once that was seen.

use super::{
    impact::Told,
    sent::{MOST_BYTES, Sent, plain},
    shown, words,
    words::Words,
};
use crate::{
    caller::{May, PublishRulebook as Publishes, person},
    console::{
        field::{Faults, Field, Kind as FieldKind, sentences},
        filled::Filled,
        frame::Frame,
        told::to,
    },
    idempotency::soon,
    problem::{Kind, OrTold, Problem},
    site::Site,
};
use app::{
    Published,
    access::Principal,
    hex,
    rulebooks::{AskImpact, Impact, ImpactError, MOST_LOOKED_AT, PublishError, proposed::ProposeRulebook},
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use rulebook::{Edition, Fault, Lang, diff};
use std::{sync::Arc, time::Duration};
use tokio::time::timeout;

/// How long the pass over the inventory may take: with proposing before it, less than [a request](crate::LONGEST) may, so that what is
/// told is a page.
pub(super) const PATIENCE: Duration = Duration::from_secs(15);
/// Characters of a faulty line that are shown: enough to find it again.
const LONGEST_LINE: usize = 120;

/// Something that is wrong with a draft.
pub(super) struct Mistake {
    pub(super) place: String,
    pub(super) path: String,
    pub(super) says: String,
    /// The line as the draft has it.
    pub(super) line: String,
}

impl Mistake {
    fn of(fault: &Fault, text: &str, lang: Lang) -> Self {
        let line = text.lines().nth(fault.line.saturating_sub(1)).unwrap_or_default().trim();
        Self {
            place: words::place(fault.line, fault.column, lang),
            path: fault.path.clone(),
            says: fault.message(lang),
            line: line.chars().take(LONGEST_LINE).collect(),
        }
    }
}

#[derive(Template)]
#[template(path = "rulebook/draft.html")]
struct Page<'p> {
    f: &'p Frame,
    w: &'static Words,
    faults: &'p Faults<'p>,
    title: &'p str,
    added: Vec<String>,
    digest: String,
    /// The rulebook in force when it was looked at.
    seen: String,
    changes: Vec<Change>,
    /// What it would do; `None` where that takes longer than a page may.
    told: Option<Told>,
    /// Which edition is looked at, where several are added.
    choice: Option<Field<'p>>,
    /// Whether it is the rulebook in force already.
    same: bool,
    text: &'p str,
}

/// What the draft says otherwise than the edition in force.
pub(super) struct Change {
    pub(super) says: String,
    pub(super) sources: String,
}

/// A draft that can be read.
struct Draft<'d> {
    text: &'d str,
    published: Published,
    /// The edition that is looked at.
    edition: Option<String>,
}

/// Whoever looks at a draft, and where.
#[derive(Clone, Copy)]
struct Looking<'l> {
    site: &'l Site,
    frame: &'l Frame,
    by: &'l Principal,
}

/// What a draft would do.
pub(super) async fn look(
    State(site): State<Site>,
    May(by, _): May<Publishes>,
    frame: Frame,
    Sent { pasted, file, edition }: Sent,
) -> Result<Response, Problem> {
    let w = words::words(frame.lang);
    let looking = Looking { site: &site, frame: &frame, by: &by };
    let (name, text) = match (pasted.trim().is_empty(), file.is_empty()) {
        (true, true) => return looking.wrong(&Faults::one("text", w.nothing), "").await,
        (false, false) => return looking.wrong(&Faults::one("text", w.both), &pasted).await,
        (false, true) => ("text", plain(pasted.into_bytes())),
        (true, false) => ("file", plain(file)),
    };
    if text.len() > MOST_BYTES {
        return looking.wrong(&Faults::one(name, words::too_large(frame.lang)), "").await;
    }
    looking.told(name, &text, edition, &Faults::NONE).await
}

/// A draft is proposed as it was seen.
pub(super) async fn propose(
    State(site): State<Site>,
    May(by, _): May<Publishes>,
    frame: Frame,
    filled: Filled,
) -> Result<Response, Problem> {
    let (lang, w) = (frame.lang, words::words(frame.lang));
    let looking = Looking { site: &site, frame: &frame, by: &by };
    let text = plain(filled.exact("text").as_bytes().to_vec());
    let edition = Some(filled.text("edition").to_owned()).filter(|edition| !edition.is_empty());
    let rules = site.desk.rules().await.or_told(lang)?;
    let is_seen = filled.text("seen") == hex(rules.digest());
    if !is_seen || Published::read(&text).is_none() {
        let faults = if is_seen { Faults::NONE } else { Faults::one("", w.changed) };
        return looking.told("text", &text, edition, &faults).await;
    }
    let key = filled.key().ok_or_else(|| Problem::new(Kind::Unreadable, lang))?;
    let ask = ProposeRulebook { by: person(&by, lang)?, text: text.clone() };
    let desk = site.desk.clone();
    let done = soon(lang, true, async move { desk.propose_rulebook(ask, Some(key)).await.or_told(lang) });
    match done.await {
        Ok(told) => Ok(to(&format!("/rulebook/proposals/{}?done=proposed", told.answer.proposal))),
        Err(problem) if problem.is(Kind::Invalid) || problem.is(Kind::Refused) => {
            looking.wrong(&Faults::of(&problem, |_| "text"), &String::from_utf8_lossy(&text)).await
        }
        Err(problem) => Err(problem),
    }
}

/// The editions that a draft adds.
fn added<'d>(rules: &Published, draft: &'d Published) -> Vec<&'d Arc<Edition>> {
    draft.editions.iter().filter(|edition| rules.edition(&edition.id).is_err()).collect()
}

impl Looking<'_> {
    /// The form again, with what is wrong.
    async fn wrong(self, faults: &Faults<'_>, text: &str) -> Result<Response, Problem> {
        shown(self.site, self.frame, (StatusCode::UNPROCESSABLE_ENTITY, faults, &[]), text).await
    }

    /// What the draft would do, or what is wrong with it.
    async fn told(
        self,
        name: &str,
        bytes: &[u8],
        edition: Option<String>,
        faults: &Faults<'_>,
    ) -> Result<Response, Problem> {
        let (lang, text) = (self.frame.lang, &*String::from_utf8_lossy(bytes));
        let ask = AskImpact { text: bytes.to_vec(), edition: edition.clone(), most: MOST_LOOKED_AT };
        let impact = match timeout(PATIENCE, self.site.desk.impact_of_rulebook(self.by, ask)).await {
            Err(_) => None,
            Ok(Ok(impact)) => Some(impact),
            Ok(Err(ImpactError::Publish(PublishError::Faulty(found)))) => {
                let mistakes: Vec<_> = found.0.iter().map(|fault| Mistake::of(fault, text, lang)).collect();
                let faults = Faults::one(name, words::mistakes(mistakes.len(), lang));
                let form = (StatusCode::UNPROCESSABLE_ENTITY, &faults, &*mistakes);
                return shown(self.site, self.frame, form, text).await;
            }
            Ok(Err(error)) => {
                let problem = Err::<(), _>(error).or_told(lang).err();
                let problem = problem.unwrap_or_else(|| Problem::new(Kind::Fault, lang));
                if problem.kind().status().is_server_error() {
                    return Err(problem);
                }
                return self.wrong(&Faults::of(&problem, |_| name), text).await;
            }
        };
        let fault = || Problem::new(Kind::Fault, lang);
        let published = Published::read(bytes).ok_or_else(fault)?;
        let edition = edition.or_else(|| impact.as_ref().map(|impact| impact.after.clone()));
        self.page(&Draft { text, published, edition }, impact, faults).await
    }

    async fn page(
        self,
        draft: &Draft<'_>,
        impact: Option<Impact>,
        faults: &Faults<'_>,
    ) -> Result<Response, Problem> {
        let (lang, w) = (self.frame.lang, words::words(self.frame.lang));
        let rules = self.site.desk.rules().await.or_told(lang)?;
        let in_force = rules.in_force(self.site.desk.now()).or_told(lang)?;
        let added = added(&rules, &draft.published);
        let newest = added.last().map_or(&in_force.id, |edition| &edition.id);
        let looked_at = draft.published.edition(draft.edition.as_ref().unwrap_or(newest)).or_told(lang)?;
        let title = words::draft_title(&in_force.id, &looked_at.id, lang);
        let ids: Vec<_> = added.iter().map(|edition| (edition.id.clone(), edition.id.clone())).collect();
        let choice = Field::new("edition", w.edition).of(FieldKind::OneOf(&ids)).valued(&*looked_at.id);
        let page = Page {
            f: self.frame,
            w,
            faults,
            title: &title,
            added: added.iter().map(|edition| words::since(edition, lang)).collect(),
            digest: hex(draft.published.digest()),
            seen: hex(rules.digest()),
            changes: changes(in_force, looked_at, lang),
            told: impact.map(|impact| Told::of(impact, in_force, looked_at, lang)),
            choice: (added.len() > 1).then_some(choice),
            same: rules.digest() == draft.published.digest(),
            text: draft.text,
        };
        let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        Ok(self.frame.shown(status, &title, &page))
    }
}

pub(super) fn changes(before: &Edition, after: &Edition, lang: Lang) -> Vec<Change> {
    let told = diff(before, after).into_iter().map(|change| {
        let sources = change.sources().join(words::between(lang));
        let sources = if sources.is_empty() { after.source.join(words::between(lang)) } else { sources };
        Change { says: sentences(&[&change.message(lang)]), sources }
    });
    told.collect()
}
