//! The provider's own answers.

use crate::{at, ips, read, refused};
use rulebook::{Billing, Fact};

fn ecs(instance: &str) -> String {
    format!(r#"{{"PageNumber":1,"Instances":{{"Instance":[{instance}]}},"RequestId":"x"}}"#)
}

fn swas(instance: &str) -> String {
    format!(r#"{{"Instances":[{instance}],"TotalCount":1}}"#)
}

#[test]
fn an_ecs_instance_becomes_facts_and_its_creation_is_marked_as_derived() {
    let facts = read(ecs(
        r#"{"InstanceId":"i-1","RegionId":"cn-hangzhou","InstanceChargeType":"PrePaid","OwnerId":1234567890123456,
            "InternetMaxBandwidthOut":5,"PublicIpAddress":{"IpAddress":["47.96.0.1"]},
            "EipAddress":{"AllocationId":"","IpAddress":""},"CreationTime":"2017-12-10T04:04Z",
            "ExpiredTime":"2021-01-10T16:00Z","InnerIpAddress":{"IpAddress":["10.0.0.1"]},
            "VpcAttributes":{"PrivateIpAddress":{"IpAddress":["192.168.0.1"]}},"Tags":{"Tag":[]}}"#,
    ))
    .one();
    assert_eq!((facts.id.as_str(), facts.product.as_str()), ("i-1", "ecs"));
    assert_eq!(facts.region.as_deref(), Some("cn-hangzhou"));
    assert_eq!(facts.account.as_deref(), Some("1234567890123456"));
    assert_eq!(facts.billing, Some(Billing::Subscription));
    assert_eq!(facts.public_bandwidth_mbps, Some(5));
    assert_eq!(facts.public_ips, Some(ips(&["47.96.0.1"])));
    assert_eq!(facts.purchased_at, Some(at("2017-12-10T04:04:00Z")));
    assert_eq!(facts.expires_at, Some(at("2021-01-10T16:00:00Z")));
    assert_eq!(facts.derived.iter().collect::<Vec<_>>(), [Fact::PurchasedAt]);
    assert_eq!((facts.first_purchase_months, facts.first_order_amount, facts.codes_issued), (None, None, 0));
}

#[test]
fn an_elastic_address_carries_the_bandwidth_of_an_instance_that_has_none() {
    let facts = read(ecs(
        r#"{"InstanceId":"i-1","InternetMaxBandwidthOut":0,"PublicIpAddress":{"IpAddress":["47.96.0.1"]},
            "EipAddress":{"IpAddress":"47.96.0.2","Bandwidth":10}}"#,
    ))
    .one();
    assert_eq!(facts.public_bandwidth_mbps, Some(10));
    assert_eq!(facts.public_ips, Some(ips(&["47.96.0.1", "47.96.0.2"])));
}

#[test]
fn an_address_in_both_lists_counts_once() {
    let facts = read(ecs(
        r#"{"InstanceId":"i-1","PublicIpAddress":{"IpAddress":["47.96.0.1"]},"EipAddress":{"IpAddress":"47.96.0.1"}}"#,
    ))
    .one();
    assert_eq!(facts.public_ips, Some(ips(&["47.96.0.1"])));
}

