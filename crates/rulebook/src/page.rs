//! The page that explains an edition to people: Markdown made from the rules, so that it says what the program does.

use crate::{
    decision::Code,
    diff::diff,
    edition::{Condition, Edition, Policy, Row, Rulebook, Scope, Stated, VerifiedBy},
    guidance::guidance,
    text::{Lang, Text},
    verification::Failure,
};
use crate::{en_page as en, zh_page as zh};

/// What a page says at a certain place; each exists in both languages.
macro_rules! say {
    ($lang:expr, $function:ident($($argument:expr),*)) => {
        match $lang {
            Lang::Zh => zh::$function($($argument),*),
            Lang::En => en::$function($($argument),*),
        }
    };
}

/// The headings of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Heading {
    Products,
    Button,
    Reuse,
    Failures,
    Where,
    Changes,
    Documents,
}

impl VerifiedBy {
    /// As people read it.
    pub const fn label(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => zh::verified_by(self),
            Lang::En => self.word(),
        }
    }
}

impl Scope {
    /// As people read it.
    pub const fn label(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => zh::scope(self),
            Lang::En => self.word(),
        }
    }
}

impl Condition {
    pub(crate) const fn is_quota(self) -> bool {
        matches!(self, Self::Quota(_))
    }

    /// The condition in a few words: "at least 3 months purchased, renewals included".
    pub fn phrase(self, row: &Row, lang: Lang) -> String {
        say!(lang, condition(self, row))
    }
}

impl Row {
    /// What the row asks, as the page lists it: every written condition but the quota.
    pub fn asks(&self) -> impl Iterator<Item = &Stated<Condition>> {
        let unwritten = |condition| matches!(condition, Condition::InTerm | Condition::Quota(_));
        self.conditions.iter().filter(move |stated| !unwritten(stated.value))
    }

    /// The documents that state the row or any of its conditions.
    pub fn sources(&self) -> Vec<&str> {
        let mut sources: Vec<&str> = Vec::new();
        for source in self.source.iter().chain(self.conditions.iter().flat_map(|stated| &stated.source)) {
            if !sources.contains(&source.as_str()) {
                sources.push(source);
            }
        }
        sources
    }

    /// What a reader should know about how the row was read.
    pub fn notes(&self, lang: Lang) -> Vec<String> {
        let notes = self.conditions.iter().filter_map(|stated| Some((stated.value, stated.note.as_ref()?)));
        let said = |(condition, note): (Condition, &Text)| {
            let phrase = condition.phrase(self, lang);
            say!(lang, note(self.name.in_lang(lang), &phrase, note.in_lang(lang)))
        };
        notes.map(said).collect()
    }

    /// What the row asks, a phrase for each condition but the quota; what is said instead where it asks nothing.
    pub fn asked(&self, lang: Lang) -> Vec<String> {
        let asked: Vec<_> =
            self.asks().map(|stated| stated.marked(stated.value.phrase(self, lang), lang)).collect();
        if asked.is_empty() { vec![say!(lang, nothing_asked(self)).to_owned()] } else { asked }
    }

    /// The quota in a few words; `None` where the row has none.
    pub fn counted(&self, lang: Lang) -> Option<String> {
        let quota = self.condition(Code::QuotaExhausted)?;
        Some(quota.marked(quota.value.phrase(self, lang), lang))
    }

    /// How the product is verified and where its codes come from, in a few words.
    pub fn handling(&self, lang: Lang) -> String {
        say!(lang, handling(self))
    }
}

impl<T> Stated<T> {
    /// `phrase`, marked where no document states the value.
    pub fn marked(&self, phrase: String, lang: Lang) -> String {
        if self.assumed { format!("{phrase}{}", say!(lang, assumed())) } else { phrase }
    }
}

impl Policy {
    /// What holds for every product, a sentence each.
    pub fn sentences(&self, lang: Lang) -> [String; 3] {
        say!(lang, policies(self))
    }
}

impl Failure {
    /// What the failure means and what to do about it, under that policy.
    pub fn meaning(self, policy: &Policy, lang: Lang) -> String {
        say!(lang, failure(self, policy))
    }
}

/// What holds for every row of the table of products, and how the table is read.
pub fn of_every_row(lang: Lang) -> &'static str {
    say!(lang, every_row())
}

impl Edition {
    /// What follows the day from which the edition counts, where that is only an estimate.
    pub fn estimate(&self, lang: Lang) -> String {
        say!(lang, estimated(self))
    }
}

