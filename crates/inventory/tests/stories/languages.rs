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
        chinese("实例ID,产品类型,到期时间\n,ecs,明年\ni-2,ecs,99999-1-1\ni-3,ecs\n"),
        [
            "第 2 行：“到期时间”读到文本“明年”，应为日期或时间，例如 2020-07-01 或 2020-07-01 10:00:00。\
             缺少“实例ID”，请补上。",
            "第 3 行：“到期时间”读到文本“99999-1-1”，年份应在 1990 到 2999 之间。请核对日期。",
            "第 4 行：这一行有 2 个单元格，表头有 3 个。请检查是否多了或少了分隔符，含分隔符的内容要加引号。",
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
        "表头缺少必需的列：“id”或“实例ID”；“product”或“产品类型”。第一行是：名称、地域。请在第一行写上列名"
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
