//! The verify matrix: every cause, of every product, in both languages, as every reader reads it.

use crate::scene::{BUYER, GRANTEE, STRANGER, asked, at, but, edition, good, held, here, known};
use filing::{
    codes::{Malformed, State},
    verification::{Behind, CauseWord, Host, Proof, Reader, Typed, verify},
};
use rulebook::{Code, CodeMade, Facts, Fen, Lang, Row, Verdict, VerifiedBy, decide};
use std::collections::HashMap;

/// The word of a failure, and its texts in zh and en.
type Fixed = (&'static str, &'static str, &'static str);
/// A cause as it is asked for.
type Wanted = (&'static str, Fixed, Option<&'static str>);

const INVALID: Fixed = ("invalid-product-info", "产品信息无效", "Invalid product information");
const LIMIT: Fixed = (
    "subject-limit-reached",
    "产品已经提交过网站备案，备案主体数已经达到了规定的主体上限，请更换其他产品",
    "A website ICP Filing application has already been submitted for this product. The ICP Filing subject quantity limit \
     has been reached. Please switch to another product",
);
const INTERFACE: Fixed = (
    "interface-exception",
    "验证产品信息失败，接口异常",
    "Product information verification failed. Interface exception",
);

/// Each cause as it is asked for: the failure with its texts, and the word of the remedy; none where it hangs on the scene.
const TABLE: [Wanted; 13] = [
    ("malformed-code", INVALID, Some("check-code")),
    ("unknown-code", INVALID, Some("check-code")),
    ("not-granted", INVALID, None),
    ("code-unbound", INVALID, Some("bind-first")),
    ("product-mismatch", INVALID, Some("choose-product")),
    ("bad-credentials", INVALID, Some("see-credentials")),
    ("code-recorded", LIMIT, None),
    ("code-recording", LIMIT, None),
    ("instance-limit-reached", LIMIT, Some("use-another-instance")),
    ("code-void", INTERFACE, Some("apply-for-another")),
    ("instance-expired", INTERFACE, Some("renew")),
    ("instance-ineligible", INTERFACE, None),
    ("upstream-unavailable", INTERFACE, Some("try-again")),
];

/// What only the owner and staff may read of an instance in these tests.
const SECRETS: [&str; 7] = ["owner-4711", "4711", "2020-10-20", "2020-11-20", "08:30", "42.42", "2020-10-31"];

/// An instance that has ended.
fn ended(product: &str) -> Facts {
    but(product, |facts| facts.expires_at = Some(at("2020-10-20T08:30:00+08:00")))
}

/// An instance that may not back a filing although it has not ended: its terms and its first order are too short and too small
/// where the row asks for more, else it is abroad.
fn unfit(product: &str) -> Facts {
    let short = but(product, |facts| {
        facts.purchased_at = Some(at("2020-10-31T10:00:00+08:00"));
        facts.expires_at = Some(at("2020-11-20T08:30:00+08:00"));
        facts.first_purchase_months = Some(1);
        facts.first_order_amount = Some(Fen::new(4_242));
    });
    let verdict = decide(edition(), &short, at(crate::scene::NOW), Some(BUYER)).verdict();
    match verdict {
        Verdict::Ineligible | Verdict::Elsewhere => short,
        _ => but(product, |facts| facts.region = Some("us-west-1".into())),
    }
}

/// One case of the matrix.
struct Scene {
    facts: Facts,
    room: bool,
}

impl Scene {
    /// Everything that the cause needs; `None` where it cannot come about for that product.
    fn of(cause: CauseWord, row: &Row, room: bool) -> Option<Self> {
        let product = row.product.as_str();
        // What another system files has no room here.
        let room = room && row.verified_by.value != VerifiedBy::Elsewhere;
        let host = row.verified_by.value == VerifiedBy::HostPassword;
        let facts = match cause {
            CauseWord::InstanceExpired => ended(product),
            CauseWord::InstanceIneligible => unfit(product),
            CauseWord::InstanceLimitReached => {
                row.quota()?;
                but(product, |facts| facts.codes_issued = 100)
            }
            CauseWord::CodeRecorded | CauseWord::CodeRecording
                if !room && row.verified_by.value != VerifiedBy::Elsewhere =>
            {
                row.quota()?;
                but(product, |facts| facts.codes_issued = 100)
            }
            // The customer bought something else than he chose.
            CauseWord::ProductMismatch => good(if product == "ecs" { "swas" } else { "ecs" }),
            _ => good(product),
        };
        let needs_host = matches!(cause, CauseWord::BadCredentials | CauseWord::InstanceLimitReached);
        (host || !needs_host || cause == CauseWord::BadCredentials).then_some(Self { facts, room })
    }

    fn proof(&self, cause: CauseWord, host: bool) -> Proof<'_> {
        let spare = u32::from(self.room);
        let code = |state, counted| {
            Proof::Code(Typed::Known { held: held(state, counted), instance: Some(here(&self.facts)), spare })
        };
        match cause {
            CauseWord::MalformedCode => Proof::Code(Typed::Malformed(Malformed::Length { symbols: 19 })),
            CauseWord::UnknownCode => Proof::Code(Typed::Unknown),
            CauseWord::CodeUnbound => {
                Proof::Code(Typed::Known { held: held(State::Init, false), instance: None, spare: 0 })
            }
            CauseWord::CodeRecorded => code(State::Recorded, true),
            CauseWord::CodeRecording => code(State::Recording, true),
            CauseWord::CodeVoid => code(State::Void, false),
            CauseWord::BadCredentials => Proof::Host(Host::Unmatched),
            CauseWord::UpstreamUnavailable => {
                Proof::Host(Host::Unavailable { retry_at: at("2020-11-01T12:34:00+08:00") })
            }
            CauseWord::InstanceLimitReached => Proof::Host(Host::Matched(here(&self.facts))),
            CauseWord::ProductMismatch | CauseWord::InstanceExpired | CauseWord::InstanceIneligible
                if host =>
            {
                Proof::Host(Host::Matched(here(&self.facts)))
            }
            CauseWord::NotGranted
            | CauseWord::ProductMismatch
            | CauseWord::InstanceExpired
            | CauseWord::InstanceIneligible => code(State::Bound, true),
        }
    }
}

