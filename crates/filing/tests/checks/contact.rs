//! How people are reached: mobile, office phone, e-mail, emergency phone.

use crate::{
    filled::{codes_at, enterprise, subject, text},
    of_people,
};
use filing::{
    checks::{EmailFault, MobileFault, Weight, What},
    orders::{Form, Kind, Person},
};
use proptest::{prelude::*, test_runner::Config};

fn with(put: impl FnOnce(&mut Person)) -> Form {
    let mut form = enterprise();
    put(&mut subject(&mut form).person);
    form
}

fn mobile(number: &str) -> Vec<&'static str> {
    codes_at(&with(|person| person.mobile = text(number)), "subject.person.mobile")
}

fn office(number: &str) -> Vec<&'static str> {
    codes_at(&with(|person| person.office_phone = text(number)), "subject.person.office_phone")
}

fn email(address: &str) -> Vec<&'static str> {
    codes_at(&with(|person| person.email = text(address)), "subject.person.email")
}

fn emergency(phone: &str) -> Vec<&'static str> {
    codes_at(&with(|person| person.emergency_phone = text(phone)), "subject.person.emergency_phone")
}

#[test]
fn a_mobile_is_one_of_the_mainland_that_text_messages_reach() {
    for (number, expected) in [
        ("13800138000", &[] as &[_]),
        ("１３８ 0013-8000", &[]),
        ("19912345678", &[]),
        ("+86 138 0013 8000", &["mobile-country-code"]),
        ("008613800138000", &["mobile-country-code"]),
        ("8613800138000", &["mobile-country-code"]),
        ("+85261234567", &["mobile-outside"]),
        ("0085361234567", &["mobile-outside"]),
        ("61234567", &["mobile-outside"]),
        ("0571-88888888", &["mobile-landline"]),
        ("1380013800a", &["mobile-symbol"]),
        ("1380013800", &["mobile-length"]),
        ("138001380000", &["mobile-length"]),
        ("12800138000", &["mobile-prefix"]),
        ("23800138000", &["mobile-prefix"]),
        ("17012345678", &["mobile-virtual"]),
        ("16712345678", &["mobile-virtual"]),
        ("17212345678", &[]),
    ] {
        assert_eq!(mobile(number), expected, "{number}");
    }
}

#[test]
fn what_can_be_mended_is_answered_with_what_to_enter() {
    let form = with(|person| {
        person.mobile = text("+86 138 0013 8000");
        person.email = text("zhang@qq.con");
    });
    let all = of_people(Kind::FirstFiling, &form);
    let what: Vec<What> = all.into_iter().map(|fault| fault.what).collect();
    assert_eq!(
        what,
        [
            What::Mobile(MobileFault::CountryCode { instead: "13800138000".to_owned() }),
            What::Email(EmailFault::Slip { instead: "zhang@qq.com".to_owned() }),
        ]
    );
}

#[test]
fn only_what_may_be_right_is_a_warning() {
    let weight = |form: &Form| of_people(Kind::FirstFiling, form)[0].what.weight();
    assert_eq!(weight(&with(|person| person.mobile = text("17012345678"))), Weight::Warning);
    assert_eq!(weight(&with(|person| person.mobile = text("12012345678"))), Weight::Error);
    assert_eq!(weight(&with(|person| person.email = text("zhang@gmial.com"))), Weight::Warning);
    assert_eq!(weight(&with(|person| person.email = text("zhang"))), Weight::Error);
    assert_eq!(weight(&with(|person| person.office_phone = text("+852 2123 4567"))), Weight::Warning);
    assert_eq!(weight(&with(|person| person.office_phone = text("88888888"))), Weight::Error);
}

