//! What a website is, as the bureau's tables have it: what it offers, what another authority approves beforehand, its languages, how
//! it is hosted.

use super::Entry;

/// What a website offers (服务内容).
pub const SERVICES: &[Entry] = &[
    Entry::new(1, "即时通信", "Instant messaging"),
    Entry::new(2, "搜索引擎", "Search engine"),
    Entry::new(3, "综合门户", "General portal"),
    Entry::new(4, "网上邮局", "Web mail"),
    Entry::new(5, "网络新闻", "Online news"),
    Entry::new(6, "博客/个人空间", "Blog / personal space"),
    Entry::new(7, "网络广告/信息", "Online advertising / information"),
    Entry::new(8, "单位门户网站", "Organisation home site"),
    Entry::new(9, "网络购物", "Online shopping"),
    Entry::new(10, "网上支付", "Online payment"),
    Entry::new(11, "网上银行", "Online banking"),
    Entry::new(12, "网上炒股/股票基金", "Online stock / fund trading"),
    Entry::new(13, "网络游戏", "Online games"),
    Entry::new(14, "网络音乐", "Online music"),
    Entry::new(15, "网络影视", "Online film and video"),
    Entry::new(16, "网络图片", "Online pictures"),
    Entry::new(17, "网络软件/下载", "Software / downloads"),
    Entry::new(18, "网上求职", "Job search"),
    Entry::new(19, "网上交友/婚介", "Dating"),
    Entry::new(20, "网上房产", "Real estate"),
    Entry::new(21, "网络教育", "Education"),
    Entry::new(22, "网站建设", "Website building"),
    Entry::new(23, "WAP", "WAP"),
    Entry::new(24, "其他", "Other"),
    Entry::new(28, "APP", "App"),
    Entry::new(29, "网络借贷信息中介", "Online lending intermediary"),
    Entry::new(30, "互联网股权融资", "Online equity financing"),
    Entry::new(31, "互联网保险", "Online insurance"),
    Entry::new(32, "互联网跨界金融及资产管理", "Cross-sector online finance and asset management"),
    Entry::new(33, "网上非银支付", "Non-bank online payment"),
];

/// What another authority approves beforehand (前置审批或专项审批).
pub const PRE_APPROVALS: &[Entry] = &[
    Entry::new(1, "新闻", "News"),
    Entry::new(2, "出版", "Publishing"),
    Entry::new(3, "教育", "Education"),
    Entry::new(4, "医疗保健", "Health care"),
    Entry::new(5, "药品和医疗器械", "Drugs and medical devices"),
    Entry::new(6, "电子公告服务", "Bulletin board service"),
    Entry::new(9, "文化", "Culture"),
    Entry::new(10, "广播电影电视节目", "Radio, film and TV programmes"),
    Entry::new(12, "网络预约车", "Ride hailing"),
    Entry::new(13, "互联网金融", "Internet finance"),
    Entry::new(14, "校外培训（高中及以下阶段）", "Off-campus training (up to senior school)"),
    Entry::new(15, "宗教", "Religion"),
];

/// The languages of a website (语言类别).
pub const LANGUAGES: &[Entry] = &[
    Entry::new(1, "中文简体", "Simplified Chinese"),
    Entry::new(2, "中文繁体", "Traditional Chinese"),
    Entry::new(3, "维吾尔语", "Uyghur"),
    Entry::new(4, "哈萨克语", "Kazakh"),
    Entry::new(5, "柯尔克孜语", "Kyrgyz"),
    Entry::new(6, "蒙古语", "Mongolian"),
    Entry::new(7, "藏语", "Tibetan"),
    Entry::new(8, "壮语", "Zhuang"),
    Entry::new(9, "朝鲜语", "Korean"),
    Entry::new(10, "彝文", "Yi"),
    Entry::new(11, "苗语", "Miao"),
    Entry::new(12, "英语", "English"),
    Entry::new(13, "日语", "Japanese"),
    Entry::new(14, "法语", "French"),
    Entry::new(15, "俄罗斯语", "Russian"),
    Entry::new(16, "西班牙语", "Spanish"),
    Entry::new(17, "阿拉伯语", "Arabic"),
];

/// How a website is hosted (接入方式).
pub const ACCESS_METHODS: &[Entry] = &[
    Entry::new(1, "专线", "Leased line"),
    Entry::new(2, "主机托管", "Colocation"),
    Entry::new(3, "虚拟主机", "Virtual hosting"),
    Entry::new(4, "其他方式", "Other"),
    Entry::new(5, "云接入", "Cloud"),
];
