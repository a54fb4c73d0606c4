//! The first cause wins, in the order of SPEC 5.

use crate::scene::{BUYER, GRANTEE, NOW, STRANGER, asked, at, but, edition, good, held, here, known};
use filing::{
    codes::{Held, State, Stored},
    verification::{Asked, Behind, CauseWord, Host, Proof, Reader, Typed, verify},
};
use rulebook::{CodeUse, Facts, Fen, Lang, Rulebook, decide};

fn cause(asked: &Asked<'_>) -> Option<CauseWord> {
    verify(asked).err().map(|failed| failed.true_cause().name())
}

/// An instance of another product that has ended, abroad, and with its quota used up.
fn spoiled() -> Facts {
    but("swas", |facts| {
        facts.expires_at = Some(at("2020-10-20T08:30:00+08:00"));
        facts.public_ips = Some(vec![]);
        facts.codes_issued = 100;
    })
}

#[test]
fn a_code_against_which_everything_stands_loses_its_causes_one_by_one() {
    let spoiled = spoiled();
    let unbound = Typed::Known { held: held(State::Init, false), instance: None, spare: 0 };
    assert_eq!(cause(&asked(STRANGER, "ecs", Proof::Code(unbound.clone()))), Some(CauseWord::NotGranted));
    assert_eq!(cause(&asked(BUYER, "ecs", Proof::Code(unbound))), Some(CauseWord::CodeUnbound));
    let states = [
        (State::Recorded, true, CauseWord::CodeRecorded),
        (State::Recorded, false, CauseWord::CodeRecorded),
        (State::Recording, true, CauseWord::CodeRecording),
        (State::Void, true, CauseWord::CodeVoid),
        (State::Void, false, CauseWord::CodeVoid),
        (State::Bound, true, CauseWord::InstanceExpired),
    ];
    for (state, counted, wanted) in states {
        let proof = || known(held(state, counted), here(&spoiled));
        assert_eq!(cause(&asked(STRANGER, "ecs", proof())), Some(CauseWord::NotGranted), "{state:?}");
        assert_eq!(cause(&asked(GRANTEE, "ecs", proof())), Some(CauseWord::ProductMismatch), "{state:?}");
        assert_eq!(cause(&asked(GRANTEE, "swas", proof())), Some(wanted), "{state:?}");
    }
    let mut renewed = spoiled.clone();
    renewed.expires_at = Some(at("2021-10-20T08:30:00+08:00"));
    renewed.region = Some("us-west-1".into());
    let proof = known(held(State::Bound, true), here(&renewed));
    assert_eq!(cause(&asked(BUYER, "swas", proof)), Some(CauseWord::InstanceIneligible));
    renewed.region = Some("cn-hangzhou".into());
    let proof = known(held(State::Bound, true), here(&renewed));
    assert_eq!(cause(&asked(BUYER, "swas", proof)), None, "its place in the quota is its own");
}

#[test]
fn a_host_against_which_everything_stands_loses_its_causes_one_by_one() {
    let mut facts = Facts { product: "web-hosting".into(), ..spoiled() };
    let cause_of =
        |product, facts: &Facts| cause(&asked(BUYER, product, Proof::Host(Host::Matched(here(facts)))));
    assert_eq!(cause_of("premium-hosting", &facts), Some(CauseWord::ProductMismatch));
    assert_eq!(cause_of("web-hosting", &facts), Some(CauseWord::InstanceLimitReached));
    facts.codes_issued = 0;
    assert_eq!(cause_of("web-hosting", &facts), Some(CauseWord::InstanceExpired));
    facts.expires_at = Some(at("2020-12-20T08:30:00+08:00"));
    assert_eq!(cause_of("web-hosting", &facts), Some(CauseWord::InstanceIneligible));
    facts.expires_at = Some(at("2021-10-20T08:30:00+08:00"));
    assert_eq!(cause_of("web-hosting", &facts), None);
    assert_eq!(cause(&asked(BUYER, "swas", Proof::Host(Host::Unmatched))), Some(CauseWord::BadCredentials));
}

#[test]
fn an_instance_that_is_gone_is_told_as_expired_and_leaves_only_another() {
    let facts = good("ecs");
    let gone = Behind { facts: &facts, gone: true };
    let question = asked(BUYER, "ecs", known(held(State::Bound, true), gone));
    let failed = verify(&question).unwrap_err();
    assert_eq!(failed.true_cause().name(), CauseWord::InstanceExpired);
    assert_eq!(failed.remedy(Reader::Owner).word(), "use-another-instance");
    let host = good("web-hosting");
    let proof = Proof::Host(Host::Matched(Behind { facts: &host, gone: true }));
    assert_eq!(cause(&asked(BUYER, "web-hosting", proof)), Some(CauseWord::InstanceExpired));
}

#[test]
fn a_renewal_is_told_with_its_figures_to_the_owner_alone() {
    let facts = but("ecs", |facts| facts.expires_at = Some(at("2020-10-20T08:30:00+08:00")));
    let question = asked(GRANTEE, "ecs", known(held(State::Bound, true), here(&facts)));
    let failed = verify(&question).unwrap_err();
    let told = |reader| format!("{:?}", failed.remedy(reader));
    assert_eq!(told(Reader::Grantee), "Renew { months: None, until: None }");
    assert_eq!(told(Reader::Staff), "Renew { months: Some(3), until: Some(2021-01-20T00:30:00Z) }");
}

