//! Certificates that belong together.

use crate::{
    filled::{
        BUSINESS_LICENCE, ID_CARD, certificate, codes_at, eighteen, enterprise, individual, of_person,
        subject, text,
    },
    of_people,
};
use filing::{
    checks::Weight,
    orders::Kind,
    tables::{CERTIFICATES, INDIVIDUAL, NATURES, RESIDENT_ID},
};

#[test]
fn every_kind_belongs_to_its_nature_and_to_no_other() {
    for kind in CERTIFICATES {
        for nature in NATURES {
            let mut form = enterprise();
            subject(&mut form).nature = Some(nature.id);
            subject(&mut form).certificate.kind = Some(kind.entry.id);
            let told = codes_at(&form, "subject.certificate.kind").contains(&"certificate-of-other-nature");
            assert_eq!(told, kind.nature != nature.id, "{} {}", kind.entry.zh, nature.zh);
        }
    }
}

#[test]
fn somebody_in_charge_has_the_certificate_of_a_person() {
    for kind in CERTIFICATES {
        let mut form = enterprise();
        form.websites[0].person.certificate.kind = Some(kind.entry.id);
        let told = codes_at(&form, "websites[0].person.certificate.kind");
        assert_eq!(told == ["certificate-of-no-person"], kind.nature != INDIVIDUAL, "{}", kind.entry.zh);
    }
}

#[test]
fn what_no_table_has_is_told() {
    let mut form = enterprise();
    subject(&mut form).nature = Some(99);
    subject(&mut form).certificate.kind = Some(98);
    subject(&mut form).person.certificate.kind = Some(97);
    assert_eq!(codes_at(&form, "subject.nature"), ["nature-unknown"]);
    assert_eq!(codes_at(&form, "subject.certificate.kind"), ["certificate-kind-unknown"]);
    assert_eq!(codes_at(&form, "subject.person.certificate.kind"), ["certificate-kind-unknown"]);
}

#[test]
fn an_organisation_has_another_number_than_the_one_in_charge() {
    let mut form = enterprise();
    subject(&mut form).person.certificate.number = text("91110000600037341L");
    assert!(codes_at(&form, "subject.person.certificate.number").contains(&"certificate-same-number"));
    let mut form = individual();
    subject(&mut form).person.certificate = certificate(RESIDENT_ID, ID_CARD);
    assert_eq!(codes_at(&form, "subject.person.certificate.number"), Vec::<&str>::new());
}

#[test]
fn somebody_who_files_for_himself_has_his_own_certificate() {
    let mut form = individual();
    subject(&mut form).person.certificate = certificate(RESIDENT_ID, "440524188001010014");
    assert_eq!(codes_at(&form, "subject.person.certificate.number"), ["certificate-not-own"]);
    subject(&mut form).person.certificate = certificate(7, ID_CARD);
    assert_eq!(codes_at(&form, "subject.person.certificate.number"), ["certificate-not-own"]);
    subject(&mut form).person.certificate.number = None;
    assert_eq!(codes_at(&form, "subject.person.certificate.number"), ["certificate-not-own"]);
    subject(&mut form).person.certificate.kind = None;
    assert_eq!(codes_at(&form, "subject.person.certificate.number"), Vec::<&str>::new());
}

#[test]
fn what_is_wrong_with_ones_own_certificate_is_told_once() {
    let mut form = individual();
    let wrong = certificate(RESIDENT_ID, "110105194912310021");
    subject(&mut form).certificate = wrong.clone();
    subject(&mut form).person.certificate = wrong;
    assert_eq!(codes_at(&form, "subject.certificate.number"), ["id-card-check"]);
    assert_eq!(codes_at(&form, "subject.person.certificate.number"), Vec::<&str>::new());
}

#[test]
fn who_turns_eighteen_today_is_of_age_and_a_day_later_only_warned_of() {
    // The day on which the cases play is 1 June 2026.
    assert_eq!(of_person(RESIDENT_ID, &eighteen("11010520080601001")), Vec::<&str>::new());
    assert_eq!(of_person(RESIDENT_ID, &eighteen("11010520080602001")), ["certificate-minor"]);
    let mut form = enterprise();
    subject(&mut form).person.certificate = certificate(RESIDENT_ID, &eighteen("11010520080602001"));
    let all = of_people(Kind::FirstFiling, &form);
    assert!(!all.is_empty() && all.iter().all(|fault| fault.what.weight() == Weight::Warning));
    assert_eq!(subject(&mut form).certificate.kind, Some(BUSINESS_LICENCE));
}
