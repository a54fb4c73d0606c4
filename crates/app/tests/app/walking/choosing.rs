//! Which command is given next: one that may be legal, and at times one that is not.

use super::{PEOPLE, Walk, commands::Command};
use filing::orders::Kind;
use rand_chacha::rand_core::Rng;
use store::OrderId;

/// Kinds of orders that start from a number.
pub(super) const ABOUT: [Kind; 6] = [
    Kind::AddWebsite,
    Kind::AddAccess,
    Kind::Change,
    Kind::CancelWebsite,
    Kind::CancelAccess,
    Kind::CancelSubject,
];

impl Walk<'_> {
    pub(super) fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.rng.next_u64() % u64::try_from(most).unwrap()).unwrap()
    }

    pub(super) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// One of those, more often one of the newest.
    pub(super) fn one_of<T: Clone>(&mut self, all: &[T]) -> Option<T> {
        if all.is_empty() {
            return None;
        }
        let recent = if self.once_in(4) { all.len() } else { all.len().min(6) };
        let back = self.below(recent);
        all.get(all.len() - 1 - back).cloned()
    }

    pub(super) fn person(&mut self) -> usize {
        self.below(PEOPLE)
    }

    /// Mostly whose it is, and now and then anybody.
    pub(super) fn mostly(&mut self, owner: usize) -> usize {
        if self.once_in(8) { self.person() } else { owner }
    }

    /// An order, with who does something with it: mostly one with which one of these was done last.
    pub(super) fn order(&mut self, after: &[&str]) -> Option<(usize, OrderId)> {
        let fits = |order: &OrderId| self.last.get(order).is_some_and(|last| after.contains(last));
        let fitting: Vec<_> = self.orders.iter().filter(|(_, order)| fits(order)).copied().collect();
        let all = if self.once_in(8) { self.orders.clone() } else { fitting };
        let (owner, order) = self.one_of(&all)?;
        Some((self.mostly(owner), order))
    }

    /// The next command; `None` where what it would be about is not there yet.
    pub(super) async fn next(&mut self) -> Option<Command> {
        Some(match self.below(50) {
            0 => Command::Buy { who: self.person() },
            1 => Command::BuyHost { who: self.person() },
            2..=4 => {
                let (owner, instance) = self.one_of(&self.instances.clone())?;
                Command::Issue { who: self.mostly(owner), instance }
            }
            5 => Command::Release { code: self.one_of(&self.codes.clone())?.1 },
            6 => {
                let (owner, code, _) = self.one_of(&self.codes.clone())?;
                Command::Grant { who: self.mostly(owner), code, to: self.person() }
            }
            7 => {
                let (owner, code) = self.one_of(&self.granted.clone())?;
                Command::TakeBack { who: self.mostly(owner), code }
            }
            8..=11 => {
                let (owner, _, code) = self.one_of(&self.codes.clone())?;
                Command::Verify { who: self.mostly(owner), code }
            }
            12 | 13 => {
                let (owner, host) = self.one_of(&self.hosts.clone())?;
                Command::Prove { who: self.mostly(owner), host }
            }
            14..=18 => return self.opens(),
            19..=23 => return self.names(),
            24..=27 => {
                let ready = ["name", "send", "give back"];
                self.order(&ready).map(|(who, order)| Command::Submit { who, order })?
            }
            28 if self.once_in(3) => {
                self.order(&["submit", "approve"]).map(|(who, order)| Command::Withdraw { who, order })?
            }
            28..=32 => Command::Claim { order: self.order(&["submit", "claim"])?.1 },
            33..=36 => Command::Approve { order: self.order(&["claim"])?.1 },
            37 => Command::GiveBack { order: self.order(&["claim"])?.1 },
            38..=40 => Command::Send { order: self.order(&["approve"])?.1 },
            41..=43 => Command::Answer { order: self.order(&["send"])?.1 },
            44 if self.once_in(3) => Command::Reject { order: self.order(&["answer", "send"])?.1 },
            44..=46 => {
                let order = self.order(&["answer"])?.1;
                Command::File { order, kind: self.forms.get(&order)?.0 }
            }
            47 => self.order(&["reject"]).map(|(who, order)| Command::Correct { who, order })?,
            48 => return self.decides().await,
            // A claim lasts longer than most waits, and an unanswered text message not so long as some.
            _ if self.once_in(10) => Command::Wait { minutes: 60 * 25 },
            _ => Command::Wait { minutes: i64::try_from(self.below(10)).unwrap() },
        })
    }

    /// An order is opened: of a company that files for the first time, or about something that is filed, or should be.
    pub(super) fn opens(&mut self) -> Option<Command> {
        if self.once_in(3) {
            let websites = if self.once_in(3) { 2 } else { 1 };
            let licence = if self.once_in(6) { self.one_of(&self.licences.clone()) } else { None };
            return Some(Command::Open { who: self.person(), websites, licence });
        }
        // Of a subject about which something else is under way the end is refused, so that it is tried more often.
        let kind = if self.once_in(6) { Kind::CancelSubject } else { ABOUT[self.below(5)] };
        let numbers = match kind {
            Kind::AddWebsite | Kind::Change | Kind::CancelSubject => self.subjects.clone(),
            _ => self.websites.clone(),
        };
        let (owner, number) = if kind == Kind::AddAccess && self.once_in(4) {
            // It was filed through another provider.
            (self.person(), format!("粤ICP备9{:07}号-1", self.given))
        } else {
            let ended = self.ended.clone();
            let living: Vec<_> =
                numbers.iter().filter(|(_, number)| !ended.contains(number)).cloned().collect();
            if self.once_in(8) { self.one_of(&numbers)? } else { self.one_of(&living)? }
        };
        Some(Command::About { who: self.mostly(owner), kind, number, together: self.once_in(2) })
    }

    /// Products are named for the websites of an order.
    pub(super) fn names(&mut self) -> Option<Command> {
        let (who, order) = self.order(&["open", "correct", "give back"])?;
        let websites = self.forms.get(&order)?.1.websites.len();
        let of = self.mostly(who);
        let mut his: Vec<_> =
            self.verifications.iter().filter(|(owner, _)| *owner == of).map(|(_, id)| id.clone()).collect();
        let mut verifications = Vec::new();
        for _ in 0..websites {
            let some = if self.once_in(4) { self.one_of(&his)? } else { his.last()?.clone() };
            if !self.once_in(6) {
                his.retain(|id| *id != some);
            }
            verifications.push(some);
        }
        Some(Command::Name { who, order, verifications })
    }

    /// The number of a subject or a website.
    fn any_number(&mut self) -> Option<String> {
        let all: Vec<_> = self.subjects.iter().chain(&self.websites).cloned().collect();
        self.one_of(&all).map(|(_, number)| number)
    }

    /// Two people decide something, or an operator records what became of a number.
    pub(super) async fn decides(&mut self) -> Option<Command> {
        let listed = self.story.desk.blacklist(None, 10).await.unwrap();
        if let Some(entry) = listed.first()
            && !self.once_in(4)
        {
            return Some(Command::Unlist { entry: entry.id });
        }
        match self.below(6) {
            0 => Some(Command::List { licence: self.one_of(&self.licences.clone())? }),
            1 => Some(Command::Force { number: self.any_number()?, serious: self.once_in(2) }),
            2 => Some(Command::Drop { number: self.one_of(&self.websites.clone())?.1 }),
            3 => Some(Command::End { number: self.any_number()? }),
            4 => {
                let number = self.one_of(&self.websites.clone())?.1;
                let to = format!("{}-{}", number.split('-').next()?, 5_000 + self.given % 4_000);
                Some(Command::Rename { number, to })
            }
            _ => None,
        }
    }
}
