//! Tables as text.

use crate::{at, ips, read, refused};
use inventory::Format;
use proptest::prelude::*;
use rulebook::{Billing, Facts, Fen};

const HEADINGS: &str = "实例ID,产品类型,账号,地域,计费方式,公网带宽（Mbps）,公网IP,购买时间,到期时间,首次购买月数,首单金额,已申请备案服务号数";
const ROW: &str =
    "i-1,云服务器 ECS,acc-7,华东1（杭州）,包年包月,5Mbps,47.96.0.1；47.96.0.2,2020/7/1,2021-07-01,12,199,2";

#[test]
fn a_chinese_table_becomes_facts() {
    let facts = read(format!("\u{FEFF}{HEADINGS}\r\n{ROW}\r\n")).one();
    assert_eq!((facts.id.as_str(), facts.product.as_str()), ("i-1", "ecs"));
    assert_eq!((facts.account.as_deref(), facts.region.as_deref()), (Some("acc-7"), Some("华东1（杭州）")));
    assert_eq!((facts.billing, facts.public_bandwidth_mbps), (Some(Billing::Subscription), Some(5)));
    assert_eq!(facts.public_ips, Some(ips(&["47.96.0.1", "47.96.0.2"])));
    assert_eq!(facts.purchased_at, Some(at("2020-06-30T16:00:00Z")));
    assert_eq!(facts.expires_at, Some(at("2021-07-01T15:59:59Z")));
    assert_eq!((facts.first_purchase_months, facts.first_order_amount), (Some(12), Some(Fen::new(19900))));
    assert_eq!(facts.codes_issued, 2);
    assert!(facts.derived.is_empty());
}

#[test]
fn empty_cells_are_unknown_and_nothing_is_left_of_the_row_before() {
    let facts = read(format!("{HEADINGS}\n{ROW}\ni-2,轻量应用服务器,,,,,,,,,,\n")).facts();
    assert_eq!(facts[1], Facts { id: "i-2".into(), product: "swas".into(), ..Facts::default() });
}

#[test]
fn none_is_said_in_words_or_with_a_dash() {
    for none in ["无", "-"] {
        assert_eq!(read(format!("id,product,public_ips\ni-1,ecs,{none}")).one().public_ips, Some(ips(&[])));
    }
}

#[test]
fn a_table_in_gbk_is_read_like_one_in_utf_8() {
    let utf8 = format!("{HEADINGS}\r\n{ROW}\r\n");
    let gbk = encoding_rs::GBK.encode(&utf8).0.into_owned();
    assert_eq!(read(gbk).facts(), read(utf8).facts());
}

#[test]
fn a_table_in_gbk_with_english_headings_is_told_by_its_cells() {
    let gbk = encoding_rs::GBK.encode("id,product,region\ni-1,云服务器,华东1（杭州）\n").0.into_owned();
    assert_eq!(read(gbk).one().region.as_deref(), Some("华东1（杭州）"));
}

#[test]
fn bytes_that_are_no_gbk_cost_only_their_row() {
    let mut gbk = encoding_rs::GBK.encode("实例ID,产品类型\ni-1,云服务器\ni-2,").0.into_owned();
    gbk.extend_from_slice(b"\xFF\xFE\n");
    gbk.extend_from_slice(&encoding_rs::GBK.encode("i-3,云服务器\n").0);
    let read = read(gbk);
    assert_eq!(read.ids(), ["i-1", "i-3"]);
    assert!(read.faults()[0].starts_with("line 3: There are bytes that are not GBK."));
}

#[test]
fn bytes_that_are_no_utf_8_cost_only_their_row() {
    let read = read([HEADINGS.as_bytes(), b"\n\xC3\x28,ecs,,,,,,,,,,\n", ROW.as_bytes()].concat());
    assert_eq!(read.ids(), ["i-1"]);
    assert!(read.faults()[0].starts_with("line 2: There are bytes that are not UTF-8."));
}

#[test]
fn unicode_text_of_excel_is_read() {
    let text = "\u{FEFF}实例ID\t产品类型\t地域\r\ni-1\t云服务器\t中国香港\r\n";
    for order in [u16::to_le_bytes, u16::to_be_bytes] {
        let bytes: Vec<u8> = text.encode_utf16().flat_map(order).collect();
        assert_eq!(read(bytes).one().region.as_deref(), Some("中国香港"));
    }
}

#[test]
fn cells_may_be_separated_by_tabs_or_semicolons() {
    for separator in ["\t", ";"] {
        let table = ["实例ID,产品类型,公网带宽", "i-1,ecs,5"].join("\n").replace(',', separator);
        assert_eq!(read(table).one().public_bandwidth_mbps, Some(5));
    }
}

