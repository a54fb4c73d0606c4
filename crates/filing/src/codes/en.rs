//! Every sentence about service codes in English. `zh.rs` says the same in Chinese; the matches are exhaustive in both.

use super::{
    Cause, GrantRefusal, Illegal, ImportRefusal, Issue, LONGEST_REASON, MOST_AT_ONCE, Malformed, Move,
    Obstacle, Place, Reader, ReleaseRefusal, ServiceCode, Shown, Standing, State, Stored, Who,
    obstacle::reason,
};
use jiff::Timestamp;
use rulebook::{Code, Decision, Fact, Lang, Products, Remedy, Row, Scope, calendar::shanghai};
use std::fmt::{self, Display, Write};

pub(super) const EXPIRED: &str = "expired";
pub(crate) const UNKNOWN_CODE: &str = "There is no such service code.";
pub(crate) const CHECK_CODE: &str = "Compare it with the original and enter it again.";
pub(super) const HEADS: [&str; 6] =
    ["From", "What happens", "To", "Who may do it", "Place in the quota", "Can be undone"];
pub(super) const YES: &str = "yes";
pub(super) const NO: &str = "no";

pub(super) const fn state(state: State) -> &'static str {
    match state {
        State::Init => "unassigned",
        State::Bound => "unused",
        State::Recording => "in an order",
        State::Recorded => "filed",
        State::Void => "void",
    }
}

pub(super) const fn by(by: Move) -> &'static str {
    match by {
        Move::Premake => "made beforehand",
        Move::Issue => "issued",
        Move::Import => "imported",
        Move::Bind => "bound to an instance",
        Move::Submit => "order submitted",
        Move::File => "order filed",
        Move::AbandonRelease => "order withdrawn or rejected (code usable again)",
        Move::AbandonBurn => "order withdrawn or rejected (code void)",
        Move::Release => "made void by an operator",
        Move::RestorePlace => "place given back after the website was cancelled",
    }
}

pub(super) const fn who(who: Who) -> &'static str {
    match who {
        Who::Buyer => "the account that bought the instance",
        Who::Filer => "the account that files",
        Who::Bureau => "the bureau",
        Who::Desk => "the desk by itself",
        Who::Partner => "a connected system",
        Who::Operator => "an operator",
    }
}

pub(super) const fn place(place: Place) -> &'static str {
    match place {
        Place::Takes => "takes one",
        Place::Keeps => "keeps it",
        Place::GivesBack => "gives it back",
        Place::Untouched => "not concerned",
    }
}

/// Why a text is no code.
pub(super) fn malformed(error: &Malformed) -> String {
    match error {
        Malformed::Character { at, found } => format!(
            "\"{}\" at place {at} cannot be right: a service code has only digits and letters, and never the \
             letter U.",
            Typed(*found)
        ),
        Malformed::Length { symbols: 0 } => "No service code was entered.".to_owned(),
        Malformed::Length { symbols } => {
            let asked = ServiceCode::SYMBOLS;
            let how = if *symbols < asked { "too few" } else { "too many" };
            let by = symbols.abs_diff(asked);
            format!("A service code has {asked} characters; you entered {symbols}, {by} {how}.")
        }
        Malformed::Check => {
            "This service code is mistyped: one or more characters are wrong, or two are swapped.".to_owned()
        }
    }
}

/// What to look at in it.
pub(super) const fn past_malformed(error: &Malformed) -> &'static str {
    match error {
        Malformed::Character { .. } => "Check that place and enter it again.",
        Malformed::Length { symbols: 0 } => "Enter a service code.",
        Malformed::Length { .. } => "Check whether any is missing or was typed twice.",
        Malformed::Check => CHECK_CODE,
    }
}

/// A move, as what cannot or can be done.
const fn doing(by: Move) -> &'static str {
    match by {
        Move::Premake => "made beforehand",
        Move::Issue => "issued",
        Move::Import => "imported",
        Move::Bind => "bound to an instance",
        Move::Submit => "submitted with an order",
        Move::File => "marked as filed",
        Move::AbandonRelease => "made \"unused\" again",
        Move::AbandonBurn => "made void with its order",
        Move::Release => "made void by an operator",
        Move::RestorePlace => "relieved of its place in the quota",
    }
}

