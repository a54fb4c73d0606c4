//! Writes the tables among the sample inventories from one list of instances, so that they say the same: the CSV in
//! UTF-8 and in GBK, and the workbook. `cargo run -p inventory --example make_samples -- examples`

use encoding_rs::GBK;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use std::{env, error::Error, fs, path::PathBuf};

const HEADINGS: [&str; 13] = [
    "实例ID",
    "产品类型",
    "账号",
    "地域",
    "计费方式",
    "公网带宽（Mbps）",
    "公网IP",
    "购买时间",
    "到期时间",
    "首次购买月数",
    "首单金额",
    "已申请备案服务号数",
    "备注",
];
const BANDWIDTH: usize = 5;
const DATES: [usize; 2] = [7, 8];
const NUMBERS: [usize; 3] = [9, 10, 11];

/// Fictional instances as of 2020-11-01, each with what it shows.
const ROWS: [[&str; 13]; 19] = [
    [
        "i-bp1demo000000000001",
        "云服务器 ECS",
        "acc-shop-01",
        "华东1（杭州）",
        "包年包月",
        "5",
        "47.96.0.11",
        "2020-07-01 10:00:00",
        "2021-07-02 00:00:00",
        "12",
        "1190.00",
        "2",
        "可备案",
    ],
    [
        "i-bp1demo000000000002",
        "ECS实例",
        "acc-shop-01",
        "cn-shanghai",
        "按量付费",
        "5",
        "47.100.0.12",
        "2020-09-01",
        "",
        "",
        "",
        "0",
        "按量付费",
    ],
    [
        "i-bp1demo000000000003",
        "云服务器ECS",
        "acc-shop-01",
        "华北2（北京）",
        "预付费",
        "0",
        "无",
        "2020-08-15",
        "2021-02-15",
        "6",
        "600",
        "",
        "没有公网",
    ],
    [
        "i-bp1demo000000000004",
        "ecs",
        "acc-shop-01",
        "华南1（深圳）",
        "包年包月",
        "3Mbps",
        "120.24.0.14;120.24.0.15",
        "2020/10/1",
        "2020/11/30",
        "1",
        "99.00",
        "0",
        "购买时长不足",
    ],
    [
        "i-bp1demo000000000005",
        "ECS",
        "acc-shop-01",
        "华东2（上海）",
        "包年包月",
        "10",
        "47.100.0.16",
        "2019-10-15",
        "2020-10-15",
        "12",
        "2388.00",
        "1",
        "已到期",
    ],
    [
        "i-bp1demo000000000006",
        "云服务器 ECS",
        "acc-shop-01",
        "华东1（杭州）",
        "包年包月",
        "5",
        "47.96.0.17",
        "2019-05-01",
        "2022-05-01",
        "36",
        "3999.00",
        "5",
        "名额已用完",
    ],
    [
        "i-j6cdemo000000000007",
        "云服务器 ECS",
        "acc-shop-02",
        "中国香港",
        "包年包月",
        "5",
        "47.52.0.18",
        "2020-03-01",
        "2021-03-01",
        "12",
        "1500.00",
        "0",
        "无需备案",
    ],
    [
        "8demo00000000000000008",
        "轻量应用服务器",
        "acc-shop-02",
        "cn-qingdao",
        "包年包月",
        "3",
        "47.104.0.19",
        "2020-10-15",
        "2020-11-15",
        "1",
        "60.00",
        "0",
        "续费两个月即可",
    ],
    [
        "hmdemo0009",
        "独享云虚机",
        "acc-shop-03",
        "华北1（青岛）",
        "包年包月",
        "",
        "39.104.0.20",
        "2020-05-20",
        "2021-05-20",
        "12",
        "498.00",
        "1",
        "凭主机密码备案",
    ],
    [
        "hydemo0010",
        "翔云主机",
        "acc-shop-03",
        "华东1（杭州）",
        "包年包月",
        "",
        "39.104.0.21",
        "2020-02-02",
        "2021-02-02",
        "12",
        "1980.00",
        "0",
        "凭主机名和密码备案",
    ],
    [
        "ewdemo0011",
        "弹性WEB托管",
        "acc-shop-03",
        "cn-hangzhou",
        "包年包月",
        "",
        "",
        "2020-06-01",
        "2021-06-01",
        "12",
        "360.00",
        "5",
        "账号的名额已用完",
    ],
    [
        "sbdemo0012",
        "建站市场",
        "acc-shop-04",
        "cn-hangzhou",
        "包年包月",
        "",
        "",
        "2020-04-01",
        "2020-10-31 23:59:59",
        "6",
        "68.00",
        "0",
        "首单时长和金额不足",
    ],
    [
        "ngw-bp1demo0013",
        "NAT 网关",
        "acc-shop-04",
        "cn-hangzhou",
        "包年包月",
        "100",
        "47.96.0.22",
        "2020-10-20",
        "2020-11-20",
        "1",
        "540.00",
        "2",
        "名额已用完",
    ],
    [
        "ipv6trans-demo0014",
        "IPv6 转换服务",
        "acc-shop-04",
        "cn-beijing",
        "包年包月",
        "5",
        "39.96.0.23",
        "2020-09-09",
        "2021-09-09",
        "12",
        "480.00",
        "0",
        "可备案",
    ],
    [
        "ens-demo0015",
        "边缘节点服务 ENS",
        "acc-shop-04",
        "月球-1",
        "包年包月",
        "20",
        "223.5.0.24",
        "2020-01-01",
        "2021-01-01",
        "12",
        "8800.00",
        "0",
        "地域不认识",
    ],
    [
        "js-demo0016",
        "聚石塔 ECS",
        "acc-shop-05",
        "cn-zhangjiakou",
        "包年包月",
        "5",
        "39.98.0.25",
        "2020-08-08",
        "2021-08-08",
        "12",
        "1688.00",
        "3",
        "在聚石塔控制台取号",
    ],
    [
        "iot-demo0017",
        "物联网套餐包",
        "acc-shop-05",
        "cn-shanghai",
        "包年包月",
        "",
        "",
        "2020-10-01",
        "2021-04-01",
        "6",
        "89.00",
        "0",
        "首单金额不足",
    ],
    [
        "wp-demo0018",
        "诚信通旺铺",
        "acc-shop-05",
        "cn-hangzhou",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "在旺铺备案系统备案",
    ],
    [
        "oss-demo0019",
        "对象存储 OSS",
        "acc-shop-05",
        "cn-hangzhou",
        "按量付费",
        "",
        "",
        "2020-01-01",
        "",
        "",
        "",
        "",
        "不能用于备案的产品",
    ],
];

