//! The tasks of an order: which there are, what of the form belongs to each, and how far each is.

use super::{tree::Tree, words};
use crate::api::orders::shapes::FaultBody;
use filing::orders::{FIELDS, Field, Form, Holds, Kind, Owner, Part};
use rulebook::Lang;

/// Something that is filled in on a page of its own. Websites are counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Task {
    /// The number that the order starts from.
    Target,
    /// Who files.
    Subject,
    /// His person in charge.
    SubjectPerson,
    /// The product of a website is verified.
    Product(usize),
    /// A website.
    Website(usize),
    /// Its person in charge.
    WebsitePerson(usize),
    /// Pictures.
    Materials,
    /// Why something ends.
    Cancellation,
}

/// How far a task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Progress {
    /// Nothing is filled in.
    Open,
    /// So much is wrong or missing.
    Faulty(usize),
    /// Nothing is wrong.
    Done,
    /// It cannot be told now.
    Unchecked,
}

impl Task {
    /// The tasks of an order of that kind with that form, in the order in which they are done.
    pub(super) fn all(kind: Kind, form: &Form) -> Vec<Self> {
        let needs = kind.needs();
        let mut tasks = Vec::new();
        for part in needs.parts {
            match part {
                Part::Target => tasks.push(Self::Target),
                Part::Subject => tasks.extend([Self::Subject, Self::SubjectPerson]),
                Part::Websites => {
                    let websites = form.websites.len().max(needs.websites.0);
                    for nth in 0..websites {
                        tasks.extend(needs.verified.then_some(Self::Product(nth)));
                        tasks.extend([Self::Website(nth), Self::WebsitePerson(nth)]);
                    }
                }
                Part::Materials => tasks.push(Self::Materials),
                Part::Cancellation => tasks.push(Self::Cancellation),
            }
        }
        tasks
    }

    /// The website it is about.
    pub(super) const fn website(self) -> Option<usize> {
        match self {
            Self::Product(nth) | Self::Website(nth) | Self::WebsitePerson(nth) => Some(nth),
            Self::Target | Self::Subject | Self::SubjectPerson | Self::Materials | Self::Cancellation => None,
        }
    }

    /// The part of the form in which it is saved.
    pub(super) const fn part(self) -> Part {
        match self {
            Self::Target => Part::Target,
            Self::Subject | Self::SubjectPerson => Part::Subject,
            Self::Product(_) | Self::Website(_) | Self::WebsitePerson(_) => Part::Websites,
            Self::Materials => Part::Materials,
            Self::Cancellation => Part::Cancellation,
        }
    }

    /// As addresses name it.
    pub(super) fn word(self) -> String {
        let counted = |nth: usize| nth.saturating_add(1);
        match self {
            Self::Target => "target".to_owned(),
            Self::Subject => "subject".to_owned(),
            Self::SubjectPerson => "subject-person".to_owned(),
            Self::Product(nth) => format!("product-{}", counted(nth)),
            Self::Website(nth) => format!("website-{}", counted(nth)),
            Self::WebsitePerson(nth) => format!("website-person-{}", counted(nth)),
            Self::Materials => "materials".to_owned(),
            Self::Cancellation => "cancellation".to_owned(),
        }
    }

    /// Its page, below that of its order.
    pub(super) fn page(self) -> String {
        match self {
            Self::Product(nth) => format!("products/{}", nth.saturating_add(1)),
            Self::Materials => "materials".to_owned(),
            _ => format!("tasks/{}", self.word()),
        }
    }

    /// As people read it.
    pub(super) fn label(self, kind: Kind, websites: usize, lang: Lang) -> String {
        words::task(self, kind, websites, lang)
    }

