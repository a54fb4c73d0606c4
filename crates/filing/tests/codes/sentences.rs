//! The sentences: whole, with their figures, each in its own language.

use crate::desk::{BUYER, NOW, after, at, but, edition, n, words};
use filing::{
    Refusal,
    codes::{
        Arrival, Arriving, Asking, Grantee, Granter, Held, Illegal, Instance, LONGEST_REASON, Malformed,
        Move, Reader, STEPS, Shown, Standing, State, Stored, Who, apply, bind, grant, import, issue, release,
        withdraw_grant,
    },
};
use rulebook::{Billing, Facts, Fen, Lang, decide};
use std::collections::BTreeSet;

/// What no sentence may hold.
const DEBRIS: [&str; 18] = [
    "None", "null", "Some(", "{", "}", "Ok(", "Err(", "\\", "  ", "..", "。。", "，。", "NaN", "::", "()",
    "（）", "““", "””",
];

/// Latin words that a Chinese customer reads in the console every day, and those that tests bring in.
const LATIN: [&str; 13] =
    ["IP", "Mbps", "ECS", "Web", "NAT", "IPv6", "ENS", "v1", "v2", "IoT", "U", "friend", "nobody"];

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

fn check(text: &str, lang: Lang) {
    for debris in DEBRIS {
        assert!(!text.contains(debris), "{debris:?} in {text}");
    }
    assert!(text.ends_with(['。', '）', '.', ')']) && text.chars().count() > 4, "{text}");
    match lang {
        Lang::Zh => {
            let words = text.split(|c: char| !c.is_ascii_alphanumeric());
            let stray: Vec<_> = words
                .filter(|word| word.chars().any(|c| c.is_ascii_alphabetic()) && !LATIN.contains(word))
                .filter(|word| !["us", "west", "oss", "acc", "stranger"].contains(word))
                .collect();
            assert_eq!(stray, Vec::<&str>::new(), "{text}");
            assert!(text.chars().any(is_han) && !text.contains("。 ") && !text.contains("“ "), "{text}");
            let chars: Vec<char> = text.chars().collect();
            let half =
                chars.windows(3).any(|w| ",;:?!.()\"".contains(w[1]) && (is_han(w[0]) || is_han(w[2])));
            assert!(!half, "{text}");
        }
        Lang::En => {
            let foreign = text.replace("备案许可号", "").replace("旺铺备案系统", "");
            assert!(!foreign.chars().any(is_han) && !foreign.contains(['。', '，', '“']), "{text}");
            assert!(text.starts_with(|c: char| c.is_uppercase() || c == '"' || c.is_ascii_digit()), "{text}");
        }
    }
}

/// Asserts that what is to be done is not told already by what is wrong.
fn each_says_its_own(message: &str, suggestion: &str) {
    let again = suggestion
        .split_inclusive('。')
        .flat_map(|said| said.split(". "))
        .find(|said| message.contains(said));
    assert_eq!(again, None, "told twice: {message} | {suggestion}");
}

/// Asserts all that must hold of a refusal, and that each of its reasons says something of its own.
fn told<R: Refusal>(reasons: &[R]) {
    for lang in Lang::ALL {
        let mut said = BTreeSet::new();
        for reason in reasons {
            check(&reason.message(lang), lang);
            check(&reason.suggestion(lang), lang);
            each_says_its_own(&reason.message(lang), &reason.suggestion(lang));
            assert!(said.insert(reason.message(lang)), "said twice: {}", reason.message(lang));
        }
    }
    for word in reasons.iter().flat_map(|reason| [reason.word(), reason.action()]) {
        assert!(word.chars().all(|c| c.is_ascii_lowercase() || c == '-') && word.len() > 2, "{word}");
    }
}

