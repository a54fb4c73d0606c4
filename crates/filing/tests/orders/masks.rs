//! Masks: enough to recognise what one knows, too little to learn it.

use crate::forms::{any_form, but, whole};
use filing::orders::{Behind, Form, Mask, Value, difference, field};
use proptest::prelude::*;
use rulebook::Lang;

const ALL: [Mask; 6] = [Mask::Name, Mask::Number, Mask::Phone, Mask::Email, Mask::Address, Mask::Words];

#[test]
fn values_are_recognised_by_who_knows_them() {
    let cases = [
        (Mask::Name, "张三", "张*"),
        (Mask::Name, "欧阳娜娜", "欧*"),
        (Mask::Name, "张", "*"),
        (Mask::Number, "11010519491231002X", "110*************2X"),
        (Mask::Number, "E12345678", "E12****78"),
        (Mask::Number, "E1234567", "E***"),
        (Mask::Number, "12345", "***"),
        (Mask::Phone, "13812345678", "138****5678"),
        (Mask::Phone, "0571-88886666", "057******6666"),
        (Mask::Phone, "88886666", "***66"),
        (Mask::Phone, "110", "***"),
        (Mask::Email, "abc@b.com", "a***@b.com"),
        (Mask::Email, "a@b.com", "***@b.com"),
        (Mask::Email, "@b.com", "***"),
        (Mask::Email, "zhangsan", "***"),
        (Mask::Email, "a@b@c.com", "a***@c.com"),
        (Mask::Address, "浙江省杭州市西湖区文三路 90 号", "浙江省杭州市西湖区***"),
        (Mask::Address, "浙江省杭州市文三路 90 号", "浙江省杭州市***"),
        (Mask::Address, "杭州市南山区文三路 90 号", "杭州市***"),
        (Mask::Address, "北京市朝阳区建国路 1 号", "北京市朝阳区***"),
        (Mask::Address, "海南省五指山市海榆路 1 号", "海南省五指山市***"),
        (Mask::Address, "德州市德城区东风路 1 号", "德州市德城区***"),
        (Mask::Address, "西湖区文三路 90 号", "西湖区***"),
        (Mask::Address, "文三路 90 号", "***"),
        (Mask::Address, "县前街 5 号", "***"),
        (Mask::Address, "浙江杭州文三路 90 号", "***"),
        (Mask::Address, "号", "***"),
        (Mask::Words, "手机 13812345678", "***"),
        (Mask::Words, "", ""),
    ];
    for (mask, value, shown) in cases {
        assert_eq!(mask.of(value), shown, "{mask:?} of {value}");
    }
}

/// The values of `form` that are personal data, with how they are shown.
fn personal(form: &Form, individual: bool) -> Vec<(String, String, String)> {
    let shown = form.masked().values();
    let both = form.values().into_iter().zip(shown);
    let personal = both.filter_map(|((path, value), (_, shown))| {
        field(&path)?.field.mask(individual)?;
        match (value, shown) {
            (Value::Text(value), Value::Text(shown)) => Some((path, value, shown)),
            (Value::Nothing, Value::Nothing) => None,
            other => panic!("{path}: {other:?}"),
        }
    });
    personal.collect()
}

#[test]
fn a_person_is_hidden_whole() {
    let shown = format!("{:?}", whole().masked());
    for known in [
        "张三",
        "19491231",
        "13812345678",
        "12345678,",
        "88886666",
        "zhangsf",
        "13987654321",
        "文三路",
        "90 号",
        "不再需要",
    ] {
        assert!(!shown.contains(known), "{known} in {shown}");
    }
    assert!(shown.contains("三丰的笔记") && shown.contains("example.com"), "a website is public");
}

#[test]
fn what_an_organisation_has_on_its_certificate_is_public_and_its_people_are_not() {
    let company = but(|form| {
        let subject = form.subject.as_mut().unwrap();
        (subject.nature, subject.name) = (Some(4), Some("杭州某某科技有限公司".to_owned()));
        subject.certificate.number = Some("91330106MA27XXXX0K".to_owned());
    });
    let shown = company.masked().subject.unwrap();
    assert_eq!(shown.name.as_deref(), Some("杭州某某科技有限公司"));
    assert_eq!(shown.certificate.number.as_deref(), Some("91330106MA27XXXX0K"));
    assert_eq!(shown.person.name.as_deref(), Some("张*"));
    let nobody_said = but(|form| form.subject.as_mut().unwrap().nature = None);
    assert_eq!(nobody_said.masked().subject.unwrap().name.as_deref(), Some("张*"));
}

#[test]
fn a_change_that_may_not_be_seen_is_still_told_to_be_one() {
    let after = but(|form| form.websites[0].person.mobile = Some("13812995678".to_owned()));
    assert_eq!(whole().masked(), after.masked());
    let change = difference(&whole(), &after).remove(0).masked();
    assert_eq!(change.was(&Behind::default(), Lang::Zh).as_deref(), Some("138****5678"));
    assert_eq!(change.is(&Behind::default(), Lang::Zh).as_deref(), Some("138****5678"));
}

#[test]
fn a_person_who_becomes_an_organisation_is_hidden_in_what_changed() {
    let after = but(|form| {
        let subject = form.subject.as_mut().unwrap();
        (subject.nature, subject.name) = (Some(4), Some("杭州某某科技有限公司".to_owned()));
    });
    for (before, after) in [(whole(), after.clone()), (after, whole())] {
        let changes = difference(&before, &after);
        let name = changes.into_iter().find(|change| change.path == "subject.name").unwrap().masked();
        let shown =
            [name.was(&Behind::default(), Lang::Zh).unwrap(), name.is(&Behind::default(), Lang::Zh).unwrap()];
        assert!(shown.contains(&"张*".to_owned()), "{shown:?}");
    }
}

proptest! {
    #[test]
    fn no_value_of_four_characters_is_found_in_what_is_shown_of_it(value in "[^*]{4,40}") {
        for mask in ALL {
            let shown = mask.of(&value);
            prop_assert!(!shown.contains(&value) && shown.contains('*'), "{:?}: {} of {}", mask, shown, value);
        }
    }

    #[test]
    fn at_most_half_of_a_short_value_is_shown(value in "[a-z0-9]{1,8}") {
        for mask in ALL {
            let shown = mask.of(&value).chars().filter(|c| *c != '*').count();
            prop_assert!(shown * 2 <= value.len(), "{:?} of {}", mask, value);
        }
    }

    #[test]
    fn what_is_masked_is_masked_anew_without_harm(value in "\\PC{0,40}") {
        for mask in ALL {
            let shown = mask.of(&value);
            prop_assert_eq!(value.is_empty(), shown.is_empty());
            prop_assert!(mask.of(&shown).chars().count() <= shown.chars().count() + 3);
        }
    }

    #[test]
    fn nothing_but_personal_data_is_masked_in_any_form(form in any_form()) {
        let individual = form.subject.as_ref().and_then(|subject| subject.nature).is_none_or(|nature| nature == 5);
        for (path, value, shown) in personal(&form, individual) {
            let told = value.chars().count() >= 4 && !value.contains('*') && shown.contains(&value);
            prop_assert!(!told, "{}: {} of {}", path, shown, value);
        }
        for ((path, value), (_, shown)) in form.values().into_iter().zip(form.masked().values()) {
            prop_assert!(field(&path).unwrap().field.mask(individual).is_some() || value == shown, "{}", path);
        }
    }
}
