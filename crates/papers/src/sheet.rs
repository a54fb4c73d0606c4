//! A paper is laid out on sheets of A4, and drawn.

use crate::{
    Block, Fonts, Paper, Written,
    fonts::Face,
    layout::{Measured, lines},
};
use krilla::{
    Document,
    color::luma,
    geom::{PathBuilder, Point},
    metadata::Metadata,
    num::NormalizedF32,
    page::PageSettings,
    paint::{Fill, Stroke},
    surface::Surface,
    text::{Font, GlyphId, KrillaGlyph},
};
use std::{collections::BTreeMap, io, ops::Range};

/// Points: 1/72 of an inch. A4, as ISO 216 has it.
const WIDTH: f32 = 595.28;
const HEIGHT: f32 = 841.89;
const MARGIN: f32 = 56.7;
/// Between a line of a table and what stands in it.
const PADDING: f32 = 5.0;
/// The share of a table that says what something is called.
const LABELS: f32 = 0.28;
/// The place for a signature.
const SIGNED: f32 = 150.0;
/// What stands for a character that no font has (the mark 〓 of printers).
const MISSING: char = '〓';

/// How large text is, and how far apart its lines are.
#[derive(Clone, Copy)]
struct Style {
    size: f32,
    leading: f32,
}

const TITLE: Style = Style { size: 18.0, leading: 26.0 };
const HEADING: Style = Style { size: 12.5, leading: 20.0 };
const BODY: Style = Style { size: 10.5, leading: 17.0 };
const FOOT: Style = Style { size: 8.5, leading: 12.0 };

/// Why a paper is not written.
#[derive(Debug, thiserror::Error)]
pub enum WriteFault {
    /// A font could not be read.
    #[error("a font cannot be read: {0}")]
    Font(#[from] io::Error),
    /// The font that was found is none that can be embedded.
    #[error("the font cannot be embedded")]
    Unfit,
    /// The document could not be put together.
    #[error("the document cannot be put together: {0}")]
    Pdf(String),
}

impl Paper {
    /// Writes it with those fonts.
    pub fn write(&self, fonts: &Fonts) -> Result<Written, WriteFault> {
        let mut pens = Pens::new(fonts)?;
        let sheets = Layout::of(self, &mut pens)?;
        let mut document = Document::new();
        document.set_metadata(Metadata::new().title(self.title.clone()).language(self.lang.clone()));
        let pages = sheets.len();
        for (nth, sheet) in sheets.iter().enumerate() {
            let settings = PageSettings::from_wh(WIDTH, HEIGHT)
                .ok_or_else(|| WriteFault::Pdf("no such size".to_owned()))?;
            let mut page = document.start_page_with(settings);
            let mut surface = page.surface();
            for drawn in sheet {
                drawn.draw(&mut surface, &pens);
            }
            let (left, right) = (self.foot.clone(), format!("{} / {pages}", nth + 1));
            let foot = HEIGHT - MARGIN + FOOT.leading * 1.5;
            for (text, at) in [(left, MARGIN), (right, WIDTH - MARGIN - 40.0)] {
                for line in pens.broken(&text, FOOT, WIDTH - 2.0 * MARGIN - 60.0)?.into_iter().take(1) {
                    Drawn::Line { line, at: (at, foot), style: FOOT }.draw(&mut surface, &pens);
                }
            }
            surface.finish();
            page.finish();
        }
        let pdf = document.finish().map_err(|fault| WriteFault::Pdf(format!("{fault:?}")))?;
        Ok(Written { pdf, pages, missing: pens.missing() })
    }
}

/// Something at its place on a sheet.
enum Drawn {
    Line { line: Line, at: (f32, f32), style: Style },
    Rule { from: (f32, f32), to: (f32, f32) },
}

/// A line of text, with the pen of each of its characters.
struct Line {
    text: String,
    glyphs: Vec<Inked>,
}

/// A character as it is drawn.
struct Inked {
    pen: usize,
    glyph: u16,
    /// In widths of an em.
    advance: f32,
    range: Range<usize>,
}

impl Drawn {
    fn draw(&self, surface: &mut Surface<'_>, pens: &Pens<'_>) {
        match self {
            Self::Line { line, at, style } => {
                surface.set_stroke(None);
                surface.set_fill(Some(Fill::default()));
                let mut x = at.0;
                for run in line.glyphs.chunk_by(|one, other| one.pen == other.pen) {
                    let Some(pen) = run.first().and_then(|first| pens.all.get(first.pen)) else { continue };
                    let glyphs: Vec<_> = run.iter().map(Inked::glyph).collect();
                    surface.draw_glyphs(
                        Point::from_xy(x, at.1),
                        &glyphs,
                        pen.font.clone(),
                        &line.text,
                        style.size,
                        false,
                    );
                    x += run.iter().map(|one| one.advance * style.size).sum::<f32>();
                }
            }
            Self::Rule { from, to } => {
                let mut path = PathBuilder::new();
                path.move_to(from.0, from.1);
                path.line_to(to.0, to.1);
                let Some(path) = path.finish() else { return };
                surface.set_fill(None);
                surface.set_stroke(Some(Stroke {
                    paint: luma::Color::new(130).into(),
                    width: 0.5,
                    opacity: NormalizedF32::ONE,
                    ..Stroke::default()
                }));
                surface.draw_path(&path);
            }
        }
    }
}

impl Inked {
    fn glyph(&self) -> KrillaGlyph {
        KrillaGlyph {
            glyph_id: GlyphId::new(self.glyph.into()),
            text_range: self.range.clone(),
            x_advance: self.advance,
            x_offset: 0.0,
            y_offset: 0.0,
            y_advance: 0.0,
            location: None,
        }
    }
}

/// A font that is written with.
struct Pen {
    face: Face,
    font: Font,
}

/// The fonts that a paper needs, the one that has Chinese first.
struct Pens<'f> {
    fonts: &'f Fonts,
    all: Vec<Pen>,
    /// Which pen has a character and with which glyph; `None` where no font has it.
    known: BTreeMap<char, Option<(usize, u16, f32)>>,
}

