//! What a desk looks up for an order.

use crate::builders::{CREDIT_CODE, from_number, of_an_organisation};
use filing::{
    checks::{Wanted, lookups, numbers},
    orders::Kind,
};

#[test]
fn names_certificate_and_registrable_domains_are_looked_up_in_the_form_in_which_they_are_compared() {
    let mut form = of_an_organisation();
    form.subject.as_mut().unwrap().name = Some("深圳市远山茶业（集团） 有限公司".to_owned());
    form.websites[0].domains = vec!["WWW.Example.com.cn".to_owned(), "no domain".to_owned()];
    let all = lookups(Kind::FirstFiling, &form.tidied());
    let all: Vec<(&str, &Wanted)> = all.iter().map(|lookup| (lookup.path.as_str(), &lookup.wanted)).collect();
    let text = str::to_owned;
    assert_eq!(
        all,
        [
            ("subject.name", &Wanted::SubjectName(text("深圳市远山茶业(集团)有限公司"))),
            ("subject.certificate.number", &Wanted::Certificate { kind: 1, number: text(CREDIT_CODE) }),
            ("websites[0].name", &Wanted::WebsiteName(text("远山茶业官方网站"))),
            ("websites[0].domains[0]", &Wanted::Domain(text("example.com.cn"))),
            ("websites[1].name", &Wanted::WebsiteName(text("远山茶叶商城"))),
            ("websites[1].domains[0]", &Wanted::Domain(text("xn--fsqu00a.xn--fiqs8s"))),
        ]
    );
}

#[test]
fn only_what_the_kind_of_order_has_is_looked_up() {
    let form = from_number("粤ICP备12345678号", of_an_organisation()).tidied();
    assert!(lookups(Kind::AddWebsite, &form).iter().all(|lookup| lookup.path.starts_with("websites")));
    assert!(lookups(Kind::CancelSubject, &form).is_empty());
}

#[test]
fn the_numbers_that_an_order_is_about_are_those_it_starts_from_and_changes() {
    let mut form = from_number("粤ICP备12345678号", of_an_organisation());
    form.websites[0].number = Some("粤ICP备12345678号－2".to_owned());
    form.websites[1].number = Some("nonsense".to_owned());
    let form = form.tidied();
    let named = |kind| {
        let all = numbers(kind, &form).into_iter();
        all.map(|named| (named.path, named.number.website)).collect::<Vec<_>>()
    };
    let target = ("target.number".to_owned(), None);
    assert_eq!(named(Kind::Change), [target.clone(), ("websites[0].number".to_owned(), Some(2))]);
    assert_eq!(named(Kind::CancelSubject), [target]);
    assert!(named(Kind::FirstFiling).is_empty());
}
