//! The help of the command line in Chinese. `cli/` has the English; a test finds what is missing here.

use crate::settings::{config_help, option_help};
use clap::Command;
use rulebook::Lang;

const HEADING_COMMANDS: &str = "命令";
const HEADING_ARGUMENTS: &str = "参数";
const HEADING_OPTIONS: &str = "选项";
const TEMPLATE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

/// What a command does, by its path; the empty path is the program.
fn about(path: &str) -> Option<&'static str> {
    Some(match path {
        "" => "开放的 ICP 备案服务台：哪些实例可以用来备案；不能的话，原因是什么、该怎么办。",
        "check" => "逐个判定实例列表中的实例能否用来备案，不能时说明原因和处理方法",
        "check-filing" => "检查文件中的备案订单，一次列出全部问题",
        "rulebook" => "查看规则集：检查规则集文件、显示某一版本、比较两个版本、生成给客户看的说明页",
        "rulebook lint" => "检查规则集文件：列出每一处错误的行、列和应有的写法",
        "rulebook show" => "显示一个版本：产品、条件、数量限制和出处",
        "rulebook diff" => "用文字说明从版本 A 到版本 B 有哪些变化",
        "rulebook docs" => "生成给客户看的规则说明页（Markdown）",
        "rulebook dry-run" => "试算一个版本对实例列表的影响：哪些实例变为可备案，哪些不再可备案，以及原因",
        "rulebook sql" => "把一个版本写成一个 SQL 表达式，在 PostgreSQL 中直接判定",
        "rulebook publish" => {
            "一人直接把规则集发布到服务台，用于初次设置和紧急情况；在控制台和接口上由两人发布"
        }
        "where" => "我该在哪里备案？没有可以备案的实例时怎么办",
        "init" => "建立服务台：文件夹、主密钥、数据库和第一份规则集",
        "import" => "把实例列表、主机登录信息和已有备案导入服务台，并给出报告",
        "import instances" => "读取实例列表，说明将有哪些变化，然后写入",
        "import credentials" => "从 CSV 读取主机的登录信息：用户名或主机名，以及密码或密码哈希",
        "import filings" => "读取已有的备案，说明哪些是新的；加上 --apply 才写入",
        "import resume" => "继续被中断的实例导入",
        "import abandon" => "放弃还没有开始写入的实例导入",
        "serve" => "通过 HTTP 提供服务，直到收到停止信号",
        "mcp" => "供 AI 助手使用（Model Context Protocol）：以一个密钥查询正在运行的服务台",
        "gate" => "域名是否可以放行？保留放行副本，服务台不在也能据此回答",
        "gate fetch" => "从正在运行的服务台更新放行副本",
        "gate check" => "不经服务台，根据放行副本回答：这些域名现在可以放行吗？",
        "demo" => "用虚构的数据试用服务台：建立全新的文件夹，并列出可以直接运行的调用",
        "keys" => "查看服务台的密钥，更换密钥",
        "keys list" => "列出密钥：用途、启用时间，以及旧密钥下还有多少数据",
        "keys rotate" => "启用新密钥，在服务台照常工作的同时重新加密全部数据，然后删除旧密钥",
        "user" => "管理服务台的用户：人员、其他系统，以及他们的角色和密钥",
        "user add" => "添加一名登录用户，或一个其他系统",
        "user list" => "列出用户",
        "user roles" => "输出各角色的权限表，不需要服务台",
        "user change" => "更改用户的角色，取代原有角色",
        "user lock" => "锁定用户：结束其全部会话，密码和密钥都不能再使用",
        "user unlock" => "解除锁定",
        "user reset" => "给用户一个新的一次性密码，并结束其全部会话",
        "user reset-second-factor" => "重置用户丢失的两步验证，并结束其全部会话",
        "user account" => "开立客户所代表的账号",
        "user key" => "管理人员和系统调用接口所用的密钥",
        "user key add" => "新建密钥，只显示一次",
        "user key list" => "列出用户未吊销的密钥",
        "user key revoke" => "吊销密钥，吊销后不能恢复",
        "ledger" => "核验、导出台账，出具证明；接受与库外检查点不符的数据库",
        "ledger verify" => "核验数据库或导出文件中的每条记录、每个节点和每个检查点",
        "ledger export" => "把台账写入一个文件，任何人不用数据库就能核验",
        "ledger proof" => "输出某条记录确在台账中的证明（JSON）",
        "ledger key" => "输出用来核验检查点、导出文件和证明的公钥",
        "ledger checkpoint" => "输出最新的检查点",
        "ledger seal" => "给等待中的记录排定位置，签署检查点并写到数据库之外",
        "ledger accept" => "接受与库外检查点不符的数据库，继续使用",
        "retention" => "查看各类内容的保留期限，删除到期的内容",
        "retention run" => "删除保留到期的内容；服务台运行时每天也会自动执行一次",
        "retention docs" => "输出保留期限说明页（Markdown），不需要服务台",
        "backup" => "在服务台照常工作时把数据库复制到一个文件，并检查副本",
        "restore" => "用备份替换数据库",
        "doctor" => "检查服务台的数据库、密钥、规则集和台账，并说明每个问题怎样处理",
        "completions" => "输出命令行自动补全脚本",
        "man" => "输出手册页（roff 格式）",
        _ => return None,
    })
}