impl Pen {
    fn of(face: Face) -> Result<Self, WriteFault> {
        let font = Font::new(face.data.clone().into(), face.index).ok_or(WriteFault::Unfit)?;
        Ok(Self { face, font })
    }

    /// The glyph of a character, and how wide it is in widths of an em.
    fn glyph(&self, symbol: char) -> Option<(u16, f32)> {
        let face = ttf_parser::Face::parse(&self.face.data, self.face.index).ok()?;
        let glyph = face.glyph_index(symbol)?;
        let advance = face.glyph_hor_advance(glyph)?;
        Some((glyph.0, f32::from(advance) / f32::from(face.units_per_em())))
    }
}

impl<'f> Pens<'f> {
    fn new(fonts: &'f Fonts) -> Result<Self, WriteFault> {
        let all = vec![Pen::of(fonts.main()?)?];
        Ok(Self { fonts, all, known: BTreeMap::new() })
    }

    fn find(&mut self, symbol: char) -> Option<(usize, u16, f32)> {
        if let Some(known) = self.known.get(&symbol) {
            return *known;
        }
        let found = self
            .all
            .iter()
            .enumerate()
            .find_map(|(pen, one)| one.glyph(symbol).map(|(glyph, width)| (pen, glyph, width)));
        let found = found.or_else(|| {
            let pen = Pen::of(self.fonts.other_with(symbol)?).ok()?;
            let (glyph, width) = pen.glyph(symbol)?;
            self.all.push(pen);
            Some((self.all.len() - 1, glyph, width))
        });
        self.known.insert(symbol, found);
        found
    }

    /// What no font has.
    fn missing(&self) -> Vec<char> {
        self.known.iter().filter(|(_, found)| found.is_none()).map(|(symbol, _)| *symbol).collect()
    }

    /// A text in lines no wider than `most` points. What cannot be seen is a blank.
    fn broken(&mut self, text: &str, style: Style, most: f32) -> Result<Vec<Line>, WriteFault> {
        let symbols: Vec<char> =
            text.chars().map(|symbol| if symbol.is_control() { ' ' } else { symbol }).collect();
        let mut inked = Vec::new();
        for symbol in &symbols {
            let found = self.find(*symbol).or_else(|| self.find(MISSING)).ok_or(WriteFault::Unfit)?;
            inked.push(found);
        }
        let measured: Vec<_> = symbols
            .iter()
            .zip(&inked)
            .map(|(symbol, (_, _, width))| Measured { symbol: *symbol, width: width * style.size })
            .collect();
        let mut broken = Vec::new();
        for range in lines(&measured, most) {
            let (mut text, mut glyphs) = (String::new(), Vec::new());
            let part = symbols
                .get(range.clone())
                .unwrap_or_default()
                .iter()
                .zip(inked.get(range).unwrap_or_default());
            for (symbol, (pen, glyph, advance)) in part {
                let from = text.len();
                text.push(*symbol);
                glyphs.push(Inked { pen: *pen, glyph: *glyph, advance: *advance, range: from..text.len() });
            }
            broken.push(Line { text, glyphs });
        }
        Ok(broken)
    }
}

/// What is drawn on each sheet, and where the next thing goes.
struct Layout<'p, 'f> {
    pens: &'p mut Pens<'f>,
    sheets: Vec<Vec<Drawn>>,
    y: f32,
}

impl<'p, 'f> Layout<'p, 'f> {
    fn of(paper: &Paper, pens: &'p mut Pens<'f>) -> Result<Vec<Vec<Drawn>>, WriteFault> {
        let mut layout = Self { pens, sheets: vec![Vec::new()], y: MARGIN };
        layout.text(&paper.title, TITLE, MARGIN, WIDTH - 2.0 * MARGIN)?;
        layout.y += 6.0;
        for block in &paper.blocks {
            layout.block(block)?;
        }
        Ok(layout.sheets)
    }

