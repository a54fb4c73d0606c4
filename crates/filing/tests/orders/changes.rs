//! What changed between two forms, and what of it was open.

use crate::forms::{any_form, but, two_forms, whole};
use filing::orders::{Behind, Form, Material, Opened, Remark, Value, Website, difference};
use proptest::prelude::*;
use rulebook::Lang;
use std::collections::BTreeMap;

fn opened(paths: &[&str]) -> Opened {
    let remark = |path: &&str| Remark {
        path: (*path).to_owned(),
        problem: "网站名称不规范。".to_owned(),
        suggestion: "请更换网站名称。".to_owned(),
    };
    Opened::by_remarks(&paths.iter().map(remark).collect::<Vec<_>>())
}

/// A picture for that purpose.
fn picture(purpose: u16, website: Option<u16>) -> Material {
    Material { attachment: Some("added".to_owned()), purpose: Some(purpose), website }
}

#[test]
fn proof_for_the_reviewer_can_be_added_whatever_was_remarked_on_and_taken_away_again() {
    let open = opened(&["subject.person"]);
    let proved = but(|form| form.materials.extend([picture(102, None), picture(105, Some(0))]));
    assert_eq!(open.locked(&whole(), &proved), Vec::<String>::new());
    assert_eq!(open.locked(&proved, &whole()), Vec::<String>::new());
    let for_bureau = but(|form| form.materials.extend([picture(102, None), picture(5, Some(0))]));
    assert_eq!(open.locked(&whole(), &for_bureau), ["materials"]);
    let in_between = but(|form| form.materials.insert(0, picture(102, None)));
    assert!(!open.locked(&whole(), &in_between).is_empty(), "what stood there stands elsewhere");
}

/// Every change in words: what, before, after.
fn told(before: &Form, after: &Form, lang: Lang) -> Vec<String> {
    let behind = Behind::default();
    let words = |words: Option<String>| words.unwrap_or_else(|| "–".to_owned());
    let changes = difference(before, after);
    changes
        .iter()
        .map(|change| {
            format!(
                "{}: {} > {}",
                change.label(lang),
                words(change.was(&behind, lang)),
                words(change.is(&behind, lang))
            )
        })
        .collect()
}

#[test]
fn changes_are_told_in_words_and_in_the_order_of_the_form() {
    let after = but(|form| {
        form.websites[1].name = Some("三丰的照片".to_owned());
        form.websites[0].services = vec![6];
        form.websites[0].domains.pop();
        form.materials[1].website = Some(0);
        let subject = form.subject.as_mut().unwrap();
        subject.region = Some("330105".to_owned());
        (subject.nature, subject.certificate.kind) = (Some(4), Some(1));
        subject.person.email = None;
    });
    assert_eq!(
        told(&whole(), &after, Lang::Zh),
        [
            "主体的单位性质: 个人 > 企业",
            "主体的证件类型: 身份证 > 工商营业执照",
            "主体的所在地区: 浙江省杭州市西湖区 330106 > 浙江省杭州市拱墅区 330105",
            "主体负责人的电子邮箱: zhangsf@example.com > –",
            "第 1 个网站的域名: example.com、www.example.com > example.com",
            "第 1 个网站的服务内容: 博客/个人空间、网络图片 > 博客/个人空间",
            "第 2 个网站的名称: 三丰的相册 > 三丰的照片",
            "第 2 张材料的所属网站: 第 2 个网站 > 第 1 个网站",
        ]
    );
    assert_eq!(told(&whole(), &after, Lang::En)[0], "Subject: nature: Individual > Enterprise");
}

#[test]
fn a_website_that_came_is_told_by_their_number_and_then_by_all_that_is_in_it() {
    let after = but(|form| {
        form.websites.push(Website { name: Some("第三个".to_owned()), ..Website::default() });
    });
    assert_eq!(told(&whole(), &after, Lang::Zh), ["网站: 2 > 3", "第 3 个网站的名称: – > 第三个"]);
    assert_eq!(told(&after, &whole(), Lang::Zh), ["网站: 3 > 2", "第 3 个网站的名称: 第三个 > –"]);
}