/// Instances with something against them, of every kind.
fn spoiled() -> Vec<Facts> {
    let changes: [fn(&mut Facts); 12] = [
        |_| (),
        |facts| facts.billing = Some(Billing::PayAsYouGo),
        |facts| (facts.public_bandwidth_mbps, facts.public_ips) = (Some(0), Some(vec![])),
        |facts| facts.expires_at = Some(at("2020-11-20T00:00:00+08:00")),
        |facts| facts.expires_at = Some(at("2020-10-20T00:00:00+08:00")),
        |facts| facts.region = Some("us-west-1".into()),
        |facts| facts.account = Some("stranger".into()),
        |facts| (facts.first_purchase_months, facts.first_order_amount) = (Some(1), Some(Fen::new(1))),
        |facts| facts.codes_issued = 1,
        |facts| facts.codes_issued = 5,
        |facts| {
            (facts.account, facts.region, facts.billing) = (None, None, None);
            (facts.public_bandwidth_mbps, facts.public_ips) = (None, None);
        },
        |facts| {
            (facts.purchased_at, facts.expires_at) = (None, None);
            (facts.first_purchase_months, facts.first_order_amount) = (None, None);
        },
    ];
    let products = edition().rows().iter().map(|row| row.product.as_str()).chain(["oss"]);
    products.flat_map(|product| changes.map(|change| but(product, change))).collect()
}

#[test]
fn every_refusal_of_codes_reads_well() {
    let mut seen = BTreeSet::new();
    for facts in spoiled() {
        for (asker, blacklisted) in [(Some(BUYER), false), (Some(BUYER), true), (None, false)] {
            let decision = decide(edition(), &facts, at(NOW), asker);
            let asking = Asking { decision: &decision, blacklisted };
            for codes in [1, 3, 25] {
                match issue(&asking, n(codes)) {
                    Ok(given) => Lang::ALL.into_iter().for_each(|lang| check(&given.message(lang), lang)),
                    Err(refused) => {
                        told(refused.reasons());
                        seen.extend(words(&refused));
                    }
                }
            }
            let own = Stored::ALL.map(|stored| Held { stored, owner: Some(BUYER), grantee: None });
            for code in own.iter().map(Some).chain([None]) {
                if let Err(refused) = bind(&asking, code) {
                    told(refused.reasons());
                }
            }
        }
    }
    assert!(seen.len() >= 20, "{seen:?}");
}

#[test]
fn figures_are_in_the_sentences() {
    let facts = but("ecs", |facts| facts.codes_issued = 1);
    let decision = decide(edition(), &facts, at(NOW), Some(BUYER));
    let refused = issue(&Asking { decision: &decision, blacklisted: false }, n(25)).unwrap_err();
    for lang in Lang::ALL {
        let [too_many, places] = [0, 1].map(|at| refused.reasons()[at].message(lang));
        assert!(too_many.contains("20") && too_many.contains("25"), "{too_many}");
        assert!(places.contains('4') && places.contains("25"), "{places}");
        assert!(refused.reasons()[1].suggestion(lang).contains('4'));
    }
}

#[test]
fn every_refusal_of_a_grant_or_a_release_reads_well() {
    let ways: [&[Move]; 6] = [
        &[Move::Premake],
        &[Move::Issue],
        &[Move::Issue, Move::Submit],
        &[Move::Issue, Move::Submit, Move::File],
        &[Move::Issue, Move::Submit, Move::AbandonBurn],
        &[Move::Issue, Move::Release],
    ];
    let mut seen = BTreeSet::new();
    for stored in ways.map(after) {
        for grantee in [None, Some("friend")] {
            let held = Held { stored, owner: Some(BUYER), grantee };
            for asker in [BUYER, "friend", "stranger"] {
                for (account, exists, blacklisted) in [
                    ("", false, false),
                    ("nobody", false, false),
                    ("friend", true, false),
                    (BUYER, true, false),
                    ("other", true, false),
                    ("friend", true, true),
                ] {
                    let by = Granter { account: asker, blacklisted };
                    if let Err(refused) = grant(Some(&held), by, Grantee { account, exists, blacklisted }) {
                        told(refused.reasons());
                        seen.extend(words(&refused));
                    }
                }
                if let Err(refused) = withdraw_grant(Some(&held), asker) {
                    told(refused.reasons());
                    seen.extend(words(&refused));
                }
            }
        }
        for reason in ["", "mistake", &"x".repeat(LONGEST_REASON + 2)] {
            if let Err(refused) = release(stored, reason) {
                told(refused.reasons());
                seen.extend(words(&refused));
            }
        }
    }
    assert_eq!(seen.len(), 14, "{seen:?}");
}