#[test]
fn nobody_is_told_to_renew_what_only_another_instance_mends() {
    let facts = but("iot-package", |facts| {
        facts.expires_at = Some(at("2020-10-20T08:30:00+08:00"));
        facts.first_order_amount = Some(Fen::new(1));
    });
    let question = asked(GRANTEE, "iot-package", known(held(State::Bound, true), here(&facts)));
    let failed = verify(&question).unwrap_err();
    assert_eq!(failed.true_cause().name(), CauseWord::InstanceExpired);
    for reader in [Reader::Owner, Reader::Staff, Reader::Grantee] {
        assert_eq!(failed.remedy(reader).word(), "use-another-instance", "{reader:?}");
        for (lang, renew) in [(Lang::Zh, "续费"), (Lang::En, "Renew it")] {
            let said = failed.message(reader, lang) + &failed.suggestion(reader, lang);
            let advised = said.replace("（含续费）", "").contains(renew);
            assert!(!advised && !said.contains("to renew"), "{reader:?} {said}");
        }
    }
}

#[test]
fn a_used_code_sends_to_another_one_only_where_the_instance_has_room_and_may_back_it() {
    let room = |facts: &Facts, spare| {
        let proof = Proof::Code(Typed::Known {
            held: held(State::Recorded, true),
            instance: Some(here(facts)),
            spare,
        });
        let question = asked(BUYER, "ecs", proof);
        verify(&question).unwrap_err().remedy(Reader::Owner).word()
    };
    let full = but("ecs", |facts| facts.codes_issued = 5);
    assert_eq!(room(&good("ecs"), 0), "use-another-code", "a place is free");
    assert_eq!(room(&full, 1), "use-another-code", "a code is unused");
    assert_eq!(room(&full, 0), "use-another-instance");
    let bare = but("ecs", |facts| facts.public_bandwidth_mbps = Some(0));
    assert_eq!(room(&bare, 1), "use-another-instance", "it could not be used");
}

#[test]
fn unknown_facts_stand_in_nobodys_way() {
    let facts = Facts { id: "i-1".into(), product: "ecs".into(), ..Facts::default() };
    let question = asked(BUYER, "ecs", known(held(State::Bound, true), here(&facts)));
    assert!(verify(&question).unwrap().addresses().is_empty());
    let decision = decide(edition(), &facts, at(NOW), None);
    assert_eq!(question.decision().unwrap().verdict(), decision.verdict());
}

#[test]
fn a_product_that_another_system_files_is_not_verified_here() {
    let facts = good("shop");
    let question = asked(BUYER, "shop", known(held(State::Bound, true), here(&facts)));
    let failed = verify(&question).unwrap_err();
    assert_eq!(failed.true_cause().name(), CauseWord::InstanceIneligible);
    assert_eq!(failed.remedy(Reader::Owner).word(), "file-at");
}

#[test]
fn who_reads_hangs_on_whose_the_proof_is() {
    let facts = good("ecs");
    let code = |filer| {
        let question = asked(filer, "ecs", known(held(State::Bound, true), here(&facts)));
        question.filer_reads_as()
    };
    assert_eq!(
        [code(BUYER), code(GRANTEE), code(STRANGER)],
        [Reader::Owner, Reader::Grantee, Reader::Stranger]
    );
    let host = |filer, host| asked(filer, "ecs", Proof::Host(host)).filer_reads_as();
    assert_eq!(host(BUYER, Host::Matched(here(&facts))), Reader::Owner);
    assert_eq!(host(STRANGER, Host::Matched(here(&facts))), Reader::Grantee);
    assert_eq!(host(BUYER, Host::Unmatched), Reader::Stranger);
}

#[test]
fn an_edition_may_let_whoever_knows_a_code_use_it_and_still_tells_him_nothing() {
    let text =
        rulebook::ALIYUN.replace("code_use = { value = \"granted\"", "code_use = { value = \"anyone\"");
    let book = Rulebook::parse(&text).unwrap();
    let edition = book.edition("2020-10-16").unwrap();
    assert_eq!(edition.policy.code_use.value, CodeUse::Anyone);
    let facts = good("ecs");
    let proof = known(held(State::Bound, true), here(&facts));
    let question = Asked { edition, ..asked(STRANGER, "ecs", proof.clone()) };
    assert_eq!(verify(&question).unwrap().addresses(), facts.public_ips.as_deref().unwrap());
    let mismatch = Asked { edition, ..asked(STRANGER, "swas", proof) };
    assert_eq!(mismatch.filer_reads_as(), Reader::Stranger);
    assert_eq!(cause(&mismatch), Some(CauseWord::ProductMismatch));
}

#[test]
fn a_code_made_for_nobody_is_anybodys_who_has_it() {
    let held = Held { stored: Stored::new(State::Init, false).unwrap(), owner: None, grantee: None };
    let proof = Proof::Code(Typed::Known { held, instance: None, spare: 0 });
    assert_eq!(cause(&asked(STRANGER, "ecs", proof)), Some(CauseWord::CodeUnbound));
    let void = Held { stored: Stored::new(State::Void, false).unwrap(), owner: None, grantee: None };
    let proof = Proof::Code(Typed::Known { held: void, instance: None, spare: 0 });
    assert_eq!(cause(&asked(STRANGER, "ecs", proof)), Some(CauseWord::CodeVoid));
}
