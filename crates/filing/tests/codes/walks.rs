//! A hundred thousand random lives of an instance and its codes, held against the law as SPEC 4 words it.

use crate::desk::{BUYER, Dice, NOW, at, edition, good, n, stored, words};
use filing::{
    Refusal, Refused,
    codes::{
        Asking, Grantee, Granter, Held, Move, State, Stored, apply, bind, grant, issue, legal, release,
        withdraw_grant,
    },
};
use rulebook::{Billing, CodeMade, Facts, OnAbandon, decide};
use std::collections::BTreeMap;

const WALKS: u64 = 100_000;
const ACCOUNTS: [&str; 4] = [BUYER, "friend", "stranger", "nobody"];

/// One code, as the specification tells its life; nothing here knows the table of moves.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "what happened, not a state: that is what is tested")]
struct Life {
    bound: bool,
    in_order: bool,
    filed: bool,
    burned: bool,
    released: bool,
    restored: bool,
}

impl Life {
    fn void(&self) -> bool {
        self.burned || self.released
    }

    fn idle(&self) -> bool {
        self.bound && !self.in_order && !self.filed && !self.void()
    }

    /// Lives through a move, if the specification allows it.
    fn live(&mut self, by: Move) -> bool {
        match by {
            Move::Bind if !self.bound && !self.void() => self.bound = true,
            Move::Submit if self.idle() => self.in_order = true,
            Move::File if self.in_order => (self.in_order, self.filed) = (false, true),
            Move::AbandonRelease if self.in_order => self.in_order = false,
            Move::AbandonBurn if self.in_order => (self.in_order, self.burned) = (false, true),
            Move::Release if !self.in_order && !self.filed && !self.void() => self.released = true,
            Move::RestorePlace if self.filed && !self.restored => self.restored = true,
            // Nor is a code that is there made again.
            _ => return false,
        }
        true
    }

    /// Everything but a release counts for ever, except what a cancelled website gives back.
    fn counts(&self) -> bool {
        self.bound && !self.released && !self.restored
    }

    fn row(&self) -> Stored {
        let state = match self {
            _ if self.void() => State::Void,
            _ if self.filed => State::Recorded,
            _ if self.in_order => State::Recording,
            _ if self.bound => State::Bound,
            _ => State::Init,
        };
        stored(state, self.counts())
    }
}

#[derive(Clone, Debug)]
struct Code {
    stored: Stored,
    life: Life,
    owner: Option<&'static str>,
    grantee: Option<&'static str>,
    backed: u32,
}

/// An instance, its codes, and how often everything happened.
struct Walk<'c> {
    dice: Dice,
    facts: Facts,
    codes: Vec<Code>,
    seen: &'c mut BTreeMap<String, u64>,
}