/// A move that the state does not allow.
pub(super) fn illegal(illegal: &Illegal) -> String {
    let tried = doing(illegal.tried);
    match illegal.from {
        Some(from) if illegal.tried.makes() => format!(
            "The service code exists already and is \"{}\"; it cannot be {tried} again.",
            state(from.state())
        ),
        Some(from) => format!("The service code is \"{}\" and cannot be {tried}.", state(from.state())),
        None => format!("The service code is not made yet and cannot be {tried}."),
    }
}

/// What the state allows instead.
pub(super) fn instead(illegal: &Illegal) -> String {
    if illegal.legal.is_empty() {
        return "Its state will not change any more; use another service code.".to_owned();
    }
    let legal: Vec<_> = illegal.legal.iter().map(|legal| doing(*legal)).collect();
    format!("It can now be {}.", legal.join(", or "))
}

/// Why a code is not bound, by where it stands.
pub(super) fn not_bindable(here: State) -> String {
    match here {
        State::Bound => {
            "The service code is bound to an instance already and cannot be bound again.".to_owned()
        }
        other => format!("The service code is \"{}\" and cannot be bound any more.", state(other)),
    }
}

/// What to do about it.
pub(super) const fn past_not_bindable(here: State) -> &'static str {
    match here {
        State::Init => "It can be bound now; try again.",
        State::Bound => {
            "File with it as it is; to file with another instance, apply for a service code on that one."
        }
        State::Recording | State::Recorded | State::Void => "Apply for a new service code on this instance.",
    }
}

/// Codes that may be issued.
pub(super) fn issue(issue: &Issue) -> String {
    let codes = Codes(issue.codes.get());
    match issue.left_after() {
        Some(0) => format!("{codes} can be issued; that uses up the quota."),
        Some(left) => format!("{codes} can be issued; {left} more can be applied for afterwards."),
        None => format!("{codes} can be issued."),
    }
}

pub(super) fn too_many(asked: u32) -> String {
    format!("At most {MOST_AT_ONCE} service codes can be issued at once; you asked for {asked}.")
}

pub(super) fn ask_for_fewer() -> String {
    format!("Ask several times, for at most {MOST_AT_ONCE} each time.")
}

/// What stands against a code.
pub(super) fn obstacle(obstacle: &Obstacle<'_>) -> String {
    match obstacle {
        Obstacle::SignIn => {
            "Service codes are issued and bound only for an account that is signed in.".to_owned()
        }
        Obstacle::Blacklisted => {
            "A filing subject of this account is on the blacklist, so the account gets no service codes."
                .to_owned()
        }
        Obstacle::NoCodeNeeded { row } => format!(
            "{} needs no service code: when you file, the product is verified by the host's own credentials.",
            row.name.en
        ),
        Obstacle::MadeElsewhere { row } => format!("Service codes of {} are not made here.", row.name.en),
        Obstacle::MadeOnPurchase { row } => format!(
            "The service code of {} was made when it was bought; there is no need to apply.",
            row.name.en
        ),
        Obstacle::Finding { decision, finding } => reason(decision, finding, Lang::En),
        Obstacle::NotEnoughPlaces { asked, left, per, row } => {
            let codes = More(*left);
            match per {
                Scope::Instance => format!("This instance can have {codes}; you asked for {asked}."),
                Scope::Account => format!(
                    "All {} instances of this account together can have {codes}; you asked for {asked}.",
                    row.name.en
                ),
            }
        }
    }
}

