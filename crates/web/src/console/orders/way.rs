//! Where an order stands on its way, as a picture: four stops from filling in to done. The words above it say the same.

use super::words;
use filing::orders::State as Stands;
use rulebook::Lang;

/// From one stop to the next.
const APART: u32 = 90;
/// Across all of it.
const WIDE: u32 = 360;

/// The picture.
pub(super) struct Way {
    pub(super) stops: Vec<Stop>,
    pub(super) wide: u32,
    /// All of it in a sentence.
    pub(super) says: String,
}

/// One of the stops.
pub(super) struct Stop {
    pub(super) x: u32,
    pub(super) label: &'static str,
    /// How it looks: `done`, `here`, `back` for what came back, `bad` for where it ended, or nothing for what is to come.
    pub(super) looks: &'static str,
    /// Where the line to the stop before begins, where there is one.
    pub(super) from: Option<u32>,
}

impl Way {
    /// Of an order in that state; `None` for one that was given up, which is on no way any more.
    pub(super) fn of(state: Stands, lang: Lang) -> Option<Self> {
        let (here, looks) = match state {
            Stands::Draft => (0, "here"),
            Stands::Returned => (0, "back"),
            Stands::Submitted => (1, "here"),
            Stands::Approved | Stands::AtBureau => (2, "here"),
            Stands::Rejected => (2, "bad"),
            Stands::Filed => (3, "done"),
            Stands::Withdrawn => return None,
        };
        let labels = words::stops(lang);
        let middle = |nth: u32| APART / 2 + nth * APART;
        let stops = (0_u32..).zip(labels).map(|(nth, label)| Stop {
            x: middle(nth),
            label,
            looks: match nth.cmp(&here) {
                std::cmp::Ordering::Less => "done",
                std::cmp::Ordering::Equal => looks,
                std::cmp::Ordering::Greater => "",
            },
            from: nth.checked_sub(1).map(middle),
        });
        let stops: Vec<_> = stops.collect();
        let label = stops.get(usize::try_from(here).ok()?)?.label;
        Some(Self { wide: WIDE, says: words::way(here + 1, label, looks, lang), stops })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_shows_what_the_words_say() {
        let told = |state| {
            let way = Way::of(state, Lang::En).unwrap();
            (way.stops.iter().map(|stop| stop.looks).collect::<Vec<_>>(), way.says)
        };
        let step = |nth, what| format!("Step {nth} of 4: {what}");
        assert_eq!(told(Stands::Draft), (vec!["here", "", "", ""], step(1, "filling in.")));
        assert_eq!(
            told(Stands::Returned),
            (vec!["back", "", "", ""], step(1, "filling in. It came back to be mended."))
        );
        assert_eq!(told(Stands::Submitted), (vec!["done", "here", "", ""], step(2, "our review.")));
        assert_eq!(told(Stands::AtBureau), (vec!["done", "done", "here", ""], step(3, "the bureau.")));
        assert_eq!(
            told(Stands::Rejected),
            (vec!["done", "done", "bad", ""], step(3, "the bureau. It ended here."))
        );
        assert_eq!(told(Stands::Filed).0, ["done"; 4]);
        assert!(Way::of(Stands::Withdrawn, Lang::Zh).is_none());
        let way = Way::of(Stands::Filed, Lang::Zh).unwrap();
        assert!(way.stops.iter().all(|stop| stop.x < way.wide && stop.from.is_none_or(|from| from < stop.x)));
    }
}
