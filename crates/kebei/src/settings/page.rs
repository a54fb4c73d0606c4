//! The page of the documentation that lists the settings, made from the table and held against the committed one.

use super::table::{Kind, SETTINGS};
use rulebook::Lang;
use std::{env, fmt::Write, fs, path::PathBuf};

const INTRO_ZH: &str = "\
# 配置

`kebei serve` 及所有作用于服务台的命令读取同一份设置。后面的优先：默认值 < 配置文件 < 环境变量 < 命令行选项。

配置文件用 `--config` 或 `KEBEI_CONFIG` 指定；没有指定时，读取服务台文件夹（`data`）中的 `kebei.toml`，没有这个文件也可以。
放在服务台文件夹里的 `kebei.toml` 不能把 `data` 改到别处。文件中的相对路径以该文件所在的文件夹为准，变量和选项中的相对路径以当前文件夹为准。
变量中的列表用逗号分隔；空的变量等于没有设置。

`kebei doctor` 列出每项设置的值和来源，并一次列出全部错误及其行、列。主密钥也可以用 `KEBEI_MASTER_KEY` 直接给出；它不是设置，不能写在文件里。

```toml
# kebei.toml
listen = \"127.0.0.1:8080\"
metrics_listen = \"127.0.0.1:9090\"
public_url = \"https://beian.example.com\"
trusted_proxies = [\"10.0.0.0/8\"]
```

| 设置 | 环境变量 | 选项 | 类型 | 默认 | 含义 |
| --- | --- | --- | --- | --- | --- |
";

const INTRO_EN: &str = "\
# Configuration

`kebei serve` and every command on a desk read the same settings. What comes later counts: defaults, the file, variables of the
environment, options.

The file is named by `--config` or `KEBEI_CONFIG`. Otherwise it is `kebei.toml` in the folder of the desk (`data`), where there
is one; such a file cannot move `data` elsewhere. A relative path in a file counts from the folder of that file, one in a variable
or an option from the present folder. Lists in variables have commas. An empty variable is not set.

`kebei doctor` prints each setting with its value and where it comes from, and every fault at once with its line and column. The
master key may also be given in `KEBEI_MASTER_KEY`, which is no setting and cannot stand in the file.

```toml
# kebei.toml
listen = \"127.0.0.1:8080\"
metrics_listen = \"127.0.0.1:9090\"
public_url = \"https://beian.example.com\"
trusted_proxies = [\"10.0.0.0/8\"]
```

| setting | variable | option | type | default | meaning |
| --- | --- | --- | --- | --- | --- |
";

fn kind(kind: Kind, lang: Lang) -> String {
    let (zh, en) = match kind {
        Kind::Path => ("路径".to_owned(), "path".to_owned()),
        Kind::Database | Kind::Url => ("地址".to_owned(), "URL".to_owned()),
        Kind::Line => ("一行文字".to_owned(), "line".to_owned()),
        Kind::Address => ("IP:端口".to_owned(), "IP:port".to_owned()),
        Kind::Resolvers => {
            ("system、none 或地址列表".to_owned(), "system, none or list of addresses".to_owned())
        }
        Kind::Networks => ("CIDR 列表".to_owned(), "list of CIDR".to_owned()),
        Kind::Word(words) => (words.join("、"), words.join(", ")),
        Kind::Number(from, to) => (format!("整数，{from}–{to}"), format!("integer, {from}–{to}")),
    };
    if lang == Lang::Zh { zh } else { en }
}

fn page(lang: Lang) -> String {
    let mut page = if lang == Lang::Zh { INTRO_ZH } else { INTRO_EN }.to_owned();
    for setting in &SETTINGS {
        let default = setting.default.map_or_else(|| "–".to_owned(), |default| format!("`{default}`"));
        let of = match (setting.of_desk, lang) {
            (true, _) => "",
            (false, Lang::Zh) => "（仅 `serve`）",
            (false, Lang::En) => " (`serve` only)",
        };
        writeln!(
            page,
            "| `{}` | `{}` | `--{}`{of} | {} | {default} | {} |",
            setting.word,
            setting.variable(),
            setting.option,
            kind(setting.kind, lang),
            setting.help(lang),
        )
        .unwrap();
    }
    page
}

#[test]
fn the_committed_pages_are_those_of_the_table() {
    for lang in Lang::ALL {
        let file = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
            .join(format!("../../docs/configuration.{}.md", lang.tag()));
        if env::var_os("KEBEI_WRITE_DOCS").is_some() {
            fs::write(&file, page(lang)).unwrap();
        }
        let found = fs::read_to_string(&file).unwrap_or_default();
        assert!(found == page(lang), "{} is stale: run this test with KEBEI_WRITE_DOCS=1", file.display());
    }
}
