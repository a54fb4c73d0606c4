//! Every sentence of this crate in Chinese. `en.rs` says the same in English; the matches are exhaustive in both.

use crate::{
    fault::{Alien, Expected, Fault, Found, NoJson, OpenError, Place, Warning, WorkbookFault},
    logins::LoginColumn,
    table::Column,
};
use rulebook::Lang;

const READ_HERE: &str = "可以读取的格式：云服务器 DescribeInstances 与轻量应用服务器 ListInstances 的 JSON 返回结果、\
                         Kebei 的 JSON Lines、CSV（UTF-8 或 GBK）、XLSX。";

const LOGINS_READ_HERE: &str =
    "可以读取的格式：CSV（UTF-8 或 GBK），列名为 实例ID、用户名 或 主机名（可以都有）、密码 或 phc。";

pub(crate) fn place(place: &Place) -> String {
    match &place.sheet {
        Some(sheet) => format!("工作表“{sheet}”第 {} 行", place.line),
        None => format!("第 {} 行", place.line),
    }
}

pub(crate) fn fault(fault: &Fault) -> String {
    match fault {
        Fault::Value { field, found, expected } => {
            format!("“{field}”读到{}，{}。", self::found(found), self::expected(*expected))
        }
        Fault::Missing { field } => format!("缺少“{field}”，请补上。"),
        Fault::Repeated { field } => format!("“{field}”出现了两次，请只保留一个。"),
        Fault::UnknownKey { key, nearest: Some(nearest) } => {
            format!("不认识的字段“{key}”，是否应为“{nearest}”？")
        }
        Fault::UnknownKey { key, nearest: None } => format!("不认识的字段“{key}”，请删除。"),
        Fault::Cells { found, expected } => {
            format!(
                "这一行有 {found} 个单元格，表头有 {expected} 个。请检查是否多了分隔符，含分隔符的内容要加引号。"
            )
        }
        Fault::NotText { encoding } => {
            format!("有不符合 {} 编码的字节。请把文件另存为 UTF-8 后重试。", encoding.name())
        }
        Fault::TooLong { limit } => format!("这条记录超过 {limit} 字节，已跳过。请检查文件是否完整。"),
        Fault::PasswordAndHash => "同一行既有密码，又有密码哈希，请只保留一项。".to_owned(),
        Fault::UnclosedQuote => "单元格以引号开始，却没有结束的引号，该行已跳过。请补上引号。".to_owned(),
        Fault::TextAfterQuote => {
            "单元格在结束的引号之后还有内容，该行已跳过。引号之内的引号要写两次。".to_owned()
        }
        Fault::NotAnObject { found } => {
            format!("读到{}，应为一个 JSON 对象（{{…}}），每条记录写在一行内。", self::found(found))
        }
        Fault::Syntax { line, column, kind, said: _ } => {
            let at = format!("第 {line} 行第 {column} 个字节处");
            let what = match kind {
                NoJson::Syntax => format!("{at}不符合语法"),
                NoJson::End => format!("到{at}就结束了，后半部分缺失"),
                NoJson::Data => format!("{at}的值无法读取"),
            };
            format!("不是正确的 JSON：{what}。请修正这条记录。")
        }
        Fault::Lost { found, expected } => {
            format!(
                "读到“{}”，应为 {}，后面的内容无法再读。请修正文件后重试。",
                found.escape_default(),
                expected.replace(" or ", " 或 ")
            )
        }
        Fault::TooDeep { limit } => format!("嵌套超过 {limit} 层，后面的内容无法再读。请检查文件。"),
        Fault::Truncated => "文件在一条记录的中间结束了，这条记录没有读到。请重新导出完整的文件。".to_owned(),
        Fault::ErrorAnswer { code, message } => {
            format!("这不是实例列表，而是服务商返回的错误 {code}（{message}）。请重新调用接口后导出。")
        }
        Fault::NoInstances => {
            "返回结果里没有实例列表：应有 Instances.Instance（云服务器）或 Instances（轻量应用服务器）。\
             请保存完整的返回结果。"
                .to_owned()
        }
        Fault::TooManyRows { limit } => format!("工作表超过 {limit} 行，后面的行没有读。请拆成几个文件。"),
        Fault::MissingColumns { missing } => {
            format!("表头缺少必需的列{}，这个工作表没有读。请补上列名后重试。", columns(missing))
        }
        Fault::RepeatedColumn { column, headings: [first, second] } => format!(
            "有两列都是“{}”：“{first}”和“{second}”，这个工作表没有读。请只保留一列。",
            column.heading(Lang::Zh)
        ),
        // What the parser says of it is English.
        Fault::DamagedSheet { said: _ } => {
            "工作表从这里起无法读取。请用表格软件打开后另存一次，或另存为 CSV。".to_owned()
        }
        Fault::Unreadable { said: _ } => "读取中断，后面的内容没有读到。请重试。".to_owned(),
    }
}

