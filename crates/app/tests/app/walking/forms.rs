//! What companies of a walk fill in.

use crate::filers::{filled, text};
use app::{Asker, orders::SavePart};
use filing::orders::{Certificate, Form, Part, Subject, Website};
use store::OrderId;

/// The business licence of an enterprise.
pub(super) const LICENCE: u16 = 1;

pub(super) fn part(asker: Asker, order: OrderId, part: Part, form: Form) -> SavePart {
    SavePart { asker, order, part, form, seen: None }
}

/// A company that files websites, without products and pictures.
pub(super) fn company(nth: u64, licence: &str, websites: u16) -> Form {
    let certificate = Certificate { kind: Some(LICENCE), number: text(licence) };
    let form = filled();
    let subject = Subject {
        nature: Some(4),
        name: text("深圳市远山茶业有限公司"),
        certificate,
        certificate_address: text("深圳市南山区科技园路9号2栋301室"),
        investor: text("林晓"),
        ..form.subject.unwrap()
    };
    let websites = (0..websites).map(|of| website(nth, of)).collect();
    Form { subject: Some(subject), websites, ..Form::default() }
}

/// A website of a company with a name and a domain that no other has.
pub(super) fn website(nth: u64, of: u16) -> Website {
    let stems = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸'];
    let digits = format!("{nth}{of}");
    let told: String = digits.bytes().map(|digit| stems[usize::from(digit - b'0')]).collect();
    let site = Website {
        name: text(&format!("远山{told}茶业网站")),
        services: vec![8],
        pre_approvals: vec![],
        ..filled().websites.remove(0)
    };
    served_as(site, Some(&format!("walk{nth}x{of}.com")))
}

/// The same website under another domain, where there is one.
pub(super) fn served_as(site: Website, domain: Option<&String>) -> Website {
    let Some(domain) = domain else { return site };
    Website { domains: vec![domain.clone()], home_page: text(&format!("www.{domain}")), ..site }
}

/// A unified social credit code that no other company of the walk has (GB 32100, GB 11714).
pub(super) fn licence(nth: u64) -> String {
    let organisation = format!("MA{nth:06}");
    let symbols = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let value = |of: u8| symbols.iter().position(|symbol| *symbol == of).unwrap();
    let sum: usize = organisation
        .bytes()
        .map(value)
        .zip([3, 7, 9, 10, 5, 8, 4, 2])
        .map(|(value, weight)| value * weight)
        .sum();
    let check = ["0", "X", "9", "8", "7", "6", "5", "4", "3", "2", "1"][sum % 11];
    let front = format!("91440300{organisation}{check}");
    let symbols = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let value = |of: u8| symbols.iter().position(|symbol| *symbol == of).unwrap();
    let weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
    let sum: usize = front.bytes().map(value).zip(weights).map(|(value, weight)| value * weight).sum();
    format!("{front}{}", char::from(symbols[(31 - sum % 31) % 31]))
}
