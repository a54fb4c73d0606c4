//! The fonts of the machine: one that has Chinese, and whatever else is there for the characters that it has not.

use fontdb::{Database, FaceInfo, Source, Style, Weight};
use std::{fs, io, path::PathBuf, sync::Arc};

/// Families that have simplified Chinese, the most legible on paper first.
const FAMILIES: [&str; 14] = [
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "SimHei",
    "SimSun",
    "Droid Sans Fallback",
];

/// What a font for Chinese documents has at least.
const CHINESE: &str = "备案核验单回执";

/// No font on the machine has Chinese.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "no font on this machine has Chinese characters, such as Noto Sans CJK (Debian's package `fonts-noto-cjk`)"
)]
pub struct NoFont;

/// Where the fonts of the machine are. Their files are read when a document is written, and given back after it: a Chinese font has 20 MB.
#[derive(Clone, Debug)]
pub struct Fonts {
    /// The one that is written with.
    main: Place,
    /// All others, for characters that it has not.
    others: Arc<[Place]>,
}

/// A face in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    file: PathBuf,
    index: u32,
}

/// A face that was read.
pub(crate) struct Face {
    pub(crate) data: Arc<Vec<u8>>,
    pub(crate) index: u32,
}

impl Fonts {
    /// Those of the system, as fontconfig and the usual folders have them.
    pub fn of_the_machine() -> Result<Self, NoFont> {
        let mut all = Database::new();
        all.load_system_fonts();
        Self::among(&all)
    }

    /// Those in a folder and below.
    pub fn in_folder(folder: &std::path::Path) -> Result<Self, NoFont> {
        let mut all = Database::new();
        all.load_fonts_dir(folder);
        Self::among(&all)
    }

    fn among(all: &Database) -> Result<Self, NoFont> {
        let upright = |face: &&FaceInfo| face.style == Style::Normal;
        let mut faces: Vec<_> = all.faces().filter(upright).collect();
        // The regular weight first, then those that are nearest to it.
        faces.sort_by_key(|face| face.weight.0.abs_diff(Weight::NORMAL.0));
        let named = |family: &str| {
            faces
                .iter()
                .filter(|face| face.families.iter().any(|(name, _)| name == family))
                .copied()
                .collect::<Vec<_>>()
        };
        let known = FAMILIES.iter().flat_map(|family| named(family));
        let mut candidates = known.chain(faces.iter().copied());
        let has_chinese = |face: &&FaceInfo| {
            let has = |data: &[u8], index| {
                ttf_parser::Face::parse(data, index)
                    .is_ok_and(|face| CHINESE.chars().all(|symbol| face.glyph_index(symbol).is_some()))
            };
            all.with_face_data(face.id, has).unwrap_or_default()
        };
        let main = candidates.find(has_chinese).and_then(place).ok_or(NoFont)?;
        let mut others = Vec::new();
        for other in faces.iter().copied().filter_map(place).filter(|other| *other != main) {
            if !others.contains(&other) {
                others.push(other);
            }
        }
        Ok(Self { main, others: others.into() })
    }

    /// Reads the one that is written with.
    pub(crate) fn main(&self) -> io::Result<Face> {
        self.main.read()
    }

    /// Reads the first of the others that has a character; `None` where none has.
    pub(crate) fn other_with(&self, symbol: char) -> Option<Face> {
        self.others.iter().filter_map(|place| place.read().ok()).find(|face| face.has(symbol))
    }
}

fn place(face: &FaceInfo) -> Option<Place> {
    match &face.source {
        Source::File(file) => Some(Place { file: file.clone(), index: face.index }),
        Source::Binary(_) => None,
    }
}

impl Place {
    fn read(&self) -> io::Result<Face> {
        Ok(Face { data: Arc::new(fs::read(&self.file)?), index: self.index })
    }
}

impl Face {
    fn has(&self, symbol: char) -> bool {
        ttf_parser::Face::parse(&self.data, self.index).is_ok_and(|face| face.glyph_index(symbol).is_some())
    }
}