#[test]
fn quoted_cells_may_hold_separators_line_breaks_and_quotation_marks() {
    let read = read("id,product,region,备注\n\"i-1\",ecs,\"华东1,杭州\",\"say\n\"\"x\"\"\"\ni-2,ecs,b,\n");
    assert_eq!(read.ids(), ["i-1", "i-2"]);
    assert_eq!(read.read[1].as_ref().unwrap().0.line, 4);
    assert_eq!(read.facts()[0].region.as_deref(), Some("华东1,杭州"));
}

#[test]
fn a_quotation_mark_that_nothing_closes_costs_only_its_line() {
    let rows = "i-2,ecs\n".repeat(500);
    let read = read(format!("id,product\n\"i-1,ecs\n{rows}"));
    assert_eq!(read.ids().len(), 500);
    assert!(read.faults()[0].starts_with("line 2: A cell begins with a quotation mark that nothing closes"));
}

#[test]
fn a_row_with_too_many_cells_is_told_with_both_counts() {
    let read = read("id,product,region\ni-2,ecs,a,b\ni-3,ecs,a,\n\n,,\ni-4,ecs,a\n");
    assert_eq!(read.ids(), ["i-3", "i-4"]);
    assert!(read.faults()[0].starts_with("line 2: The row has 4 cells and the heading row 3."));
}

#[test]
fn a_row_without_id_or_product_is_a_fault_that_names_the_column_as_the_table_does() {
    let read = read("实例ID,产品类型,地域\n,ecs,a\ni-2,,a\n");
    assert_eq!(
        read.faults(),
        ["line 2: `实例ID` is missing; add it.", "line 3: `产品类型` is missing; add it."]
    );
}

#[test]
fn every_fault_of_a_row_is_told_at_once() {
    let read = read(format!("{HEADINGS}\ni-1,ecs,,,月付,快,localhost,昨天,2021-02-30,一年,免费,-1\n"));
    assert_eq!(
        read.faults(),
        [
            "line 2: `计费方式` is the text \"月付\"; expected subscription (包年包月) or pay-as-you-go (按量付费). \
          `公网带宽（Mbps）` is the text \"快\"; expected a whole number from 0, in Mbit/s, such as 5. \
          `公网IP` is the text \"localhost\"; expected IP addresses, several separated by `;`, or `-` for none. \
          `购买时间` is the text \"昨天\"; expected a date or time such as 2020-07-01 or 2020-07-01 10:00:00. \
          `到期时间` is the text \"2021-02-30\"; expected a date or time such as 2020-07-01 or 2020-07-01 10:00:00. \
          `首次购买月数` is the text \"一年\"; expected a whole number from 0. \
          `首单金额` is the text \"免费\"; expected an amount in yuan with at most two decimals, such as 99.00. \
          `已申请备案服务号数` is the text \"-1\"; expected a whole number from 0."
        ]
    );
}

#[test]
fn dates_in_the_year_99999_are_faults() {
    for year in ["99999", "9999", "1970"] {
        let read = read(format!("id,product,expires_at\ni-1,ecs,{year}-01-01\n"));
        assert_eq!(
            read.faults(),
            [format!(
                "line 2: `expires_at` is the text \"{year}-01-01\"; the year must be between 1990 and 2999; check the date."
            )]
        );
    }
}

#[test]
fn times_without_offset_are_those_of_shanghai() {
    for (cell, utc) in [
        ("2020-07-01 10:00:00", "2020-07-01T02:00:00Z"),
        ("2020/7/1 10:00", "2020-07-01T02:00:00Z"),
        ("2020-07-01T10:00:00Z", "2020-07-01T10:00:00Z"),
        ("２０２０－０７－０１", "2020-07-01T15:59:59Z"),
    ] {
        assert_eq!(
            read(format!("id,product,expires_at\ni-1,ecs,{cell}\n")).one().expires_at,
            Some(at(utc)),
            "{cell}"
        );
    }
}

#[test]
fn columns_that_nobody_knows_are_passed_over_with_a_warning() {
    let read = read("实例ID,备注,产品类型,,状态\ni-1,网站,ecs,x,运行中\n");
    assert_eq!(read.ids(), ["i-1"]);
    assert_eq!(
        read.warnings,
        [
            "The column `备注` is not known and is passed over.",
            "The column `状态` is not known and is passed over."
        ]
    );
}

#[test]
fn a_table_without_id_or_product_is_refused_with_the_headings_that_would_do() {
    let message = refused("实例名称,地域\nweb,cn-hangzhou\n");
    assert!(message.starts_with(
        "The heading row lacks `id` or `实例ID` and `product` or `产品类型`. The first row is: 实例名称, 地域."
    ));
}

#[test]
fn two_columns_that_say_the_same_are_refused() {
    let message = refused("实例ID,产品类型,已申请服务号数,已申请备案服务号数\n");
    assert_eq!(
        message,
        "Two columns both mean `codes_issued`: `已申请服务号数` and `已申请备案服务号数`. Keep one."
    );
}

