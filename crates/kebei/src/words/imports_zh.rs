//! What the program says of imports, in Chinese.

use super::{
    imports::ImportSay,
    system_zh::{because, original},
};
use app::instances::{ImportError, ImportLine, ImportReport, ImportState};
use std::io;

pub(super) fn say(say: &ImportSay<'_>) -> String {
    match say {
        ImportSay::Report(report) => self::report(report),
        ImportSay::Line(line) => self::line(line),
        ImportSay::More(more) => format!("另有 {more} 条记录未能导入；用 --report FILE 可将全部写入文件。"),
        ImportSay::OnlyTold => "以上只是报告，没有做任何改动。".to_owned(),
        ImportSay::NeedsConsent(report) => format!(
            "按此列表将有 {} 个实例视为已释放（现有 {} 个），没有做任何改动。请核对列表是否完整；确认无误请加 --allow-gone。",
            report.counts.gone, report.counts.present
        ),
        ImportSay::NotConfirmed => "没有得到确认，没有做任何改动。确认导入请加 --yes。".to_owned(),
        ImportSay::Confirm => "是否导入？[y/N] ".to_owned(),
        ImportSay::Done(report) => {
            let counts = &report.counts;
            format!(
                "导入完成：新增 {} 个实例，变更 {} 个，释放 {} 个，{} 个没有变化。",
                counts.new, counts.changed, counts.gone, counts.same
            )
        }
        ImportSay::NothingOpen => "没有未完成的导入。".to_owned(),
        ImportSay::Abandoned => "已放弃未完成的导入，没有改动任何实例。".to_owned(),
        ImportSay::WasBeingRead => {
            "上次导入在读完列表之前中断，已放弃，没有改动任何实例；请重新运行 kebei import instances。"
                .to_owned()
        }
        ImportSay::Failed(error) => failed(error),
        ImportSay::CannotMake { file, error } if error.kind() == io::ErrorKind::AlreadyExists => {
            format!("{} 已经存在，没有覆盖；请用 --report 指定另一个文件", file.display())
        }
        ImportSay::CannotMake { file, error } => format!("{} 无法写入{}", file.display(), because(error)),
    }
}

fn report(report: &ImportReport) -> String {
    let counts = &report.counts;
    let mut text = format!(
        "读取 {} 条记录：新增 {} 个实例，变更 {} 个，{} 个没有变化，{} 条未能导入。",
        counts.read, counts.new, counts.changed, counts.same, counts.rejected
    );
    if report.complete {
        text = format!(
            "{text}\n现有 {} 个实例，其中 {} 个不在列表中，将视为已释放。",
            counts.present, counts.gone
        );
    }
    if counts.unknown_products > 0 {
        text = format!("{text}\n{} 个实例的产品不在规则集中。", counts.unknown_products);
    }
    text
}

fn line(line: &ImportLine) -> String {
    let note = line.note.as_ref().map(|note| note.message(rulebook::Lang::Zh)).unwrap_or_default();
    let instance = line.instance.as_ref().map(|id| format!("（{id}）")).unwrap_or_default();
    format!("{} 第 {} 行{instance}：{note}", line.source, line.line)
}

fn failed(error: &ImportError) -> String {
    match error {
        ImportError::Busy(other) => {
            let (what, todo) = match other.state {
                ImportState::Staging => ("正在读取列表", "请等它结束；如已中断，请运行 kebei import abandon"),
                ImportState::Staged => {
                    ("等待确认", "请运行 kebei import resume 继续，或运行 kebei import abandon 放弃")
                }
                ImportState::Applying | ImportState::Done | ImportState::Abandoned => {
                    ("正在写入", "请等它完成，或运行 kebei import resume 继续")
                }
            };
            format!("{} 发起的另一次导入{what}；{todo}", other.by)
        }
        ImportError::Unknown(id) => format!("没有编号为 {id} 的导入"),
        ImportError::NotToBeApplied(_) => "该导入已放弃，或没有读完，不能写入；请重新导入".to_owned(),
        ImportError::NeedsConsent(report) => say(&ImportSay::NeedsConsent(report)),
        ImportError::BeingApplied(_) => {
            "导入已经开始写入，不能放弃；请运行 kebei import resume 完成它".to_owned()
        }
        ImportError::Overtaken(_) => "另一进程处理了这次导入；请再运行一次".to_owned(),
        ImportError::NotForCustomers => "客户不能导入实例".to_owned(),
        ImportError::Desk(error) => format!("未能完成{}", original(error)),
    }
}