#[test]
fn an_instance_without_public_side_has_none_and_it_is_known() {
    let facts =
        read(ecs(r#"{"InstanceId":"i-1","InternetMaxBandwidthOut":0,"PublicIpAddress":{"IpAddress":[]},
            "EipAddress":{"IpAddress":"","InternetChargeType":""}}"#))
        .one();
    assert_eq!(facts.public_bandwidth_mbps, Some(0));
    assert_eq!(facts.public_ips, Some(ips(&[])));
}

#[test]
fn what_an_answer_leaves_out_stays_unknown() {
    let facts =
        read(ecs(r#"{"InstanceId":"i-1","InternetMaxBandwidthOut":0,"PublicIpAddress":{"IpAddress":[]}}"#))
            .one();
    assert_eq!((facts.public_bandwidth_mbps, facts.public_ips), (None, None));
    assert_eq!((facts.region, facts.account, facts.billing), (None, None, None));
    assert_eq!((facts.purchased_at, facts.expires_at), (None, None));
    assert!(facts.derived.is_empty());
}

#[test]
fn the_far_date_of_a_pay_as_you_go_instance_means_no_expiry() {
    let pay = r#"{"InstanceId":"i-1","InstanceChargeType":"PostPaid","ExpiredTime":"2099-12-31T15:59Z"}"#;
    assert_eq!(read(ecs(pay)).one().expires_at, None);
    let sub = r#"{"InstanceId":"i-1","InstanceChargeType":"PrePaid","ExpiredTime":"2099-12-31T15:59Z"}"#;
    assert_eq!(read(ecs(sub)).one().expires_at, Some(at("2099-12-31T15:59:00Z")));
}

#[test]
fn a_swas_instance_becomes_facts() {
    let facts = read(swas(
        r#"{"InstanceId":"a1","RegionId":"cn-beijing","ChargeType":"PrePaid","CreationTime":"2020-03-08T05:31:06Z",
            "ExpiredTime":"2021-03-08T16:00:00Z","PublicIpAddress":"47.96.0.3","ResourceSpec":{"Bandwidth":3}}"#,
    ))
    .one();
    assert_eq!((facts.id.as_str(), facts.product.as_str()), ("a1", "swas"));
    assert_eq!(facts.billing, Some(Billing::Subscription));
    assert_eq!(facts.public_bandwidth_mbps, Some(3));
    assert_eq!(facts.public_ips, Some(ips(&["47.96.0.3"])));
    assert_eq!(facts.purchased_at, Some(at("2020-03-08T05:31:06Z")));
    assert!(facts.derived.contains(Fact::PurchasedAt));
    assert_eq!(read(swas(r#"{"InstanceId":"a1","PublicIpAddress":""}"#)).one().public_ips, Some(ips(&[])));
}

#[test]
fn pages_of_both_products_may_follow_each_other_or_stand_in_a_list() {
    let pages =
        [ecs(r#"{"InstanceId":"i-1"},{"InstanceId":"i-2"}"#), swas(r#"{"InstanceId":"a1"}"#), ecs("")];
    assert_eq!(read(pages.concat()).ids(), ["i-1", "i-2", "a1"]);
    assert_eq!(read(pages.join("\n\n")).ids(), ["i-1", "i-2", "a1"]);
    assert_eq!(read(format!("[{}]", pages.join(" ,\n"))).ids(), ["i-1", "i-2", "a1"]);
    assert!(read("[]").read.is_empty());
}

#[test]
fn a_bad_instance_costs_only_itself_and_is_told_with_its_line_and_all_its_faults() {
    let read = read(ecs("\n{\"InstanceId\":\"i-1\"},\n{\"InstanceId\":7,\"InternetMaxBandwidthOut\":\"5\",\
         \"PublicIpAddress\":{\"IpAddress\":[\"x\"]},\"InstanceChargeType\":\"Free\",\"ExpiredTime\":\"2020-01-01\"},\n\
         {\"InstanceId\":\"i-3\"}"));
    assert_eq!(read.ids(), ["i-1", "i-3"]);
    assert_eq!(
        read.faults(),
        [
            "line 3: `InstanceId` is the number 7; expected text. `InstanceChargeType` is the text \"Free\"; expected \
          PrePaid or PostPaid. `ExpiredTime` is the text \"2020-01-01\"; expected a UTC time such as \
          2020-07-01T02:00Z. `InternetMaxBandwidthOut` is the text \"5\"; expected a whole number from 0. \
          `PublicIpAddress.IpAddress[0]` is the text \"x\"; expected an IP address such as 47.96.0.1."
        ]
    );
}

#[test]
fn an_instance_without_id_is_a_fault() {
    let read = read(ecs(r#"{"RegionId":"cn-hangzhou"},{"InstanceId":""},3,{"InstanceId":"i-4"}"#));
    assert_eq!(read.ids(), ["i-4"]);
    assert_eq!(read.faults()[0], "line 1: `InstanceId` is missing; add it.");
    assert_eq!(read.faults()[1], "line 1: `InstanceId` is missing; add it.");
    assert!(read.faults()[2].starts_with("line 1: The record is the number 3; expected a JSON object"));
}

#[test]
fn a_slip_inside_one_instance_does_not_lose_the_others() {
    let read = read(ecs("{\"InstanceId\":\"i-1\" \"RegionId\":\"x\"},\n{\"InstanceId\":\"i-2\"}"));
    assert_eq!(read.ids(), ["i-2"]);
    assert!(read.faults()[0].contains("is not JSON: at byte 21 of line 1"), "{}", read.faults()[0]);
}

#[test]
fn a_truncated_answer_gives_what_is_complete_and_says_where_it_ends() {
    let whole = ecs("{\"InstanceId\":\"i-1\"},\n{\"InstanceId\":\"i-2\"}");
    let read = read(&whole[..whole.len() - 20]);
    assert_eq!(read.ids(), ["i-1"]);
    assert_eq!(read.faults().len(), 1);
    assert!(read.faults()[0].starts_with("line 2: The file ends in the middle of a record"));
}

#[test]
fn an_answer_may_be_cut_anywhere_and_always_ends_in_one_fault() {
    let whole = format!("[{}]", ecs(r#"{"InstanceId":"i-1","Tags":{"Tag":["\"}]"]}},{"InstanceId":"i-2"}"#));
    for cut in 1..whole.len() {
        let Some(cut_off) = whole.get(..cut) else { continue };
        let read = read(cut_off);
        assert_eq!(read.faults().len(), 1, "{cut_off}");
        assert!(matches!(read.read.last(), Some(Err(_))), "{cut_off}");
    }
}

#[test]
fn an_error_of_the_provider_is_told_as_such() {
    let read = read(r#"{"RequestId":"1","Code":"Throttling.User","Message":"Request was denied."}"#);
    assert_eq!(
        read.faults(),
        [
            "line 1: This is no list of instances but the provider's error Throttling.User (Request was denied.). \
          Make the call again."
        ]
    );
}

#[test]
fn an_answer_without_instances_is_told_and_the_next_one_is_read() {
    let read = read(format!(
        "{{\"RequestId\":\"1\",\"Images\":{{\"Image\":[]}}}}\n{}",
        ecs(r#"{"InstanceId":"i-1"}"#)
    ));
    assert_eq!(read.ids(), ["i-1"]);
    assert!(read.faults()[0].starts_with("line 1: The answer has no list of instances"));
}

#[test]
fn what_is_no_json_any_more_ends_the_reading_at_its_line() {
    let read = read(format!("{}\nHTTP/1.1 200 OK\n", ecs(r#"{"InstanceId":"i-1"}"#)));
    assert_eq!(read.ids(), ["i-1"]);
    assert_eq!(
        read.faults(),
        ["line 2: Found `H` and expected {; nothing more can be read. Correct the file and try again."]
    );
}

#[test]
fn an_answer_that_windows_redirected_into_utf_16_is_read() {
    let utf16: Vec<u8> = "\u{FEFF}"
        .chars()
        .chain(ecs(r#"{"InstanceId":"i-1"}"#).chars())
        .flat_map(|c| (c as u16).to_le_bytes())
        .collect();
    assert_eq!(read(utf16).ids(), ["i-1"]);
}

#[test]
fn years_that_no_instance_lives_in_are_faults() {
    let read = read(ecs(r#"{"InstanceId":"i-1","ExpiredTime":"99999-12-31T15:59Z"}"#));
    assert!(read.faults()[0].contains("the year must be between 1990 and 2999"));
}

#[test]
fn a_list_of_records_is_told_how_to_become_lines() {
    assert!(refused(r#"[{"id":"i-1","product":"ecs"}]"#).contains("Make it JSON lines"));
}

#[test]
fn pages_that_are_missing_are_warned_of() {
    let page =
        |id: &str, total: u32| format!(r#"{{"TotalCount":{total},"Instances":[{{"InstanceId":"{id}"}}]}}"#);
    let warning = |total, read| {
        format!(
            "The provider counts {total} instances and the file holds {read}: \
             check that every page of the answer is in it."
        )
    };
    assert_eq!(read(page("a", 3)).warnings, [warning(3, 1)]);
    assert_eq!(read(page("a", 2) + &page("b", 2)).warnings, [""; 0]);
    // Two regions, of which one is not complete.
    let pages = [page("a", 1), page("b", 3), page("c", 3)].join(",");
    assert_eq!(read(format!("[{pages}]")).warnings, [warning(3, 2)]);
}