#[test]
fn a_table_of_headings_alone_has_no_records() {
    let read = read(HEADINGS);
    assert!(read.read.is_empty());
}

#[test]
fn the_format_is_told() {
    let inventory =
        inventory::Inventory::open(HEADINGS.as_bytes(), &crate::Shop, inventory::Options::default());
    assert_eq!(inventory.unwrap().format(), Format::Csv);
}

#[test]
fn text_after_a_closing_quotation_mark_costs_its_line_and_never_the_next_row() {
    let rows = "\"i-0,swas,2020-07-01\n\"i-1,swas,2020-07-01\ni-2,swas,2020-07-01\n";
    let outcome = read(format!("id,product,purchased_at\n{rows}"));
    assert_eq!(outcome.ids(), ["i-2"]);
    assert!(
        outcome.faults()[0].starts_with("line 2: A cell goes on after the quotation mark that closes it")
    );
    assert!(outcome.faults()[1].starts_with("line 3: "));

    let outcome = read("id,product\n\"i-1\"x,ecs\n\"i-2\",\"ecs\"\n");
    assert_eq!(outcome.ids(), ["i-2"]);
    assert!(outcome.faults()[0].starts_with("line 2: A cell goes on after"));
}

#[test]
fn a_row_that_a_quotation_mark_of_the_row_before_swallowed_is_warned_of() {
    let outcome =
        read("id,product,备注,region\ni-1,ecs,\"big,a\ni-2,ecs,ok\",b\ni-3,ecs,\"two\nlines, a\",c\n");
    assert_eq!(outcome.ids(), ["i-1", "i-3"]);
    assert_eq!(
        outcome.warnings[1..],
        [
            "In the row on line 2 a quoted cell goes on over what looks like other rows: check its quotation marks."
        ]
    );
    let first = read("备注,id,product\n\"two\nlines\",i-1,ecs\n");
    assert_eq!((first.ids(), first.warnings.len()), (vec!["i-1"], 1));
}

#[test]
fn quoted_headings_are_read_whatever_separates_them() {
    for separator in ["\t", ";", ","] {
        let table = "\"id\",\"product\"\n\"i-1\",\"ecs\"\n".replace(',', separator);
        assert_eq!(read(table).ids(), ["i-1"]);
    }
}

#[test]
fn lines_may_end_as_on_any_system_and_even_mixed() {
    for end in ["\n", "\r\n", "\r"] {
        let table = ["id,product", "i-1,ecs", "\"i-2\",\"ecs\"", "", "i-3,ecs", ""].join(end);
        let outcome = read(&table);
        assert_eq!(outcome.ids(), ["i-1", "i-2", "i-3"], "{end:?}");
        assert_eq!(outcome.read[2].as_ref().unwrap().0.line, 5, "{end:?}");
    }
    assert_eq!(read("id,product\r\ni-1,ecs\ri-2,ecs\ni-3,ecs").ids(), ["i-1", "i-2", "i-3"]);
}

#[test]
fn one_row_in_gbk_does_not_turn_the_others_into_garbage() {
    let mut table = "id,product,region\ni-1,云服务器,华东1（杭州）\n".as_bytes().to_vec();
    table.extend_from_slice(&encoding_rs::GBK.encode("i-2,云服务器,华北2（北京）\n").0);
    table.extend_from_slice("i-3,云服务器,华南1（深圳）\n".as_bytes());
    let outcome = read(table);
    assert_eq!(outcome.ids(), ["i-1", "i-3"]);
    assert!(outcome.faults()[0].starts_with("line 3: There are bytes that are not UTF-8"));
    assert_eq!(outcome.read[0].as_ref().unwrap().1.region.as_deref(), Some("华东1（杭州）"));
}

#[test]
fn cells_that_are_missing_at_the_end_are_unknown_as_excel_leaves_them_out() {
    let outcome = read("id,product,region,billing\ni-1,ecs\ni-2,ecs,cn-hangzhou\ni-3\n");
    assert_eq!(outcome.ids(), ["i-1", "i-2"]);
    assert_eq!(outcome.faults(), ["line 4: `product` is missing; add it."]);
    assert!(outcome.warnings.is_empty());
}

#[test]
fn a_last_row_with_missing_cells_and_no_line_end_may_be_cut_off_and_is_warned_of() {
    let outcome = read("id,product,expires_at\ni-1,ecs,2021-07-01\ni-2,ec");
    assert_eq!(outcome.ids(), ["i-1", "i-2"]);
    assert_eq!(
        outcome.warnings,
        ["Line 3 is the last one, has no line end and fewer cells than the heading row: \
          check that the file is whole."]
    );
}