/// Products, conditions and quotas, why the button is missing, what the failures of verification mean and where to
/// file, for one edition, as Markdown.
pub fn page(rulebook: &Rulebook, edition: &Edition, lang: Lang) -> String {
    let mut page = Page { text: String::new(), lang };
    page.line(&format!("# {}", say!(lang, title(rulebook, edition))));
    page.line(&say!(lang, introduction(rulebook, edition)));
    let words = match lang {
        Lang::Zh => zh::WORDS,
        Lang::En => en::WORDS,
    };
    for word in words {
        page.item(word);
    }
    page.end_list();
    page.heading(Heading::Products);
    page.products(edition);
    page.heading(Heading::Button);
    page.button(edition);
    page.heading(Heading::Reuse);
    page.line(&say!(lang, reuse(&edition.policy)));
    page.heading(Heading::Failures);
    page.failures(edition);
    page.heading(Heading::Where);
    for situation in guidance(edition) {
        page.item(&format!("**{}** {}", situation.question(lang), situation.answer(lang)));
    }
    page.end_list();
    page.changes(rulebook, edition);
    page.heading(Heading::Documents);
    page.documents(rulebook);
    page.text
}

struct Page {
    text: String,
    lang: Lang,
}

impl Page {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push_str("\n\n");
    }

    fn item(&mut self, item: &str) {
        self.text.push_str("- ");
        self.text.push_str(item);
        self.text.push('\n');
    }

    fn end_list(&mut self) {
        self.text.push('\n');
    }

    fn heading(&mut self, heading: Heading) {
        let heading = say!(self.lang, heading(heading));
        self.line(&format!("## {heading}"));
    }

    fn row(&mut self, cells: &[&str]) {
        for cell in cells {
            self.text.push_str("| ");
            self.text.push_str(&cell.replace('|', "\\|").replace('\n', " "));
            self.text.push(' ');
        }
        self.text.push_str("|\n");
    }

    fn products(&mut self, edition: &Edition) {
        let lang = self.lang;
        let heads = say!(lang, columns());
        self.row(&heads);
        self.row(&["---"; 5]);
        for row in edition.rows() {
            let asks = row.asked(lang).join(say!(lang, list_comma()));
            let quota = row.counted(lang);
            let name = format!("{}（`{}`）", row.name.in_lang(lang), row.product);
            let name = if lang == Lang::En { name.replace('（', " (").replace('）', ")") } else { name };
            self.row(&[
                &name,
                &asks,
                quota.as_deref().unwrap_or("–"),
                &row.handling(lang),
                &row.sources().join(", "),
            ]);
        }
        self.end_list();
        self.line(of_every_row(lang));
        let notes: Vec<String> = edition.rows().iter().flat_map(|row| row.notes(lang)).collect();
        for note in &notes {
            self.item(note);
        }
        if !notes.is_empty() {
            self.end_list();
        }
    }

    /// Every reason for which an instance of this edition can be refused, with the products it is about.
    fn button(&mut self, edition: &Edition) {
        let lang = self.lang;
        self.line(say!(lang, button()));
        for code in Code::ALL {
            let about: Vec<&Row> =
                edition.rows().iter().filter(|row| row.condition(code).is_some()).collect();
            let whole = about.len() == edition.fileable().count();
            let general = matches!(
                code,
                Code::ProductNotFileable | Code::OtherAccount | Code::OutsideMainland | Code::FiledElsewhere
            );
            if general || !about.is_empty() {
                let about = if general || whole { &[] } else { about.as_slice() };
                self.item(&say!(lang, reason(code, about, edition)));
            }
        }
        for situation in guidance(edition) {
            if let Some(reason) = say!(lang, no_button(&situation)) {
                self.item(&reason);
            }
        }
        self.end_list();
    }

    fn failures(&mut self, edition: &Edition) {
        for failure in Failure::ALL {
            let meaning = failure.meaning(&edition.policy, self.lang);
            self.item(&format!("**{}** {meaning}", failure.text(self.lang)));
        }
        self.end_list();
    }

    fn changes(&mut self, rulebook: &Rulebook, edition: &Edition) {
        let at = rulebook.editions.iter().position(|other| other.id == edition.id);
        let before = at.and_then(|at| at.checked_sub(1)).and_then(|at| rulebook.editions.get(at));
        let Some(before) = before else { return };
        self.heading(Heading::Changes);
        let lang = self.lang;
        self.line(&say!(lang, since(before, edition)));
        let changes = diff(before, edition);
        if changes.is_empty() {
            self.item(say!(lang, unchanged()));
        }
        for change in changes {
            self.item(&change.message(lang));
        }
        self.end_list();
    }

    fn documents(&mut self, rulebook: &Rulebook) {
        for document in &rulebook.documents {
            let version = document.version.as_ref().map(|version| say!(self.lang, version(version)));
            let title = document.title.in_lang(self.lang);
            self.item(&format!("`{}` {title}{}", document.id, version.unwrap_or_default()));
        }
    }
}