impl Walk<'_> {
    fn see(&mut self, what: impl Into<String>) {
        *self.seen.entry(what.into()).or_default() += 1;
    }

    fn refuse<R: Refusal>(&mut self, operation: &str, refused: &Refused<R>) {
        for word in words(refused) {
            self.see(format!("{operation} {word}"));
        }
    }

    fn used(&self) -> u32 {
        let used = self.codes.iter().filter(|code| code.stored.is_issued(CodeMade::OnRequest));
        u32::try_from(used.count()).unwrap()
    }

    fn new_codes(&mut self) {
        self.facts.codes_issued = self.used();
        let asker = *self.dice.pick(&[Some(BUYER), Some(BUYER), Some(BUYER), Some("stranger"), None]);
        let blacklisted = self.dice.below(12) == 0;
        let wanted = u32::try_from(1 + self.dice.below(if self.dice.0 & 1 == 0 { 24 } else { 3 })).unwrap();
        let facts = self.facts.clone();
        let decision = decide(edition(), &facts, at(NOW), asker);
        match issue(&Asking { decision: &decision, blacklisted }, n(wanted)) {
            Ok(given) => {
                assert!(asker == Some(BUYER) && !blacklisted && wanted <= 20);
                assert_eq!(decision.findings().count(), 0);
                self.see("issue granted");
                for _ in 0..given.codes.get() {
                    let stored = apply(None, Move::Issue).unwrap();
                    self.see("legal issue");
                    self.codes.push(Code {
                        stored,
                        life: Life { bound: true, ..Life::default() },
                        owner: Some(BUYER),
                        grantee: None,
                        backed: 0,
                    });
                }
            }
            Err(refused) => self.refuse("issue", &refused),
        }
    }

    fn premake(&mut self) {
        let owner = *self.dice.pick(&[None, Some(BUYER), Some("stranger")]);
        let stored = apply(None, Move::Premake).unwrap();
        self.see("legal premake");
        self.codes.push(Code { stored, life: Life::default(), owner, grantee: None, backed: 0 });
    }

    /// A code arrives from the system that made it, while there is a place for it.
    fn import(&mut self, limit: u32) {
        if self.used() < limit {
            let stored = apply(None, Move::Import).unwrap();
            self.see("legal import");
            let life = Life { bound: true, ..Life::default() };
            self.codes.push(Code { stored, life, owner: Some(BUYER), grantee: None, backed: 0 });
        }
    }

    fn bind(&mut self, at: usize) {
        self.facts.codes_issued = self.used();
        let facts = self.facts.clone();
        let decision = decide(edition(), &facts, crate::desk::at(NOW), Some(BUYER));
        let code = &self.codes[at];
        let held = Held { stored: code.stored, owner: code.owner, grantee: code.grantee };
        let blacklisted = self.dice.below(12) == 0;
        match bind(&Asking { decision: &decision, blacklisted }, Some(&held)) {
            Ok(bound) => {
                let code = &mut self.codes[at];
                assert!(code.life.live(Move::Bind) && code.owner != Some("stranger"));
                (code.stored, code.owner) = (bound, Some(BUYER));
                self.see("legal bind");
            }
            Err(refused) => self.refuse("bind", &refused),
        }
    }

    fn grant(&mut self, at: usize) {
        let code = self.codes[at].clone();
        let held = Held { stored: code.stored, owner: code.owner, grantee: code.grantee };
        let asker = *self.dice.pick(&[BUYER, BUYER, BUYER, "friend", "stranger"]);
        let name = *self.dice.pick(&[ACCOUNTS[0], ACCOUNTS[1], ACCOUNTS[1], ACCOUNTS[2], ACCOUNTS[3], ""]);
        let exists = ACCOUNTS[..3].contains(&name);
        let to = Grantee { account: name, exists, blacklisted: self.dice.below(5) == 0 };
        let by = Granter { account: asker, blacklisted: self.dice.below(5) == 0 };
        if self.dice.below(3) == 0 {
            match withdraw_grant(Some(&held), asker) {
                Ok(loses) => {
                    assert!(code.life.idle() && code.owner == Some(asker) && code.grantee == Some(loses));
                    self.codes[at].grantee = None;
                    self.see("withdraw granted");
                }
                Err(refused) => self.refuse("withdraw", &refused),
            }
            return;
        }
        match grant(Some(&held), by, to) {
            Ok(to) => {
                assert!(code.life.idle() && code.owner == Some(asker) && code.grantee.is_none());
                assert!(to.account != asker && to.exists && !to.blacklisted && !by.blacklisted);
                self.codes[at].grantee = Some(name);
                self.see("grant granted");
            }
            Err(refused) => self.refuse("grant", &refused),
        }
    }

    fn release(&mut self, at: usize) {
        let long = "x".repeat(501);
        let reason = *self.dice.pick(&["by mistake", "by mistake", " ", long.as_str()]);
        let code = &mut self.codes[at];
        match release(code.stored, reason) {
            Ok(done) => {
                assert!(code.life.live(Move::Release) && done.reason == "by mistake");
                code.stored = done.stored;
                self.see("legal release");
            }
            Err(refused) => self.refuse("release", &refused),
        }
    }

    /// Any other move, by the table alone.
    fn other(&mut self, at: usize) {
        let policy = *self.dice.pick(OnAbandon::ALL);
        let by = *self.dice.pick(&[
            Move::Submit,
            Move::Submit,
            Move::Submit,
            Move::File,
            Move::abandon(policy),
            Move::RestorePlace,
            Move::Issue,
            Move::Premake,
            Move::Import,
            Move::Bind,
            Move::Release,
        ]);
        // Binding and releasing ask more than the table.
        if matches!(by, Move::Bind | Move::Release) && apply(self.codes[at].stored, by).is_ok() {
            return;
        }
        let code = &mut self.codes[at];
        let before = code.stored;
        let lived = code.life.live(by);
        match apply(before, by) {
            Ok(to) => {
                assert!(lived, "{by:?} of {before:?}");
                code.stored = to;
                code.backed += u32::from(by == Move::File);
                self.see(format!("legal {}", by.word()));
            }
            Err(illegal) => {
                assert!(!lived, "{by:?} of {before:?}");
                assert!(illegal.legal.iter().copied().eq(legal(before)) && !illegal.legal.contains(&by));
                self.see(format!("illegal {}", by.word()));
            }
        }
    }

    fn step(&mut self, limit: u32) {
        let some = !self.codes.is_empty();
        let at = if some { self.dice.below(self.codes.len()) } else { 0 };
        match self.dice.below(12) {
            0 if self.dice.below(4) == 0 => self.import(limit),
            0 | 1 => self.new_codes(),
            2 => self.premake(),
            _ if !some => self.new_codes(),
            3 => self.bind(at),
            4 => self.grant(at),
            5 if self.dice.below(3) == 0 => self.release(at),
            _ => self.other(at),
        }
    }

    /// What must hold after every step.
    fn check(&self, before: &[Code], limit: u32) {
        for (code, was) in self.codes.iter().zip(before) {
            if was.stored.state() == State::Recorded {
                assert_eq!(code.stored.state(), State::Recorded, "recorded is final");
            }
            if was.stored.state() == State::Void {
                assert_eq!(code.stored, was.stored, "void is final");
            }
            if was.stored.counted() && !code.stored.counted() {
                assert!(code.life.released || code.life.restored, "only these give a place back");
            }
        }
        assert!(self.codes.len() >= before.len(), "no code is deleted");
        for code in &self.codes {
            assert_eq!(code.stored, code.life.row(), "{code:?}");
            assert!(code.backed <= 1, "a code backs one website");
            assert!(code.stored.state() != State::Init || code.grantee.is_none());
        }
        assert!(self.used() <= limit, "{} of {limit}", self.used());
    }
}

