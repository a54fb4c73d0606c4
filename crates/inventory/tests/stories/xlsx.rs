//! Workbooks.

use crate::{at, ips, read, read_with, refused};
use inventory::{Format, Inventory, Limits, Options};
use rulebook::{Billing, Fen, Lang};
use rust_xlsxwriter::{ExcelDateTime, Format as Style, Formula, Workbook, Worksheet};
use std::io::{Cursor, Write};
use zip::{ZipWriter, write::SimpleFileOptions};

fn workbook(fill: impl FnOnce(&mut Workbook)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    fill(&mut workbook);
    workbook.save_to_buffer().unwrap()
}

fn sheet(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    workbook(|workbook| fill(workbook.add_worksheet()))
}

/// A sheet of headings and one row under them.
fn row(headings: &[&str], fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    sheet(|sheet| {
        sheet.write_row(0, 0, headings.iter().copied()).unwrap();
        fill(sheet);
    })
}

fn day(text: &str) -> ExcelDateTime {
    ExcelDateTime::parse_from_str(text).unwrap()
}

#[test]
fn a_sheet_with_real_dates_and_numbers_becomes_facts() {
    let date = Style::new().set_num_format("yyyy-mm-dd");
    let time = Style::new().set_num_format("yyyy-mm-dd hh:mm:ss");
    let headings = [
        "实例ID",
        "产品类型",
        "账号",
        "地域",
        "计费方式",
        "公网带宽(Mbps)",
        "公网IP",
        "购买时间",
        "到期时间",
        "首次购买月数",
        "首单金额",
        "已申请服务号数",
    ];
    let facts = read(row(&headings, |sheet| {
        sheet.write(1, 0, "i-1").unwrap();
        sheet.write(1, 1, "云服务器 ECS").unwrap();
        sheet.write(1, 2, 1_234_567_890_123_456_u64).unwrap();
        sheet.write(1, 3, "cn-hangzhou").unwrap();
        sheet.write(1, 4, "包年包月").unwrap();
        sheet.write(1, 5, 5).unwrap();
        sheet.write(1, 6, "47.96.0.1;47.96.0.2").unwrap();
        sheet.write_with_format(1, 7, day("2020-07-01T10:30:07"), &time).unwrap();
        sheet.write_with_format(1, 8, day("2021-07-01"), &date).unwrap();
        sheet.write(1, 9, 12).unwrap();
        sheet.write(1, 10, 199.9).unwrap();
        sheet.write_formula(1, 11, Formula::new("1+1").set_result("2")).unwrap();
    }))
    .one();
    assert_eq!((facts.id.as_str(), facts.product.as_str()), ("i-1", "ecs"));
    assert_eq!(facts.account.as_deref(), Some("1234567890123456"));
    assert_eq!(facts.billing, Some(Billing::Subscription));
    assert_eq!(facts.public_bandwidth_mbps, Some(5));
    assert_eq!(facts.public_ips, Some(ips(&["47.96.0.1", "47.96.0.2"])));
    assert_eq!(facts.purchased_at, Some(at("2020-07-01T02:30:07Z")));
    assert_eq!(facts.expires_at, Some(at("2021-07-01T15:59:59Z")));
    assert_eq!((facts.first_purchase_months, facts.first_order_amount), (Some(12), Some(Fen::new(19990))));
    assert_eq!(facts.codes_issued, 2);
}

#[test]
fn midnight_in_a_cell_that_shows_the_time_is_midnight_and_a_date_alone_is_the_whole_day() {
    for (format, utc) in [
        ("yyyy-mm-dd hh:mm:ss", "2021-07-01T16:00:00Z"),
        ("yyyy\"年\"m\"月\"d\"日\" h\"时\"", "2021-07-01T16:00:00Z"),
        ("[$-zh-CN]yyyy-mm-dd", "2021-07-02T15:59:59Z"),
        ("yyyy\"th\"", "2021-07-02T15:59:59Z"),
        ("m/d/yyyy", "2021-07-02T15:59:59Z"),
    ] {
        let style = Style::new().set_num_format(format);
        let facts = read(row(&["id", "product", "expires_at"], |sheet| {
            sheet.write_row(1, 0, ["i-1", "ecs"]).unwrap();
            sheet.write_with_format(1, 2, day("2021-07-02"), &style).unwrap();
        }))
        .one();
        assert_eq!(facts.expires_at, Some(at(utc)), "{format}");
    }
}