#[test]
fn what_no_table_knows_is_told_as_it_is() {
    let after = but(|form| {
        let subject = form.subject.as_mut().unwrap();
        (subject.nature, subject.region) = (Some(999), Some("nowhere".to_owned()));
    });
    let told = told(&whole(), &after, Lang::Zh);
    assert!(told[0].ends_with("> 999") && told[1].ends_with("> nowhere"), "{told:?}");
}

#[test]
fn a_region_that_is_a_whole_city_or_province_is_named_once() {
    let told_as = |digits: &str| {
        let after = but(|form| form.subject.as_mut().unwrap().region = Some(digits.to_owned()));
        difference(&whole(), &after).remove(0).is(&Behind::default(), Lang::Zh).unwrap()
    };
    assert_eq!(told_as("330100"), "浙江省杭州市 330100");
    assert_eq!(told_as("330000"), "浙江省 330000");
}

#[test]
fn only_what_was_remarked_on_is_open() {
    let open = opened(&["websites[0].name", "subject.person"]);
    let mended = but(|form| {
        form.websites[0].name = Some("三丰的随笔".to_owned());
        form.subject.as_mut().unwrap().person.certificate.number = Some("110105194912310038".to_owned());
    });
    assert_eq!(open.locked(&whole(), &mended), Vec::<String>::new());
    let more = but(|form| {
        form.websites[0].home_page = Some("example.com".to_owned());
        form.websites[1].name = Some("三丰的随笔".to_owned());
        form.subject.as_mut().unwrap().name = Some("张三".to_owned());
    });
    assert_eq!(open.locked(&whole(), &more), ["subject.name", "websites[0].home_page", "websites[1].name"]);
}

#[test]
fn a_remark_opens_what_is_below_it_and_nothing_that_only_begins_like_it() {
    let open = opened(&["websites[1]", "subject.certificate"]);
    assert!(open.is_open("websites[1]") && open.is_open("websites[1].person.mobile"));
    assert!(open.is_open("subject.certificate.kind"));
    assert!(!open.is_open("websites[0].name") && !open.is_open("websites[10].name"));
    assert!(!open.is_open("websites") && !open.is_open("subject.certificate_address"));
}

#[test]
fn a_website_comes_or_goes_only_where_the_websites_themselves_were_remarked_on() {
    let without_first = but(|form| drop(form.websites.remove(0)));
    let one_more = but(|form| form.websites.push(Website::default()));
    let filled = but(|form| form.websites.push(form.websites[0].clone()));
    let all_below = opened(&["websites[0]", "websites[1]"]);
    for after in [&without_first, &one_more, &filled] {
        assert_eq!(all_below.locked(&whole(), after), ["websites"]);
        assert_eq!(opened(&["websites"]).locked(&whole(), after), Vec::<String>::new());
    }
    let picture = but(|form| drop(form.materials.pop()));
    assert_eq!(opened(&["materials[1]"]).locked(&whole(), &picture), ["materials"]);
    let approval = but(|form| form.websites[0].pre_approvals.clear());
    assert_eq!(opened(&[]).locked(&whole(), &approval), ["websites[0].pre_approvals"]);
}

#[test]
fn one_domain_is_mended_by_its_number_and_another_only_comes_where_the_list_is_open() {
    let open = opened(&["websites[0].domains[1]"]);
    let second = but(|form| form.websites[0].domains[1] = "m.example.com".to_owned());
    assert_eq!(open.locked(&whole(), &second), Vec::<String>::new());
    let first = but(|form| form.websites[0].domains[0] = "m.example.com".to_owned());
    assert_eq!(open.locked(&whole(), &first), ["websites[0].domains[0]"]);
    let third = but(|form| form.websites[0].domains.push("m.example.com".to_owned()));
    assert_eq!(open.locked(&whole(), &third), ["websites[0].domains"]);
    assert_eq!(opened(&["websites[0].domains"]).locked(&whole(), &third), Vec::<String>::new());
}

