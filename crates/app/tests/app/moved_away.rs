//! Another provider takes the access: the number lives on, nobody is warned of what is not so, and whatever was said is on record.

use crate::{
    Story,
    filed_before::{FIRST, NONE, pairs},
    filers::{Filer, SUBJECT, operator},
};
use app::{
    Actor, Failure,
    registry::{ElsewhereFault, NumberFault, RecordElsewhere},
};
use filing::registry::{Asked, Event, Reason, Risk, State};
use jiff::{SignedDuration, civil::date};
use testbed::ENGINES;

impl Story {
    async fn says_elsewhere(&self, by: Actor, number: &str, hosted: bool) -> Result<(), ElsewhereFault> {
        let ask = RecordElsewhere { by, number: number.to_owned(), hosted };
        match self.desk.record_elsewhere(ask, None).await {
            Ok(_) => Ok(()),
            Err(Failure::Because(fault)) => Err(fault),
            Err(error) => panic!("{error}"),
        }
    }
}

impl Story {
    /// What weighs most of what threatens a number, in the list of its owner's.
    pub(crate) async fn listed_threat(&self, of: &Filer, number: &str) -> Option<&'static str> {
        let listed = self.desk.my_numbers(&of.asker, None, 9).await.unwrap();
        listed.iter().find_map(|one| one.threats.get(number)).map(|threat| threat.risk.word())
    }
}

