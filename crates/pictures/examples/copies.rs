//! Writes both copies of a picture beside each other and says what they are: `copies photo.jpg 102400 folder`.

use pictures::Picture;
use rulebook::Lang;
use std::error::Error;
use std::path::Path;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(file), Some(most), Some(folder)) = (arguments.next(), arguments.next(), arguments.next())
    else {
        return Err("copies PICTURE MOST-BASE64-BYTES FOLDER".into());
    };
    let bytes = std::fs::read(&file)?;
    let told = |fault: pictures::PictureFault| {
        format!("{}\n{}{}", fault, fault.message(Lang::Zh), fault.suggestion(Lang::Zh))
    };
    let started = Instant::now();
    let picture = Picture::read(&bytes).map_err(told)?;
    println!("read after {:?}", started.elapsed());
    let review = picture.review_copy().map_err(told)?;
    println!("copied for reviewers after {:?}", started.elapsed());
    let bureau = picture.bureau_copy(most.parse()?).map_err(told)?;
    println!("copied for the bureau after {:?}", started.elapsed());
    for (name, copy) in [("review", review), ("bureau", bureau)] {
        let base64 = copy.base64_length();
        println!(
            "{name}: {} × {}, quality {}, {base64} bytes of base64",
            copy.width, copy.height, copy.quality
        );
        std::fs::write(Path::new(&folder).join(format!("{name}.jpg")), &copy.bytes)?;
    }
    Ok(())
}