#[test]
fn dates_as_text_are_read_as_in_a_csv() {
    let facts = read(row(&["id", "product", "expires_at"], |sheet| {
        sheet.write_row(1, 0, ["i-1", "ecs", "2021/7/1 08:00"]).unwrap();
    }))
    .one();
    assert_eq!(facts.expires_at, Some(at("2021-07-01T00:00:00Z")));
}

#[test]
fn a_numeric_id_is_read_in_full_digits_and_a_long_one_is_warned_of_once() {
    let read = read(row(&["实例ID", "product"], |sheet| {
        for (at, id) in [
            (1, 110_000_000_000_000_000_u64),
            (2, 123_456_789_012_345_000),
            (3, 9_007_199_254_740_991),
            (4, 42),
        ] {
            sheet.write(at, 0, id).unwrap();
            sheet.write(at, 1, "ecs").unwrap();
        }
    }));
    assert_eq!(read.ids(), ["110000000000000000", "123456789012345000", "9007199254740991", "42"]);
    assert_eq!(
        read.warnings,
        ["Under `实例ID` are numbers of more than 15 digits, of which a spreadsheet drops the last: \
          store ids longer than 15 digits as text."]
    );
}

#[test]
fn a_number_that_can_be_no_id_is_told_shortly_and_as_what_it_is() {
    let read = read(row(&["id", "product"], |sheet| {
        for (at, id) in [(1, 1.5), (2, 1e300)] {
            sheet.write(at, 0, id).unwrap();
            sheet.write(at, 1, "ecs").unwrap();
        }
    }));
    assert_eq!(
        read.faults(),
        [
            "sheet \"Sheet1\", row 2: `id` is the number 1.5; expected text or a whole number.",
            "sheet \"Sheet1\", row 3: `id` is the number 1e300; a spreadsheet has dropped its last digits: \
             format the cell as text and enter it again.",
        ]
    );
}

#[test]
fn a_date_that_is_no_day_is_told_by_its_number() {
    let date = Style::new().set_num_format("yyyy-mm-dd");
    let read = read(row(&["id", "product", "expires_at"], |sheet| {
        sheet.write_row(1, 0, ["i-1", "ecs"]).unwrap();
        sheet.write_with_format(1, 2, 60, &date).unwrap();
    }));
    assert_eq!(
        read.faults(),
        ["sheet \"Sheet1\", row 2: `expires_at` is the number 60; \
          expected a date or time such as 2020-07-01 or 2020-07-01 10:00:00."]
    );
}

#[test]
fn every_sheet_with_headings_is_read_one_after_another() {
    let bytes = workbook(|workbook| {
        workbook.add_worksheet().set_name("空").unwrap();
        workbook.add_worksheet().set_name("说明").unwrap().write(0, 0, "说明").unwrap();
        let sheet = workbook.add_worksheet().set_name("云服务器").unwrap();
        sheet.write_row(2, 1, ["实例ID", "产品类型", "备注"]).unwrap();
        sheet.write_row(5, 1, ["i-1", "ecs"]).unwrap();
        sheet.write_row(6, 1, ["i-2", ""]).unwrap();
        workbook.add_worksheet().set_name("合计").unwrap().write(0, 0, 2).unwrap();
        let sheet = workbook.add_worksheet().set_name("轻量").unwrap();
        sheet.write_row(0, 0, ["product", "region", "备注", "id"]).unwrap();
        sheet.write_row(1, 0, ["swas", "cn-beijing", "", "i-3"]).unwrap();
    });
    let outcome = read(bytes);
    assert_eq!(outcome.ids(), ["i-1", "i-3"]);
    assert_eq!(outcome.faults(), ["sheet \"云服务器\", row 7: `产品类型` is missing; add it."]);
    let (place, facts) = outcome.read[2].as_ref().unwrap();
    assert_eq!(place.message(Lang::Zh), "工作表“轻量”第 2 行");
    assert_eq!((place.record, facts.region.as_deref()), (3, Some("cn-beijing")));
    assert_eq!(
        outcome.warnings,
        [
            "The sheet \"说明\" has no heading row with the instances' ids and was not read.",
            "The column `备注` is not known and is passed over.",
            "The sheet \"合计\" has no heading row with the instances' ids and was not read.",
        ]
    );
}