/// What to do about it.
pub(super) fn past_obstacle(obstacle: &Obstacle<'_>) -> String {
    match obstacle {
        Obstacle::SignIn => "Sign in with the account that bought the instance.".to_owned(),
        Obstacle::Blacklisted => "If you think this is wrong, contact support or open a ticket.".to_owned(),
        Obstacle::NoCodeNeeded { row } => match &row.credentials_from {
            Some(from) => format!("{}.", from.value.en),
            None => "Look up the credentials in the console of the host.".to_owned(),
        },
        Obstacle::MadeElsewhere { row } => match &row.place {
            Some(place) => format!("How to get them: {}.", place.value.en),
            None => "Get them from the system that makes them.".to_owned(),
        },
        Obstacle::MadeOnPurchase { .. } => "View it on the apply page.".to_owned(),
        Obstacle::Finding { decision, finding } if finding.remedy.mends() && decision.is_dead_end() => {
            IN_VAIN.to_owned()
        }
        Obstacle::Finding { decision, finding } => remedy(&finding.remedy, decision),
        Obstacle::NotEnoughPlaces { left, per, row, .. } => {
            let name = &row.name.en;
            match per {
                Scope::Instance => {
                    format!("Ask for at most {left} now; for more, buy another {name} instance.")
                }
                Scope::Account => {
                    format!("Ask for at most {left} now; for more, use another account and buy {name} there.")
                }
            }
        }
    }
}

/// What to do about a finding beside a dead end, where paying for the instance would mend this one alone.
const IN_VAIN: &str =
    "Do not renew or upgrade it for this: there is something else that only another instance solves.";

/// What to do about a finding.
pub(crate) fn remedy(remedy: &Remedy<'_>, decision: &Decision<'_>) -> String {
    match remedy {
        Remedy::Buy { products, months, amount } => {
            let what = match products {
                Products::Same(row) => format!("Buy a new {} instance", row.name.en),
                Products::AnyOf(_) => {
                    let names: Vec<_> = products.rows().map(|row| row.name.en.as_str()).collect();
                    format!("Use one of these products instead: {}", names.join(", "))
                }
            };
            let months = months.map(|months| format!("of at least {}", Months(months)));
            let amount = amount.map(|amount| format!("of at least CNY {amount}"));
            let order: Vec<_> = months.into_iter().chain(amount).collect();
            let with = if order.is_empty() { "" } else { " with a first order " };
            format!("{what}{with}{}.", order.join(" and "))
        }
        Remedy::SignInAsPurchaser => "Sign in with the account that bought the instance.".to_owned(),
        Remedy::NoneNeeded => "Nothing has to be filed, and no service code is needed.".to_owned(),
        Remedy::FileAt { place: Some(place) } => format!("{}.", place.en),
        Remedy::FileAt { place: None } => "File in the system for this product.".to_owned(),
        Remedy::ConvertToSubscription { .. } | Remedy::AddPublicBandwidth | Remedy::Renew { .. } => {
            remedy.advice(Lang::En).to_string()
        }
        Remedy::UseAnotherAccount { .. } => {
            let name = decision.row().map_or("the product", |row: &Row| &row.name.en);
            format!("Use another account and buy {name} there.")
        }
        Remedy::ProvideFact { fact: wanted } => format!("Give {}.", fact(*wanted)),
    }
}

const fn fact(fact: Fact) -> &'static str {
    match fact {
        Fact::Account => "the account that bought the instance",
        Fact::Region => "the region of the instance",
        Fact::Billing => "the billing method",
        Fact::PublicBandwidth => "the public bandwidth",
        Fact::PublicIps => "the public IP addresses",
        Fact::PurchasedAt => "the purchase time",
        Fact::ExpiresAt => "the expiry time",
        Fact::FirstPurchaseMonths => "the months of the first order",
        Fact::FirstOrderAmount => "the amount of the first order",
        Fact::CodesIssued => "the number of service codes issued so far",
    }
}