    fn block(&mut self, block: &Block) -> Result<(), WriteFault> {
        let width = WIDTH - 2.0 * MARGIN;
        match block {
            Block::Heading(text) => {
                // A heading does not stand alone at the end of a sheet.
                self.needs(HEADING.leading + 3.0 * BODY.leading);
                self.y += 8.0;
                self.text(text, HEADING, MARGIN, width)?;
            }
            Block::Text(text) => {
                self.text(text, BODY, MARGIN, width)?;
                self.y += 4.0;
            }
            Block::Facts(rows) => {
                self.table(rows)?;
                self.y += 6.0;
            }
            Block::List(items) => {
                for item in items {
                    let lines = self.pens.broken(item, BODY, width - 14.0)?;
                    self.needs(BODY.leading);
                    let mark = self.pens.broken("·", BODY, 14.0)?;
                    let y = self.y;
                    self.put(mark, BODY, MARGIN + 3.0, y);
                    self.flow(lines, BODY, MARGIN + 14.0);
                }
                self.y += 4.0;
            }
            Block::Sign(places) => {
                for place in places {
                    self.needs(2.4 * BODY.leading);
                    self.y += 1.4 * BODY.leading;
                    let line = self.pens.broken(place, BODY, width - SIGNED - 10.0)?;
                    let wide = line.first().map_or(0.0, |line| line.width(BODY));
                    let y = self.y;
                    self.put(line, BODY, MARGIN, y);
                    let from = MARGIN + wide + 8.0;
                    self.rule((from, y + BODY.size), (from + SIGNED, y + BODY.size));
                    self.y += BODY.leading;
                }
            }
        }
        Ok(())
    }

    fn table(&mut self, rows: &[(String, String)]) -> Result<(), WriteFault> {
        let width = WIDTH - 2.0 * MARGIN;
        let (label_at, value_at) = (MARGIN + PADDING, MARGIN + width * LABELS + PADDING);
        let top = self.y;
        let mut began = (self.sheets.len(), top);
        self.rule((MARGIN, top), (MARGIN + width, top));
        for (label, value) in rows {
            let labels = self.pens.broken(label, BODY, width * LABELS - 2.0 * PADDING)?;
            let values = self.pens.broken(value, BODY, width * (1.0 - LABELS) - 2.0 * PADDING)?;
            let high = fit(labels.len().max(values.len())) * BODY.leading + 2.0 * PADDING;
            if self.y + high > HEIGHT - MARGIN {
                self.columns(began.1);
                self.turn();
                let y = self.y;
                self.rule((MARGIN, y), (MARGIN + width, y));
                began = (self.sheets.len(), y);
            }
            let y = self.y + PADDING;
            self.put(labels, BODY, label_at, y);
            self.put(values, BODY, value_at, y);
            self.y += high;
            let y = self.y;
            self.rule((MARGIN, y), (MARGIN + width, y));
        }
        self.columns(began.1);
        Ok(())
    }

    /// The upright lines of a table that began at `top` on this sheet.
    fn columns(&mut self, top: f32) {
        let (width, y) = (WIDTH - 2.0 * MARGIN, self.y);
        for x in [MARGIN, MARGIN + width * LABELS, MARGIN + width] {
            self.rule((x, top), (x, y));
        }
    }

    fn text(&mut self, text: &str, style: Style, x: f32, width: f32) -> Result<(), WriteFault> {
        let lines = self.pens.broken(text, style, width)?;
        self.flow(lines, style, x);
        Ok(())
    }

    /// Lines one below the other, on the next sheet where this one ends.
    fn flow(&mut self, lines: Vec<Line>, style: Style, x: f32) {
        for line in lines {
            self.needs(style.leading);
            let y = self.y;
            self.put(vec![line], style, x, y);
            self.y += style.leading;
        }
    }

    /// Lines from `y` on, whatever is below.
    fn put(&mut self, lines: Vec<Line>, style: Style, x: f32, y: f32) {
        for (nth, line) in lines.into_iter().enumerate() {
            let base = y + fit(nth) * style.leading + style.size + (style.leading - style.size) / 4.0;
            self.draw(Drawn::Line { line, at: (x, base), style });
        }
    }

    fn rule(&mut self, from: (f32, f32), to: (f32, f32)) {
        self.draw(Drawn::Rule { from, to });
    }

    fn draw(&mut self, drawn: Drawn) {
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.push(drawn);
        }
    }

    /// Turns the sheet where less than that is left of it.
    fn needs(&mut self, high: f32) {
        if self.y + high > HEIGHT - MARGIN {
            self.turn();
        }
    }

    fn turn(&mut self) {
        self.sheets.push(Vec::new());
        self.y = MARGIN;
    }
}

impl Line {
    fn width(&self, style: Style) -> f32 {
        self.glyphs.iter().map(|one| one.advance * style.size).sum()
    }
}

/// A count of lines as a factor. No sheet has more than thousands.
fn fit(lines: usize) -> f32 {
    f32::from(u16::try_from(lines).unwrap_or(u16::MAX))
}
