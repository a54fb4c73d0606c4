//! The words of retention, in Chinese.

use super::{Source, What, Words};

pub(super) const fn words(what: What) -> Words {
    match what {
        What::IdleOrders => Words {
            what: "已放弃的订单",
            from: "订单撤回或过期作废时",
            effect: "删除填写和提交的内容、审核意见、图片以及用于查重的哈希；没有其他内容使用其密钥时，密钥一并销毁。订单本身及其经过保留",
        },
        What::Documents => Words {
            what: "备案材料图片",
            from: "订单所涉及的备案号全部注销之时",
            effect: "删除图片。订单、备案号及其历史和填写的内容保留，后者可应要求删除",
        },
        What::Requests => Words {
            what: "幂等键",
            from: "请求提出时",
            effect: "同一个键可以再次使用，届时会重新执行。已做的事保留，台账中也有",
        },
        What::Tries => Words {
            what: "失败的尝试", from: "最后一次失败时", effect: "不再因此限制尝试"
        },
        What::Sessions => {
            Words {
                what: "会话", from: "会话最迟结束时", effect: "令牌由“已过期”变为“不存在”"
            }
        }
        What::Keys => Words {
            what: "密钥",
            from: "密钥吊销或过期时",
            effect: "密钥由“已吊销”或“已过期”变为“不存在”。台账中仍有新建它的记录",
        },
        What::AccessLog => Words { what: "访问日志", from: "查看时", effect: "删除该行" },
        What::Jobs => {
            Words { what: "后台任务", from: "任务完成时", effect: "删除任务及其键" }
        }
    }
}

pub(super) const fn source(source: Source) -> &'static str {
    match source {
        Source::Own => "服务商自定；不超过必要的时间（《个人信息保护法》第十九条、第四十七条）",
        Source::CybersecurityLaw => "《网络安全法》（2017年施行）第二十一条第（三）项：不少于六个月",
        Source::CybersecurityLawOf2026 => "《网络安全法》（2025年修正）第二十三条第（三）项：不少于六个月",
    }
}