#[test]
fn a_sheet_of_ids_whose_headings_are_not_complete_is_a_fault_beside_the_others() {
    let bytes = workbook(|workbook| {
        let sheet = workbook.add_worksheet().set_name("a").unwrap();
        sheet.write_row(0, 0, ["实例ID", "产品"]).unwrap();
        let sheet = workbook.add_worksheet().set_name("b").unwrap();
        sheet.write_row(0, 0, ["id", "product"]).unwrap();
        sheet.write_row(1, 0, ["i-1", "ecs"]).unwrap();
        let sheet = workbook.add_worksheet().set_name("c").unwrap();
        sheet.write_row(3, 0, ["id", "product", "实例ID"]).unwrap();
    });
    let outcome = read(bytes);
    assert_eq!(outcome.ids(), ["i-1"]);
    assert_eq!(
        outcome.faults(),
        [
            "sheet \"a\", row 1: The heading row lacks `product` or `产品类型`; the sheet was not read. \
             Name its columns and try again.",
            "sheet \"c\", row 4: Two columns both mean `id`: `id` and `实例ID`; the sheet was not read. Keep one.",
        ]
    );
}

#[test]
fn a_workbook_without_headings_is_refused_with_those_that_would_do() {
    assert!(
        refused(sheet(|sheet| drop(sheet.write(0, 0, "x"))))
            .starts_with("The heading row lacks `id` or `实例ID`")
    );
    assert_eq!(refused(sheet(|_| ())), "There is nothing in the workbook.");
}

#[test]
fn cells_of_the_wrong_kind_are_told_as_what_they_are() {
    let date = Style::new().set_num_format("yyyy-mm-dd");
    let read = read(row(&["id", "product", "region", "billing", "purchased_at", "expires_at"], |sheet| {
        sheet.write(1, 0, "i-1").unwrap();
        sheet.write(1, 1, "ecs").unwrap();
        sheet.write_with_format(1, 2, day("2020-07-01"), &date).unwrap();
        sheet.write(1, 3, true).unwrap();
        sheet.write(1, 4, 44000).unwrap();
        sheet.write_with_format(1, 5, day("9999-07-01"), &date).unwrap();
    }));
    assert_eq!(
        read.faults(),
        [
            "sheet \"Sheet1\", row 2: `region` is the date 2020-07-01; a spreadsheet took it for a date: format the cell as text and enter it again. \
          `billing` is the boolean true; expected subscription (包年包月) or pay-as-you-go (按量付费). \
          `purchased_at` is the number 44000; expected a date or time such as 2020-07-01 or 2020-07-01 10:00:00. \
          `expires_at` is the date 9999-07-01; the year must be between 1990 and 2999; check the date."
        ]
    );
}

#[test]
fn a_cell_in_the_last_corner_of_the_sheet_costs_nothing() {
    let read = read(row(&["id", "product"], |sheet| {
        sheet.write_row(1, 0, ["i-1", "ecs"]).unwrap();
        sheet.write(1_048_575, 16_383, "x").unwrap();
    }));
    assert_eq!(read.ids(), ["i-1"]);
}

#[test]
fn columns_that_nobody_knows_are_passed_over_with_a_warning() {
    let read = read(row(&["id", "备注", "product"], |sheet| {
        sheet.write_row(1, 0, ["i-1", "x", "ecs"]).unwrap();
        sheet.write(2, 1, "a remark alone is no record").unwrap();
    }));
    assert_eq!(read.ids(), ["i-1"]);
    assert_eq!(read.warnings, ["The column `备注` is not known and is passed over."]);
}

#[test]
fn many_rows_come_in_order_and_the_limit_is_told() {
    let bytes = row(&["id", "product"], |sheet| {
        for at in 1..=300 {
            sheet.write_row(at, 0, [format!("i-{at}").as_str(), "ecs"]).unwrap();
        }
    });
    let ids: Vec<String> = (1..=300).map(|at| format!("i-{at}")).collect();
    assert_eq!(read(&bytes).ids(), ids);
    let options = Options { limits: Limits { rows: 200, ..Limits::default() }, ..Options::default() };
    let read = read_with(&bytes[..], options).unwrap();
    assert_eq!(read.ids(), ids[..200]);
    assert!(read.faults()[0].contains("more than 200 rows"));
}

