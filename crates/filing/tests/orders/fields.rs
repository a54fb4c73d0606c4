//! The table of fields: that it names everything that a form holds, and how places are called.

use crate::{
    forms::{KIND, any_form, whole},
    sentences::is_han,
};
use filing::{
    orders::{Behind, FIELDS, Form, Holds, Kind, Part, Personal, Topic, Value, field, field_in},
    tables::Table,
};
use proptest::prelude::*;
use rulebook::Lang;
use std::collections::BTreeSet;

#[test]
fn everything_that_a_form_holds_has_a_field_in_the_order_of_the_table() {
    let form = Form { websites: vec![whole().websites.remove(0)], ..whole() };
    let form = Form { materials: vec![form.materials[0].clone()], ..form };
    let found: Vec<_> = form.values().iter().map(|(path, _)| field(path).unwrap().field.pattern).collect();
    let leaves: Vec<_> =
        FIELDS.iter().filter(|field| field.holds != Holds::Group).map(|field| field.pattern).collect();
    assert_eq!(found, leaves);
}

#[test]
fn every_value_is_of_the_sort_that_its_field_holds() {
    for (path, value) in whole().values() {
        let holds = field(&path).unwrap().field.holds;
        let fits = match value {
            Value::Nothing => true,
            Value::Text(_) => {
                matches!(holds, Holds::Text | Holds::Region | Holds::Verification | Holds::Picture)
            }
            Value::Texts(_) => holds == Holds::Texts,
            Value::Numbers(_) => matches!(holds, Holds::Services | Holds::Languages | Holds::AccessMethods),
            Value::Count(_) => holds == Holds::Groups,
            Value::Number(_) => matches!(
                holds,
                Holds::Nature | Holds::Certificate | Holds::PreApproval | Holds::Purpose | Holds::Website
            ),
        };
        assert!(fits, "{path}: {value:?}");
    }
}

#[test]
fn every_number_of_a_table_has_a_table_that_is_found_by_its_word_and_rows_with_numbers_of_their_own() {
    for table in Table::ALL {
        assert_eq!(Table::from_word(table.word()), Some(table));
        assert!(table.fields().next().is_some(), "{table:?}: no field takes its numbers");
        assert!(table.label(Lang::Zh).chars().any(is_han) && !table.label(Lang::En).chars().any(is_han));
        for entry in table.entries() {
            assert_eq!(table.entry(entry.id), Some(entry), "{table:?} {}", entry.id);
        }
    }
    for (path, value) in whole().values() {
        let field = field(&path).unwrap().field;
        let (holds, number) = (field.holds, matches!(value, Value::Number(_) | Value::Numbers(_)));
        let of_table = holds.table().is_some() || holds == Holds::Website;
        assert!(!number || of_table, "{path}");
        assert!(holds.table().is_none_or(|table| table.fields().any(|known| known == field)), "{path}");
    }
}

#[test]
fn what_is_filled_in_is_read_in_words_and_what_is_not_is_left_out() {
    let form = whole();
    let all = form.in_words(&Behind::default(), Lang::Zh);
    let filled =
        form.values().into_iter().filter(|(_, value)| !matches!(value, Value::Nothing | Value::Count(_)));
    assert!(all.iter().map(|one| &one.path).eq(filled.map(|(path, _)| path).collect::<Vec<_>>().iter()));
    for one in &all {
        let place = field(&one.path).unwrap();
        assert_eq!(one.label, place.label(Lang::Zh));
        let is_number = one.words.bytes().all(|byte| byte.is_ascii_digit());
        assert!(!is_number || place.field.holds.table().is_none(), "{}: {}", one.path, one.words);
    }
    assert_eq!(Form::default().in_words(&Behind::default(), Lang::En), []);
}

#[test]
fn every_field_is_named_once_in_its_part_and_language() {
    let patterns: BTreeSet<_> = FIELDS.iter().map(|field| field.pattern).collect();
    assert_eq!(patterns.len(), FIELDS.len());
    for field in FIELDS {
        assert!(field.pattern.starts_with(field.part().word()), "{}", field.pattern);
        assert!(field.zh.is_empty() || field.zh.chars().any(is_han), "{}", field.pattern);
        assert!(!field.en.chars().any(is_han), "{}", field.pattern);
    }
}