#[test]
fn the_line_in_which_excel_is_told_the_separator_is_obeyed_and_no_heading_row() {
    assert_eq!(
        read("sep=;\r\nid;product;region\r\ni-1;ecs;a,b,c,d\r\n").one().region.as_deref(),
        Some("a,b,c,d")
    );
    assert_eq!(read("\u{FEFF}SEP=,\nid,product\ni-1,ecs\n").ids(), ["i-1"]);
    assert_eq!(read("sep=|\nid|product\ni-1|ecs\n").ids(), ["i-1"]);
}

#[test]
fn cells_that_excel_was_told_to_leave_alone_are_unwrapped() {
    let facts =
        read("id,product,account\n=\"8001\",ecs,\"=\"\"1234567890123456\"\"\"\n'8003,ecs,'acc-7\n").facts();
    assert_eq!((facts[0].id.as_str(), facts[0].account.as_deref()), ("8001", Some("1234567890123456")));
    assert_eq!((facts[1].id.as_str(), facts[1].account.as_deref()), ("8003", Some("acc-7")));
}

#[test]
fn an_id_that_a_spreadsheet_made_a_power_of_ten_is_refused() {
    let outcome = read("id,product\n1.1E+17,ecs\n1E+17,ecs\ni-1.1E+17,ecs\n1.E+17,ecs\n");
    assert_eq!(outcome.ids(), ["i-1.1E+17", "1.E+17"]);
    assert_eq!(
        outcome.faults()[0],
        "line 2: `id` is the text \"1.1E+17\"; a spreadsheet has dropped its last digits: \
         format the cell as text and enter it again."
    );
}

prop_compose! {
    fn any_facts()(
        id in "[a-z0-9,\"-]{1,12}",
        product in prop::sample::select(vec!["ecs", "swas", "oss,1"]),
        account in prop::option::of("[a-z\"，;]{1,8}"),
        region in prop::option::of("[a-z（）华东\",]{0,6}[a-z]"),
        billing in prop::option::of(prop::sample::select(vec![Billing::Subscription, Billing::PayAsYouGo])),
        public_bandwidth_mbps in prop::option::of(any::<u32>()),
        public_ips in prop::option::of(prop::collection::btree_set(any::<std::net::IpAddr>(), 0..4)),
        purchased in prop::option::of(700_000_000i64..32_000_000_000),
        expires in prop::option::of(700_000_000i64..32_000_000_000),
        first_purchase_months in prop::option::of(any::<u32>()),
        amount in prop::option::of(0..i64::MAX),
        codes_issued in any::<u32>(),
    ) -> Facts {
        let time = |second: i64| jiff::Timestamp::from_second(second).unwrap();
        Facts {
            id,
            product: product.to_owned(),
            account,
            region: region.map(|region| region.trim().to_owned()),
            billing,
            public_bandwidth_mbps,
            public_ips: public_ips.map(|ips| ips.into_iter().collect()),
            purchased_at: purchased.map(time),
            expires_at: expires.map(time),
            first_purchase_months,
            first_order_amount: amount.map(Fen::new),
            codes_issued,
            ..Facts::default()
        }
    }
}

fn written(facts: &Facts) -> Vec<String> {
    fn cell(value: Option<impl ToString>) -> String {
        value.map_or_else(String::new, |value| value.to_string())
    }
    let local =
        |at: jiff::Timestamp| rulebook::calendar::shanghai(at).strftime("%Y-%m-%d %H:%M:%S").to_string();
    let ips = facts.public_ips.as_ref().map(|ips| {
        let ips: Vec<_> = ips.iter().map(ToString::to_string).collect();
        if ips.is_empty() { "无".to_owned() } else { ips.join(";") }
    });
    vec![
        facts.id.clone(),
        facts.product.clone(),
        cell(facts.account.as_ref()),
        cell(facts.region.as_ref()),
        cell(facts.billing.map(Billing::word)),
        cell(facts.public_bandwidth_mbps),
        cell(ips),
        cell(facts.purchased_at.map(local)),
        cell(facts.expires_at.map(local)),
        cell(facts.first_purchase_months),
        cell(facts.first_order_amount),
        cell(Some(facts.codes_issued)),
    ]
}

proptest! {
    #[test]
    fn a_table_that_another_program_wrote_is_read_back(facts in prop::collection::vec(any_facts(), 0..6), crlf: bool) {
        let terminator = if crlf { ::csv::Terminator::CRLF } else { ::csv::Terminator::Any(b'\n') };
        let mut writer = ::csv::WriterBuilder::new().terminator(terminator).from_writer(Vec::new());
        writer.write_record(HEADINGS.split(',')).unwrap();
        for facts in &facts {
            writer.write_record(written(facts)).unwrap();
        }
        prop_assert_eq!(read(writer.into_inner().unwrap()).facts(), facts);
    }
}
