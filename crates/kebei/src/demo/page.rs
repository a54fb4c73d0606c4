//! What a demo prints: who is there, and calls that work as they stand.

use super::{CODED, HOST_PASSWORD, HOSTS, orders::Orders, page_en, page_zh, people::Person};
use app::access::Role;
use rulebook::Lang;
use std::{fmt::Write, net::SocketAddr};

/// One call of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Whether the desk can serve.
    Ready,
    /// A check that is refused, with every reason.
    CheckRefused,
    /// Asking for a code that is refused.
    AskRefused,
    /// Asking for all codes of an instance.
    Issue,
    /// The same again.
    Again,
    /// One more than there are.
    UsedUp,
    /// The codes of the account.
    MyCodes,
    /// A product is verified with a code of it.
    Verify,
    /// The same code, for another product.
    VerifyOther,
    /// A web host is verified with its login.
    VerifyHost,
    /// A premium host, too.
    VerifyPremium,
    /// A web host, with a wrong password.
    WrongPassword,
    /// Somebody else's instance.
    Strange,
    /// Nobody asks.
    Nobody,
    /// The orders of the account.
    MyOrders,
    /// One that came back, with what is to be mended.
    Returned,
    /// What waits for review.
    Queue,
    /// One that waits for review is submitted again.
    Illegal,
    /// What waits for a second person.
    Proposals,
    /// A second person agrees to one of them.
    Agree,
    /// Something is proposed that another person has to agree to.
    Propose,
    /// What threatens filing numbers.
    AtRisk,
}

impl Step {
    /// In the order in which they are shown.
    pub(crate) const ALL: [Self; 22] = [
        Self::Ready,
        Self::CheckRefused,
        Self::AskRefused,
        Self::Issue,
        Self::Again,
        Self::UsedUp,
        Self::MyCodes,
        Self::Verify,
        Self::VerifyOther,
        Self::WrongPassword,
        Self::VerifyHost,
        Self::VerifyPremium,
        Self::Strange,
        Self::Nobody,
        Self::MyOrders,
        Self::Returned,
        Self::Queue,
        Self::Illegal,
        Self::Proposals,
        Self::Agree,
        Self::Propose,
        Self::AtRisk,
    ];

    /// The status that it is answered with, and again as often as it is called in this order.
    pub(crate) const fn status(self) -> u16 {
        match self {
            Self::Ready
            | Self::CheckRefused
            | Self::MyCodes
            | Self::MyOrders
            | Self::Returned
            | Self::Queue
            | Self::Proposals
            | Self::AtRisk
            | Self::Agree => 200,
            Self::Issue
            | Self::Again
            | Self::Verify
            | Self::VerifyHost
            | Self::VerifyPremium
            | Self::Propose => 201,
            Self::AskRefused | Self::UsedUp | Self::VerifyOther | Self::WrongPassword | Self::Illegal => 409,
            Self::Strange => 404,
            Self::Nobody => 401,
        }
    }

    fn path(self, orders: &Orders) -> String {
        let fixed = match self {
            Self::Returned => return format!("/api/v1/orders/{}", orders.returned),
            Self::Illegal => return format!("/api/v1/orders/{}/submit", orders.submitted),
            Self::Agree => return format!("/api/v1/proposals/{}/agree", orders.proposal),
            Self::MyOrders => "/api/v1/orders",
            Self::Queue => "/api/v1/review/orders",
            Self::AtRisk => "/api/v1/numbers/at-risk",
            Self::Proposals | Self::Propose => "/api/v1/proposals",
            Self::Ready => "/readyz",
            Self::CheckRefused | Self::Strange => "/api/v1/codes/check",
            Self::Verify
            | Self::VerifyOther
            | Self::VerifyHost
            | Self::VerifyPremium
            | Self::WrongPassword => "/api/v1/verifications",
            _ => "/api/v1/codes",
        };
        fixed.to_owned()
    }