/// Why a code that arrives is not taken in, as an operator reads it.
pub(super) fn import(refusal: &ImportRefusal<'_>) -> String {
    match refusal {
        ImportRefusal::NotFileable { product } => {
            format!(
                "The product \"{product}\" is not in the rules in force, so its service codes are not imported."
            )
        }
        ImportRefusal::FiledElsewhere { row } => {
            format!("{} is filed in another system, so its service codes are of no use here.", row.name.en)
        }
        ImportRefusal::NoCodeNeeded { row } => format!(
            "{} needs no service code: when somebody files, the product is verified by the host's own credentials.",
            row.name.en
        ),
        ImportRefusal::IssuedHere { row } => {
            format!("Service codes of {} are issued here on request, not imported.", row.name.en)
        }
        ImportRefusal::UnknownBuyer => {
            "It is not known which account bought the instance, so the service code would be nobody's."
                .to_owned()
        }
        ImportRefusal::NoPlaceLeft { limit, taken, per, row } => {
            let codes = Codes(*limit);
            match per {
                Scope::Instance => format!("This instance can have at most {codes}, and it has {taken}."),
                Scope::Account => format!(
                    "All {} instances of this account together can have at most {codes}, and they have {taken}.",
                    row.name.en
                ),
            }
        }
        ImportRefusal::CodeMissing { row } => {
            format!("Another system makes the service codes of {}, and none was given.", row.name.en)
        }
        ImportRefusal::Known(error) => illegal(error),
    }
}

/// What to do about it.
pub(super) fn past_import(refusal: &ImportRefusal<'_>) -> String {
    match refusal {
        ImportRefusal::NotFileable { .. } => {
            "Check the product of the instance, correct it and import again."
        }
        ImportRefusal::FiledElsewhere { .. } | ImportRefusal::NoCodeNeeded { .. } => {
            "Nothing has to be imported."
        }
        ImportRefusal::IssuedHere { .. } => {
            "Have the account that bought the instance apply on the page for service codes."
        }
        ImportRefusal::UnknownBuyer => "Record the account that bought the instance, then import again.",
        ImportRefusal::NoPlaceLeft { .. } => {
            "Check whether one was imported twice; make one that is not needed void, then import again."
        }
        ImportRefusal::CodeMissing { .. } => "Give the service code that the other system made.",
        ImportRefusal::Known(_) => "Check whether the service code belongs to this instance.",
    }
    .to_owned()
}

/// Why a code is not granted, or a grant not withdrawn.
pub(super) fn grant(refusal: &GrantRefusal<'_>) -> String {
    match refusal {
        GrantRefusal::UnknownCode => UNKNOWN_CODE.to_owned(),
        GrantRefusal::NotOwner => {
            "Another account granted you this service code; only its owner can change the grant.".to_owned()
        }
        GrantRefusal::NotBound { state: here } => format!(
            "The service code is \"{}\"; its grant can be changed only while it is \"{}\".",
            state(*here),
            state(State::Bound)
        ),
        GrantRefusal::Blacklisted => {
            "A filing subject of this account is on the blacklist, so its service codes cannot be granted."
                .to_owned()
        }
        GrantRefusal::NobodyNamed => "No account is named to grant the service code to.".to_owned(),
        GrantRefusal::UnknownAccount { account } => format!("There is no account named \"{account}\"."),
        GrantRefusal::CannotHave { account } => {
            format!("The account \"{account}\" cannot use service codes at present.")
        }
        GrantRefusal::ToOneself => {
            "The service code is yours already; you need no grant to use it.".to_owned()
        }
        GrantRefusal::GrantedAlready { account } => {
            format!("The service code is granted to the account \"{account}\" already.")
        }
        GrantRefusal::GrantedToAnother { account } => format!(
            "The service code is granted to the account \"{account}\", and it can be granted to only 1 account \
             at a time."
        ),
        GrantRefusal::NothingGranted => "The service code is not granted to anybody.".to_owned(),
    }
}

