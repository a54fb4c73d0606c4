//! What the bureau's answer could not be recorded for later is told by the checks before the order is submitted; and what a check asks
//! for can be done.

use crate::{
    Story,
    filed_before::{FIRST, NONE, Numbers, SECOND, pairs},
    filers::{Filer, SUBJECT, filled, operator, text},
    key, server,
};
use app::{
    Failure,
    orders::{
        CorrectOrder, OrderFault, WithdrawOrder,
        bureau::{ConfirmSms, RejectOrder},
    },
};
use filing::orders::{Certificate, Kind, Part, State, Website};
use rulebook::Facts;
use testbed::ENGINES;

impl Story {
    /// The codes that are told of the number that an order of that kind starts from.
    async fn told_of(&self, filer: &Filer, kind: Kind, number: &str) -> Vec<&'static str> {
        let order = self.about(&filer.asker, kind, number).await;
        self.save(&order, Part::Target).await.unwrap();
        let told = self.told(&order).await;
        told.into_iter().filter(|(path, _)| path == "target.number").map(|(_, code)| code).collect()
    }

    /// A change of those websites of the company, without anything else.
    async fn change_of(&self, filer: &Filer, websites: Vec<Website>) -> Filer {
        let mut change = self.about(&filer.asker, Kind::Change, SUBJECT).await;
        let count = u16::try_from(websites.len()).unwrap();
        change.form.websites = websites;
        change.form.materials = self.pictures_of(change.order, count).await;
        change.form.materials.retain(|picture| [Some(1), Some(4)].contains(&picture.purpose));
        for part in change.form.parts().collect::<Vec<_>>() {
            self.save(&change, part).await.unwrap();
        }
        change
    }

    /// A company with two websites.
    async fn with_two_websites(&self) -> (Filer, [Website; 2]) {
        let lin = self.company().await;
        let second = self.second_website(&lin.asker).await;
        self.to_the_end(&second, Numbers { subject: None, websites: &[SECOND] }).await.unwrap();
        let filed = |filer: &Filer, number| Website {
            number: text(number),
            verification: None,
            ..filer.form.websites[0].clone()
        };
        let websites = [filed(&lin, FIRST), filed(&second, SECOND)];
        (lin, websites)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_that_is_filed_under_another_account_is_told_before_the_order_is_submitted() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        story.with_a_website().await;
        let wang = story.filer(8).await;
        for (kind, number) in [
            (Kind::AddWebsite, SUBJECT),
            (Kind::AddAccess, FIRST),
            // A website that nobody knows here, of a subject that is another's.
            (Kind::AddAccess, "粤ICP备12345678号-7"),
        ] {
            let told = story.told_of(&wang, kind, number).await;
            assert_eq!(told, ["filing-number-of-another-account"], "{engine:?} {kind:?}");
        }
        let told = story.told_of(&wang, Kind::Change, SUBJECT).await;
        assert_eq!(told, ["filing-number-unknown"], "{engine:?}: it is nobody's business whose it is");
        let told = story.told_of(&wang, Kind::AddWebsite, "粤ICP备87654321号").await;
        assert_eq!(told, ["filing-number-unknown"], "{engine:?}: it may be filed with another provider");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_website_is_added_under_a_number_that_was_given_with_a_licence_through_another_provider() {
    for engine in ENGINES {
        for (number, website) in
            [("粤ICP证030173号", "粤ICP证030173号-1"), ("粤B2-20090059", "粤B2-20090059-1")]
        {
            let story = Story::on(engine).await;
            let lin = story.filer(7).await;
            let mut order = story.about(&lin.asker, Kind::AddWebsite, number).await;
            order.form.websites.clone_from(&lin.form.websites);
            order.form.materials = story.pictures(order.order).await;
            order.form.materials.retain(|picture| picture.website.is_some());
            story.to_the_end(&order, Numbers { subject: None, websites: &[website] }).await.unwrap();
            assert_eq!(story.websites().await, pairs(&[(website, "active")]), "{engine:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_a_website_that_is_not_there_or_cancelled_is_told_by_a_check() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let (lin, [first, second]) = story.with_two_websites().await;
        let missing = Website { number: text("粤ICP备12345678号-9"), ..first.clone() };
        let change = story.change_of(&lin, vec![missing]).await;
        let told = story.told(&change).await;
        let unknown = ("websites[0].number".to_owned(), "filing-number-unknown");
        assert!(told.contains(&unknown), "{engine:?} {told:?}");
        let end = story.end(&lin.asker, Kind::CancelWebsite, SECOND, "12345678-2").await;
        story.to_the_end(&end, NONE).await.unwrap();
        let renamed = Website { name: text("远山茶业新站"), ..first };
        let change = story.change_of(&lin, vec![renamed, second]).await;
        let cancelled = ("websites[1].number".to_owned(), "filing-number-cancelled");
        assert_eq!(story.told(&change).await, [cancelled], "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_websites_of_one_subject_swap_their_domains() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let (lin, [mut first, mut second]) = story.with_two_websites().await;
        std::mem::swap(&mut first.domains, &mut second.domains);
        std::mem::swap(&mut first.home_page, &mut second.home_page);
        let change = story.change_of(&lin, vec![first, second]).await;
        story.to_the_end(&change, NONE).await.unwrap();
        let shop = "xn--fsqu00a.xn--fiqs8s";
        assert_eq!(story.domains().await, pairs(&[("example.com", SECOND), (shop, FIRST)]), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_domain_of_another_website_of_ones_own_is_not_taken_along_unnoticed() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let (lin, [mut first, second]) = story.with_two_websites().await;
        first.domains.extend(second.domains);
        let change = story.change_of(&lin, vec![first]).await;
        let own = ("websites[0].domains[1]".to_owned(), "domain-filed-by-yourself");
        assert_eq!(story.told(&change).await, [own], "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_to_the_certificate_of_another_subject_of_ones_own_is_told_by_a_check() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        let mut other = story.filer(8).await;
        let card = Certificate { kind: Some(2), number: text("440305199003074912") };
        other.form.subject.as_mut().unwrap().certificate = card.clone();
        other.form.subject.as_mut().unwrap().person.certificate = card.clone();
        other.form.websites[0].person.certificate = card;
        other.form.websites[0].domains = vec!["example.net".to_owned()];
        other.form.websites[0].home_page = text("www.example.net");
        let numbers =
            Numbers { subject: Some("粤ICP备87654321号"), websites: &["粤ICP备87654321号-1"] };
        story.to_the_end(&other, numbers).await.unwrap();
        let mut change = story.about(&other.asker, Kind::Change, "粤ICP备87654321号").await;
        change.form.subject = filled().subject;
        assert_eq!(story.say("UPDATE subjects SET account = (SELECT account FROM subjects WHERE number = '粤ICP备87654321号')", vec![]).await, 2);
        for part in change.form.parts().collect::<Vec<_>>() {
            story.save(&change, part).await.unwrap();
        }
        let told = story.told(&change).await;
        let twice = ("subject.certificate.number".to_owned(), "subject-filed-by-yourself");
        assert!(told.contains(&twice), "{engine:?} {told:?}");
        let own = story.about(&lin.asker, Kind::Change, SUBJECT).await;
        assert!(!story.told(&own).await.contains(&twice), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_returned_order_whose_instance_moved_is_submitted_with_the_address_that_it_has_now() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let mut lin = story.filer(7).await;
        story.submit(&lin, "k-1").await.unwrap();
        // Nobody remarked on the address: it became wrong meanwhile.
        story.give_back(lin.order).await;
        let facts =
            Facts { public_ips: Some(vec!["47.96.0.9".parse().unwrap()]), ..server("i-7", &lin.asker) };
        story.desk.record_instance(facts).await.unwrap();
        let stale = ("websites[0].addresses[0]".to_owned(), "access-address-not-of-product");
        let unmended = ("websites[0].name".to_owned(), "not-mended");
        assert_eq!(story.told(&lin).await, [stale, unmended], "{engine:?}");
        let opened = story.desk.order(&lin.asker, lin.order).await.unwrap().opened.unwrap();
        assert_eq!(opened, ["websites[0].name", "websites[0].addresses"], "{engine:?}");
        lin.form.websites[0].addresses = vec!["47.96.0.9".to_owned()];
        story.save(&lin, Part::Websites).await.unwrap();
        assert_eq!(story.submit(&lin, "k-2").await.unwrap().state, State::Submitted, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rejected_order_is_corrected_anew_once_the_draft_that_was_made_of_it_ended() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.filer(7).await;
        story.submit(&lin, "k-1").await.unwrap();
        story.approve(lin.order).await.unwrap();
        story.send(lin.order).await;
        let answered = ConfirmSms { operator: operator(), order: lin.order };
        story.desk.confirm_sms(answered, key("k-sms")).await.unwrap();
        let reason = "证件已过期".to_owned();
        let reject = RejectOrder { operator: operator(), order: lin.order, reason };
        story.desk.reject_order(reject, key("k-reject")).await.unwrap();
        let correct = CorrectOrder { asker: lin.asker.clone(), order: lin.order };
        let first = story.desk.correct_order(correct.clone(), key("k-first")).await.unwrap().answer.order;
        let withdraw = WithdrawOrder { asker: lin.asker.clone(), order: first };
        story.desk.withdraw_order(withdraw, key("k-withdraw-first")).await.unwrap();
        let second = story.desk.correct_order(correct.clone(), key("k-second")).await.unwrap().answer.order;
        assert_ne!(first, second, "{engine:?}");
        let third = story.desk.correct_order(correct, key("k-third")).await.unwrap_err();
        let expected = OrderFault::Corrected { draft: second };
        assert!(matches!(&third, Failure::Because(fault) if *fault == expected), "{engine:?} {third}");
    }
}
