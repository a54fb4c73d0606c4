//! Every sentence about pictures in Chinese. `en.rs` says the same in English; the matches are exhaustive in both.

use crate::limits::{MOST_BYTES, SHORTEST_SIDE};
use crate::{Format, PictureFault};

pub(crate) fn message(fault: &PictureFault) -> String {
    match fault {
        PictureFault::Empty => "文件是空的，没有任何内容。".to_owned(),
        PictureFault::TooLarge { bytes } => {
            let [found, most] = [bytes.div_ceil(1 << 20), MOST_BYTES >> 20];
            format!("图片太大：约 {found} MB，最大支持 {most} MB。")
        }
        PictureFault::Format(format) => format!("{}，只能上传 JPG 或 PNG 格式的图片。", this_is(*format)),
        PictureFault::TooManyPixels { width, height } => {
            format!("图片尺寸过大：{width} × {height} 像素，无法处理。")
        }
        PictureFault::Damaged => "图片文件不完整或已损坏，无法完整打开。".to_owned(),
        PictureFault::TooSmall { width, height } => {
            format!("图片太小：{width} × {height} 像素，文字看不清。短边至少需要 {SHORTEST_SIDE} 像素。")
        }
        PictureFault::TooNarrow => "图片过于狭长，缩小后文字看不清。".to_owned(),
        PictureFault::Blank => "图片几乎是一片空白，看不到任何内容。".to_owned(),
        PictureFault::TooDetailed => "图片无法在保证文字清晰的前提下压缩到管局要求的大小。".to_owned(),
    }
}

fn this_is(format: Format) -> &'static str {
    match format {
        Format::Heic => "这是苹果手机的 HEIC 照片",
        Format::Avif => "这是 AVIF 格式的图片",
        Format::Pdf => "这是 PDF 文件",
        Format::Gif => "这是 GIF 格式的图片",
        Format::WebP => "这是 WebP 格式的图片",
        Format::Bmp => "这是 BMP 格式的图片",
        Format::Tiff => "这是 TIFF 或相机原始格式的图片",
        Format::Video => "这是视频或动态照片",
        Format::Office => "这是办公文档或压缩包",
        Format::Unknown => "无法识别这个文件的格式",
    }
}

pub(crate) const fn suggestion(fault: &PictureFault) -> &'static str {
    match fault {
        PictureFault::Empty => "请确认照片能在手机或电脑上正常打开，再重新上传。",
        PictureFault::TooLarge { .. } => "请裁剪到只保留证件或文件部分，或用微信等工具压缩后再上传。",
        PictureFault::Format(format) => instead(*format),
        PictureFault::TooManyPixels { .. } => "请用手机的普通模式重新拍摄，或缩小尺寸后再上传。",
        PictureFault::Damaged => "请重新拍摄，或在看图软件中打开原图、另存为 JPG 后再上传。",
        PictureFault::TooSmall { .. } => "请上传原图，不要使用缩略图；也可以靠近证件重新拍摄。",
        PictureFault::TooNarrow => "请不要使用长截图或全景照片，只拍摄证件或文件本身。",
        PictureFault::Blank => "请检查是否选错了图片，或拍摄时镜头被遮挡、光线不足，然后重新拍摄。",
        PictureFault::TooDetailed => {
            "请裁剪到只保留证件或文件部分，或将其放在纯色桌面上，在光线充足处重新拍摄。"
        }
    }
}

const fn instead(format: Format) -> &'static str {
    match format {
        Format::Heic => {
            "请在手机“设置 → 相机 → 格式”中选择“兼容性最佳”后重新拍摄，或将这张照片另存为 JPG 后再上传。"
        }
        Format::Avif | Format::Gif | Format::WebP | Format::Bmp | Format::Tiff => {
            "请在看图软件中打开，另存为 JPG 后再上传。"
        }
        Format::Pdf => "请将需要的那一页截图，或导出为 JPG 图片后再上传。",
        Format::Video => "请拍摄一张照片；苹果手机请先关闭“实况”。",
        Format::Office => "请将里面的图片单独保存为 JPG 后再上传。",
        Format::Unknown => "请确认选对了文件；如果是图片，请在看图软件中打开，另存为 JPG 后再上传。",
    }
}