/// What options of the commands are for that ask a running desk.
fn of_a_desk_elsewhere(path: &str, id: &str) -> Option<&'static str> {
    Some(match (path, id) {
        ("gate fetch" | "gate check", "file") => "放行副本的文件；之后的变更放在旁边，文件名以 .changes 结尾",
        ("gate fetch" | "gate check", "key") => "服务台的放行密钥，由 GET /gate/v1/key 给出",
        ("gate fetch", "url") => "服务台：其 https: 地址，本机可用 http:",
        ("gate fetch", "every") => "每隔若干秒更新一次，直到停止",
        ("gate check", "max_age") => "副本最多可以多旧（秒） [默认：86400]",
        ("gate check", "when_stale") => {
            "副本太旧时：closed 不放行，open 放行（黑名单中的除外） [默认：closed]"
        }
        ("mcp", "url") => "要查询的服务台：其 https: 地址，本机可用 http:",
        ("mcp" | "gate fetch", "key_file") => {
            "查询服务台的密钥文件，其他用户不能读取 [默认：环境变量 KEBEI_KEY]"
        }
        ("mcp", "http") => "在此回环地址上以 HTTP 提供服务，例如 127.0.0.1:8090，不用标准输入和输出",
        ("mcp", "token_file") => "令牌文件，以 HTTP 请求时须发送其中的令牌 [默认：新建一个并输出]",
        ("mcp", "allow_writes") => "允许工具做出更改；不加则只说明将会发生什么",
        ("gate check", "names") => "域名或地址；- 表示从标准输入读取，每行一个",
        _ => return None,
    })
}

