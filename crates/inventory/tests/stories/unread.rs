//! What is not read, and what is said of it.

use crate::refused;

#[test]
fn an_empty_file_is_told() {
    for empty in ["", "\u{FEFF}", " \r\n\n"] {
        assert!(refused(empty).starts_with("The file is empty. What is read: the JSON answers of ECS"));
    }
}

#[test]
fn an_old_workbook_is_told_how_to_become_a_new_one() {
    assert!(refused(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1").contains("save it as .xlsx or CSV"));
}

#[test]
fn other_files_are_told_what_they_are_and_what_is_read() {
    for (bytes, what) in [
        (&b"%PDF-1.4"[..], "PDF"),
        (b"\x1F\x8B\x08\x00", "compressed"),
        (b"<html><table>", "HTML"),
        (b"\x89PNG\r\n\x1A\n", "picture"),
        (b"\x7FELF\x02\x01\x01\x00", "binary"),
    ] {
        let message = refused(bytes);
        assert!(message.contains(what) && message.contains("CSV (UTF-8 or GBK), XLSX"), "{message}");
    }
}

#[test]
fn any_other_text_is_a_table_without_headings() {
    assert!(refused("Hello\nworld\n").starts_with("The heading row lacks `id` or `实例ID`"));
}
