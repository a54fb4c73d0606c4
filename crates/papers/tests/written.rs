//! Papers as readers see them: what was written can be copied out, and looks like paper.
#![cfg(test)]

use papers::{Block, Fonts, Paper, Written};
use std::{fs, path::Path, process::Command};

fn paper() -> Paper {
    let facts = [
        ("主办者", "深圳市远山茶业有限公司"),
        ("主体负责人", "林䶮、𠮷田"),
        ("域名", "example.com、例子.中国"),
        ("备案号", "粤ICP备12345678号-1"),
    ];
    Paper {
        title: "网站备案信息真实性核验单".to_owned(),
        lang: "zh-CN".to_owned(),
        blocks: vec![
            Block::Heading("主体信息".to_owned()),
            Block::Facts(facts.map(|(label, value)| (label.to_owned(), value.to_owned())).to_vec()),
            Block::Text("The same in English: nothing of it is a picture.".to_owned()),
            Block::List(vec!["核对证件原件。".to_owned(), "核对网站域名。".to_owned()]),
            Block::Sign(vec!["核验人签字：".to_owned(), "网站负责人签字：".to_owned()]),
        ],
        foot: "可备 备案服务台".to_owned(),
    }
}

fn written(paper: &Paper) -> Written {
    paper.write(&Fonts::of_the_machine().unwrap()).unwrap()
}

/// What a reader copies out of it.
fn copied(pdf: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("paper.pdf");
    fs::write(&file, pdf).unwrap();
    let said = Command::new("pdftotext").args(["-layout"]).arg(&file).arg("-").output().unwrap();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    String::from_utf8(said.stdout).unwrap()
}

#[test]
fn what_is_written_can_be_copied_out_rare_characters_too() {
    let Written { pdf, pages, missing } = written(&paper());
    if let Ok(file) = std::env::var("KEBEI_KEEP_PAPER") {
        fs::write(file, &pdf).unwrap();
    }
    assert_eq!((pages, missing), (1, vec![]));
    let text = copied(&pdf);
    for words in [
        "网站备案信息真实性核验单",
        "林䶮、𠮷田",
        "例子.中国",
        "粤ICP备12345678号-1",
        "nothing of it is a picture",
        "核验人签字：",
        "可备 备案服务台",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(text.split_whitespace().collect::<String>().ends_with("1/1"), "{text}");
}

#[test]
fn the_same_paper_is_the_same_bytes() {
    assert_eq!(written(&paper()).pdf, written(&paper()).pdf);
}

#[test]
fn it_carries_no_more_of_a_font_than_it_needs() {
    let pdf = written(&paper()).pdf;
    assert!(pdf.len() < 100_000, "{} bytes", pdf.len());
}

#[test]
fn what_no_font_has_is_told_and_can_be_copied_all_the_same() {
    let unknown = '\u{e123}';
    let mut paper = paper();
    paper.blocks.push(Block::Text(format!("某{unknown}某")));
    let Written { pdf, missing, .. } = written(&paper);
    assert_eq!(missing, [unknown]);
    assert!(copied(&pdf).contains(&format!("某{unknown}某")));
}

#[test]
fn what_is_long_goes_on_on_the_next_sheet_and_loses_nothing() {
    let facts: Vec<_> =
        (0..120).map(|nth| (format!("第 {nth} 项"), format!("内容 {nth} ").repeat(1 + nth % 30))).collect();
    let blocks = vec![Block::Facts(facts.clone()), Block::Text("末尾".repeat(3000))];
    let Written { pdf, pages, .. } = written(&Paper { blocks, ..paper() });
    assert!(pages > 5, "{pages}");
    let text: String = copied(&pdf).split_whitespace().collect();
    for (label, _) in &facts {
        assert!(text.contains(&label.replace(' ', "")), "{label}");
    }
    // Between sheets stands their foot.
    assert_eq!((text.matches('末').count(), text.matches('尾').count()), (3000, 3000));
    assert!(text.contains(&format!("{pages}/{pages}")));
}

#[test]
fn where_no_font_has_chinese_it_says_which_would() {
    let folder = tempfile::tempdir().unwrap();
    let fault = Fonts::in_folder(Path::new(folder.path())).unwrap_err();
    assert!(fault.to_string().contains("fonts-noto-cjk"), "{fault}");
}
