//! Scaling down by the mean of the area that a pixel covers, in whole numbers, so that the same bytes come out on any machine.
//! A row at a time: a picture of 50 megapixels is never held twice.

use image::RgbImage;

type Pixel = [u8; 3];

/// Takes rows from top to bottom and makes fewer and shorter ones of them.
pub(crate) struct Scaler {
    /// Width and height of what comes in.
    from: (u32, u32),
    /// And of what goes out, neither larger.
    to: (u32, u32),
    /// The present row, scaled across: 256 times the value.
    row: Vec<[u32; 3]>,
    /// The sum of the rows in the present row of the result, each times its share of it.
    sum: Vec<[u32; 3]>,
    /// What the present row of the result still wants, in shares of which a whole one has `from.1`.
    room: u32,
    out: Vec<u8>,
}

/// The dimensions whose longer side is at most `side`, in the same proportion, at least 1.
pub(crate) fn within(width: u32, height: u32, side: u32) -> (u32, u32) {
    let longer = width.max(height);
    if longer <= side {
        return (width, height);
    }
    let scaled = |length: u32| {
        let exact = (u64::from(length) * u64::from(side) + u64::from(longer) / 2) / u64::from(longer);
        u32::try_from(exact).unwrap_or(side).max(1)
    };
    (scaled(width), scaled(height))
}

/// Scales a picture down to a longer side of `side`, or copies one that is no larger.
pub(crate) fn to_side(pixels: &RgbImage, side: u32) -> RgbImage {
    let mut scaler = Scaler::new(pixels.width(), pixels.height(), side);
    for row in pixels.rows() {
        scaler.add(row.map(|pixel| pixel.0));
    }
    scaler.finish()
}

impl Scaler {
    /// For a picture of these dimensions, each at most 65 535; the longer side of the result is at most `side`.
    pub(crate) fn new(width: u32, height: u32, side: u32) -> Self {
        let to = within(width, height, side);
        let blank = vec![[0; 3]; usize::try_from(to.0).unwrap_or(0)];
        let row = blank.clone();
        Self { from: (width, height), to, row, sum: blank, room: height, out: Vec::new() }
    }

    /// The next row.
    pub(crate) fn add(&mut self, pixels: impl Iterator<Item = Pixel>) {
        across(pixels, &mut self.row, self.from.0, self.to.0);
        let share = self.to.1;
        let now = share.min(self.room);
        self.weigh(now);
        self.room -= now;
        if self.room == 0 {
            self.emit();
            self.weigh(share - now);
            self.room = self.from.1 - (share - now);
        }
    }

    /// Adds the present row to the sum, `share` times. Sums stay below 2³²: at most 65 535 shares of 255 × 256.
    fn weigh(&mut self, share: u32) {
        for (sum, value) in self.sum.as_flattened_mut().iter_mut().zip(self.row.as_flattened()) {
            *sum += value * share;
        }
    }

    /// Writes the sum as a row of the result, and begins the next one.
    fn emit(&mut self) {
        let whole = u64::from(self.from.1) << 8;
        self.out.extend(self.sum.as_flattened_mut().iter_mut().map(|sum| {
            let mean = (u64::from(std::mem::take(sum)) + whole / 2) / whole;
            u8::try_from(mean).unwrap_or(u8::MAX)
        }));
    }

    /// The result; rows that were never added are black.
    pub(crate) fn finish(mut self) -> RgbImage {
        let (width, height) = self.to;
        let bytes = u64::from(width) * u64::from(height) * 3;
        self.out.resize(usize::try_from(bytes).unwrap_or(0), 0);
        RgbImage::from_raw(width, height, self.out).unwrap_or_default()
    }
}

/// Scales a row of `from` pixels to `to`, 256 times the value. A pixel that comes in has `to` shares, one that goes out takes `from` of
/// them; sums stay below 2²⁴.
fn across(pixels: impl Iterator<Item = Pixel>, row: &mut [[u32; 3]], from: u32, to: u32) {
    let mean =
        |sum: [u32; 3]| sum.map(|sum| u32::try_from((u64::from(sum) << 8) / u64::from(from)).unwrap_or(0));
    let mut cells = row.iter_mut();
    let mut sum = [0; 3];
    let mut room = from;
    for pixel in pixels {
        let now = to.min(room);
        weigh(&mut sum, pixel, now);
        room -= now;
        if room == 0 {
            if let Some(cell) = cells.next() {
                *cell = mean(sum);
            }
            sum = [0; 3];
            weigh(&mut sum, pixel, to - now);
            room = from - (to - now);
        }
    }
}

fn weigh(sum: &mut [u32; 3], pixel: Pixel, share: u32) {
    for (sum, value) in sum.iter_mut().zip(pixel) {
        *sum += u32::from(value) * share;
    }
}
