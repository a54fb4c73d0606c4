//! What was cancelled is filed anew, by its owner or by whoever has its domain now: with a fresh code, under another number; and where an
//! authority closed it, by nobody.

use crate::{
    Story,
    filed_before::{FIRST, Numbers, SECOND},
    filers::SUBJECT,
};
use app::{Failure, orders::SubmitFault, two_people::Extent};
use filing::{
    codes::State as CodeState,
    orders::State as OrderState,
    registry::{Reason, Risk},
};
use jiff::SignedDuration;
use testbed::ENGINES;

const NEW: &str = "粤ICP备12345679号";
const NEW_FIRST: &str = "粤ICP备12345679号-1";

fn registry(of: &[(&str, &str)]) -> Vec<(String, String)> {
    of.iter().map(|(number, state)| ((*number).to_owned(), (*state).to_owned())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_registered_the_lapsed_domain_files_it_under_a_number_of_his_own() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        let holder = story.unfiled_company(8).await;
        story.cancel(FIRST, Reason::ByNewDomainHolder, "12345678-1").await.unwrap();
        let numbers = Numbers { subject: Some(NEW), websites: &[NEW_FIRST] };
        let filed = story.to_the_end(&holder, numbers).await.unwrap();
        assert_eq!(filed.state, OrderState::Filed, "{engine:?}");
        let all = [(NEW, "active"), (NEW_FIRST, "active"), (SUBJECT, "active"), (FIRST, "cancelled")];
        let mut all = registry(&all);
        all.sort();
        assert_eq!(story.registry().await, all, "{engine:?}");
        assert_eq!(
            story.domains().await,
            [("example.com".to_owned(), NEW_FIRST.to_owned())],
            "{engine:?}: it is his"
        );
        assert_eq!(story.code_states(&lin.asker).await, [CodeState::Recorded], "{engine:?}");
        story.keeps_promises(engine).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn hosted_nowhere_for_too_long_is_told_then_cancelled_by_the_bureau_and_filed_anew_with_another_code() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.company().await;
        story.drop(FIRST, Reason::ByOwner).await.unwrap();
        story.clock.pass(SignedDuration::from_hours(24 * 40));
        let risks = story.risks(&lin, FIRST).await;
        assert!(matches!(risks.as_slice(), [Risk::HostedNowhere { .. }]), "{engine:?} {risks:?}");
        story.cancel(FIRST, Reason::AccessDroppedTooLong, "12345678-1").await.unwrap();
        assert_eq!(story.risks(&lin, FIRST).await, [], "{engine:?}: nothing can save it");
        let mut anew = story.second_website(&lin.asker).await;
        let was = &lin.form.websites[0];
        let site = &mut anew.form.websites[0];
        (site.domains, site.home_page) = (was.domains.clone(), was.home_page.clone());
        let filed = story.to_the_end(&anew, Numbers { subject: None, websites: &[SECOND] }).await.unwrap();
        assert_eq!(filed.state, OrderState::Filed, "{engine:?}");
        assert_eq!(
            story.code_states(&lin.asker).await,
            [CodeState::Recorded, CodeState::Recorded],
            "{engine:?}: one code behind each, and none comes back"
        );
        let all = [(SUBJECT, "active"), (FIRST, "cancelled"), (SECOND, "active")];
        assert_eq!(story.registry().await, registry(&all), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forced_closure_of_whoever_is_known_by_his_number_alone_stops_his_codes_too() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.customer_with_access_alone().await;
        assert_eq!(story.codes_of(&lin).await, [] as [&str; 0], "{engine:?}");
        let serious = Extent::Serious { domains: true };
        let id = story.propose_to_cancel(FIRST, serious, "k-force").await.unwrap().answer.id;
        story.agree(id, Some("12345678-1"), "k-force-yes").await.unwrap();
        assert_eq!(story.codes_of(&lin).await, ["account-blacklisted"], "{engine:?}");
        let kept = "SELECT CAST(COUNT(*) AS BIGINT) FROM subject_marks";
        assert_eq!(story.look::<(i64,)>(kept).await, [(0,)], "{engine:?}: nothing else is known of him");
        story.keeps_promises(engine).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forced_closure_takes_every_website_and_stops_the_next_order_and_the_next_code() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.company().await;
        let second = story.second_website(&lin.asker).await;
        story.to_the_end(&second, Numbers { subject: None, websites: &[SECOND] }).await.unwrap();
        assert_eq!(story.codes_of(&lin.asker).await, [] as [&str; 0], "{engine:?}: he may have more");
        let serious = Extent::Serious { domains: true };
        let id = story.propose_to_cancel(FIRST, serious, "k-force").await.unwrap().answer.id;
        let agreed = story.agree(id, Some("12345678-1"), "k-force-yes").await.unwrap().answer;
        let all = [(SUBJECT, "cancelled"), (FIRST, "cancelled"), (SECOND, "cancelled")];
        assert_eq!(story.registry().await, registry(&all), "{engine:?}");
        let listed: Vec<(String,)> = story.look("SELECT kind FROM blacklist ORDER BY kind").await;
        let listed: Vec<_> = listed.into_iter().map(|(kind,)| kind).collect();
        assert_eq!(listed, ["certificate", "domain", "website-name"], "{engine:?} {agreed:?}");
        assert_eq!(
            story.codes_of(&lin.asker).await,
            ["account-blacklisted"],
            "{engine:?}: no code for the account"
        );
        // Nor does the company file through another account, or with another domain.
        let mut other = story.unfiled_company(8).await;
        for domain in ["example.com", "example.cn"] {
            other.form.websites[0].domains = vec![domain.to_owned()];
            other.form.websites[0].home_page = Some(format!("www.{domain}"));
            for part in other.form.parts().collect::<Vec<_>>() {
                story.save(&other, part).await.unwrap();
            }
            let refused = story.submit(&other, &format!("k-{domain}")).await.unwrap_err();
            let Failure::Because(SubmitFault::Faulty(faults)) = refused else { panic!("{engine:?}") };
            let mut paths: Vec<_> = faults.checks.iter().map(|fault| fault.path.as_str()).collect();
            paths.sort_unstable();
            let of_domain = usize::from(domain == "example.com");
            assert!(paths.contains(&"subject.certificate.number"), "{engine:?} {paths:?}");
            let domains = paths.iter().filter(|path| **path == "websites[0].domains[0]").count();
            assert_eq!(domains, of_domain, "{engine:?} {faults:#?}");
        }
        story.keeps_promises(engine).await;
    }
}