fn found(found: &Found) -> String {
    match found {
        Found::Null => "空值".to_owned(),
        Found::Boolean(true) => "布尔值 true".to_owned(),
        Found::Boolean(false) => "布尔值 false".to_owned(),
        Found::Number(number) => format!("数字 {number}"),
        Found::Text(text) => format!("文本“{text}”"),
        Found::Date(date) => format!("日期 {date}"),
        Found::Error(error) => format!("公式错误 {error}"),
        Found::List => "列表".to_owned(),
        Found::Object => "对象".to_owned(),
    }
}

const fn expected(expected: Expected) -> &'static str {
    match expected {
        Expected::Text => "应为文本",
        Expected::SomeText => "应为非空文本",
        Expected::IdAsText => "表格软件已丢失末尾的数字。请把单元格设为文本格式后重新填写",
        Expected::TextNotDate => "被表格软件当成了日期。请把单元格设为文本格式后重新填写",
        Expected::TextOrWhole => "应为文本或整数",
        Expected::Short => "最多 256 个字符，不能有控制字符",
        Expected::FewAddresses => "最多 256 个地址",
        Expected::Billing => "应为 subscription（包年包月）或 pay-as-you-go（按量付费）",
        Expected::BillingWord => "应为 包年包月 或 按量付费",
        Expected::ChargeType => "应为 PrePaid（包年包月）或 PostPaid（按量付费）",
        Expected::WholeNumber => "应为不小于 0 的整数",
        Expected::Bandwidth => "应为不小于 0 的整数，单位 Mbps，例如 5",
        Expected::AddressList => "应为 IP 地址的列表，例如 [\"47.96.0.1\"]，没有则写 []",
        Expected::Address => "应为 IP 地址，例如 47.96.0.1",
        Expected::Addresses => "应为 IP 地址，多个用“;”隔开，没有则写“无”",
        Expected::Time => "应为带时区的时间，例如 2020-07-01T10:00:00+08:00",
        Expected::ProviderTime => "应为 UTC 时间，例如 2020-07-01T02:00Z",
        Expected::Date => "应为日期或时间，例如 2020-07-01 或 2020-07-01 10:00:00",
        Expected::Year => "年份应在 1990 到 2999 之间。请核对日期",
        Expected::AmountText => "金额应写成文本，单位元，最多两位小数，例如 \"99.00\"",
        Expected::Amount => "应为金额，单位元，最多两位小数，例如 99.00",
        Expected::FactNames => "应为字段名的列表，例如 [\"purchased_at\"]",
        Expected::FactName => "应为字段名，例如 \"purchased_at\"",
        Expected::Object => "应为对象",
    }
}

pub(crate) fn open(error: &OpenError) -> String {
    match error {
        OpenError::Unreadable(_) => "读取失败。请检查文件后重试。".to_owned(),
        OpenError::Empty => format!("文件是空的。{READ_HERE}"),
        OpenError::Alien(alien) => self::alien(*alien),
        OpenError::MissingColumns { missing, headings } => {
            format!(
                "表头缺少必需的列{}。第一行是“{}”。请在第一行写上列名；如果这不是表格：{READ_HERE}",
                columns(missing),
                headings.join("、")
            )
        }
        OpenError::RepeatedColumn { column, headings: [first, second] } => {
            format!("有两列都是“{}”：“{first}”和“{second}”。请只保留一列。", column.heading(Lang::Zh))
        }
        OpenError::NoLogins => format!("这不是主机登录信息的表格。{LOGINS_READ_HERE}"),
        OpenError::MissingLoginColumns { missing } => {
            let one_of = |columns: &&[LoginColumn]| {
                columns
                    .iter()
                    .map(|column| format!("“{}”", column.headings().join("”或“")))
                    .collect::<Vec<_>>()
                    .join("或")
            };
            let missing = missing.iter().map(one_of).collect::<Vec<_>>().join("，以及");
            format!("表头缺少必需的列{missing}。{LOGINS_READ_HERE}")
        }
        OpenError::RepeatedLoginColumn(column) => {
            format!("有两列都是“{}”。请只保留一列。", column.heading(Lang::Zh))
        }
        OpenError::BadHeadings(bad) => {
            let faults: String = bad.faults.iter().map(fault).collect();
            format!("{}的表头无法读取，{faults}", place(&bad.place))
        }
        OpenError::Workbook(fault) => workbook(fault),
    }
}

