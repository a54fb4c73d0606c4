//! Provinces as the bureau numbers them: where servers stand (服务器放置地点), and with what filing numbers begin.

/// A province.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Province {
    /// Its number in the bureau's table of places.
    pub id: u16,
    /// Its six digits (GB/T 2260).
    pub region: u32,
    /// Its short name.
    pub name: &'static str,
    /// The character with which its filing numbers begin.
    pub prefix: &'static str,
}

/// Every province whose bureau files.
pub const PROVINCES: &[Province] = &[
    province(1, 340_000, "安徽", "皖"),
    province(2, 110_000, "北京", "京"),
    province(3, 500_000, "重庆", "渝"),
    province(4, 350_000, "福建", "闽"),
    province(5, 440_000, "广东", "粤"),
    province(6, 620_000, "甘肃", "陇"),
    province(7, 450_000, "广西", "桂"),
    province(8, 520_000, "贵州", "黔"),
    province(9, 410_000, "河南", "豫"),
    province(10, 420_000, "湖北", "鄂"),
    province(11, 130_000, "河北", "冀"),
    province(12, 460_000, "海南", "琼"),
    province(14, 230_000, "黑龙江", "黑"),
    province(15, 430_000, "湖南", "湘"),
    province(16, 220_000, "吉林", "吉"),
    province(17, 320_000, "江苏", "苏"),
    province(18, 360_000, "江西", "赣"),
    province(19, 210_000, "辽宁", "辽"),
    province(21, 150_000, "内蒙古", "蒙"),
    province(22, 640_000, "宁夏", "宁"),
    province(23, 630_000, "青海", "青"),
    province(24, 510_000, "四川", "蜀"),
    province(25, 370_000, "山东", "鲁"),
    province(26, 310_000, "上海", "沪"),
    province(27, 610_000, "陕西", "陕"),
    province(28, 140_000, "山西", "晋"),
    province(29, 120_000, "天津", "津"),
    province(31, 650_000, "新疆", "新"),
    province(32, 540_000, "西藏", "藏"),
    province(33, 530_000, "云南", "滇"),
    province(34, 330_000, "浙江", "浙"),
];

const fn province(id: u16, region: u32, name: &'static str, prefix: &'static str) -> Province {
    Province { id, region, name, prefix }
}
