//! What is lost when an access ends or a number is cancelled, as it is told before.

use super::{Advice, Barred, Event, Machine, ShownBy};
use rulebook::Lang;

/// Something that is to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ending<'a> {
    /// Whose number it is.
    pub machine: Machine,
    /// [`Event::EndAccess`], [`Event::DropAccess`] or [`Event::Cancel`].
    pub by: Event,
    /// The number.
    pub number: &'a str,
    /// The numbers of the websites that end with it, where it is a subject's.
    pub websites: &'a [String],
    /// How many service codes stay used up for ever.
    pub codes: usize,
    /// Whether the edition in force gives their places in the quota back (`restore_on_cancel`).
    pub restores: bool,
    /// What is known of its owner.
    pub advice: Advice,
}

/// Something that is lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Loss {
    /// The number, for ever.
    Number {
        /// Which.
        number: String,
    },
    /// The websites of a subject, all at once.
    Websites {
        /// Their numbers.
        numbers: Vec<String>,
    },
    /// That the website can be opened: it may not be served until it is filed anew.
    Served {
        /// Whether only from here: another provider may host it.
        here: bool,
    },
    /// A new filing shows again that a product is the customer's, and gets another number.
    NewFiling {
        /// How he shows it.
        shown_by: ShownBy,
    },
    /// It cannot be filed anew: the blacklist stands in its way.
    NoNewFiling {
        /// What that keeps from him.
        barred: Barred,
    },
    /// Service codes, which are never free again.
    Codes {
        /// How many.
        codes: usize,
        /// Whether their places in the quota come back.
        restores: bool,
    },
    /// The number stays, but the bureau may cancel one that is hosted nowhere for long.
    LeftEmpty {
        /// Whether another provider can be advised.
        elsewhere: bool,
    },
}

/// All that is lost, the heaviest first.
pub fn losses(ending: &Ending<'_>) -> Vec<Loss> {
    let Ending { machine, by, number, websites, codes, restores, advice } = *ending;
    let number = || Loss::Number { number: number.to_owned() };
    match by {
        Event::Cancel => {
            let of_subject = machine == Machine::Subject && !websites.is_empty();
            let websites = of_subject.then(|| Loss::Websites { numbers: websites.to_vec() });
            let codes = (codes > 0).then_some(Loss::Codes { codes, restores });
            let served = (machine == Machine::Website || of_subject).then_some(Loss::Served { here: false });
            std::iter::once(number())
                .chain(websites)
                .chain(served)
                .chain([anew(advice)])
                .chain(codes)
                .collect()
        }
        Event::DropAccess => {
            let elsewhere = advice.barred != Barred::Filing;
            vec![Loss::Served { here: true }, Loss::LeftEmpty { elsewhere }]
        }
        _ => Vec::new(),
    }
}

/// What it takes to file it anew.
const fn anew(advice: Advice) -> Loss {
    if advice.may_file() {
        Loss::NewFiling { shown_by: advice.shown_by }
    } else {
        Loss::NoNewFiling { barred: advice.barred }
    }
}

impl Loss {
    /// As answers carry it.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Number { .. } => "number",
            Self::Websites { .. } => "websites",
            Self::Served { .. } => "served",
            Self::NewFiling { .. } => "new-filing",
            Self::NoNewFiling { .. } => "no-new-filing",
            Self::Codes { .. } => "codes",
            Self::LeftEmpty { .. } => "left-empty",
        }
    }

    /// What is lost, in words.
    pub fn sentence(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => super::zh::loss(self),
            Lang::En => super::en::loss(self),
        }
    }
}