fn columns(missing: &[Column]) -> String {
    let names = |column: &Column| format!("“{}”", column.headings().join("”或“"));
    missing.iter().map(names).collect::<Vec<_>>().join("以及")
}

fn alien(alien: Alien) -> String {
    match alien {
        Alien::Pdf => format!("这是 PDF 文件，不能读取。{READ_HERE}"),
        Alien::Compressed => format!("这是压缩文件，请先解压。{READ_HERE}"),
        Alien::Markup => format!(
            "这是 HTML 或 XML 文件，不能读取；如果是网页导出的表格，请另存为 XLSX 或 CSV。{READ_HERE}"
        ),
        Alien::Picture => format!("这是图片，不能读取。{READ_HERE}"),
        Alien::OldWorkbook => {
            "这是旧版 Excel 工作簿（.xls），或者设了密码。请去掉密码，另存为 .xlsx 或 CSV。".to_owned()
        }
        Alien::RecordList => "这是一个 JSON 列表。请改为 JSON Lines：去掉方括号，每条记录一行。".to_owned(),
        Alien::Binary => format!("这是二进制文件，不能读取。{READ_HERE}"),
    }
}

fn workbook(fault: &WorkbookFault) -> String {
    match fault {
        WorkbookFault::TooLarge(limit) => {
            format!("工作簿超过 {} MiB。请拆成几个文件，或另存为 CSV（不限大小）。", limit >> 20)
        }
        WorkbookFault::Inflates(limit) => {
            format!(
                "工作簿解压后超过 {} MiB，拒绝读取。请拆成几个文件，或另存为 CSV（不限大小）。",
                limit >> 20
            )
        }
        WorkbookFault::NoWorkbook => format!("这是 ZIP 压缩文件，但不是 XLSX 工作簿。{READ_HERE}"),
        WorkbookFault::Damaged(_) => {
            "工作簿已损坏，无法读取。请用表格软件打开后另存一次，或另存为 CSV。".to_owned()
        }
        WorkbookFault::TooManySheets(limit) => {
            format!("工作簿超过 {limit} 个工作表。请拆成几个文件。")
        }
        WorkbookFault::NothingInIt => "工作簿里没有内容。".to_owned(),
    }
}

pub(crate) fn warning(warning: &Warning) -> String {
    match warning {
        Warning::UnknownColumn { heading } => format!("不认识的列“{heading}”，已忽略。"),
        Warning::SheetNotRead { sheet } => {
            format!("工作表“{sheet}”里没有带实例 ID 列的表头，没有读。")
        }
        Warning::LongNumbers { heading } => format!(
            "“{heading}”里有超过 15 位的数字，表格软件会丢失末尾的数字。超过 15 位的 ID 请用文本格式保存。"
        ),
        Warning::PerhapsCut { line } => {
            format!("第 {line} 行是最后一行，没有换行符，单元格也比表头少。请检查文件是否完整。")
        }
        Warning::RowsInCell { line } => {
            format!("第 {line} 行有一个带引号的单元格，里面像是还有别的行。请检查引号是否成对。")
        }
        Warning::PagesMissing { counted, read } => {
            format!("服务商共有 {counted} 个实例，文件里只有 {read} 个。请检查是否保存了每一页返回结果。")
        }
        Warning::MoreUnknownColumns { count } => format!("另有 {count} 个不认识的列，已忽略。"),
    }
}