fn owner(filer: &Filer) -> Actor {
    Actor::Account(filer.asker.clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_website_that_another_provider_hosts_is_hosted_somewhere_until_somebody_says_otherwise() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        story.drop(FIRST, Reason::ByOwner).await.unwrap();
        let since = date(2020, 11, 1);
        assert_eq!(story.risks(&lin, FIRST).await, [Risk::HostedNowhere { since }], "{engine:?}");
        story.says_elsewhere(owner(&lin), FIRST, true).await.unwrap();
        story.clock.pass(SignedDuration::from_hours(24 * 90));
        assert_eq!(story.risks(&lin, FIRST).await, [], "{engine:?}: nothing threatens it");
        assert_eq!(story.websites().await, pairs(&[(FIRST, "access-dropped")]), "{engine:?}: it is not here");
        let already = story.says_elsewhere(owner(&lin), FIRST, true).await;
        assert_eq!(already, Err(ElsewhereFault::Already), "{engine:?}");
        story.says_elsewhere(Actor::Staff(operator()), FIRST, false).await.unwrap();
        let since = date(2021, 1, 30);
        assert_eq!(
            story.risks(&lin, FIRST).await,
            [Risk::HostedNowhere { since }],
            "{engine:?}: from then on"
        );
        let already = story.says_elsewhere(owner(&lin), FIRST, false).await;
        assert_eq!(already, Err(ElsewhereFault::Already), "{engine:?}");
        let number = story.desk.own_number(&lin.asker, FIRST).await.unwrap().unwrap();
        let told: Vec<_> =
            number.history.iter().skip(1).map(|one| (one.event, one.state, one.actor.as_str())).collect();
        let expected = [
            (Event::DropAccess, State::AccessDropped, "staff:wu"),
            (Event::HostElsewhere, State::AccessDropped, "account:acc-7"),
            (Event::LeaveElsewhere, State::AccessDropped, "staff:wu"),
        ];
        assert_eq!(told, expected, "{engine:?}");
        for (nth, asked) in [(2, Asked::Owner), (3, Asked::Provider)] {
            let entry = number.history[nth].entry;
            let receipt = story.desk.own_receipt(&lin.asker, FIRST, entry).await.unwrap().unwrap();
            assert_eq!(receipt.number.asked(), asked, "{engine:?}: whoever said so");
        }
        story.keeps_promises(engine).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_of_numbers_says_at_once_what_the_page_of_one_says() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        story.drop(FIRST, Reason::ByOwner).await.unwrap();
        story.says_elsewhere(owner(&lin), FIRST, true).await.unwrap();
        assert_eq!(story.listed_threat(&lin, FIRST).await, None, "{engine:?}");
        story.says_elsewhere(owner(&lin), FIRST, false).await.unwrap();
        assert_eq!(story.listed_threat(&lin, FIRST).await, Some("hosted-nowhere"), "{engine:?}");
        story.says_elsewhere(owner(&lin), FIRST, true).await.unwrap();
        assert_eq!(story.listed_threat(&lin, FIRST).await, None, "{engine:?}: no round was made since");
        story.says_elsewhere(owner(&lin), FIRST, false).await.unwrap();
        let back = story.comes_again(&lin, "k-back").await;
        story.to_the_end(&back, NONE).await.unwrap();
        assert_eq!(story.listed_threat(&lin, FIRST).await, None, "{engine:?}: it is hosted here");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_website_that_comes_back_is_hosted_here_and_said_to_be_nowhere_once_it_goes_again() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        story.drop(FIRST, Reason::ByAuthority).await.unwrap();
        story.says_elsewhere(owner(&lin), FIRST, true).await.unwrap();
        let back = story.comes_again(&lin, "k-back").await;
        story.to_the_end(&back, NONE).await.unwrap();
        assert_eq!(story.websites().await, pairs(&[(FIRST, "active")]), "{engine:?}");
        story.drop(FIRST, Reason::ByOwner).await.unwrap();
        assert!(
            matches!(story.risks(&lin, FIRST).await.as_slice(), [Risk::HostedNowhere { .. }]),
            "{engine:?}: what was said before it came back says nothing any more"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_says_it_of_a_website_that_is_here_or_gone_or_of_anothers() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        let here = story.says_elsewhere(owner(&lin), FIRST, true).await.unwrap_err();
        assert!(matches!(here, ElsewhereFault::Number(NumberFault::Illegal(_))), "{engine:?} {here}");
        let subject = story.says_elsewhere(owner(&lin), SUBJECT, true).await.unwrap_err();
        assert!(matches!(subject, ElsewhereFault::Number(NumberFault::Illegal(_))), "{engine:?} {subject}");
        story.drop(FIRST, Reason::ByOwner).await.unwrap();
        let li = Actor::Account(story.account(8).await);
        let another = story.says_elsewhere(li, FIRST, true).await.unwrap_err();
        assert!(matches!(another, ElsewhereFault::Number(NumberFault::Unknown)), "{engine:?} {another}");
        story.cancel(FIRST, Reason::ByOwner, "12345678-1").await.unwrap();
        for hosted in [true, false] {
            let gone = story.says_elsewhere(owner(&lin), FIRST, hosted).await.unwrap_err();
            assert!(matches!(gone, ElsewhereFault::Number(NumberFault::Illegal(_))), "{engine:?} {gone}");
        }
        assert_eq!(story.websites().await, pairs(&[(FIRST, "cancelled")]), "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_cancelled_as_hosted_nowhere_that_another_provider_hosts() {
    for engine in ENGINES {
        let story = Story::on(engine).await;
        let lin = story.with_a_website().await;
        story.drop(FIRST, Reason::ByOwner).await.unwrap();
        story.says_elsewhere(owner(&lin), FIRST, true).await.unwrap();
        let elsewhere = NumberFault::HostedElsewhere(vec![FIRST.to_owned()]);
        for (number, digits) in [(FIRST, "12345678-1"), (SUBJECT, "12345678")] {
            let refused = story.cancel(number, Reason::AccessDroppedTooLong, digits).await.unwrap_err();
            assert!(
                matches!(&refused, Failure::Because(fault) if *fault == elsewhere),
                "{engine:?} {refused}"
            );
        }
        story.says_elsewhere(owner(&lin), FIRST, false).await.unwrap();
        story.cancel(FIRST, Reason::AccessDroppedTooLong, "12345678-1").await.unwrap();
    }
}