/// What to do about it.
pub(super) fn past_grant(refusal: &GrantRefusal<'_>) -> String {
    match refusal {
        GrantRefusal::UnknownCode => CHECK_CODE,
        GrantRefusal::NotOwner => "Ask the account that granted it to you.",
        GrantRefusal::NotBound { state } => match state {
            State::Init => "Bind it to an instance first.",
            State::Bound => "Its grant can be changed now; try again.",
            State::Recording => {
                "Wait for the order to end. If it is withdrawn or rejected and the service code becomes \
                 \"unused\" again, the grant can be changed."
            }
            State::Recorded | State::Void => "Use a service code that is \"unused\".",
        },
        GrantRefusal::Blacklisted => "If you think this is wrong, contact support or open a ticket.",
        GrantRefusal::NobodyNamed => "Give the name of the account.",
        GrantRefusal::UnknownAccount { .. } => "Check the name with its holder and enter it again.",
        GrantRefusal::CannotHave { .. } => {
            "Grant it to another account; if its holder has questions, he asks support."
        }
        GrantRefusal::ToOneself => "Use it as it is, or name another account.",
        GrantRefusal::GrantedAlready { .. } | GrantRefusal::NothingGranted => "Nothing has to be done.",
        GrantRefusal::GrantedToAnother { .. } => "Withdraw the present grant first, then grant it anew.",
    }
    .to_owned()
}

/// Why an operator cannot release a code.
pub(super) fn release(refusal: &ReleaseRefusal) -> String {
    match refusal {
        ReleaseRefusal::Illegal(error) => illegal(error),
        ReleaseRefusal::ReasonMissing => "No reason is given for making the service code void.".to_owned(),
        ReleaseRefusal::ReasonTooLong { chars } => {
            format!("The reason may have at most {LONGEST_REASON} characters; it has {chars}.")
        }
    }
}

/// What to do about it.
pub(super) fn past_release(refusal: &ReleaseRefusal) -> String {
    match refusal {
        ReleaseRefusal::Illegal(illegal) => past_not_releasable(illegal.from.map(Stored::state)).to_owned(),
        ReleaseRefusal::ReasonMissing => "Give the reason; it goes into the ledger.".to_owned(),
        ReleaseRefusal::ReasonTooLong { chars } => {
            let over = chars.saturating_sub(LONGEST_REASON);
            format!("Shorten it by at least {over} character{}.", if over == 1 { "" } else { "s" })
        }
    }
}

const fn past_not_releasable(here: Option<State>) -> &'static str {
    match here {
        Some(State::Recording) => "Wait for the order to end.",
        Some(State::Recorded) => "A filed service code is kept for ever; nothing has to be done.",
        Some(State::Void) => "It cannot be used any more; nothing has to be done.",
        Some(State::Init | State::Bound) | None => "Reload the page and try again.",
    }
}

/// What a code is now, and why.
pub(super) fn standing(standing: &Standing<'_>, reader: Reader) -> String {
    let counted = standing.stored().counted();
    match standing.shown() {
        Shown::Stored(State::Init) => {
            "The service code is not assigned to an instance; it can be used once it is bound to one.".to_owned()
        }
        Shown::Stored(State::Bound) => {
            "The service code is unused and can back the filing of 1 website.".to_owned()
        }
        Shown::Stored(State::Recording) => {
            "The service code is in a filing order and cannot be used for another website.".to_owned()
        }
        Shown::Stored(State::Recorded) if counted => {
            "The service code has backed the filing of 1 website and cannot be used again.".to_owned()
        }
        Shown::Stored(State::Recorded) => {
            "The website filed with the service code was cancelled. Its place in the quota was given back, but the \
             service code cannot be used again."
                .to_owned()
        }
        Shown::Stored(State::Void) if counted => {
            "The filing order was withdrawn or rejected, and the service code became void with it: it cannot be \
             used, and its place in the quota is not given back."
                .to_owned()
        }
        Shown::Stored(State::Void) => {
            "An operator made the service code void: it cannot be used, and it takes no place in the quota."
                .to_owned()
        }
        Shown::Expired => expired(standing, reader),
    }
}

fn expired(standing: &Standing<'_>, reader: Reader) -> String {
    let causes = standing.causes().map(|cause| match (&cause, reader) {
        (Cause::Gone, _) => "Its instance was released.".to_owned(),
        (Cause::Ended(at), Reader::Owner) => format!("Its instance expired on {}.", clock(*at)),
        (Cause::Ended(_), Reader::Grantee) => brief(Code::Expired).to_owned(),
        (Cause::Finding(finding), Reader::Owner) => standing
            .decision()
            .map(|decision| decision.message_beside(finding, standing.is_dead_end(), Lang::En).to_string())
            .unwrap_or_default(),
        (Cause::Finding(finding), Reader::Grantee) => brief(finding.code).to_owned(),
    });
    std::iter::once("The service code has expired and cannot back a filing now.".to_owned())
        .chain(causes)
        .collect::<Vec<_>>()
        .join(" ")
}