#[test]
fn every_refusal_of_an_import_reads_well() {
    let mut seen = BTreeSet::new();
    for facts in spoiled() {
        let decision = decide(edition(), &facts, at(NOW), facts.account.as_deref());
        let known = Stored::ALL.map(|stored| Arriving::Known { stored, here: false });
        for code in known.into_iter().chain([Arriving::Unmade, Arriving::New]) {
            for taken in [0, 1, 5] {
                if let Err(refused) = import(&Arrival { decision: &decision, taken, code }) {
                    told(refused.reasons());
                    seen.extend(words(&refused));
                }
            }
        }
    }
    assert_eq!(seen.len(), 8, "{seen:?}");
}

#[test]
fn every_illegal_move_reads_well_and_names_the_legal_ones() {
    for from in std::iter::once(None).chain(Stored::ALL.into_iter().map(Some)) {
        for by in Move::ALL {
            let Err(illegal) = apply(from, by) else { continue };
            for lang in Lang::ALL {
                check(&illegal.message(lang), lang);
                check(&illegal.suggestion(lang), lang);
                let suggestion = illegal.suggestion(lang);
                let parts = suggestion.matches(if lang == Lang::Zh { "、" } else { ", or " }).count();
                assert_eq!(parts + 1, illegal.legal.len().max(1), "{suggestion}");
            }
            let shown = illegal.to_string();
            assert!(shown.starts_with('`') && !shown.ends_with('.'), "{shown}");
        }
    }
    assert_eq!(Illegal::WORD, "illegal-move");
}

#[test]
fn every_standing_reads_well_for_owner_and_grantee() {
    let mut expired = 0;
    for facts in spoiled() {
        for row in Stored::ALL {
            for instance in
                [Instance::Here { edition: edition(), facts: &facts, at: at(NOW) }, Instance::Gone]
            {
                let standing = Standing::of(row, instance);
                expired += u32::from(standing.shown() == Shown::Expired);
                for lang in Lang::ALL {
                    for reader in [Reader::Owner, Reader::Grantee] {
                        check(&standing.message(reader, lang), lang);
                        check(&standing.what_to_do(reader, lang), lang);
                    }
                }
            }
        }
    }
    assert!(expired > 100, "{expired}");
}

#[test]
fn every_malformed_code_reads_well() {
    let character = |found| Malformed::Character { at: 7, found };
    let length = |symbols| Malformed::Length { symbols };
    for lang in Lang::ALL {
        for error in
            [character('U'), character('*'), length(0), length(1), length(19), length(23), Malformed::Check]
        {
            check(&error.message(lang), lang);
            check(error.suggestion(lang), lang);
            each_says_its_own(&error.message(lang), error.suggestion(lang));
        }
        assert!(character('*').message(lang).contains('7'));
        assert!(length(23).message(lang).contains("23") && length(23).message(lang).contains('3'));
    }
}

#[test]
fn every_label_exists_and_tells_one_thing_from_another() {
    for lang in Lang::ALL {
        let moves: BTreeSet<_> = Move::ALL.iter().map(|by| by.label(lang)).collect();
        assert_eq!(moves.len(), Move::ALL.len());
        let states: BTreeSet<_> = State::ALL.iter().map(|state| state.label(lang)).collect();
        assert_eq!(states.len(), State::ALL.len());
        let who: BTreeSet<_> = STEPS.iter().flat_map(|step| step.who).map(|who| who.label(lang)).collect();
        assert_eq!(who.len(), 6);
        let places: BTreeSet<_> = STEPS.iter().map(|step| step.place.label(lang)).collect();
        assert_eq!(places.len(), 4);
        assert!(!Who::Desk.label(lang).is_empty());
    }
}
