//! What each kind of order needs, in words for the API document: made from the table of kinds, and from what the checks find missing in
//! an order with nothing in it, so that it is never another than theirs.

use filing::{
    checks::{Checking, Fault, Known, MaterialFault, What, check},
    orders::{FiledNumber, Form, Kind, Needs, Part, Subject, Target, Website},
    tables::{INDIVIDUAL, NATURES, Purpose},
};
use jiff::civil::date;
use rulebook::Lang;
use std::fmt::Write as _;

/// Who files: the checks want different things of a person and of an organisation.
#[derive(Clone, Copy)]
enum Files {
    /// It is not said who does.
    Somebody,
    Person,
    Organisation,
}

impl Files {
    fn nature(self) -> Option<u16> {
        match self {
            Self::Somebody => None,
            Self::Person => Some(INDIVIDUAL),
            Self::Organisation => NATURES.iter().map(|nature| nature.id).find(|id| *id != INDIVIDUAL),
        }
    }
}

/// Two paragraphs: kinds with their parts and pictures, and the fields that may not be blank.
pub(super) fn in_words() -> String {
    let mut told = String::from(
        "**What each kind of order needs.** A picture is named by the number of its purpose \
         (`GET /api/v1/tables/purposes`).\n\n| kind | parts | pictures |\n| --- | --- | --- |\n",
    );
    for kind in Kind::ALL {
        let parts: Vec<_> = kind.needs().parts.iter().map(|part| part_of(*part, kind.needs())).collect();
        let label = kind.label(Lang::Zh);
        put(
            &mut told,
            format_args!("| `{}` {label} | {} | {} |\n", kind.word(), parts.join(", "), pictures(kind)),
        );
    }
    told + &fields()
}

/// Writing into a string does not fail.
fn put(told: &mut String, said: std::fmt::Arguments<'_>) {
    let _: Result<(), std::fmt::Error> = told.write_fmt(said);
}

fn part_of(part: Part, needs: &Needs) -> String {
    let word = part.word();
    let says = match part {
        Part::Target => match needs.target {
            Target::Nothing => return format!("`{word}`"),
            Target::Subject => "the number of a subject".to_owned(),
            Target::Website => "the number of a website".to_owned(),
        },
        Part::Websites => {
            let (least, most) = needs.websites;
            let many = if least == most { most.to_string() } else { format!("{least} to {most}") };
            format!("{many}{}", if needs.verified { ", each with a verification" } else { "" })
        }
        Part::Subject if needs.kind == Kind::Change => "whole, where it changes".to_owned(),
        Part::Subject | Part::Materials | Part::Cancellation => return format!("`{word}`"),
    };
    format!("`{word}` ({says})")
}

/// The pictures without which the checks let no order of that kind pass.
fn pictures(kind: Kind) -> String {
    let person = needed(kind, Files::Person);
    let organisation = needed(kind, Files::Organisation);
    let of = |needed: &[&'static Purpose]| -> Vec<String> {
        needed.iter().map(|purpose| format!("{} {}", purpose.entry.id, purpose.entry.en)).collect()
    };
    let (of_websites, of_subject): (Vec<_>, Vec<_>) = person.iter().partition(|purpose| purpose.of_website);
    let more: Vec<_> = organisation.iter().filter(|purpose| !person.contains(purpose)).copied().collect();
    let groups =
        [("of the subject", of_subject), ("of an organisation also", more), ("of each website", of_websites)];
    let told = groups.iter().filter(|(_, needed)| !needed.is_empty());
    let told: Vec<_> = told.map(|(whose, needed)| format!("{whose}: {}", of(needed).join(", "))).collect();
    if told.is_empty() { "none".to_owned() } else { told.join("; ") }
}

fn needed(kind: Kind, files: Files) -> Vec<&'static Purpose> {
    let missing = missing(kind, files).into_iter().filter_map(|fault| match fault.what {
        What::Material(MaterialFault::Needed { purpose, .. }) => Some(purpose),
        _ => None,
    });
    missing.collect()
}

/// The fields that may not be blank, part by part.
fn fields() -> String {
    let mut told = String::from(
        "\n**What may not be blank**, as a first filing has it; a change gives what it changes whole.\n\n| part | of whom | fields |\n| --- | --- | --- |\n",
    );
    for part in [Part::Subject, Part::Websites] {
        let [everybody, organisation] =
            [Files::Somebody, Files::Organisation].map(|files| blank(part, files));
        let more: Vec<_> = organisation.iter().filter(|path| !everybody.contains(path)).cloned().collect();
        for (whom, paths) in [("everybody", everybody), ("an organisation also", more)] {
            if !paths.is_empty() {
                put(&mut told, format_args!("| `{}` | {whom} | {} |\n", part.word(), paths.join(", ")));
            }
        }
    }
    told
}

/// The fields of a part that a first filing may not leave blank, below the part.
fn blank(part: Part, files: Files) -> Vec<String> {
    let missing = missing(Kind::FirstFiling, files).into_iter().filter_map(|fault| {
        let rest = fault.path.strip_prefix(part.word())?.trim_start_matches("[0]").strip_prefix('.')?;
        matches!(fault.what, What::Required(_)).then(|| format!("`{rest}`"))
    });
    missing.collect()
}

/// What the checks find in an order in which only it is said who files, with one empty website where its kind has any.
fn missing(kind: Kind, files: Files) -> Vec<Fault> {
    let needs = kind.needs();
    let form = Form {
        target: needs.has(Part::Target).then(FiledNumber::default),
        subject: needs.has(Part::Subject).then(|| Subject { nature: files.nature(), ..Subject::default() }),
        websites: if needs.has(Part::Websites) { vec![Website::default()] } else { Vec::new() },
        ..Form::default()
    };
    // The day matters to nothing that is missing.
    check(Checking { kind, form: &form, known: &Known::default(), today: date(2020, 11, 1) })
}
