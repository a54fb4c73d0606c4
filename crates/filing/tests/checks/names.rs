//! Names of people and of organisations.

use crate::{
    filled::{certificate, codes_at, enterprise, individual, subject, text},
    found,
};
use filing::{
    checks::{Known, OrganisationNameFault, What},
    orders::Kind,
    tables::RESIDENT_ID,
};

fn of_person(kind: u16, name: &str) -> Vec<&'static str> {
    let mut form = enterprise();
    let person = &mut form.websites[0].person;
    person.name = text(name);
    person.certificate.kind = Some(kind);
    codes_at(&form, "websites[0].person.name")
}

fn of_organisation(name: &str) -> Vec<&'static str> {
    let mut form = enterprise();
    subject(&mut form).name = text(name);
    codes_at(&form, "subject.name")
}

#[test]
fn a_chinese_name_has_chinese_characters_and_dots_between_them() {
    for (name, expected) in [
        ("张三", &[] as &[_]),
        ("欧阳娜娜", &[]),
        ("阿卜杜拉·买买提·艾力", &[]),
        ("㛃𫍽", &[]),
        ("张", &["person-name-length"]),
        (&"张".repeat(51), &["person-name-length"]),
        ("张 三", &["person-name-space"]),
        ("张　三", &["person-name-space"]),
        ("阿里•买买提", &["person-name-dot"]),
        ("阿里.买买提", &["person-name-dot"]),
        ("阿里··买买提", &["person-name-dot"]),
        ("·阿里", &["person-name-dot"]),
        ("阿里·", &["person-name-dot"]),
        ("张三1", &["person-name-symbol"]),
        ("张三（经办）", &["person-name-symbol"]),
        ("Zhang San", &["person-name-space", "person-name-symbol"]),
        ("李先生", &["person-name-title"]),
        ("王女士", &["person-name-title"]),
    ] {
        assert_eq!(of_person(RESIDENT_ID, name), expected, "{name}");
    }
}

#[test]
fn a_passport_may_have_latin_letters() {
    for (name, expected) in [
        ("JEAN-LUC O'NEILL", &[] as &[_]),
        ("José Núñez", &[]),
        ("张三", &[]),
        ("SMITH 2", &["person-name-symbol"]),
        ("Smith 约翰", &["person-name-space", "person-name-symbol"]),
    ] {
        assert_eq!(of_person(7, name), expected, "{name}");
    }
}

#[test]
fn who_files_for_himself_has_one_name_and_is_told_of_it_once() {
    let mut form = individual();
    subject(&mut form).name = text("张三1");
    assert_eq!(codes_at(&form, "subject.name"), ["person-name-symbol"]);
    subject(&mut form).person.name = text("张三1");
    assert_eq!(codes_at(&form, "subject.person.name"), Vec::<&str>::new());
    subject(&mut form).person.name = text("张三");
    assert_eq!(codes_at(&form, "subject.person.name"), ["person-name-not-own"]);
    subject(&mut form).certificate = certificate(7, "E12345678");
    (subject(&mut form).name, subject(&mut form).person.name) = (text("JOHN SMITH"), text("JOHN SMITH"));
    assert_eq!(codes_at(&form, "subject.name"), Vec::<&str>::new());
}

#[test]
fn an_organisation_has_its_full_name() {
    for (name, expected) in [
        ("杭州某某科技有限公司", &[] as &[_]),
        ("某某（集团）有限公司", &[]),
        ("3M中国有限公司", &[]),
        ("Example Holdings (HK) Ltd.", &[]),
        ("某", &["organisation-name-length", "organisation-name-of-person"]),
        (&"某".repeat(256), &["organisation-name-length"]),
        ("某某(集团)有限公司", &["organisation-name-brackets"]),
        ("某某（集团有限公司", &["organisation-name-unpaired"]),
        ("某某）集团（有限公司", &["organisation-name-unpaired"]),
        ("某某 科技有限公司", &["organisation-name-space"]),
        ("某某科技@有限公司", &["organisation-name-symbol"]),
        ("ＡＢＣ科技有限公司", &["organisation-name-symbol"]),
        ("王小二", &["organisation-name-of-person"]),
        ("张三丰", &["organisation-name-of-person"]),
        ("欧阳娜娜", &[]),
    ] {
        assert_eq!(of_organisation(name), expected, "{name}");
    }
}

#[test]
fn the_name_of_the_one_in_charge_is_no_name_of_an_organisation_unless_it_is_an_individual_business() {
    let mut form = enterprise();
    (subject(&mut form).name, subject(&mut form).person.name) = (text("欧阳娜娜"), text("欧阳娜娜"));
    assert_eq!(codes_at(&form, "subject.name"), ["organisation-name-of-person"]);
    subject(&mut form).certificate.number = text("92110000600037341A");
    assert_eq!(codes_at(&form, "subject.name"), Vec::<&str>::new());
}

#[test]
fn half_width_brackets_are_answered_with_the_name_as_it_should_be() {
    let mut form = enterprise();
    subject(&mut form).name = text("某某(集团)有限公司");
    let all = found(Kind::FirstFiling, &form, &Known::default());
    let instead = "某某（集团）有限公司".to_owned();
    assert_eq!(all[0].what, What::OrganisationName(OrganisationNameFault::Brackets { instead }));
}