#[test]
fn a_place_is_called_by_what_it_belongs_to() {
    let cases = [
        ("subject.person.mobile", "主体负责人的手机号码", "Subject's person in charge: mobile phone"),
        ("subject.name", "主体的名称", "Subject: name"),
        ("subject.person", "主体负责人", "Subject's person in charge"),
        ("target.number", "备案号", "Filing number"),
        ("websites", "网站", "Websites"),
        ("websites[0]", "第 1 个网站", "Website 1"),
        ("websites[1].name", "第 2 个网站的名称", "Website 2: name"),
        ("websites[0].domains[1]", "第 1 个网站的域名（第 2 个）", "Website 1: domains (2)"),
        ("websites[0].person", "第 1 个网站的负责人", "Website 1: person in charge"),
        (
            "websites[0].person.certificate.number",
            "第 1 个网站的负责人的证件号码",
            "Website 1's person in charge: certificate number",
        ),
        (
            "websites[1].pre_approvals[0].number",
            "第 2 个网站的第 1 项前置审批的批准文号",
            "Website 2's prior approval 1: number",
        ),
        ("materials[2]", "第 3 张材料", "Picture 3"),
    ];
    for (path, zh, en) in cases {
        let place = field(path).unwrap();
        assert_eq!((place.label(Lang::Zh).as_str(), place.label(Lang::En).as_str()), (zh, en));
    }
}

#[test]
fn a_path_that_names_nothing_names_nothing() {
    let nothing = [
        "",
        "Subject",
        "subject.",
        ".subject",
        "subject.nmae",
        "subject[0]",
        "websites[]",
        "websites[a].name",
        "websites[-1]",
        "websites[+1]",
        "websites[01]",
        "websites[0",
        "websites[0]name",
        "websites[0][0]",
        "websites[0].name[0]",
        "websites[99999999999999999999999]",
        "materials[0].attachment.id",
    ];
    for path in nothing {
        assert_eq!(field(path), None, "{path}");
    }
}

#[test]
fn a_place_is_there_only_where_the_form_and_the_kind_have_it() {
    let there = |path| field_in(path, KIND, &whole()).is_some();
    assert!(there("websites[1].domains[1]") && there("websites[1]") && there("materials[1].purpose"));
    assert!(there("websites[0].services[1]") && there("websites[0].pre_approvals[0].kind"));
    for path in [
        "websites[2]",
        "websites[0].domains[2]",
        "websites[0].addresses[1]",
        "websites[0].pre_approvals[1]",
        "websites[0].languages[1]",
        "websites[0].access_methods[1]",
        "websites[0].services[2]",
        "materials[2]",
        "websites[2].name",
    ] {
        assert!(!there(path), "{path}");
    }
    for kind in Kind::ALL {
        for (path, _) in whole().values() {
            let part = field(&path).unwrap().field.part();
            assert_eq!(field_in(&path, kind, &whole()).is_some(), kind.needs().has(part), "{path} {kind:?}");
        }
    }
    assert!(Part::ALL.iter().all(|part| FIELDS.iter().any(|field| field.part() == *part)));
}

#[test]
fn everything_about_a_person_is_personal_data() {
    for field in FIELDS.iter().filter(|field| field.pattern.contains(".person.")) {
        let plain = matches!(field.holds, Holds::Group | Holds::Certificate);
        assert_eq!(field.personal == Personal::No, plain, "{}", field.pattern);
    }
    let contacts = FIELDS.iter().filter(|field| field.topic == Topic::Contact);
    assert!(contacts.clone().count() == 8 && contacts.into_iter().all(|field| field.mask(false).is_some()));
}

proptest! {
    #[test]
    fn no_path_breaks_anything(path in "(websites|subject|materials)?[\\[\\]0-9.a-z]{0,16}", form in any_form()) {
        if let Some(place) = field(&path) {
            prop_assert!(!place.label(Lang::Zh).is_empty());
        }
        let _ = field_in(&path, KIND, &form);
    }

    #[test]
    fn every_value_of_any_form_is_at_a_place_of_that_form(form in any_form()) {
        for (path, _) in form.values() {
            prop_assert!(field(&path).is_some(), "{}", path);
            let has = KIND.needs().has(field(&path).unwrap().field.part());
            prop_assert_eq!(field_in(&path, KIND, &form).is_some(), has, "{}", path);
        }
    }
}
