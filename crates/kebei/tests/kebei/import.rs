//! Importing lists of instances, as an operator does it.

use crate::{
    Said,
    desk::{in_lang, on},
    given,
};
use app::{
    Actor, Desk, Operator,
    instances::{ApplyImport, ImportRecord, PlanImport},
};
use rulebook::Facts;
use std::{fs, path::Path};
use tempfile::TempDir;

const LIST: &str = "\
{\"id\":\"i-1\",\"product\":\"ecs\",\"account\":\"42\",\"region\":\"cn-hangzhou\"}
{\"id\":\"i-2\",\"product\":\"teapot\",\"account\":\"acc-7\"}
{\"id\":\"i-1\",\"product\":\"swas\"}
{\"id\":\"\",\"product\":\"ecs\"}
";

fn set_up(list: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(on(folder.path(), &["init"]).status, 0);
    fs::write(folder.path().join("list.jsonl"), list).unwrap();
    folder
}

fn import(folder: &Path, more: &[&str], lang: &str) -> Said {
    let list = folder.join("list.jsonl");
    let mut call = vec!["import", "instances", list.to_str().unwrap()];
    call.extend(more);
    in_lang(folder, &call, lang)
}

#[test]
fn a_list_is_reported_then_imported_and_again_changes_nothing() {
    let folder = set_up(LIST);
    let dry = import(folder.path(), &["--dry-run"], "en");
    assert_eq!(dry.status, 1, "{dry:?}");
    let counts = "4 records were read: 2 new, 0 changed, 0 unchanged, 2 rejected.";
    assert!(dry.out.contains(counts) && dry.err.contains("report only"), "{dry:?}");
    assert!(
        dry.err.contains("line 3 (i-1)") && dry.err.contains("line 1, is about the same instance"),
        "{dry:?}"
    );
    assert!(dry.err.contains("line 4:") && dry.err.contains("\"teapot\""), "{dry:?}");
    let asked = import(folder.path(), &[], "en");
    assert_eq!(asked.status, 2, "{asked:?}");
    assert!(asked.err.contains("--yes"), "nobody sits at a terminal: {asked:?}");
    let done = import(folder.path(), &["--yes"], "en");
    assert_eq!(done.status, 1, "{done:?}");
    assert!(done.out.contains("Imported: 2 new, 0 changed, 0 gone, 0 unchanged."), "{done:?}");
    let again = import(folder.path(), &["--yes"], "zh");
    assert!(again.out.contains("新增 0 个实例，变更 0 个，2 个没有变化，2 条未能导入。"), "{again:?}");
    assert!(again.err.contains("第 3 行（i-1）") && again.err.contains("同一个实例"), "{again:?}");
}

#[test]
fn rejected_records_are_written_into_a_file_that_is_not_overwritten() {
    let folder = set_up(LIST);
    let file = folder.path().join("rejected.csv");
    let report = ["--dry-run", "--report", file.to_str().unwrap()];
    assert_eq!(import(folder.path(), &report, "en").status, 1);
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.starts_with("\u{feff}file,line,instance,reason,message"), "{text}");
    assert!(text.lines().count() == 4 && text.contains(",3,i-1,repeated,"), "{text}");
    let again = import(folder.path(), &report, "en");
    assert!(again.status == 2 && again.err.contains("is there already"), "{again:?}");
}

#[test]
fn a_complete_list_that_misses_much_is_refused_until_it_is_allowed() {
    let folder = set_up(&LIST.lines().take(2).collect::<Vec<_>>().join("\n"));
    assert_eq!(import(folder.path(), &["--yes"], "en").status, 0);
    fs::write(folder.path().join("list.jsonl"), LIST.lines().next().unwrap()).unwrap();
    let refused = import(folder.path(), &["--yes", "--complete"], "en");
    assert_eq!(refused.status, 2, "{refused:?}");
    assert!(
        refused.err.contains("1 of 2 instances would be gone") && refused.err.contains("--allow-gone"),
        "{refused:?}"
    );
    assert!(
        import(folder.path(), &["--yes", "--complete"], "zh").err.contains("1 个实例视为已释放（现有 2 个）")
    );
    let done = import(folder.path(), &["--yes", "--complete", "--allow-gone"], "en");
    assert!(done.status == 0 && done.out.contains("1 gone, 1 unchanged"), "{done:?}");
}

#[test]
fn a_file_that_cannot_be_read_leaves_nothing_behind() {
    let folder = set_up(LIST);
    let missing = folder.path().join("missing.csv");
    let told = import(folder.path(), &["--yes", missing.to_str().unwrap()], "en");
    assert!(told.status == 2 && told.err.contains("missing.csv"), "{told:?}");
    let open = on(folder.path(), &["import", "resume"]);
    assert!(open.status == 0 && open.out.contains("No import is unfinished"), "{open:?}");
    assert_eq!(import(folder.path(), &["--yes"], "en").status, 1);
}

/// An import of three instances that was left where it was.
fn left_in(folder: &Path, applying: bool) {
    given::runtime().block_on(async {
        let store = given::open_store(&folder.join("desk"));
        let desk: Desk = given::opened(store.clone(), 90).await;
        let actor = Actor::Staff(Operator::parse("wang").unwrap());
        let facts = |nth| Facts { id: format!("i-{nth}"), product: "ecs".to_owned(), ..Facts::default() };
        let record = |nth| ImportRecord { source: String::new(), line: nth, read: Ok(facts(nth)) };
        let plan = PlanImport { actor: actor.clone(), owner: None, complete: false };
        let report = desk.plan_import(plan, (1..=3).map(record)).await.unwrap();
        if applying {
            desk.apply_import(ApplyImport { id: report.id, actor, allow_gone: false }).await.unwrap();
        }
        store.close().await;
    });
}

#[test]
fn an_import_that_was_interrupted_is_finished_or_given_up() {
    for applying in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        given::desk_in(&folder.path().join("desk"), 40);
        left_in(folder.path(), applying);
        fs::write(folder.path().join("list.jsonl"), LIST).unwrap();
        if applying {
            // One that waits for an answer, and has for years, holds up nobody.
            let busy = import(folder.path(), &["--yes"], "en");
            assert!(busy.status == 2 && busy.err.contains("kebei import resume"), "{busy:?}");
            assert_eq!(on(folder.path(), &["import", "abandon"]).status, 2);
        }
        let done = on(folder.path(), &["import", "resume", "--yes"]);
        assert!(done.status == 0 && done.out.contains("Imported: 3 new"), "{done:?}");
    }
    let folder = tempfile::tempdir().unwrap();
    given::desk_in(&folder.path().join("desk"), 40);
    left_in(folder.path(), false);
    let gone = in_lang(folder.path(), &["import", "abandon"], "zh");
    assert!(gone.status == 0 && gone.out.contains("已放弃"), "{gone:?}");
}
