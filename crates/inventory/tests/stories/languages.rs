//! The same faults in both languages.

use crate::{Shop, read, read_with};
use inventory::{Inventory, Options};
use rulebook::Lang;

fn chinese(input: &str) -> Vec<String> {
    let read = read(input).read;
    read.iter().filter_map(|read| read.as_ref().err()).map(|bad| bad.message(Lang::Zh)).collect()
}

#[test]
fn faults_are_told_in_chinese_with_place_field_and_what_to_do() {
    assert_eq!(
        chinese("实例ID,产品类型,到期时间\n,ecs,明年\ni-2,ecs,99999-1-1\ni-3,ecs,,x\n"),
        [
            "第 2 行：“到期时间”读到文本“明年”，应为日期或时间，例如 2020-07-01 或 2020-07-01 10:00:00。\
             缺少“实例ID”，请补上。",
            "第 3 行：“到期时间”读到文本“99999-1-1”，年份应在 1990 到 2999 之间。请核对日期。",
            "第 4 行：这一行有 4 个单元格，表头有 3 个。请检查是否多了分隔符，含分隔符的内容要加引号。",
        ]
    );
    assert_eq!(
        chinese("{\"id\":7,\"product\":\"ecs\",\"reigon\":\"cn-hangzhou\"}"),
        ["第 1 行：“id”读到数字 7，应为非空文本。不认识的字段“reigon”，是否应为“region”？"]
    );
    assert_eq!(
        chinese("{\"Instances\":["),
        ["第 1 行：文件在一条记录的中间结束了，这条记录没有读到。请重新导出完整的文件。"]
    );
}

#[test]
fn a_refusal_is_told_in_chinese_with_the_headings_that_would_do() {
    let Err(error) = read_with("名称,地域\n".as_bytes(), Options::default()) else {
        panic!("it was opened")
    };
    assert!(error.message(Lang::Zh).starts_with(
        "表头缺少必需的列“id”或“实例ID”以及“product”或“产品类型”。第一行是“名称、地域”。请在第一行写上列名"
    ));
}

#[test]
fn an_inventory_may_be_read_on_another_thread() {
    let inventory = Inventory::open(&b"id,product\ni-1,ecs\n"[..], &Shop, Options::default());
    let read = std::thread::spawn(move || {
        inventory.ok().and_then(|mut inventory| inventory.next(&mut rulebook::Facts::default())).is_some()
    });
    assert!(read.join().unwrap());
}

fn refusal(input: &[u8]) -> inventory::OpenError {
    match read_with(input, Options::default()) {
        Err(error) => error,
        Ok(_) => panic!("it was opened"),
    }
}

#[test]
fn chinese_sentences_carry_no_english_of_parsers() {
    for (input, zh) in [
        ("{\"id\":1}x", "第 1 行：不是正确的 JSON：第 1 行第 9 个字节处不符合语法。请修正这条记录。"),
        (
            "{\"id\":\"a\",",
            "第 1 行：不是正确的 JSON：到第 1 行第 10 个字节处就结束了，后半部分缺失。请修正这条记录。",
        ),
    ] {
        assert_eq!(chinese(input), [zh]);
    }
    let damaged = refusal(b"PK\x03\x04xxxxxxxxx").message(Lang::Zh);
    assert!(damaged.starts_with("工作簿已损坏，无法读取。"), "{damaged}");
    assert_eq!(
        chinese("{\"Instances\":[{}{}]}")[1],
        "第 1 行：读到“{”，应为 , 或 ]，后面的内容无法再读。请修正文件后重试。"
    );
}

#[test]
fn errors_are_displayed_in_lower_case_without_a_full_stop() {
    let bad = read("id,product\n,ecs\n\"a\"b,ecs\n").read;
    let bad: Vec<String> = bad.into_iter().filter_map(Result::err).map(|bad| bad.to_string()).collect();
    assert_eq!(
        bad,
        ["line 2: `id` is missing", "line 3: a cell goes on after the quotation mark that closes it"]
    );
    for (input, displayed) in [
        (&b""[..], "the file is empty"),
        (b"%PDF-1.7", "this is a PDF document and cannot be read"),
        (b"name\n", "the heading row lacks `id` or `实例ID` and `product` or `产品类型`"),
        (b"id,product,id\n", "two columns both mean `id`: `id` and `id`"),
        (b"\"id,product\n", "the heading row cannot be read"),
    ] {
        assert_eq!(refusal(input).to_string(), displayed);
    }
}

#[test]
fn messages_read_well_behind_the_name_of_a_file() {
    let headings = refusal(b"\"id,product\n");
    assert_eq!(
        headings.message(Lang::Zh),
        "第 1 行的表头无法读取，单元格以引号开始，却没有结束的引号，该行已跳过。请补上引号。"
    );
    assert_eq!(
        headings.message(Lang::En),
        "The heading row on line 1 cannot be read. \
         A cell begins with a quotation mark that nothing closes; the line was skipped. Close it."
    );
}