/// An instance, good or with something against it.
fn instance(dice: &mut Dice) -> Facts {
    let product = *dice.pick(&[
        "ecs",
        "ecs",
        "ecs",
        "ecs",
        "ecs",
        "swas",
        "elastic-web",
        "nat-gateway",
        "web-hosting",
        "jushita-ecs",
        "site-builder",
        "shop",
        "oss",
    ]);
    let mut facts = good(product);
    match dice.below(24) {
        0 => facts.billing = Some(Billing::PayAsYouGo),
        1 => facts.public_bandwidth_mbps = Some(0),
        2 => facts.public_ips = Some(vec![]),
        3 => facts.expires_at = Some(at("2020-11-20T00:00:00+08:00")),
        4 => facts.expires_at = Some(at("2020-10-20T00:00:00+08:00")),
        5 => facts.region = Some("us-west-1".into()),
        6 => facts.account = None,
        7 => (facts.first_purchase_months, facts.first_order_amount) = (Some(1), Some(rulebook::Fen::new(1))),
        _ => {}
    }
    facts
}

/// Everything that must have happened: moves, and refusals of each operation.
const MUST: [(&str, &[&str]); 7] = [
    (
        "legal",
        &[
            "premake",
            "issue",
            "import",
            "bind",
            "submit",
            "file",
            "abandon-release",
            "abandon-burn",
            "release",
            "restore-place",
        ],
    ),
    (
        "illegal",
        &[
            "premake",
            "issue",
            "import",
            "bind",
            "submit",
            "file",
            "abandon-release",
            "abandon-burn",
            "release",
            "restore-place",
        ],
    ),
    (
        "issue",
        &[
            "granted",
            "too-many-at-once",
            "sign-in",
            "account-blacklisted",
            "no-code-needed",
            "made-elsewhere",
            "made-on-purchase",
            "not-enough-places",
            "product-not-fileable",
            "other-account",
            "outside-mainland",
            "filed-elsewhere",
            "pay-as-you-go",
            "no-public-bandwidth",
            "no-public-ip",
            "purchased-term-short",
            "first-purchase-short",
            "order-amount-low",
            "expired",
            "quota-exhausted",
            "unknown-fact",
        ],
    ),
    (
        "bind",
        &[
            "unknown-code",
            "illegal-move",
            "account-blacklisted",
            "no-code-needed",
            "made-elsewhere",
            "made-on-purchase",
            "pay-as-you-go",
            "outside-mainland",
            "filed-elsewhere",
            "quota-exhausted",
            "unknown-fact",
        ],
    ),
    (
        "grant",
        &[
            "granted",
            "unknown-code",
            "not-owner",
            "not-bound",
            "nobody-named",
            "unknown-account",
            "to-oneself",
            "granted-already",
            "granted-to-another",
        ],
    ),
    ("withdraw", &["granted", "unknown-code", "not-owner", "not-bound", "nothing-granted"]),
    ("release", &["illegal-move", "reason-missing", "reason-too-long"]),
];

#[test]
fn no_life_of_an_instance_breaks_the_law_and_everything_happens_in_some() {
    let mut seen = BTreeMap::new();
    for seed in 0..WALKS {
        let mut dice = Dice(seed);
        let facts = instance(&mut dice);
        let limit =
            edition().row(&facts.product).and_then(rulebook::Row::quota).map_or(0, |quota| quota.codes.get());
        let steps = 8 + dice.below(32);
        let mut walk = Walk { dice, facts, codes: Vec::new(), seen: &mut seen };
        for _ in 0..steps {
            let before = walk.codes.clone();
            walk.step(limit);
            walk.check(&before, limit);
        }
    }
    for (operation, outcomes) in MUST {
        for outcome in outcomes {
            let times = seen.get(&format!("{operation} {outcome}")).copied().unwrap_or_default();
            assert!(times >= 100, "{operation} {outcome} happened {times} times in {seen:#?}");
        }
    }
}