#[test]
fn a_remark_on_one_service_opens_the_services() {
    let other = but(|form| form.websites[0].services = vec![6, 17, 24]);
    assert_eq!(opened(&["websites[0].services[1]"]).locked(&whole(), &other), Vec::<String>::new());
    assert_eq!(opened(&["websites[1].services"]).locked(&whole(), &other), ["websites[0].services"]);
}

#[test]
fn after_a_missed_text_message_the_phones_are_open_and_nothing_else() {
    let open = Opened::by_missed_sms(&whole());
    let phones = but(|form| {
        form.subject.as_mut().unwrap().person.mobile = Some("13700001111".to_owned());
        form.websites[1].person.mobile = Some("13700001111".to_owned());
    });
    assert_eq!(open.locked(&whole(), &phones), Vec::<String>::new());
    assert_eq!(open.locked(&whole(), &whole()), Vec::<String>::new(), "nothing needs to be changed");
    let others = whole().values().into_iter().filter(|(path, _)| open.is_open(path)).count();
    assert_eq!(others, 3);
}

#[test]
fn what_is_open_and_unchanged_is_untouched() {
    let open = opened(&["subject.name", "websites[0].domains[0]", "websites[1]", "materials"]);
    assert_eq!(open.untouched(&whole(), &whole()).len(), 4);
    let mended = but(|form| {
        form.websites[0].domains.push("example.org".to_owned());
        form.websites[1].person.mobile = Some("13700001111".to_owned());
    });
    assert_eq!(open.untouched(&whole(), &mended), ["subject.name", "materials"]);
}

proptest! {
    #[test]
    fn equal_forms_do_not_differ(form in any_form()) {
        prop_assert_eq!(difference(&form, &form.clone()), []);
        prop_assert_eq!(opened(&[]).locked(&form, &form.clone()), Vec::<String>::new());
    }

    #[test]
    fn whoever_applies_every_change_has_the_other_form((before, after) in two_forms()) {
        let held = |form: &Form| {
            let values = form.values().into_iter().filter(|(_, value)| *value != Value::Nothing);
            values.collect::<BTreeMap<_, _>>()
        };
        let mut applied = held(&before);
        for change in difference(&before, &after) {
            prop_assert_ne!(&change.before, &change.after);
            let had = match change.after {
                Value::Nothing => applied.remove(&change.path),
                value => applied.insert(change.path, value),
            };
            prop_assert_eq!(had.unwrap_or_default(), change.before);
        }
        prop_assert_eq!(applied, held(&after));
    }

    #[test]
    fn a_difference_read_backwards_is_the_difference_of_the_way_back((before, after) in two_forms()) {
        let there: BTreeMap<_, _> =
            difference(&before, &after).into_iter().map(|one| (one.path, (one.before, one.after))).collect();
        let back: BTreeMap<_, _> =
            difference(&after, &before).into_iter().map(|one| (one.path, (one.after, one.before))).collect();
        prop_assert_eq!(there, back);
    }

    #[test]
    fn nothing_passes_a_lock_and_everything_passes_where_all_is_open((before, after) in two_forms()) {
        let nothing = opened(&[]).locked(&before, &after);
        prop_assert_eq!(nothing.is_empty(), difference(&before, &after).is_empty());
        let all = opened(&["target", "subject", "websites", "materials", "cancellation"]);
        prop_assert_eq!(all.locked(&before, &after), Vec::<String>::new());
        let told = nothing.iter().map(String::as_str).collect::<Vec<_>>();
        prop_assert_eq!(opened(&told).locked(&before, &after), Vec::<String>::new());
    }
}
