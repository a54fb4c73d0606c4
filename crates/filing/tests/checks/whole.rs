//! Whole forms: those in which nothing is wrong, and whatever anybody types.

use crate::{
    TODAY,
    builders::{from_number, known, of_a_person, of_an_organisation},
    faults, speaks_both,
};
use filing::{
    checks::{Checking, Filed, FoundHere, Hit, Known, check, lookups},
    orders::{Cancellation, Form, Kind, Part, PreApproval},
};
use proptest::{prelude::*, test_runner::Config};
use serde_json::Value;

#[test]
fn nothing_is_wrong_with_the_first_filing_of_a_person() {
    let form = of_a_person();
    assert_eq!(faults(Kind::FirstFiling, &form), Vec::<String>::new());
    assert_eq!(crate::found(Kind::FirstFiling, &form, &known(&form)), []);
}

#[test]
fn nothing_is_wrong_with_the_first_filing_of_an_organisation() {
    let form = of_an_organisation();
    assert_eq!(faults(Kind::FirstFiling, &form), Vec::<String>::new());
    assert_eq!(crate::found(Kind::FirstFiling, &form, &known(&form)), []);
}

/// A form with something in every field.
fn full() -> Form {
    let mut form = from_number("粤ICP备12345678号", of_an_organisation());
    form.cancellation = Some(Cancellation {
        reason: Some("不用了".to_owned()),
        confirmation: Some("12345678".to_owned()),
    });
    form.websites[0].number = Some("粤ICP备12345678号-1".to_owned());
    form.websites[0].remark = Some("无".to_owned());
    form.websites[0].pre_approvals =
        vec![PreApproval { kind: Some(1), number: Some("国新网2026-1".to_owned()) }];
    form.subject.as_mut().unwrap().remark = Some("无".to_owned());
    form
}

/// Puts texts and numbers into every field of a form, one after the other.
fn fill(
    value: &mut Value,
    texts: &mut impl Iterator<Item = String>,
    numbers: &mut impl Iterator<Item = u16>,
) {
    match value {
        Value::String(text) => *text = texts.next().unwrap(),
        Value::Number(number) => *number = numbers.next().unwrap().into(),
        Value::Array(list) => list.iter_mut().for_each(|value| fill(value, texts, numbers)),
        Value::Object(fields) => fields.values_mut().for_each(|value| fill(value, texts, numbers)),
        Value::Null | Value::Bool(_) => {}
    }
}

/// Whether a form has a place of that path. A part has one also where nothing is filled in.
fn has_place(form: &Value, path: &str) -> bool {
    let pointer = format!("/{}", path.replace("].", "/").replace(['.', '['], "/").trim_end_matches(']'));
    form.pointer(&pointer).is_some() || Part::from_word(path).is_some()
}

fn typed() -> impl Strategy<Value = String> {
    prop_oneof![
        ".{0,30}",
        "[0-9Xx]{0,20}",
        "(https?://)?[a-z0-9.*-]{0,12}\\.(com|cn|org|中国|github\\.io)(:[0-9]{0,5})?(/[a-z]*)?",
        "[京沪粤浙台]?ICP[备证]?[0-9]{0,11}号?-?[0-9]{0,3}",
        "(中国|林晓|新闻|公司|路|号|★){0,8}",
        "(440305|430102|330103|110100|710000|999999)",
        "[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}",
    ]
}

proptest! {
    #![proptest_config(Config::with_cases(300))]

    #[test]
    fn whatever_is_typed_every_fault_has_its_place_in_the_form_and_speaks_both_languages(
        texts in prop::collection::vec(typed(), 1..40),
        numbers in prop::collection::vec(0..45_u16, 1..20),
        nature in prop_oneof![Just(2), Just(3), Just(4), Just(5), 0..50_u16],
        region in prop_oneof![Just(430_102), Just(310_104), Just(650_102), Just(130_102), 0..1_000_000_u32],
        found in prop_oneof![Just(FoundHere::Blacklisted), Just(FoundHere::FiledByAnother), Just(FoundHere::FiledByOneself), Just(FoundHere::InAnotherOrder)],
    ) {
        let mut value = serde_json::to_value(full()).unwrap();
        fill(&mut value, &mut texts.iter().cloned().cycle(), &mut numbers.iter().copied().cycle());
        let mut form: Form = serde_json::from_value(value).unwrap();
        let subject = form.subject.as_mut().unwrap();
        (subject.nature, subject.region) = (Some(nature), Some(format!("{region:06}")));
        let form = form.tidied();
        let value = serde_json::to_value(&form).unwrap();
        let filed = Filed { nature: Some(nature), region: Some(region), cancelled: nature == 2, domains: Vec::new(), hosted_here: true, websites: 40 };
        for kind in Kind::ALL {
            let hits = lookups(kind, &form).into_iter().map(|lookup| Hit { path: lookup.path, found });
            let known = Known { hits: Some(hits.collect()), target: Some(Some(filed.clone())), products: None, ..known(&form) };
            let all = check(Checking { kind, form: &form, known: &known, today: TODAY });
            for fault in &all {
                prop_assert!(has_place(&value, &fault.path), "{kind:?} {}", fault.path);
            }
            speaks_chinese_where_it_must(&all);
        }
    }
}

/// What was typed is repeated in the sentences, so that Chinese may stand in English ones only with it.
fn speaks_chinese_where_it_must(all: &[filing::checks::Fault]) {
    let english = |fault: &&filing::checks::Fault| fault.what.message(rulebook::Lang::En).is_ascii();
    let plain: Vec<_> = all.iter().filter(english).cloned().collect();
    speaks_both(&plain);
}
