//! The bodies of the fuzz targets, run for a short while over good inputs that were damaged at random.

#[path = "../../../fuzz/src/lib.rs"]
#[expect(unreachable_pub, reason = "public to the fuzz targets")]
mod bodies;

use proptest::prelude::*;

/// One kind of damage; places are parts of 65 536 of the input.
#[derive(Clone, Debug)]
enum Damage {
    Flip { at: u16, bit: u8 },
    Cut { at: u16 },
    Insert { at: u16, bytes: Vec<u8> },
    Remove { at: u16, bytes: u8 },
    Repeat { at: u16, bytes: u8, times: u8 },
}

fn damage() -> impl Strategy<Value = Damage> {
    let telling = prop::sample::select(
        [
            &b"\""[..],
            b"{",
            b"}",
            b"[",
            b"]",
            b",",
            b"\\",
            b"\n",
            b"\r",
            b"\0",
            b"\xFF",
            b"\xEF\xBB\xBF",
            b"</row>",
            b"99999",
        ]
        .map(<[u8]>::to_vec)
        .to_vec(),
    );
    let inserted = prop_oneof![telling, prop::collection::vec(any::<u8>(), 1..8)];
    prop_oneof![
        4 => (any::<u16>(), 0u8..8).prop_map(|(at, bit)| Damage::Flip { at, bit }),
        1 => any::<u16>().prop_map(|at| Damage::Cut { at }),
        4 => (any::<u16>(), inserted).prop_map(|(at, bytes)| Damage::Insert { at, bytes }),
        2 => (any::<u16>(), any::<u8>()).prop_map(|(at, bytes)| Damage::Remove { at, bytes }),
        1 => (any::<u16>(), any::<u8>(), 1u8..20).prop_map(|(at, bytes, times)| Damage::Repeat { at, bytes, times }),
    ]
}

fn damaged(good: &[u8], damage: &[Damage]) -> Vec<u8> {
    let mut bytes = good.to_vec();
    for damage in damage {
        let place = |at: u16, bytes: &[u8]| usize::from(at) * bytes.len() / 65_536;
        match damage {
            Damage::Flip { at, bit } => {
                let at = place(*at, &bytes);
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << bit;
                }
            }
            Damage::Cut { at } => bytes.truncate(place(*at, &bytes)),
            Damage::Insert { at, bytes: inserted } => {
                let at = place(*at, &bytes);
                bytes.splice(at..at, inserted.iter().copied());
            }
            Damage::Remove { at, bytes: count } => {
                let at = place(*at, &bytes);
                let end = bytes.len().min(at + usize::from(*count));
                bytes.drain(at..end);
            }
            Damage::Repeat { at, bytes: count, times } => {
                let at = place(*at, &bytes);
                let end = bytes.len().min(at + usize::from(*count));
                let again = bytes.get(at..end).unwrap_or_default().repeat(usize::from(*times));
                bytes.splice(at..at, again);
            }
        }
    }
    bytes
}

fn several() -> impl Strategy<Value = Vec<Damage>> {
    prop::collection::vec(damage(), 0..6)
}

const SHEET: &[u8] = br#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>
<row r="2"><c r="A2" t="inlineStr"><is><t>i-1</t></is></c><c r="B2" t="str"><v>ecs</v></c><c r="C2" t="str"><v>2021-07-01</v></c></row>
<row r="3"><c r="A3"><v>1.1E+17</v></c><c r="B3" t="b"><v>1</v></c><c r="C3" t="e"><v>#N/A</v></c></row>
</sheetData></worksheet>"#;

const LOGINS: &[u8] = b"h-1,bxu1,\"Pass, \"\"word\"\"\",\r\n\nh-2,bxu2,,$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNoaGFzaA\nh-3,bxu3,1.5E+17,\n";

/// Damage that hits something which was never read would prove nothing.
#[test]
fn what_is_damaged_is_read_when_it_is_whole() {
    assert_eq!(bodies::xlsx(SHEET), 1);
    assert_eq!(bodies::logins(LOGINS), 2);
    assert!(bodies::json(include_bytes!("../../../examples/ecs-describe-instances.json")) > 5);
    assert!(bodies::csv(include_bytes!("../../../examples/instances-zh.csv")) > 5);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn damaged_answers_of_ecs_are_read_or_told(damage in several()) {
        bodies::json(&damaged(include_bytes!("../../../examples/ecs-describe-instances.json"), &damage));
    }

    #[test]
    fn damaged_answers_of_swas_are_read_or_told(damage in several()) {
        bodies::json(&damaged(include_bytes!("../../../examples/swas-list-instances.json"), &damage));
    }

    #[test]
    fn damaged_json_lines_are_read_or_told(damage in several()) {
        bodies::jsonl(&damaged(include_bytes!("../../../examples/instances.jsonl"), &damage));
    }

    #[test]
    fn damaged_tables_are_read_or_told(damage in several()) {
        bodies::csv(&damaged(include_bytes!("../../../examples/instances-zh.csv"), &damage));
    }

    #[test]
    fn damaged_tables_in_gbk_are_read_or_told(damage in several()) {
        bodies::any(&damaged(include_bytes!("../../../examples/instances-gbk.csv"), &damage));
    }

    #[test]
    fn damaged_rows_are_read_or_told(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        bodies::csv(&bytes);
    }

    #[test]
    fn damaged_logins_are_read_or_told_without_a_password(damage in several()) {
        bodies::logins(&damaged(LOGINS, &damage));
    }

    #[test]
    fn damaged_rulebooks_are_read_or_told(damage in several()) {
        bodies::rulebook(&damaged(include_bytes!("../../../rulebooks/example-host.toml"), &damage));
    }

    #[test]
    fn damaged_sheets_are_read_or_told(damage in several()) {
        bodies::xlsx(&damaged(SHEET, &damage));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn damaged_workbooks_are_read_or_told(damage in several()) {
        bodies::xlsx(&damaged(include_bytes!("../../../examples/instances.xlsx"), &damage));
    }
}
