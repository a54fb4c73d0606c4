//! Remarks of reviewers: where they may be, what they may say, and those that are ready to be chosen.

use crate::{
    forms::{KIND, whole},
    sentences::check,
};
use filing::orders::{
    FIELDS, Holds, Kind, REASONS, Reason, Remark, RemarkFault, RemarkWrong, Says, field, remarks,
};
use rulebook::Lang;
use std::collections::BTreeSet;

fn remark(path: &str) -> Remark {
    Remark {
        path: path.to_owned(),
        problem: "证件照片不清晰。".to_owned(),
        suggestion: "请重新拍摄。".to_owned(),
    }
}

fn wrong(given: &[Remark]) -> Vec<(String, &'static str)> {
    let faults = remarks(KIND, &whole(), given).unwrap_err();
    faults.iter().map(|fault| (fault.path(), fault.code())).collect()
}

#[test]
fn good_remarks_are_kept_without_spaces_around_their_words() {
    let spaced = Remark { problem: " 证件照片不清晰。\n".to_owned(), ..remark("materials[0]") };
    let kept = remarks(KIND, &whole(), &[spaced, remark("websites")]).unwrap();
    assert_eq!(kept, [remark("materials[0]"), remark("websites")]);
    assert_eq!(kept[0].label(Lang::Zh), "第 1 张材料");
    assert_eq!(remark("gone[0]").label(Lang::Zh), "gone[0]");
}

#[test]
fn everything_that_is_wrong_with_remarks_is_told_at_once_with_its_path() {
    let cancels = remarks(Kind::CancelWebsite, &whole(), &[remark("subject.name")]).unwrap_err();
    assert_eq!(cancels, [RemarkFault { nth: Some(0), what: RemarkWrong::NoSuchField }]);
    let given = [
        remark("subject.name"),
        remark("websites[2].name"),
        Remark { problem: " ".to_owned(), suggestion: "\u{7}".to_owned(), ..remark("nowhere") },
        Remark { suggestion: "字".repeat(Remark::LONGEST_SUGGESTION + 1), ..remark("subject") },
    ];
    assert_eq!(
        wrong(&given),
        [
            ("remarks[1].path".to_owned(), "no-such-field"),
            ("remarks[2].path".to_owned(), "no-such-field"),
            ("remarks[2].problem".to_owned(), "remark-empty"),
            ("remarks[2].suggestion".to_owned(), "remark-unprintable"),
            ("remarks[3].suggestion".to_owned(), "remark-too-long"),
        ]
    );
}

#[test]
fn lengths_are_counted_in_characters_and_the_longest_fits() {
    let longest = Remark {
        problem: "字".repeat(Remark::LONGEST_PROBLEM),
        suggestion: "字".repeat(Remark::LONGEST_SUGGESTION),
        ..remark("subject")
    };
    assert!(remarks(KIND, &whole(), &vec![longest.clone(); Remark::MOST]).is_ok());
    let longer = Remark { problem: "字".repeat(Remark::LONGEST_PROBLEM + 1), ..longest };
    assert_eq!(wrong(&[longer]), [("remarks[0].problem".to_owned(), "remark-too-long")]);
}

#[test]
fn an_order_is_never_given_back_without_a_remark_nor_with_a_book_of_them() {
    assert_eq!(wrong(&[]), [("remarks".to_owned(), "no-remarks")]);
    let many = vec![remark("subject"); Remark::MOST + 1];
    assert_eq!(wrong(&many), [("remarks".to_owned(), "too-many-remarks")]);
}

#[test]
fn every_fault_of_a_remark_reads_well() {
    let says = [Says::Problem, Says::Suggestion];
    let of_words = says.into_iter().flat_map(|says| {
        [RemarkWrong::Empty(says), RemarkWrong::TooLong(says), RemarkWrong::Unprintable(says)]
    });
    for what in
        [RemarkWrong::None, RemarkWrong::TooMany, RemarkWrong::NoSuchField].into_iter().chain(of_words)
    {
        let fault = RemarkFault { nth: Some(0), what };
        for lang in Lang::ALL {
            check(&fault.message(lang), lang);
            check(fault.suggestion(lang), lang);
        }
    }
}

#[test]
fn every_usual_remark_reads_well_and_can_be_given() {
    let words: BTreeSet<_> = REASONS.iter().map(|reason| reason.word).collect();
    assert_eq!(words.len(), REASONS.len());
    for reason in REASONS {
        for lang in Lang::ALL {
            check(reason.problem(lang), lang);
            check(reason.suggestion(lang), lang);
            let given = Remark {
                path: "subject".to_owned(),
                problem: reason.problem(lang).to_owned(),
                suggestion: reason.suggestion(lang).to_owned(),
            };
            assert!(remarks(KIND, &whole(), &[given]).is_ok(), "{}", reason.word);
        }
        assert!(FIELDS.iter().any(|field| Reason::of(field).any(|of| of == reason)), "{}", reason.word);
    }
}

#[test]
fn there_is_a_usual_remark_for_every_field_that_fits_it() {
    for field in FIELDS.iter().filter(|field| field.holds != Holds::Group) {
        assert!(Reason::of(field).next().is_some(), "{}", field.pattern);
    }
    let of =
        |path: &str| Reason::of(field(path).unwrap().field).map(|reason| reason.word).collect::<Vec<_>>();
    assert!(of("materials[0].attachment").contains(&"picture-blurred"));
    assert!(of("websites[0].name").contains(&"website-name-informal"));
    assert!(of("subject.address").contains(&"address-vague"));
    assert!(!of("subject.address").contains(&"website-name-informal"));
}
