//! Pictures.

use crate::{
    builders::{from_number, known, of_a_person, of_an_organisation},
    only,
};
use filing::{
    checks::Known,
    orders::{Form, Kind, Material},
};

fn codes(kind: Kind, form: &Form) -> Vec<String> {
    only("material-", kind, form, &known(form))
}

#[test]
fn a_picture_is_for_a_known_purpose_and_belongs_where_that_says() {
    let cases: &[(u16, Option<u16>, &[&str])] = &[
        (1, Some(0), &[]),
        (9, Some(0), &["materials[5].purpose: material-unknown"]),
        (1, None, &["materials[5].website: material-of-website"]),
        (2, Some(0), &["materials[5].website: material-of-subject"]),
        (4, Some(1), &["materials[5].website: material-no-website"]),
    ];
    for (purpose, website, expected) in cases {
        let mut form = of_a_person();
        let attachment = Some("picture-9".to_owned());
        form.materials.push(Material { attachment, purpose: Some(*purpose), website: *website });
        assert_eq!(codes(Kind::FirstFiling, &form), *expected, "{purpose} {website:?}");
    }
}

#[test]
fn each_picture_is_one_of_the_order_and_there_once_for_the_same() {
    let mut form = of_a_person();
    let again = form.materials[2].clone();
    form.materials.push(again);
    assert_eq!(codes(Kind::FirstFiling, &form), ["materials[5].attachment: material-twice"]);
    let form = of_a_person();
    let none = Known { pictures: Some(Vec::new()), ..known(&form) };
    assert_eq!(only("material-no-picture", Kind::FirstFiling, &form, &none).len(), 5);
}

#[test]
fn every_kind_of_order_needs_its_pictures() {
    let without = |mut form: Form| {
        form.materials.clear();
        form
    };
    let number = "粤ICP备12345678号";
    let cases = [
        (Kind::FirstFiling, without(of_a_person()), 4),
        (Kind::FirstFiling, without(of_an_organisation()), 8),
        (Kind::AddWebsite, without(from_number(number, of_a_person())), 3),
        (Kind::AddAccess, without(from_number(number, of_a_person())), 3),
        (Kind::Change, without(from_number(number, of_an_organisation())), 6),
        (Kind::Change, from_number(number, Form::default()), 0),
        (Kind::CancelSubject, from_number(number, of_a_person()), 0),
    ];
    for (kind, form, needed) in cases {
        assert_eq!(codes(kind, &form), vec!["materials: material-needed"; needed], "{kind:?}");
    }
}

#[test]
fn each_picture_that_is_left_out_is_missed() {
    let whole = of_an_organisation();
    for nth in 0..whole.materials.len() {
        let mut form = whole.clone();
        form.materials.remove(nth);
        assert_eq!(codes(Kind::FirstFiling, &form), ["materials: material-needed"], "{nth}");
    }
}