fn told_cause(cause: CauseWord, reader: Reader) -> &'static str {
    match (cause, reader) {
        (CauseWord::NotGranted, Reader::Grantee | Reader::Stranger) => "unknown-code",
        (cause, _) => cause.word(),
    }
}

fn wanted_remedy(
    cause: CauseWord,
    reader: Reader,
    scene: &Scene,
    stated: Option<&'static str>,
) -> &'static str {
    match (cause, reader) {
        (CauseWord::NotGranted, Reader::Grantee | Reader::Stranger) => "check-code",
        (CauseWord::NotGranted, _) => "have-it-granted",
        (CauseWord::CodeRecorded | CauseWord::CodeRecording, _) if scene.room => "use-another-code",
        (CauseWord::CodeRecorded | CauseWord::CodeRecording, _)
        | (CauseWord::InstanceIneligible, Reader::Stranger) => "use-another-instance",
        (CauseWord::InstanceIneligible, _) => {
            let decision = decide(edition(), &scene.facts, at(crate::scene::NOW), Some(BUYER));
            let dead_end = decision.findings().any(|finding| finding.code.is_dead_end());
            let mut helpful = decision.findings().filter(|finding| !(dead_end && finding.remedy.mends()));
            helpful.next().unwrap().remedy.word()
        }
        _ => stated.unwrap(),
    }
}

/// Everything that `reader` reads of it.
fn all_of(failed: &filing::verification::Failed<'_>, reader: Reader, lang: Lang) -> String {
    let findings = failed.findings(reader, lang).into_iter().map(|told| told.message);
    let words =
        [failed.message(reader, lang), failed.suggestion(reader, lang), failed.cause(reader).word().into()];
    let remedy = format!("{:?}", failed.remedy(reader));
    words.into_iter().chain(findings).chain([remedy]).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_cause_of_every_product_tells_each_reader_what_he_may_know_in_both_languages() {
    let mut cases = 0;
    for row in edition().rows() {
        let mut sentences: HashMap<(Reader, String), Vec<(CauseWord, String)>> = HashMap::new();
        for ((cause, (word, failure, remedy)), room) in
            CauseWord::ALL.into_iter().zip(TABLE).flat_map(|case| [(case, true), (case, false)])
        {
            assert_eq!(cause.word(), word);
            let Some(scene) = Scene::of(cause, row, room) else { continue };
            let host = row.verified_by.value == VerifiedBy::HostPassword;
            let filer = if cause == CauseWord::NotGranted { STRANGER } else { GRANTEE };
            let asked = asked(filer, &row.product, scene.proof(cause, host));
            let failed = verify(&asked).expect_err(&format!("{word} of {}", row.product));
            for reader in Reader::ALL {
                for lang in Lang::ALL {
                    cases += 1;
                    let case = format!("{word} of {} to {reader:?} in {lang:?}", row.product);
                    let text = if lang == Lang::Zh { failure.1 } else { failure.2 };
                    let fixed = (failed.failure().word(), failed.failure().text(lang));
                    assert_eq!(fixed, (failure.0, text), "{case}");
                    assert_eq!(failed.true_cause().name(), cause, "{case}");
                    assert_eq!(failed.cause(reader).word(), told_cause(cause, reader), "{case}");
                    let wanted = wanted_remedy(cause, reader, &scene, remedy);
                    assert_eq!(failed.remedy(reader).word(), wanted, "{case}");
                    let message = failed.message(reader, lang);
                    let next = failed.suggestion(reader, lang);
                    assert!(
                        message.chars().count() > 8 && next.chars().count() > 6,
                        "{case}: {message} {next}"
                    );
                    let steps = next.split_inclusive('。').flat_map(|step| step.split(". "));
                    let again: Vec<_> = steps.filter(|step| message.contains(step)).collect();
                    assert!(again.is_empty(), "{case} is told twice: {again:?}");
                    // English sentences quote Chinese names; their marks are their own.
                    let chinese = |text: &str| text.contains(['。', '，', '；']);
                    let both = [chinese(&message), chinese(&next)];
                    assert_eq!(both, [lang == Lang::Zh; 2], "{case}: {message} {next}");
                    nothing_leaks(&failed, reader, lang, &scene, &case);
                    if room {
                        let told = sentences.entry((reader, format!("{lang:?}"))).or_default();
                        told.push((failed.cause(reader), message));
                    }
                }
            }
        }
        for ((reader, lang), told) in sentences {
            for (at, (cause, message)) in told.iter().enumerate() {
                for (other, again) in told.iter().skip(at + 1) {
                    let same = message == again;
                    assert_eq!(same, cause == other, "{} {reader:?} {lang}: {message}", row.product);
                }
            }
        }
    }
    assert!(cases > 427 * 2, "{cases}");
}

fn nothing_leaks(
    failed: &filing::verification::Failed<'_>,
    reader: Reader,
    lang: Lang,
    scene: &Scene,
    case: &str,
) {
    let all = all_of(failed, reader, lang);
    let findings = failed.findings(reader, lang);
    if reader.sees_all() {
        assert!(findings.iter().all(|told| told.finding.is_some()), "{case}");
        if failed.cause(reader) == CauseWord::ProductMismatch {
            assert!(all.contains(named(&scene.facts.product, lang)), "{case}: {all}");
        }
        return;
    }
    for secret in SECRETS {
        assert!(!all.contains(secret), "{case} tells {secret}: {all}");
    }
    assert!(findings.iter().all(|told| told.finding.is_none()), "{case}");
    let stranger = reader == Reader::Stranger;
    if failed.cause(reader) == CauseWord::ProductMismatch {
        let bought = all.contains(named(&scene.facts.product, lang)) || all.contains(&scene.facts.product);
        assert_eq!(bought, !stranger, "{case}: {all}");
    }
    if failed.cause(reader) == CauseWord::InstanceIneligible {
        assert_eq!(findings.is_empty(), stranger, "{case}");
        assert!(!all.contains(|c: char| c.is_ascii_digit()), "{case}: {all}");
    }
}

fn named(product: &str, lang: Lang) -> &'static str {
    let row = edition().row(product).unwrap();
    match lang {
        Lang::Zh => &row.name.zh,
        Lang::En => &row.name.en,
    }
}