#[test]
fn a_reader_may_stop_in_the_middle_of_a_workbook() {
    let bytes = row(&["id", "product"], |sheet| {
        for at in 1..=2_000 {
            sheet.write_row(at, 0, ["i-1", "ecs"]).unwrap();
        }
    });
    let mut inventory = Inventory::open(&bytes[..], &crate::Shop, Options::default()).unwrap();
    assert_eq!(inventory.format(), Format::Xlsx);
    assert!(inventory.next(&mut rulebook::Facts::default()).is_some_and(|read| read.is_ok()));
}

/// An archive of these parts.
fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_zip_bomb_is_refused_before_anything_is_unpacked_into_memory() {
    let zeros = vec![0; 32 << 20];
    let bomb = zip(&[("xl/workbook.xml", b"<workbook/>"), ("xl/worksheets/sheet1.xml", &zeros)]);
    assert!(bomb.len() < 64 << 10);
    assert!(refused(bomb).starts_with("Unpacked, the workbook is larger than 16 MiB; it is refused."));
}

#[test]
fn the_texts_of_a_workbook_have_a_bound_of_their_own() {
    let texts = "<si/>".repeat(1 << 20);
    let bomb = zip(&[("xl/workbook.xml", b"<workbook/>"), ("xl/sharedStrings.xml", texts.as_bytes())]);
    let options =
        Options { limits: Limits { shared_text_bytes: 1 << 20, ..Limits::default() }, ..Options::default() };
    let Err(error) = read_with(&bomb[..], options) else { panic!("it was opened") };
    assert!(error.message(Lang::En).starts_with("Unpacked, the workbook is larger than 1 MiB"));
}

#[test]
fn a_workbook_above_the_limit_is_refused_without_reading_further() {
    let options =
        Options { limits: Limits { workbook_bytes: 1 << 20, ..Limits::default() }, ..Options::default() };
    let endless = std::io::Read::chain(&b"PK\x03\x04"[..], std::io::repeat(0));
    let Err(error) = read_with(endless, options) else { panic!("it was opened") };
    assert!(error.message(Lang::En).starts_with("The workbook is larger than 1 MiB."));
}

#[test]
fn a_zip_that_is_no_workbook_is_told() {
    assert!(
        refused(zip(&[("readme.txt", b"hello")])).starts_with("This is a zip archive but no XLSX workbook.")
    );
    assert!(refused(zip(&[])).starts_with("This is a zip archive but no XLSX workbook."));
}

#[test]
fn a_damaged_workbook_is_told() {
    let whole = row(&["id", "product"], |_| ());
    assert!(refused(&whole[..whole.len() / 2]).starts_with("The workbook is damaged"));
    assert!(refused(zip(&[("xl/workbook.xml", b"<workbook")])).starts_with("The workbook is damaged"));
}

/// The least that makes a workbook of these sheets; each is a name, the file of its part, and that file where it is new.
fn bare(sheets: &[(&str, &str)], parts: &[(&str, &str)]) -> Vec<u8> {
    use std::fmt::Write as _;
    let mut book = String::from(
        "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>",
    );
    let mut relations = String::from(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
    );
    for (at, (name, part)) in sheets.iter().enumerate() {
        write!(book, "<sheet name=\"{name}\" sheetId=\"{at}\" r:id=\"r{at}\"/>").unwrap();
        write!(
            relations,
            "<Relationship Id=\"r{at}\" Target=\"worksheets/{part}\" \
             Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\"/>"
        )
        .unwrap();
    }
    book.push_str("</sheets></workbook>");
    relations.push_str("</Relationships>");
    let paths: Vec<_> =
        parts.iter().map(|(part, xml)| (format!("xl/worksheets/{part}"), xml.as_bytes())).collect();
    let root = b"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
        <Relationship Id=\"r\" Target=\"xl/workbook.xml\" \
        Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\"/>\
        </Relationships>";
    let mut all: Vec<(&str, &[u8])> = vec![
        ("_rels/.rels", root),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
    ];
    all.extend(paths.iter().map(|(path, xml)| (path.as_str(), *xml)));
    zip(&all)
}

