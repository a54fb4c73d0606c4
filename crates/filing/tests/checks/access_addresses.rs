//! Addresses under which a website is served.

use crate::{
    builders::{known, of_an_organisation},
    only,
};
use filing::{checks::Known, orders::Kind};

#[test]
fn addresses_are_public_and_there_once_and_of_the_verified_product() {
    let cases: &[(&[&str], &[&str])] = &[
        (&["47.96.0.1"], &[]),
        (&["４７．９６．０．１"], &[]),
        (&["47.96.0.2"], &["[0]: access-address-not-of-product"]),
        (&["2408:4000::1"], &["[0]: access-address-not-of-product"]),
        (&["47.96.0.1", "47.96.0.1"], &["[1]: access-address-twice"]),
        (&["47.96.0"], &["[0]: access-address-form"]),
        (&["47.96.0.1/24"], &["[0]: access-address-form"]),
        (&["example.com"], &["[0]: access-address-form"]),
    ];
    for (addresses, expected) in cases {
        let mut form = of_an_organisation();
        form.websites[0].addresses = addresses.iter().map(|address| (*address).to_owned()).collect();
        let expected: Vec<String> =
            expected.iter().map(|fault| format!("websites[0].addresses{fault}")).collect();
        assert_eq!(
            only("access-address-", Kind::FirstFiling, &form, &known(&form)),
            expected,
            "{addresses:?}"
        );
    }
}

#[test]
fn what_is_reached_from_inside_a_network_is_not_public() {
    for address in [
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "127.0.0.1",
        "169.254.1.1",
        "100.64.0.1",
        "198.18.0.1",
        "192.0.0.1",
        "192.0.2.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "ff02::1",
        "2001:db8::1",
        "3fff::1",
        "::ffff:10.0.0.1",
    ] {
        let mut form = of_an_organisation();
        form.websites[0].addresses = vec![address.to_owned()];
        let faults = only("access-address-", Kind::FirstFiling, &form, &Known::default());
        assert_eq!(faults, ["websites[0].addresses[0]: access-address-not-public"], "{address}");
    }
}

#[test]
fn each_website_is_held_against_its_own_product_and_one_that_is_not_known_against_none() {
    let mut form = of_an_organisation();
    form.websites[1].addresses = vec!["47.96.0.2".to_owned()];
    let mut desk = known(&form);
    assert_eq!(
        only("access-address-", Kind::FirstFiling, &form, &desk),
        ["websites[1].addresses[0]: access-address-not-of-product"]
    );
    desk.products.as_mut().unwrap()[1] = None;
    assert!(only("access-address-", Kind::FirstFiling, &form, &desk).is_empty());
}