#[test]
fn to_a_stranger_a_code_of_somebody_else_is_one_that_does_not_exist_to_the_last_byte() {
    for row in edition().rows() {
        let facts = good(&row.product);
        let instance = Behind { facts: &facts, gone: false };
        let there = asked(STRANGER, &row.product, known(held(State::Bound, true), instance));
        let nowhere = asked(STRANGER, &row.product, Proof::Code(Typed::Unknown));
        let (there, nowhere) = (verify(&there).unwrap_err(), verify(&nowhere).unwrap_err());
        for lang in Lang::ALL {
            for reader in [Reader::Stranger, Reader::Grantee] {
                assert_eq!(all_of(&there, reader, lang), all_of(&nowhere, reader, lang), "{}", row.product);
            }
            for reader in [Reader::Owner, Reader::Staff] {
                assert_ne!(all_of(&there, reader, lang), all_of(&nowhere, reader, lang), "{}", row.product);
            }
        }
    }
}

#[test]
fn the_owner_reads_dates_and_amounts_and_how_to_mend_them() {
    let facts = unfit("iot-package");
    let question = asked(BUYER, "iot-package", known(held(State::Bound, true), here(&facts)));
    assert_eq!(question.filer_reads_as(), Reader::Owner);
    let failed = verify(&question).unwrap_err();
    let codes: Vec<_> = failed.findings(Reader::Owner, Lang::Zh).iter().map(|told| told.code).collect();
    assert_eq!(codes, [Code::PurchasedTermShort, Code::OrderAmountLow]);
    let message = failed.message(Reader::Owner, Lang::Zh);
    assert!(message.contains("42.42 元"), "{message}");
    assert_eq!(failed.remedy(Reader::Owner).word(), "buy");
    let next = failed.suggestion(Reader::Owner, Lang::Zh);
    assert!(next.contains("首单金额不低于 90.00 元"), "{next}");
    let said = message + &next;
    assert!(!said.contains("续费 6 个月"), "no renewal mends the first order: {said}");
}

#[test]
fn where_codes_are_found_hangs_on_who_makes_them() {
    for (product, made, wanted) in [
        ("ecs", CodeMade::OnRequest, "我的备案服务号"),
        ("site-builder", CodeMade::OnPurchase, "我的备案服务号"),
        ("jushita-ecs", CodeMade::Elsewhere, "聚石塔控制台"),
    ] {
        assert_eq!(edition().row(product).unwrap().code_made.value, made);
        let question = asked(STRANGER, product, Proof::Code(Typed::Unknown));
        let next = verify(&question).unwrap_err().suggestion(Reader::Stranger, Lang::Zh);
        assert!(next.contains(wanted), "{product}: {next}");
    }
}