    /// The paths of what is filled in for it, each with its field, in the order of the form.
    pub(super) fn paths(self, kind: Kind) -> Vec<(String, &'static Field)> {
        let fields = FIELDS.iter().filter(|field| self.has(field, kind));
        let at = |field: &'static Field| match self.website() {
            Some(nth) => field.pattern.replacen("[]", &format!("[{nth}]"), 1),
            None => field.pattern.to_owned(),
        };
        fields.map(|field| (at(field), field)).collect()
    }

    fn has(self, field: &Field, kind: Kind) -> bool {
        if matches!(field.holds, Holds::Group) {
            return false;
        }
        match self {
            Self::Target => field.part() == Part::Target,
            Self::Cancellation => field.part() == Part::Cancellation && is_asked(field, kind),
            Self::Subject => field.of == Owner::Subject,
            Self::SubjectPerson => field.of == Owner::SubjectPerson,
            Self::Product(_) => field.holds == Holds::Verification,
            Self::Website(_) => {
                field.of == Owner::Website && field.holds != Holds::Verification && is_asked(field, kind)
            }
            Self::WebsitePerson(_) => field.of == Owner::WebsitePerson,
            Self::Materials => field.part() == Part::Materials,
        }
    }

    /// Whether something at `path` belongs to it.
    pub(super) fn holds(self, path: &str, kind: Kind) -> bool {
        let within = |path: &str, of: &str| {
            path.strip_prefix(of).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        let named = |of: &str| within(path, of) || within(of, path);
        self.paths(kind).iter().any(|(of, _)| named(of))
            && (path.contains('.') || self.is_first_of_its_part())
    }

    /// Whether what is wrong with its part as a whole is told at it.
    const fn is_first_of_its_part(self) -> bool {
        !matches!(self, Self::SubjectPerson | Self::WebsitePerson(_))
    }

    /// How far it is.
    pub(super) fn progress(self, kind: Kind, tree: &Tree, faults: &[FaultBody]) -> Progress {
        let wrong = faults.iter().filter(|fault| fault.stops() && self.holds(&fault.path, kind)).count();
        match wrong {
            // What nothing was filled in for is only complete where the whole order is.
            _ if !self.is_begun(kind, tree) && faults.iter().any(FaultBody::stops) => Progress::Open,
            0 => Progress::Done,
            wrong => Progress::Faulty(wrong),
        }
    }

    /// Whether somebody filled in something for it. The addresses of a website come with its verified product.
    pub(super) fn is_begun(self, kind: Kind, tree: &Tree) -> bool {
        let typed = |(path, field): &(String, &Field)| {
            field.pattern != "websites[].addresses" && !tree.is_empty(path)
        };
        self.paths(kind).iter().any(typed)
    }
}

/// Whether orders of that kind are asked for a field: what is filed for the first time has no number, and only what ends for ever
/// is confirmed.
fn is_asked(field: &Field, kind: Kind) -> bool {
    match field.pattern {
        "websites[].number" => matches!(kind, Kind::AddAccess | Kind::Change),
        "cancellation.confirmation" => kind.needs().irreversible,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use filing::orders::Website;

    #[test]
    fn every_field_of_every_kind_is_asked_by_one_task() {
        let form = Form { websites: vec![Website::default(); 2], ..Form::default() };
        for kind in Kind::ALL {
            let tasks = Task::all(kind, &form);
            for field in FIELDS.iter().filter(|field| kind.needs().has(field.part())) {
                let is_group = matches!(field.holds, Holds::Group);
                let below = matches!(field.of, Owner::PreApproval | Owner::Material);
                let is_verified = field.holds == Holds::Verification && !kind.needs().verified;
                if is_group || below || is_verified || !is_asked(field, kind) {
                    continue;
                }
                let of_first = |task: &&Task| task.website().is_none_or(|nth| nth == 0);
                let asking = tasks.iter().filter(of_first).filter(|task| task.has(field, kind)).count();
                let is_list = field.pattern == "websites";
                assert_eq!(asking, usize::from(!is_list), "{kind:?} {}", field.pattern);
            }
        }
    }

    #[test]
    fn what_is_wrong_is_told_at_the_task_in_which_it_is_mended() {
        for (path, task) in [
            ("subject.person.mobile", Task::SubjectPerson),
            ("subject.name", Task::Subject),
            ("websites[1].domains[0]", Task::Website(1)),
            ("websites[0].person.email", Task::WebsitePerson(0)),
            ("websites[0].verification", Task::Product(0)),
            ("materials", Task::Materials),
        ] {
            let form = Form { websites: vec![Website::default(); 2], ..Form::default() };
            let holding: Vec<_> = Task::all(Kind::FirstFiling, &form)
                .into_iter()
                .filter(|task| task.holds(path, Kind::FirstFiling))
                .collect();
            assert_eq!(holding, [task], "{path}");
        }
    }
}