    /// The body and the idempotency key, of what is posted.
    fn posts(self, code: &str) -> Option<(String, Option<&'static str>)> {
        let verified = |product| format!(r#"{{"product":"{product}","code":"{code}"}}"#);
        let [web, premium] = HOSTS;
        let by_login = |(_, product, name): (&str, &str, &str), password| {
            format!(r#"{{"product":"{product}","name":"{name}","password":"{password}"}}"#)
        };
        let (body, key) = match self {
            Self::Ready
            | Self::MyCodes
            | Self::Nobody
            | Self::MyOrders
            | Self::Returned
            | Self::Queue
            | Self::Illegal
            | Self::Proposals
            | Self::AtRisk => return None,
            Self::CheckRefused => (r#"{"instance":"demo-ecs-all-wrong"}"#.to_owned(), None),
            Self::AskRefused => (r#"{"instance":"demo-ecs-pay-as-you-go"}"#.to_owned(), Some("demo-1")),
            Self::Issue | Self::Again => {
                (r#"{"instance":"demo-ecs-good","count":5}"#.to_owned(), Some("demo-2"))
            }
            Self::UsedUp => (r#"{"instance":"demo-ecs-good"}"#.to_owned(), Some("demo-3")),
            Self::Verify => (verified(CODED.1), None),
            Self::VerifyOther => (verified("ecs"), None),
            Self::WrongPassword => (by_login(web, "wrong"), None),
            Self::VerifyHost => (by_login(web, HOST_PASSWORD), None),
            Self::VerifyPremium => (by_login(premium, HOST_PASSWORD), None),
            Self::Strange => (r#"{"instance":"demo-ecs-of-somebody-else"}"#.to_owned(), None),
            Self::Agree => ("{}".to_owned(), Some("demo-6")),
            Self::Propose => {
                let list =
                    r#"{"list":{"thing":"website-name","value":"某某网站","reason":"unlawful-content"}}"#;
                (list.to_owned(), Some("demo-5"))
            }
        };
        Some((body, key))
    }

    /// The call, for a shell.
    fn line(self, site: &Site<'_>) -> String {
        let mut line = format!("curl -sS http://{}{}", site.address, self.path(site.orders));
        if !matches!(self, Self::Ready | Self::Nobody) {
            let key = match self {
                Self::Queue | Self::Propose => site.reviewer,
                Self::Proposals | Self::Agree | Self::AtRisk => site.operator,
                _ => site.key,
            };
            let _ = write!(line, " -H 'Authorization: Bearer {key}'");
        }
        if site.lang == Lang::En {
            line.push_str(" -H 'Accept-Language: en'");
        }
        if self == Self::Illegal {
            line.push_str(" -X POST -H 'Idempotency-Key: demo-4'");
        }
        if let Some((body, key)) = self.posts(site.code) {
            if let Some(key) = key {
                let _ = write!(line, " -H 'Idempotency-Key: {key}'");
            }
            let _ = write!(line, " -H 'Content-Type: application/json' -d '{body}'");
        }
        line
    }
}

/// Where and as whom calls are made.
struct Site<'a> {
    address: SocketAddr,
    key: &'a str,
    /// The key of who looks at orders.
    reviewer: &'a str,
    /// The key of who agrees to what the reviewer proposed.
    operator: &'a str,
    orders: &'a Orders,
    /// A code of his that was issued before.
    code: &'a str,
    lang: Lang,
}

/// What the desk was filled with, as far as the page tells.
pub(crate) struct Furnished {
    pub(crate) people: Vec<Person>,
    /// A code of the customer.
    pub(crate) code: String,
    pub(crate) orders: Orders,
}

/// The page.
pub(crate) fn page(address: SocketAddr, furnished: &Furnished, folder: &str, lang: Lang) -> String {
    let Furnished { people, code, orders } = furnished;
    let key_of = |role: Role| {
        people.iter().find(|person| person.role == role).map_or("", |person| person.key.as_str())
    };
    let [key, reviewer, operator] = [Role::Customer, Role::Reviewer, Role::Operator].map(key_of);
    let site = Site { address, key, reviewer, operator, orders, code, lang };
    let says = match lang {
        Lang::Zh => page_zh::says,
        Lang::En => page_en::says,
    };
    let mut lines = vec![says(Says::Banner { address, folder }), String::new(), says(Says::People)];
    for person in people {
        let account = person.account.unwrap_or("-");
        lines.push(format!("  {:<16} {:<9} {:<10} {}", person.name, person.role.word(), account, person.key));
    }
    lines.extend([String::new(), says(Says::Try)]);
    for (nth, step) in Step::ALL.into_iter().enumerate() {
        if step == Step::MyOrders {
            lines.extend([String::new(), says(Says::Orders)]);
        }
        let say = says(Says::Step(step));
        lines.extend([String::new(), format!("# {}. {say} → {}", nth + 1, step.status()), step.line(&site)]);
    }
    lines.extend([String::new(), says(Says::More { address })]);
    lines.join("\n")
}

/// What is said on the page.
#[derive(Clone, Copy, Debug)]
pub(super) enum Says<'a> {
    Banner { address: SocketAddr, folder: &'a str },
    People,
    Try,
    Step(Step),
    Orders,
    More { address: SocketAddr },
}