/// What an argument means, by the path of its command and its id.
fn help(path: &str, id: &str) -> Option<&'static str> {
    if let Some(help) = of_a_desk_elsewhere(path, id) {
        return Some(help);
    }
    Some(match (path, id) {
        (_, "lang") => "语言：zh 或 en [默认：随环境变量，没有设置则为 zh]",
        (_, "help") => "显示帮助",
        (_, "version") => "显示版本",
        (_, "config") => config_help(Lang::Zh),
        ("demo", "data") => "放服务台的空文件夹，结束后保留 [默认：临时文件夹，结束时删除]",
        ("demo", "port") => "127.0.0.1 上的端口，0 表示任选空闲端口 [默认：8080]",
        (_, "operator") => "操作人，记入台账 [默认：当前登录用户]",
        ("import instances", "files") => {
            "实例列表，各文件合为一次导入：云厂商 API 返回的 JSON、JSON 行、CSV 或 XLSX，按内容识别；- 表示标准输入"
        }
        ("import credentials", "file") => {
            "CSV 文件，每台主机一行：实例ID、用户名或主机名（可以都有）、密码或 phc；- 表示标准输入"
        }
        ("import filings", "file") => "JSON Lines 文件，每行一个主体及其网站；- 表示标准输入",
        ("import filings", "apply") => "写入新的备案；不加则只说明",
        ("import credentials", "report") => "把每一行的结果写入此文件（CSV），文件不能已经存在",
        ("import instances", "complete") => "列表包含全部实例：不在其中的视为已释放",
        ("import instances" | "import credentials", "dry_run") => "只说明将有哪些变化，不写入",
        ("import instances", "report") => "把未能导入和需要留意的记录全部写入此文件（CSV），文件不能已经存在",
        ("import instances" | "import resume", "allow_gone") => {
            "即使超过五分之一的实例将视为已释放，也照样写入"
        }
        ("import instances" | "import resume", "yes") => "直接写入，不再询问",
        ("ledger verify", "decide") => "并且根据每条记录中的事实重新判定一次",
        ("ledger verify", "export") => "核验此导出文件，而不是数据库",
        ("ledger verify", "key") => "导出文件的公钥，即 kebei ledger key 的输出；给出后不需要服务台",
        ("ledger verify", "rulebook") => "没有服务台时，除内置规则集外还按此规则集文件重新判定",
        ("ledger export", "file") => "导出到此文件，文件不能已经存在",
        ("ledger export", "since") => "只导出此数量的记录之后的部分，须有这个数量的检查点",
        ("ledger proof", "entry") => "记录的 ID",
        ("ledger accept", "yes") => "确认接受；不加此项时只说明将接受什么、会失去什么",
        ("retention run", "dry_run") => "只统计将删除多少，不删除",
        ("retention run", "format") => "输出格式：table（表格）或 json [默认：table]",
        ("backup", "file") => "备份到此文件，文件不能已经存在；检查点复制到旁边的 FILE.checkpoint",
        ("restore", "file") => "备份文件",
        ("restore", "replace") => "替换已有的数据库；原数据库改名后保留在旁边",
        ("user add", "name") => "登录用的用户名：小写字母、数字、. - 和 _",
        ("user account", "name") => "账号，即实例列表中购买者的 ID",
        ("user account", "number") => "云服务商的其他系统对此账号的编号",
        ("user add" | "user change", "role") => {
            "角色：customer、support、reviewer、operator 或 auditor；可多次给出"
        }
        ("user add", "account") => "客户所代表的账号",
        ("user add", "system") => "这是其他系统：没有密码，用密钥调用",
        ("user add", "email") => "电子邮箱，加密保存",
        (_, "name" | "user") => "用户名",
        ("user key add", "label") => "密钥在列表中的名称",
        ("user key add", "scope") => {
            "密钥只有此权限，写法见 kebei user roles；可多次给出 [默认：用户角色的全部权限]"
        }
        ("user key add", "expires") => "有效期至：2030-01-01 或 RFC 3339 [默认：直到吊销]",
        ("user key add", "signing") => "新建用来给请求签名的密钥，有 ID 和 Secret，供兼容接口使用",
        ("user key revoke", "key") => "密钥的 ID，见密钥列表",
        ("rulebook publish", "dry_run") => "只说明将会发布什么，不真正发布",
        ("keys rotate", "purpose") => "只更换此用途的密钥：code、code-lookup、ledger 或 user [默认：全部]",
        ("keys rotate", "master") => "改为换用此文件中的主密钥；文件不存在时新建",
        ("init", "ledger_name") => "台账的名称，写在检查点里，以后不再更改，例如 kebei.example/ledger",
        (_, "rulebook") => "使用此规则集文件，不用内置规则集",
        ("rulebook dry-run", "edition") => "要试算的版本",
        ("rulebook dry-run", "against") => "与此版本比较 [默认：当前适用的版本]",
        ("rulebook dry-run", "format") => "输出格式：table，或逐一列出受影响实例的 json [默认：table]",
        ("rulebook sql", "findings") => "不写结论，而以整数的各个二进制位写出原因",
        ("rulebook sql", "names") => "产品一列写的是名称或别名，不是 ID",
        ("check" | "rulebook dry-run", "files") => {
            "实例列表：云厂商 API 返回的 JSON、JSON 行、CSV 或 XLSX，按内容识别；- 表示标准输入"
        }
        ("check" | "rulebook dry-run" | "rulebook sql", "account") => {
            "发起查询的账号：由其他账号购买的实例不可备案"
        }
        ("check" | "import instances" | "rulebook dry-run", "owner") => {
            "记录里没有写明购买账号时，视为此账号购买"
        }
        ("check", "edition") => "按此版本判定，不论日期",
        ("check" | "rulebook dry-run" | "rulebook sql", "at") => {
            "按此时间判定：2020-11-01 或 RFC 3339 [默认：现在]"
        }
        ("check", "format") => "输出格式：table（表格）、json（一个数组）、jsonl 或 csv [默认：table]",
        ("rulebook publish", "file") | ("rulebook lint", "files") => "规则集文件（TOML）；- 表示标准输入",
        ("where" | "check-filing", "format") => "输出格式：text（文字）或 json [默认：text]",
        ("where" | "rulebook show" | "rulebook docs" | "rulebook sql", "edition") => {
            "此版本 [默认：当前适用的版本]"
        }
        ("where" | "rulebook show" | "rulebook docs", "at") => {
            "此时间适用的版本：2020-11-01 或 RFC 3339 [默认：现在]"
        }
        ("rulebook diff", "before") => "较早的版本",
        ("rulebook diff", "after") => "较晚的版本",
        ("check-filing", "files") => "备案订单（JSON），每个文件一份；- 表示标准输入",
        ("check-filing", "at") => "按此日期检查：2026-06-01 [默认：今天]",
        ("check-filing", "suffixes") => "用此文件（TOML）中的域名后缀，代替内置的清单",
        ("check-filing", "provinces") => "用此文件（TOML）中的各省要求，代替内置的规则",
        ("completions", "shell") => "bash、elvish、fish、powershell 或 zsh",
        _ => return None,
    })
}

