//! What stands against a service code on an instance, whether a new one is asked for or a made one is to be bound.

use super::{en, zh};
use crate::Refusal;
use rulebook::{CodeMade, Decision, Finding, Lang, Purchaser, Row, Scope, Verdict, VerifiedBy};

/// Who asks for codes, on what.
#[derive(Clone, Copy, Debug)]
pub struct Asking<'d> {
    /// Today's decision on the instance, made for the account that asks.
    pub decision: &'d Decision<'d>,
    /// Whether a subject of that account is on the blacklist: it gets no codes.
    pub blacklisted: bool,
}

/// Something that stands against a code on an instance.
#[derive(Clone, Debug)]
pub enum Obstacle<'d> {
    /// No account asks; only the buyer gets codes.
    SignIn,
    /// A subject of the account is on the blacklist.
    Blacklisted,
    /// The product is verified by the host's credentials.
    NoCodeNeeded {
        /// What the edition says of the product.
        row: &'d Row,
    },
    /// Another system makes the codes of the product.
    MadeElsewhere {
        /// What the edition says of the product.
        row: &'d Row,
    },
    /// The code exists since the purchase: it is viewed, not applied for.
    MadeOnPurchase {
        /// What the edition says of the product.
        row: &'d Row,
    },
    /// The rulebook says so.
    Finding {
        /// The decision that says it.
        decision: &'d Decision<'d>,
        /// What it says.
        finding: Finding<'d>,
    },
    /// There are places left in the quota, but not as many.
    NotEnoughPlaces {
        /// How many codes were asked for.
        asked: u32,
        /// How many places are left; at least one, for with none left it is a finding.
        left: u32,
        /// For what the quota counts.
        per: Scope,
        /// What the edition says of the product.
        row: &'d Row,
    },
}

impl<'d> Asking<'d> {
    /// Everything that stands against `codes` more codes, in the order in which it is told: who asks, how the product
    /// works, what the rulebook finds, how many are left.
    pub(super) fn obstacles(&self, codes: u32) -> Vec<Obstacle<'d>> {
        let decision = self.decision;
        let mut found = Vec::new();
        if self.blacklisted {
            found.push(Obstacle::Blacklisted);
        }
        // To somebody who has nothing to file here, the rest is of no use.
        let filed_here = !matches!(decision.verdict(), Verdict::NotRequired | Verdict::Elsewhere);
        if filed_here && decision.case().purchaser == Purchaser::NotAsked {
            found.push(Obstacle::SignIn);
        }
        let manner = decision.row().filter(|_| filed_here).and_then(manner);
        let on_request = manner.is_none();
        found.extend(manner);
        found.extend(decision.findings().map(|finding| Obstacle::Finding { decision, finding }));
        if filed_here && on_request {
            found.extend(too_few(decision, codes));
        }
        found
    }
}

/// Why codes of the product are not asked for here, if they are not.
fn manner(row: &Row) -> Option<Obstacle<'_>> {
    match (row.verified_by.value, row.code_made.value) {
        (VerifiedBy::HostPassword, _) => Some(Obstacle::NoCodeNeeded { row }),
        // Filed in another system: the decision has a finding that says so.
        (VerifiedBy::Elsewhere, _) | (VerifiedBy::ServiceCode, CodeMade::OnRequest) => None,
        (VerifiedBy::ServiceCode, CodeMade::Elsewhere) => Some(Obstacle::MadeElsewhere { row }),
        (VerifiedBy::ServiceCode, CodeMade::OnPurchase) => Some(Obstacle::MadeOnPurchase { row }),
    }
}

fn too_few<'d>(decision: &'d Decision<'d>, asked: u32) -> Option<Obstacle<'d>> {
    let (quota, row) = (decision.quota()?, decision.row()?);
    let left = quota.left;
    (0 < left && left < asked).then_some(Obstacle::NotEnoughPlaces { asked, left, per: quota.per, row })
}

/// What a finding says beside its remedy: what is, and what is asked.
pub(crate) fn reason(decision: &Decision<'_>, finding: &Finding<'_>, lang: Lang) -> String {
    // As beside a dead end, where remedies that several reasons share are left out; those of one reason end it.
    let mut said = decision.message_beside(finding, true, lang).to_string();
    let remedy = match lang {
        Lang::Zh => zh::remedy(&finding.remedy, decision),
        Lang::En => en::remedy(&finding.remedy, decision),
    };
    if let Some(reason) = said.strip_suffix(&remedy) {
        said.truncate(reason.trim_end().len());
        // The remedy was the second half of a sentence.
        if said.ends_with('，') {
            said.pop();
            said.push('。');
        }
    }
    said
}

impl Refusal for Obstacle<'_> {
    fn word(&self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::Blacklisted => "account-blacklisted",
            Self::NoCodeNeeded { .. } => "no-code-needed",
            Self::MadeElsewhere { .. } => "made-elsewhere",
            Self::MadeOnPurchase { .. } => "made-on-purchase",
            Self::Finding { finding, .. } => finding.code.word(),
            Self::NotEnoughPlaces { .. } => "not-enough-places",
        }
    }

    fn action(&self) -> &'static str {
        match self {
            Self::SignIn => "sign-in-as-purchaser",
            Self::Blacklisted => "contact-support",
            Self::NoCodeNeeded { .. } => "use-host-credentials",
            Self::MadeElsewhere { .. } => "get-code-at",
            Self::MadeOnPurchase { .. } => "view-code",
            Self::Finding { finding, .. } => finding.remedy.word(),
            Self::NotEnoughPlaces { .. } => "ask-for-fewer",
        }
    }

    fn path(&self) -> &'static str {
        match self {
            Self::NotEnoughPlaces { .. } => "count",
            Self::SignIn | Self::Blacklisted => "account",
            Self::NoCodeNeeded { .. }
            | Self::MadeElsewhere { .. }
            | Self::MadeOnPurchase { .. }
            | Self::Finding { .. } => "instance",
        }
    }

    fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => zh::obstacle(self),
            Lang::En => en::obstacle(self),
        }
    }

    fn suggestion(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => zh::past_obstacle(self),
            Lang::En => en::past_obstacle(self),
        }
    }
}