/// A part of headings and rows, given as the XML of the rows under the headings.
fn part(rows: &str) -> String {
    let cell = |at: &str, text: &str| format!("<c r=\"{at}\" t=\"str\"><v>{text}</v></c>");
    format!(
        "<worksheet><sheetData><row r=\"1\">{}{}</row>{rows}</sheetData></worksheet>",
        cell("A1", "id"),
        cell("B1", "product")
    )
}

const ONE: &str =
    "<row r=\"2\"><c r=\"A2\" t=\"str\"><v>i-1</v></c><c r=\"B2\" t=\"str\"><v>ecs</v></c></row>";

#[test]
fn a_workbook_of_thousands_of_sheets_is_refused() {
    let names: Vec<String> = (0..20_000).map(|at| format!("s{at}")).collect();
    let sheets: Vec<_> = names.iter().map(|name| (name.as_str(), "a.xml")).collect();
    let workbook = bare(&sheets, &[("a.xml", &part(ONE))]);
    assert_eq!(refused(workbook), "The workbook has more than 256 sheets. Split it into several files.");
}

#[test]
fn a_large_part_that_many_sheets_share_is_not_read_for_each_of_them() {
    let names: Vec<String> = (0..200).map(|at| format!("s{at}")).collect();
    let sheets: Vec<_> = names.iter().map(|name| (name.as_str(), "a.xml")).collect();
    let empty = "<row/>".repeat(1 << 18);
    let outcome = read(bare(&sheets, &[("a.xml", &part(&format!("{ONE}{empty}")))]));
    assert!(!outcome.ids().is_empty() && outcome.ids().len() < 20);
    assert!(outcome.faults().iter().any(|fault| fault.contains("the sheet cannot be read")));
}

#[test]
fn a_sheet_of_styles_without_end_before_its_headings_is_passed_over_with_a_warning() {
    let blank = "<row><c s=\"0\"/></row>".repeat(70_000);
    let blank = format!("<worksheet><sheetData>{blank}</sheetData></worksheet>");
    let late = blank.replace("</sheetData>", "<row><c t=\"str\"><v>id</v></c></row></sheetData>");
    let outcome = read(bare(
        &[("late", "a.xml"), ("blank", "b.xml"), ("good", "c.xml")],
        &[("a.xml", &late), ("b.xml", &blank), ("c.xml", &part(ONE))],
    ));
    assert_eq!(outcome.ids(), ["i-1"]);
    assert_eq!(outcome.warnings.len(), 2);
}

#[test]
fn two_sheets_of_one_name_are_refused_because_one_would_be_read_twice() {
    let other = part(&ONE.replace("i-1", "i-2"));
    let workbook = bare(&[("s", "a.xml"), ("s", "b.xml")], &[("a.xml", &part(ONE)), ("b.xml", &other)]);
    assert!(
        refused(workbook).starts_with("The workbook is damaged and cannot be read (two sheets are called")
    );
}

#[test]
fn a_sheet_whose_part_is_missing_is_a_fault_and_the_next_one_is_read() {
    let outcome = read(bare(&[("gone", "x.xml"), ("s", "a.xml")], &[("a.xml", &part(ONE))]));
    assert_eq!(outcome.ids(), ["i-1"]);
    assert!(outcome.faults()[0].starts_with("sheet \"gone\", row 1: From here on the sheet cannot be read"));
}

#[test]
fn a_sheet_that_breaks_off_does_not_lose_the_next_one() {
    let broken = part(ONE).replace("</sheetData></worksheet>", "<row><c");
    let outcome = read(bare(&[("s", "a.xml"), ("t", "b.xml")], &[("a.xml", &broken), ("b.xml", &part(ONE))]));
    // The row in which it breaks off may be half of one.
    assert_eq!(outcome.ids(), ["i-1"]);
    assert!(outcome.faults()[0].starts_with("sheet \"s\", row 2: From here on the sheet cannot be read"));
}

#[test]
fn two_rows_of_one_number_are_a_fault_and_not_one_instance() {
    let rows = format!("{ONE}{}", ONE.replace("i-1", "i-2"));
    let outcome = read(bare(&[("s", "a.xml")], &[("a.xml", &part(&rows))]));
    assert!(outcome.ids().is_empty());
    assert_eq!(
        outcome.faults(),
        ["sheet \"s\", row 2: `id` stands twice; keep one. `product` stands twice; keep one."]
    );
}