/// The same, or what the table of settings says.
fn translated_help(path: &str, id: &str) -> Option<String> {
    help(path, id).map(str::to_owned).or_else(|| option_help(id, Lang::Zh))
}

/// What the help of a command shows last.
fn after(path: &str) -> Option<&'static str> {
    match path {
        "check-filing" => Some(
            "\
示例：
  kebei check-filing order.json
  kebei check-filing --format json - < order.json

订单写明类型和填写的内容，字段名与接口相同：
  {\"kind\": \"first-filing\", \"subject\": {\"nature\": 5, \"name\": \"…\"}, \"websites\": [{\"name\": \"…\", \"domains\": [\"…\"]}]}
类型：first-filing、add-website、add-access、change、cancel-subject、cancel-website、cancel-access。示例见 examples/order-zh.json。

产品验证、证件图片、黑名单，以及是否已经备案，只有服务台知道，这里不检查。

退出码：0 没有须修改的内容；1 有须修改的内容；2 文件或调用有误。",
        ),
        "check" => Some(
            "\
示例：
  kebei check instances.csv
  kebei check --at 2020-11-01 ecs.json swas.json
  kebei check --account acc-7 --format jsonl instances.jsonl | jq 'select(.verdict==\"ineligible\")'
  kebei check - < instances.csv

表格的第一行是列名。必填：实例ID、产品类型；可填：账号、地域、计费方式、公网带宽(Mbps)、公网IP、购买时间、到期时间、\n首次购买月数、首单金额、已申请备案服务号数（按账号计数的产品填整个账号的合计）。样例见 examples/instances-zh.csv。\n\n退出状态：0 全部可备案或无需备案；1 有实例不可备案、信息不足或在其他系统备案；2 有记录、文件或命令有误。
没有 --lang 时，语言由 KEBEI_LANG、LC_ALL、LC_MESSAGES 或 LANG 决定。",
        ),
        "import" => Some(
            "\
示例：
  kebei import instances --dry-run instances.csv
  kebei import instances --complete --yes ecs.json swas.json
  kebei import instances --owner acc-7 --report rejected.csv instances.xlsx
  kebei import resume
  kebei import credentials --dry-run hosts.csv
  kebei import filings --apply filings.jsonl

主机登录信息的列名：实例ID、用户名或主机名（可以都有）、密码或 phc。phc 是 argon2id 的 PHC 字符串；密码经哈希后保存，需要一些时间，
原文不会保留。导入后请删除该文件。

备案文件的格式见 docs/import-filings.zh.md。已有的内容不会因导入而改变。

退出状态：0 全部导入，1 有记录未能导入，2 没有导入或中途中断。",
        ),
        "ledger" => Some(
            "\
示例：
  kebei ledger verify --decide
  kebei ledger export ledger-2026.kebei
  kebei ledger verify --export ledger-2026.kebei --key 'kebei/ledger+…'
  kebei ledger accept --yes

verify 的退出状态：0 没有问题，1 有问题，2 无法核验。记录的位置从 0 数起。",
        ),
        "gate" => Some(
            "\
示例：
  KEBEI_KEY=… kebei gate fetch --url https://filing.example.com --key 'filing.example.com/ledger/gate+…' --file gate.snapshot
  kebei gate fetch --every 1 --url https://filing.example.com --key-file ~/.kebei-key --key '…' --file gate.snapshot
  kebei gate check --key '…' --file gate.snapshot www.example.com 203.0.113.7

每个域名一行：域名、yes 或 no、代码、说明。代码的含义见 docs/gate.zh.md。

check 的退出状态：0 全部可以放行，1 有不能放行的，2 调用有误或副本不能使用。",
        ),
        "mcp" => Some(
            "\
示例：
  KEBEI_KEY=… kebei mcp --url http://127.0.0.1:8080
  kebei mcp --url https://filing.example.com --key-file ~/.kebei-key --allow-writes
  kebei mcp --url https://filing.example.com --key-file ~/.kebei-key --http 127.0.0.1:8090

前两种由 AI 助手自行启动，通过标准输入和输出对话。能查询什么由密钥的权限决定。各个工具见 docs/mcp.zh.md。

退出状态：0 对话结束；2 调用有误或无法提供服务。",
        ),
        "user" => Some(
            "\
示例：
  kebei user add wang --role operator
  kebei user account acc-7
  kebei user add li --role customer --account acc-7 --email li@example.cn
  kebei user add catalogue --system --role operator
  kebei user key add catalogue --label nightly --scope import-instances --expires 2030-01-01",
        ),
        "rulebook" => Some(
            "\
示例：
  kebei rulebook show --at 2019-06-01
  kebei rulebook diff 2020-01-01 2020-10-16
  kebei rulebook docs > faq.md
  kebei rulebook lint rulebooks/example-host.toml
  kebei rulebook dry-run instances.csv --edition 2020-10-16 --against 2020-01-01
  kebei rulebook sql --edition 2020-10-16 > verdict.sql

lint 的退出状态：0 没有错误，1 有错误，2 文件无法读取。
dry-run 的退出状态：0 没有变化，1 有变化，2 有记录、文件或参数不正确。
SQL 读取的列与各项信息同名：product、account、region、billing、public_bandwidth_mbps、public_ips（数组）、
purchased_at 和 expires_at（timestamptz）、first_purchase_months、first_order_amount（元）、codes_issued；
未知的信息为 NULL。",
        ),
        _ => None,
    }
}

