//! What holds for any input whatever: it is opened or refused, every record is facts or a fault, the end is reached,
//! and what is said stays short. Fuzz targets and property tests share these bodies.

use inventory::{Fault, Found, Inventory, Limits, Logins, Options, Products};
use rulebook::{Facts, Lang};
use std::io::{Cursor, Write};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// Longer than any sentence about one record may be: twenty faults and more, each with a little of the input in it.
const MOST_SAID: usize = 32 << 10;

struct NoProducts;

impl Products for NoProducts {
    fn id_of(&self, _: &str) -> Option<&str> {
        None
    }
}

/// Reads `bytes` as what they are told to be; how many good records there are.
pub fn any(bytes: &[u8]) -> u64 {
    let mut inventory = match Inventory::open(bytes, &NoProducts, Options::default()) {
        Ok(inventory) => inventory,
        Err(error) => {
            for lang in Lang::ALL {
                assert!(error.message(lang).len() <= MOST_SAID);
            }
            return 0;
        }
    };
    let mut facts = Facts::default();
    let (mut records, mut good) = (0, 0);
    let mut line = 0;
    while let Some(read) = inventory.next(&mut facts) {
        records += 1;
        let place = match read {
            Ok(place) => {
                assert!(!facts.id.is_empty() && !facts.product.is_empty());
                good += 1;
                place
            }
            Err(bad) => {
                assert!(!bad.faults.is_empty());
                for lang in Lang::ALL {
                    assert!(bad.message(lang).len() <= MOST_SAID);
                }
                bad.place
            }
        };
        assert_eq!(place.record, records);
        assert!(place.sheet.is_some() || place.line >= line, "lines only go up");
        line = place.line;
    }
    assert!(inventory.next(&mut facts).is_none(), "the end is the end");
    good
}

/// The provider's answers; anything else becomes part of their list.
pub fn json(bytes: &[u8]) -> u64 {
    if bytes.starts_with(b"{") || bytes.starts_with(b"[") {
        any(bytes)
    } else {
        any(&[b"{\"Instances\":{\"Instance\":[{\"InstanceId\":\"i-1\"},", bytes].concat())
    }
}

/// Kebei's records; anything else follows a good one.
pub fn jsonl(bytes: &[u8]) -> u64 {
    if bytes.starts_with(b"{\"id\"") {
        any(bytes)
    } else {
        any(&[b"{\"id\":\"i-1\",\"product\":\"ecs\"}\n", bytes].concat())
    }
}

/// A table; anything that does not begin like one becomes rows under good headings.
pub fn csv(bytes: &[u8]) -> u64 {
    if bytes.starts_with(b"id") || bytes.starts_with(b"\xEF\xBB\xBF") || bytes.starts_with(b"\xFF\xFE") {
        any(bytes)
    } else {
        let headings = "id,product,billing,public_bandwidth_mbps,public_ips,purchased_at,expires_at,first_order_amount\n";
        any(&[headings.as_bytes(), bytes].concat())
    }
}

/// A table of logins under good headings: rows come in the order of their lines, and no fault repeats a cell.
pub fn logins(bytes: &[u8]) -> u64 {
    let headings = b"instance,user_name,password,phc\n";
    let table = [headings, bytes].concat();
    let Ok(logins) = Logins::open(&table[..], Limits::default()) else { return 0 };
    let (mut line, mut good) = (1, 0);
    for (row, record) in logins.zip(1..) {
        assert!(row.place.record == record && row.place.line > line, "lines only go up");
        line = row.place.line;
        match row.read {
            Ok(login) => {
                assert!(!login.instance.is_empty() && !login.names.is_empty());
                good += 1;
            }
            Err(faults) => {
                assert!(!faults.is_empty());
                for fault in faults {
                    let found =
                        matches!(&fault, Fault::Value { found, .. } if *found != Found::Text("…".to_owned()));
                    assert!(!found, "what may be a password is told");
                }
            }
        }
    }
    good
}

/// A workbook; anything that is no archive becomes the sheet of one.
pub fn xlsx(bytes: &[u8]) -> u64 {
    if bytes.starts_with(b"PK") { any(bytes) } else { around(bytes).map_or(0, |workbook| any(&workbook)) }
}

/// The least that makes a workbook around the XML of a sheet.
fn around(sheet: &[u8]) -> Option<Vec<u8>> {
    let book = br#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
        <sheets><sheet name="s" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
    let relations = br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
        <Relationship Id="rId1" Target="worksheets/sheet1.xml"
        Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/>
        <Relationship Id="rId2" Target="sharedStrings.xml"
        Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"/></Relationships>"#;
    let texts = br#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
        <si><t>id</t></si><si><t>product</t></si><si><t>expires_at</t></si></sst>"#;
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let root = br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
        <Relationship Id="rId1" Target="xl/workbook.xml"
        Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>"#;
    let parts: [(&str, &[u8]); 5] = [
        ("_rels/.rels", root),
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", relations),
        ("xl/sharedStrings.xml", texts),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    for (name, bytes) in parts {
        zip.start_file(name, stored).ok()?;
        zip.write_all(bytes).ok()?;
    }
    Some(zip.finish().ok()?.into_inner())
}

/// Reads `bytes` as a rulebook: it is taken, or refused with faults at places that exist.
pub fn rulebook(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Err(faults) = rulebook::Rulebook::parse(text) else { return };
    assert!(!faults.0.is_empty());
    let lines = text.split('\n').count();
    for fault in &faults.0 {
        assert!((1..=lines).contains(&fault.line) && fault.column >= 1);
        for lang in Lang::ALL {
            assert!(!fault.message(lang).is_empty());
        }
    }
}