#[test]
fn an_office_phone_is_a_landline_with_its_area_code() {
    for (number, expected) in [
        ("0571-88888888", &[] as &[_]),
        ("057188888888", &[]),
        ("0571—8888 8888－801", &[]),
        ("010-62345678", &[]),
        ("01062345678", &[]),
        ("0951-5012345", &[]),
        ("13800138000", &["office-phone-mobile"]),
        ("+8613800138000", &["office-phone-mobile"]),
        ("+86-571-88888888", &["office-phone-country-code"]),
        ("+852-21234567", &["office-phone-outside"]),
        ("0085221234567", &["office-phone-outside"]),
        ("400-123-4567", &["office-phone-service-line"]),
        ("95187", &["office-phone-service-line"]),
        ("88888888", &["office-phone-no-area-code"]),
        ("015-88888888", &["office-phone-area-code"]),
        ("057-88888888", &["office-phone-area-code"]),
        ("0571-888888", &["office-phone-number"]),
        ("0571-188888888", &["office-phone-number"]),
        ("0571-18888888", &["office-phone-number"]),
        ("0571-88888888-", &["office-phone-extension"]),
        ("0571-88888888-1234567", &["office-phone-extension"]),
        ("（0571）88888888", &["office-phone-symbol"]),
        ("0571-88888888转801", &["office-phone-symbol"]),
    ] {
        assert_eq!(office(number), expected, "{number}");
    }
}

#[test]
fn an_e_mail_address_is_one_that_can_be_written_to() {
    for (address, expected) in [
        ("zhang.san+icp@mail.example.com.cn", &[] as &[_]),
        ("zhang＠example．com", &[]),
        ("zhang@xn--fiqs8s.xn--fiqs8s", &[]),
        ("a@example.com,b@example.com", &["email-several"]),
        ("a@example.com；b@example.com", &["email-several"]),
        ("a@example.com b@example.com", &["email-several"]),
        ("zhang.example.com", &["email-at"]),
        ("@example.com", &["email-at"]),
        ("zhang@", &["email-at"]),
        ("zhang@@example.com", &["email-at"]),
        ("张三@example.com", &["email-symbol"]),
        ("zhang san@example.com", &["email-symbol"]),
        (".zhang@example.com", &["email-mailbox"]),
        ("zhang..san@example.com", &["email-mailbox"]),
        (&format!("{}@example.com", "z".repeat(65)), &["email-mailbox"]),
        ("zhang@example", &["email-host"]),
        ("zhang@example..com", &["email-host"]),
        ("zhang@-example.com", &["email-host"]),
        ("zhang@192.168.0.1", &["email-host"]),
        ("zhang@exam_ple.com", &["email-host"]),
        (&format!("zhang@{}.com", "example.".repeat(16)), &["email-length", "email-host"]),
        ("zhang@qq.con", &["email-slip"]),
        ("zhang@QQ.cm", &["email-slip"]),
        ("zhang@163.con", &["email-slip"]),
        ("zhang@gmial.com", &["email-slip"]),
        ("zhang@hotmai.con", &["email-slip"]),
        ("zhang@sina.cn", &[]),
        ("zhang@yahoo.co", &[]),
        ("zhang@example.con", &[]),
    ] {
        assert_eq!(email(address), expected, "{address}");
    }
}

#[test]
fn an_emergency_phone_is_another_phone() {
    for (phone, expected) in [
        ("13900139000", &[] as &[_]),
        ("139-0013-9000", &[]),
        ("010-62345678", &[]),
        ("13800138000", &["emergency-phone-same"]),
        ("138-0013-8000", &["emergency-phone-same"]),
        ("+8613800138000", &["emergency-phone-same"]),
        ("88888888", &["emergency-phone"]),
        ("没有", &["emergency-phone"]),
        ("+85261234567", &["emergency-phone"]),
    ] {
        assert_eq!(emergency(phone), expected, "{phone}");
    }
}

proptest! {
    #![proptest_config(Config::with_cases(500))]

    #[test]
    fn nothing_that_is_typed_makes_it_panic(typed in "[-+0-9@.。（）a-z张 ]{0,30}|.{0,30}") {
        let form = with(|person| {
            person.name = text(&typed);
            person.mobile = text(&typed);
            person.office_phone = text(&typed);
            person.email = text(&typed);
            person.emergency_phone = text(&typed);
        });
        let _ = of_people(Kind::FirstFiling, &form);
    }
}