fn main() -> Result<(), Box<dyn Error>> {
    let folder: PathBuf = env::args_os().nth(1).ok_or("name the folder to write to")?.into();
    let csv = csv();
    fs::write(folder.join("instances-zh.csv"), format!("\u{FEFF}{csv}"))?;
    fs::write(folder.join("instances-gbk.csv"), GBK.encode(&csv).0)?;
    fs::write(folder.join("instances.xlsx"), xlsx()?)?;
    Ok(())
}

/// As a spreadsheet saves it: no cell needs quoting.
fn csv() -> String {
    let lines: Vec<String> = [HEADINGS].iter().chain(&ROWS).map(|row| row.join(",")).collect();
    lines.join("\r\n") + "\r\n"
}

/// With real dates and numbers.
fn xlsx() -> Result<Vec<u8>, Box<dyn Error>> {
    let mut workbook = Workbook::new();
    // A fixed day of creation, so that the file is the same each time.
    workbook.set_properties(
        &rust_xlsxwriter::DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2020, 11, 1)?),
    );
    let heading = Format::new().set_bold();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let time = Format::new().set_num_format("yyyy-mm-dd hh:mm:ss");
    let sheet = workbook.add_worksheet().set_name("实例列表")?;
    sheet.set_freeze_panes(1, 0)?;
    sheet.write_row_with_format(0, 0, HEADINGS, &heading)?;
    for (row, cells) in (1..).zip(&ROWS) {
        for ((at, cell), column) in cells.iter().enumerate().zip(0..) {
            if DATES.contains(&at) && !cell.is_empty() {
                let date = ExcelDateTime::parse_from_str(&cell.replace('/', "-"))
                    .or_else(|_| ExcelDateTime::parse_from_str(&padded(cell)))?;
                let style = if cell.contains(':') { &time } else { &day };
                sheet.write_with_format(row, column, date, style)?;
            } else if let (true, Ok(number)) = (at == BANDWIDTH || NUMBERS.contains(&at), cell.parse::<f64>())
            {
                sheet.write(row, column, number)?;
            } else if !cell.is_empty() {
                sheet.write(row, column, *cell)?;
            }
        }
    }
    sheet.autofit();
    Ok(workbook.save_to_buffer()?)
}

/// `2020/10/1` as `2020-10-01`.
fn padded(date: &str) -> String {
    let parts: Vec<String> = date.split('/').map(|part| format!("{part:0>2}")).collect();
    parts.join("-")
}