/// A reason as it may be told to a grantee: without the owner's dates, amounts and account.
const fn brief(code: Code) -> &'static str {
    match code {
        Code::ProductNotFileable => "Its product cannot back a filing now.",
        Code::OtherAccount => "Its instance has another buyer.",
        Code::OutsideMainland => "Its instance is outside mainland China, where nothing has to be filed.",
        Code::FiledElsewhere => "Its product is filed in another system.",
        Code::PayAsYouGo => "Its instance is billed pay-as-you-go and cannot back a filing.",
        Code::NoPublicBandwidth => "Its instance has no public bandwidth.",
        Code::NoPublicIp => "Its instance has no public IP address.",
        Code::PurchasedTermShort => "Its instance was bought for too short a term.",
        Code::RemainingTermShort => "Its instance expires too soon.",
        Code::FirstPurchaseShort => "The first order of its instance was for too short a term.",
        Code::OrderAmountLow => "The first order of its instance was too small.",
        Code::Expired => "Its instance has expired.",
        Code::QuotaExhausted => "The quota of its instance is used up.",
        Code::UnknownFact => "More must be known about its instance.",
    }
}

/// What can be done with a code now.
pub(super) fn next(standing: &Standing<'_>, reader: Reader) -> String {
    match standing.shown() {
        Shown::Stored(State::Init) => "Bind it to an instance that can back a filing.".to_owned(),
        Shown::Stored(State::Bound) => "Enter it at the product verification of a filing order.".to_owned(),
        Shown::Stored(State::Recording) => {
            "Nothing has to be done; wait for the outcome of the order.".to_owned()
        }
        Shown::Stored(State::Recorded | State::Void) => {
            "To file another website, use another service code.".to_owned()
        }
        Shown::Expired => mend(standing, reader),
    }
}

fn mend(standing: &Standing<'_>, reader: Reader) -> String {
    let gone = standing.causes().any(|cause| cause == Cause::Gone);
    if reader == Reader::Grantee {
        return if standing.can_recover() {
            "Ask the account that granted it to you to mend this; the service code is then good again. Or use \
             another service code."
        } else {
            "Use another service code, or ask the account that granted it to you."
        }
        .to_owned();
    }
    if gone {
        return "Apply for a new service code on another instance that can back a filing.".to_owned();
    }
    let mut steps: Vec<String> = standing
        .decision()
        .into_iter()
        .flat_map(|decision| standing.remedies().into_iter().map(|step| remedy(&step, decision)))
        .collect();
    if standing.causes().any(|cause| matches!(cause, Cause::Ended(_))) {
        steps.push("Renew the instance.".to_owned());
    }
    if standing.can_recover() {
        steps
            .push("The service code is then good again; there is no need to apply for a new one.".to_owned());
    }
    steps.join(" ")
}

pub(crate) fn clock(at: Timestamp) -> impl Display {
    fmt::from_fn(move |f| {
        let at = shanghai(at);
        write!(f, "{} {:02}:{:02} (+08:00)", at.date(), at.hour(), at.minute())
    })
}

/// A number of months, with its noun.
struct Months(u32);

impl Display for Months {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} month{}", self.0, if self.0 == 1 { "" } else { "s" })
    }
}

/// A number of service codes, with their noun.
struct Codes(u32);

impl Display for Codes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} service code{}", self.0, if self.0 == 1 { "" } else { "s" })
    }
}

/// A number of further service codes, with their noun.
struct More(u32);

impl Display for More {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} more service code{}", self.0, if self.0 == 1 { "" } else { "s" })
    }
}

/// A character as it was typed, or its number when it cannot be seen.
struct Typed(char);

impl Display for Typed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_control() { write!(f, "U+{:04X}", u32::from(self.0)) } else { f.write_char(self.0) }
    }
}
