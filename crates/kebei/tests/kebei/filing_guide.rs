//! The guide to filing over the API: its commands are pasted, as they stand, at a demo.

use crate::{kebei, project, served::Served};
use std::{fs, process::Command};

/// The commands of a guide, in their order.
fn commands(name: &str) -> String {
    let text = fs::read_to_string(project().join(name)).unwrap();
    let blocks = text.split("```sh\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    blocks.collect()
}

/// The key of somebody of the demo.
fn key<'d>(demo: &'d Served, name: &str) -> &'d str {
    let line = demo.printed.lines().find(|line| line.split_whitespace().next() == Some(name)).unwrap();
    line.split_whitespace().last().unwrap()
}

#[test]
fn whoever_pastes_the_guide_has_a_website_filed() {
    for (lang, name, outcome) in [
        ("en", "docs/filing.en.md", "The websites are filed and may be served from now on."),
        ("zh", "docs/filing.zh.md", "备案成功，网站可以开通。"),
    ] {
        let demo = Served::by(kebei(&["demo", "--port", "0", "--lang", lang]), "/api/docs");
        assert!(demo.printed.contains(name), "{}", demo.printed);
        let mut script = commands(name).replace("127.0.0.1:8080", &demo.address);
        for (variable, who) in
            [("KEY", "demo-customer"), ("REVIEWER", "demo-reviewer"), ("OPERATOR", "demo-operator")]
        {
            let blank = format!("{variable}=kbk_…\n");
            assert!(script.contains(&blank), "{name}: {variable}");
            script = script.replacen(&blank, &format!("{variable}={}\n", key(&demo, who)), 1);
        }
        // The guide says where a fault is told: in `faults`, which is empty, and by a status, at which this ends.
        let pasted = Command::new("sh").args(["-e", "-c", &script]).current_dir(project()).output().unwrap();
        let told = String::from_utf8(pasted.stdout).unwrap();
        assert!(pasted.status.success(), "{name}: {told}\n{}", String::from_utf8_lossy(&pasted.stderr));
        assert_eq!(
            told.matches("\"faults\":[]").count(),
            4,
            "{name}: two parts, the check, and who looks: {told}"
        );
        for said in
            ["\"passes\":true", "\"state\":\"submitted\"", "\"number\":\"粤ICP备99887766号-1\"", outcome]
        {
            assert!(told.contains(said), "{name}: {said} in {told}");
        }
    }
}

#[test]
fn both_guides_run_the_same_commands() {
    let [en, zh] = ["docs/filing.en.md", "docs/filing.zh.md"].map(commands);
    assert_eq!(en.replace(" -H 'Accept-Language: en'", ""), zh);
}