/// How `command` is called, in Chinese.
fn usage(command: &Command, path: &str) -> String {
    let english = command.clone().render_usage().to_string();
    let (_, arguments) = english.split_once(command.get_name()).unwrap_or_default();
    let arguments = arguments.replace("[OPTIONS]", "[选项]").replace("<COMMAND>", "<命令>");
    let called = if path.is_empty() { String::new() } else { format!(" {path}") };
    format!("kebei{called}{arguments}")
}

/// `command` and everything below it in Chinese; `path` leads to it.
pub(crate) fn translated(command: Command, path: &str) -> Command {
    let usage = usage(&command, path);
    let mut command =
        command.help_template(TEMPLATE).subcommand_help_heading(HEADING_COMMANDS).override_usage(usage);
    if let Some(about) = about(path) {
        command = command.about(about);
    }
    if let Some(after) = after(path) {
        command = command.after_help(after);
    }
    command = command.mut_args(|argument| {
        let heading = if argument.is_positional() { HEADING_ARGUMENTS } else { HEADING_OPTIONS };
        let help = translated_help(path, argument.get_id().as_str());
        let argument = argument.help_heading(heading);
        match help {
            Some(help) => argument.help(help),
            None => argument,
        }
    });
    command.mut_subcommands(|below| {
        let path = format!("{path} {}", below.get_name());
        translated(below, path.trim_start())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Cli;
    use clap::CommandFactory;

    fn untranslated(command: &Command, path: &str) -> Vec<String> {
        let mut found = Vec::new();
        if about(path).is_none() {
            found.push(format!("{path}: about"));
        }
        let arguments = command
            .get_arguments()
            .filter(|argument| translated_help(path, argument.get_id().as_str()).is_none());
        found.extend(arguments.map(|argument| format!("{path}: {}", argument.get_id())));
        for below in command.get_subcommands() {
            let path = format!("{path} {}", below.get_name());
            found.extend(untranslated(below, path.trim_start()));
        }
        found
    }

    #[test]
    fn every_command_and_argument_is_explained_in_chinese() {
        assert_eq!(untranslated(&Cli::command(), ""), Vec::<String>::new());
    }
}
