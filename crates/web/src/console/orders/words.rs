//! What the pages of orders say, beside what the table of fields, the checks and the orders themselves say.

use super::task::{Progress, Task};
use crate::console::words::either;
use filing::orders::{Field, Kind, Owner, State};
use rulebook::Lang;

pub(super) struct Words {
    // The list.
    pub(super) orders: &'static str,
    pub(super) order: &'static str,
    pub(super) state: &'static str,
    pub(super) next_step: &'static str,
    pub(super) changed: &'static str,
    pub(super) start: &'static str,
    pub(super) none: &'static str,
    pub(super) no_more: &'static str,
    pub(super) next: &'static str,
    pub(super) first: &'static str,
    // Starting one.
    pub(super) what: &'static str,
    pub(super) what_missing: &'static str,
    pub(super) about_number: &'static str,
    pub(super) carried: &'static str,
    pub(super) other_number: &'static str,
    pub(super) begun: &'static str,
    pub(super) begun_change: &'static str,
    pub(super) no_key: &'static str,
    pub(super) go_on: &'static str,
    // One order.
    pub(super) reference: &'static str,
    pub(super) tasks: &'static str,
    pub(super) add_website: &'static str,
    pub(super) remove_website: &'static str,
    pub(super) look_and_submit: &'static str,
    pub(super) not_ready: &'static str,
    pub(super) unchecked: &'static str,
    pub(super) saved_unchecked: &'static str,
    pub(super) whats_next: &'static str,
    pub(super) returned: &'static str,
    pub(super) returned_lead: &'static str,
    pub(super) mend: &'static str,
    pub(super) rejected_because: &'static str,
    pub(super) numbers: &'static str,
    pub(super) stages: &'static str,
    pub(super) filled_in: &'static str,
    pub(super) erased: &'static str,
    pub(super) withdraw: &'static str,
    pub(super) correct: &'static str,
    pub(super) correct_lead: &'static str,
    pub(super) back_to_orders: &'static str,
    // A task.
    pub(super) save: &'static str,
    pub(super) save_for_later: &'static str,
    pub(super) saved_with_faults: &'static str,
    pub(super) warned: &'static str,
    pub(super) same_person: &'static str,
    pub(super) submitted: &'static str,
    pub(super) what_pictures: &'static str,
    pub(super) back_to_tasks: &'static str,
    pub(super) changed_meanwhile: &'static str,
    // The product.
    pub(super) product_lead: &'static str,
    pub(super) failures: &'static str,
    pub(super) verified: &'static str,
    pub(super) verify_other: &'static str,
    pub(super) which: &'static str,
    pub(super) other_code: &'static str,
    pub(super) code: &'static str,
    pub(super) code_hint: &'static str,
    pub(super) host: &'static str,
    pub(super) host_name: &'static str,
    pub(super) host_hint: &'static str,
    pub(super) host_password: &'static str,
    pub(super) product: &'static str,
    pub(super) not_usable: &'static str,
    pub(super) no_code: &'static str,
    pub(super) apply: &'static str,
    pub(super) verify: &'static str,
    pub(super) choice_missing: &'static str,
    // Pictures.
    pub(super) materials_lead: &'static str,
    pub(super) forms_lead: &'static str,
    pub(super) form_of: &'static str,
    pub(super) no_pictures: &'static str,
    /// Where identities are checked face to face, and what is said where nobody set that.
    pub(super) check_place: &'static str,
    pub(super) ask_check_place: &'static str,
    pub(super) picture_of: &'static str,
    pub(super) remove: &'static str,
    pub(super) add_title: &'static str,
    pub(super) purpose: &'static str,
    pub(super) file: &'static str,
    pub(super) file_missing: &'static str,
    pub(super) upload: &'static str,
    pub(super) upload_broken: &'static str,
    pub(super) missing_pictures: &'static str,
    // Looking at everything.
    pub(super) answers: &'static str,
    pub(super) answers_lead: &'static str,
    pub(super) change: &'static str,
    pub(super) nothing_yet: &'static str,
    pub(super) still_faulty: &'static str,
    pub(super) after_submitting: &'static str,
    pub(super) receipt: &'static str,
    pub(super) submit: &'static str,
    // Giving it up.
    pub(super) withdraw_title: &'static str,
    pub(super) withdraw_lead: &'static str,
    pub(super) withdraw_yes: &'static str,
    pub(super) withdraw_no: &'static str,
}

#[expect(clippy::too_many_lines, reason = "a line a sentence, in both languages")]
pub(super) const fn words(lang: Lang) -> &'static Words {
    const ZH: Words = Words {
        orders: "备案订单",
        order: "订单",
        state: "状态",
        next_step: "下一步",
        changed: "最近变动",
        start: "新建备案订单",
        none: "还没有备案订单。",
        no_more: "后面没有更多订单了。",
        next: "下一页",
        first: "回到第一页",
        what: "您要办理什么？",
        what_missing: "请选择要办理的事项。",
        about_number: "针对备案号 ",
        carried: "备案号会自动填好；办理变更的，现在登记的信息也会带过来，只改要变的内容。",
        other_number: "不针对这个备案号办理",
        begun: "备案号已经填好。请继续完成下面的各项。",
        begun_change: "备案号和现在登记的信息都已经填好。请打开下面的各项，只改要变的内容。",
        no_key: "页面不完整，请重新打开后再试。",
        go_on: "继续",
        reference: "订单编号",
        tasks: "填写内容",
        add_website: "再添加一个网站",
        remove_website: "删除这个网站",
        look_and_submit: "核对并提交初审",
        not_ready: "上面的各项都完成后，在这里核对并提交。",
        unchecked: "现在无法检查填写的内容，所以看不出还有哪里要改。已经保存的内容都在，请稍后重新打开这个页面。",
        saved_unchecked: "内容已保存。",
        whats_next: "接下来",
        returned: "需要修改的地方",
        returned_lead: "审核人员退回了这个订单。请改好下面各处，其他内容不用动。",
        mend: "去修改",
        rejected_because: "管局驳回的原因",
        numbers: "备案号",
        stages: "办理进度",
        filled_in: "填写的内容",
        erased: "填写的内容已按规定删除。",
        withdraw: "撤回订单",
        correct: "修改后重新提交",
        correct_lead: "会新建一个订单，内容和材料都带过去，产品需要重新验证。",
        back_to_orders: "返回订单列表",
        save: "保存并继续",
        save_for_later: "先保存，以后再填",
        saved_with_faults: "内容已保存，但还有需要改正的地方。可以现在改，也可以以后再改。",
        warned: "请留意",
        same_person: "与主体负责人相同（勾选后不用填写下面各项）",
        submitted: "提交成功，等待初审",
        what_pictures: "这些图片分别是什么？",
        back_to_tasks: "返回订单",
        changed_meanwhile: "这个订单在别的窗口里改动过，这一页没有保存。下面是您刚才填写的内容，确认无误后请再保存一次。",
        failures: "三种提示各是什么意思，怎么处理？",
        product_lead: "网站要放在您在本服务商购买的产品上。选择一个备案服务号，或者填写别人授权给您的备案服务号。",
        verified: "已验证：",
        verify_other: "换一个产品",
        which: "用哪个产品？",
        other_code: "填写备案服务号",
        code: "备案服务号",
        code_hint: "20 位字母和数字，空格和横线可有可无，不分大小写。",
        host: "用主机的用户名和密码验证",
        host_name: "主机的用户名或主机名",
        host_hint: "虚拟主机类产品没有备案服务号，用管理控制台里的用户名和密码验证。",
        host_password: "主机密码",
        product: "产品",
        not_usable: "为什么有些备案服务号不能选？",
        no_code: "您还没有可以使用的备案服务号。",
        apply: "申请备案服务号",
        verify: "验证产品",
        choice_missing: "请选择一个备案服务号，或者选择其他验证方式。",
        forms_lead: "核验单可以下载填好的，打印后签字盖章，再拍照上传：",
        form_of: "下载核验单（PDF）：",
        materials_lead: "请上传清晰、完整的照片或扫描件，JPG 或 PNG 格式。手机拍的照片可以直接上传，会自动转正、缩小，并去掉拍摄地点等信息。",
        no_pictures: "还没有上传图片。",
        check_place: "当面核验的地点和时间",
        ask_check_place: "请向客服咨询。",
        picture_of: "图片：",
        remove: "删除",
        add_title: "上传图片",
        purpose: "这张图片是什么？",
        file: "选择图片",
        file_missing: "请选择要上传的图片。",
        upload: "上传图片",
        upload_broken: "图片没有传完，请重新上传。",
        missing_pictures: "还缺少的图片",
        answers: "核对并提交",
        answers_lead: "请核对下面的内容。提交后由审核人员初审，审核期间不能修改。",
        change: "修改",
        nothing_yet: "还没有填写",
        still_faulty: "还有需要改正的地方，改好后才能提交。",
        receipt: "提交回执",
        after_submitting: "提交后：审核人员会在 1 个工作日内看完并给出结果；通过后提交管局，您的手机会收到管局的核验短信，请在 24 小时内完成核验。",
        submit: "提交初审",
        withdraw_title: "要撤回这个订单吗？",
        withdraw_lead: "撤回后不能恢复，需要时只能重新填写。订单占用的备案服务号会退还，可以再次使用；按规则须作废的，以“我的备案服务号”页面显示的状态为准。",
        withdraw_yes: "撤回订单",
        withdraw_no: "不撤回",
    };
    const EN: Words = Words {
        orders: "Filing orders",
        order: "Order",
        state: "State",
        next_step: "Next",
        changed: "Last change",
        start: "Begin a filing order",
        none: "There are no filing orders yet.",
        no_more: "There are no more orders.",
        next: "Next page",
        first: "Back to the first page",
        what: "What do you want to do?",
        what_missing: "Choose what you want to do.",
        about_number: "About filing number ",
        carried: "The number is filled in for you. For a change, so is what is filed now: edit only what changes.",
        other_number: "Not about this number",
        begun: "The filing number is filled in. Go on with the tasks below.",
        begun_change: "The filing number and what is filed now are filled in. Open the tasks below, and edit only what changes.",
        no_key: "The page is incomplete: open it again and try once more.",
        go_on: "Go on",
        reference: "Reference",
        tasks: "What to fill in",
        add_website: "Add another website",
        remove_website: "Remove this website",
        look_and_submit: "Check your answers and submit",
        not_ready: "Once everything above is complete, check your answers and submit here.",
        unchecked: "What is filled in cannot be checked now, so nothing can be said to be wrong or right. What you saved is kept: open this page again later.",
        saved_unchecked: "This is saved.",
        whats_next: "What happens next",
        returned: "What to mend",
        returned_lead: "The reviewer returned this order. Mend the places below; everything else stays as it is.",
        mend: "Mend it",
        rejected_because: "Why the bureau rejected it",
        numbers: "Filing numbers",
        stages: "Progress",
        filled_in: "What was filled in",
        erased: "What was filled in was deleted, as the rules ask.",
        withdraw: "Withdraw the order",
        correct: "Correct it and submit again",
        correct_lead: "This begins a new order with everything that was filled in, pictures included; products are verified again.",
        back_to_orders: "Back to the orders",
        save: "Save and go on",
        save_for_later: "Save and come back later",
        saved_with_faults: "It is saved, but something has to be put right. You can do it now or later.",
        warned: "Please note",
        same_person: "The same as the subject’s person in charge (nothing has to be filled in below)",
        submitted: "Submitted: the review comes next",
        what_pictures: "What are these pictures?",
        back_to_tasks: "Back to the order",
        changed_meanwhile: "This order was changed in another window, so this page was not saved. Below is what you filled in: save it again if it is right.",
        failures: "What do these messages mean, and what can I do?",
        product_lead: "Your website is hosted on a product that you bought here. Choose a service code, or type one that was granted to you.",
        verified: "Verified: ",
        verify_other: "Choose another product",
        which: "Which product?",
        other_code: "Type a service code",
        code: "Service code",
        code_hint: "20 letters and digits; spaces, dashes and case do not matter.",
        host: "Verify with the host’s user name and password",
        host_name: "User name or name of the host",
        host_hint: "Web hosting has no service codes: use the user name and password of its control panel.",
        host_password: "Password of the host",
        product: "Product",
        not_usable: "Why can some codes not be chosen?",
        no_code: "You have no service code that can be used yet.",
        apply: "Apply for service codes",
        verify: "Verify the product",
        choice_missing: "Choose a service code or another way to verify.",
        forms_lead: "The verification form can be downloaded filled in. Print it, have it signed and stamped, then photograph and upload it:",
        form_of: "Verification form (PDF): ",
        materials_lead: "Upload clear and complete photos or scans, JPG or PNG. Photos from a phone are fine as they are: they are turned upright, made smaller, and freed of place and camera data.",
        no_pictures: "There are no pictures yet.",
        check_place: "Where and when identities are checked",
        ask_check_place: "Please ask support.",
        picture_of: "Picture: ",
        remove: "Remove",
        add_title: "Upload a picture",
        purpose: "What is the picture of?",
        file: "Choose the picture",
        file_missing: "Choose a picture to upload.",
        upload: "Upload the picture",
        upload_broken: "The picture did not arrive in full: upload it again.",
        missing_pictures: "Pictures that are still missing",
        answers: "Check your answers",
        answers_lead: "Check what you filled in. After submitting, a reviewer looks at it, and it cannot be changed meanwhile.",
        change: "Change",
        nothing_yet: "nothing filled in yet",
        still_faulty: "Something has to be put right before the order can be submitted.",
        receipt: "Receipt",
        after_submitting: "After submitting: a reviewer decides within one working day. Then it goes to the bureau, which sends a text message to your phone: answer it within 24 hours.",
        submit: "Submit for review",
        withdraw_title: "Withdraw this order?",
        withdraw_lead: "A withdrawn order does not come back; it has to be filled in anew. Its service codes are given back or made void, as the rules say.",
        withdraw_yes: "Withdraw the order",
        withdraw_no: "Keep it",
    };
    either(lang, &ZH, &EN)
}

/// What an order of that kind is for.
pub(super) const fn about(kind: Kind, lang: Lang) -> &'static str {
    match (lang, kind) {
        (Lang::Zh, Kind::FirstFiling) => "主办者和网站都没有备案过，第一次办理。",
        (Lang::Zh, Kind::AddWebsite) => "主办者已有备案号，再为一个新网站备案。",
        (Lang::Zh, Kind::AddAccess) => "网站已经通过其他服务商备案，现在也要放到本服务商的产品上。",
        (Lang::Zh, Kind::Change) => "已备案的信息有变化，或者需要更正。",
        (Lang::Zh, Kind::CancelSubject) => "不再使用备案号，主体和名下全部网站一起注销，不能恢复。",
        (Lang::Zh, Kind::CancelWebsite) => "只注销其中一个网站，不能恢复。",
        (Lang::Zh, Kind::CancelAccess) => "网站不再放在本服务商，备案号本身保留。",
        (Lang::En, Kind::FirstFiling) => "Neither you nor the website was ever filed.",
        (Lang::En, Kind::AddWebsite) => "You have a filing number and file one more website.",
        (Lang::En, Kind::AddAccess) => {
            "The website is filed through another provider and is to be hosted here as well."
        }
        (Lang::En, Kind::Change) => "Something that was filed changes or has to be corrected.",
        (Lang::En, Kind::CancelSubject) => {
            "Your filing ends with all its websites. It cannot be brought back."
        }
        (Lang::En, Kind::CancelWebsite) => "One website ends. It cannot be brought back.",
        (Lang::En, Kind::CancelAccess) => "The website leaves this provider; its filing number stays.",
    }
}

/// What a task is called.
pub(super) fn task(task: Task, kind: Kind, websites: usize, lang: Lang) -> String {
    let of = |zh: &str, en: &str, nth: usize| {
        let counted = nth.saturating_add(1);
        match lang {
            Lang::Zh if websites > 1 => format!("{zh}（第 {counted} 个网站）"),
            Lang::En if websites > 1 => format!("{en} of website {counted}"),
            Lang::Zh => zh.to_owned(),
            Lang::En => en.to_owned(),
        }
    };
    let one = |zh: &str, en: &str| match lang {
        Lang::Zh => zh.to_owned(),
        Lang::En => en.to_owned(),
    };
    match task {
        Task::Target => one("备案号", "Filing number"),
        Task::Subject => one("主办者信息", "Who files"),
        Task::SubjectPerson => one("主体负责人", "Person in charge"),
        Task::Product(nth) => of("产品验证", "Product verification", nth),
        Task::Website(nth) => of("网站信息", "Website", nth),
        Task::WebsitePerson(nth) => of("网站负责人", "Person in charge of the website", nth),
        Task::Materials => one("证件材料", "Pictures"),
        Task::Cancellation if kind == Kind::CancelAccess => one("取消接入的原因", "Why the website leaves"),
        Task::Cancellation => one("注销的原因和确认", "Why it ends, and confirmation"),
    }
}

/// How far a task is.
pub(super) fn progress(progress: Progress, lang: Lang) -> String {
    match (lang, progress) {
        (Lang::Zh, Progress::Open) => "未填写".to_owned(),
        (Lang::Zh, Progress::Done) => "已完成".to_owned(),
        (Lang::Zh, Progress::Unchecked) => "暂未检查".to_owned(),
        (Lang::En, Progress::Unchecked) => "not checked".to_owned(),
        (Lang::Zh, Progress::Faulty(wrong)) => format!("还有 {wrong} 处要填写或改正"),
        (Lang::En, Progress::Open) => "not started".to_owned(),
        (Lang::En, Progress::Done) => "complete".to_owned(),
        (Lang::En, Progress::Faulty(1)) => "1 thing to put right".to_owned(),
        (Lang::En, Progress::Faulty(wrong)) => format!("{wrong} things to put right"),
    }
}

/// What stands in front of the choices of a list.
pub(super) const fn choose(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "请选择",
        Lang::En => "Choose",
    }
}

/// A product has to be chosen.
pub(super) const fn choose_product(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "请选择产品。",
        Lang::En => "Choose the product.",
    }
}

/// What a field is called on the page of its task, where whose it is, is plain.
pub(super) fn label(path: &str, field: &Field, lang: Lang) -> String {
    if field.of == Owner::PreApproval {
        let row = path.rsplit_once("].").and_then(|(before, _)| before.rsplit_once('[')?.1.parse().ok());
        let counted = row.map_or(1, |row: usize| row.saturating_add(1));
        return match lang {
            Lang::Zh => format!("第 {counted} 项前置审批的{}（没有可不填）", field.zh),
            Lang::En => format!("Prior approval {counted}: {} (leave blank if none)", field.en),
        };
    }
    match (lang, field.pattern) {
        (Lang::Zh, "subject.name") => "单位名称或个人姓名".to_owned(),
        (Lang::En, "subject.name") => "Name of the organisation or person".to_owned(),
        (Lang::Zh, "subject.certificate_address") => "证件上的住所或住址".to_owned(),
        (Lang::Zh, "websites[].name") => "网站名称".to_owned(),
        (Lang::En, "websites[].name") => "Name of the website".to_owned(),
        (Lang::Zh, "websites[].remark" | "subject.remark") => "备注（可不填）".to_owned(),
        (Lang::En, "websites[].remark" | "subject.remark") => "Remark (optional)".to_owned(),
        (Lang::Zh, _) => field.zh.to_owned(),
        (Lang::En, _) => {
            let mut letters = field.en.chars();
            let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
            format!("{first}{}", letters.as_str())
        }
    }
}

/// What helps to fill a field in; empty where its label says all.
/// A kind of certificate, with the nature of the subjects that have it.
pub(super) fn certificate(of: &str, name: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{of}：{name}"),
        Lang::En => format!("{of}: {name}"),
    }
}

/// What a reviewer says of a field.
pub(super) fn remark(says: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("修改意见：{says}"),
        Lang::En => format!("The reviewer says: {says}"),
    }
}

pub(super) const fn hint(pattern: &'static str, lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => hint_zh(pattern.as_bytes()),
        Lang::En => hint_en(pattern.as_bytes()),
    }
}

const fn hint_zh(pattern: &[u8]) -> &'static str {
    match pattern {
        b"target.number" => "主体备案号如 浙ICP备12345678号，网站备案号如 浙ICP备12345678号-1。",
        b"subject.name" => "与证件上的全称完全一致。个人备案填写本人姓名。",
        b"subject.certificate_address" => "与证件上印的地址一致。",
        b"subject.region" => "写到区或县，例如 广东省深圳市南山区。",
        b"subject.address" => "能收到信的地址，写到门牌号，不用再写省、市、区。",
        b"subject.investor" => "单位填写；个人不用填。",
        b"subject.person.mobile" | b"websites[].person.mobile" => "管局的核验短信发到这个号码。",
        b"subject.person.office_phone" | b"websites[].person.office_phone" => {
            "区号加号码，例如 0755-26881234；个人可以填手机号码。"
        }
        b"subject.person.emergency_phone" | b"websites[].person.emergency_phone" => {
            "与手机号码不同、能找到人的另一个号码。"
        }
        b"websites[].number" => "已备案网站的备案号，例如 浙ICP备12345678号-1。",
        b"websites[].name" => "至少三个字，要与网站内容相符；个人网站不能用单位、行业的名称。",
        b"websites[].domains" => "一行一个，不带 http:// 和 www。域名须已实名认证，所有者与主办者一致。",
        b"websites[].home_page" => "例如 www.example.cn。",
        b"websites[].addresses" => "所验证产品的公网 IP 地址，一行一个。",
        b"websites[].pre_approvals[].kind" => {
            "网站提供新闻、出版、药品等须经主管部门事先批准的服务时才填，没有的不用填。"
        }
        b"cancellation.confirmation" => "注销后不能恢复。请输入备案号中的数字，表示确认。",
        _ => "",
    }
}

const fn hint_en(pattern: &[u8]) -> &'static str {
    match pattern {
        b"target.number" => "Of a subject as in 浙ICP备12345678号, of a website as in 浙ICP备12345678号-1.",
        b"subject.name" => "In full, exactly as on the certificate. A person gives his or her own name.",
        b"subject.certificate_address" => "As it is printed on the certificate.",
        b"subject.region" => "Down to the county or district, in Chinese, such as 广东省深圳市南山区.",
        b"subject.address" => "Where letters arrive, down to the door, without province, city and district.",
        b"subject.investor" => "Of organisations; people leave it blank.",
        b"subject.person.mobile" | b"websites[].person.mobile" => {
            "The bureau sends its text message to this number."
        }
        b"subject.person.office_phone" | b"websites[].person.office_phone" => {
            "Area code and number, such as 0755-26881234; a person may give a mobile phone."
        }
        b"subject.person.emergency_phone" | b"websites[].person.emergency_phone" => {
            "Another number than the mobile phone, where somebody answers."
        }
        b"websites[].number" => "The number of the filed website, such as 浙ICP备12345678号-1.",
        b"websites[].name" => {
            "Three characters at least, fitting the content; a person’s website is not named like an organisation or a trade."
        }
        b"websites[].domains" => {
            "One a line, without http:// and www. The domain’s registrant is whoever files, by verified name."
        }
        b"websites[].home_page" => "Such as www.example.cn.",
        b"websites[].addresses" => "Public IP addresses of the verified product, one a line.",
        b"websites[].pre_approvals[].kind" => {
            "Only where the website offers what an authority approves beforehand, such as news, publishing or medicines."
        }
        b"cancellation.confirmation" => {
            "It cannot be brought back. Type the digits of the number to confirm."
        }
        _ => "",
    }
}

/// What browsers may fill in.
pub(super) const fn known_as(pattern: &'static str) -> &'static str {
    match pattern.as_bytes() {
        b"subject.person.name" | b"websites[].person.name" => "name",
        b"subject.person.mobile" | b"websites[].person.mobile" => "tel",
        b"subject.person.email" | b"websites[].person.email" => "email",
        _ => "",
    }
}

/// Several regions are called so.
pub(super) fn several_regions(names: &[String], lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("有多个地区叫这个名字，请写全，例如：{}。", names.join("、")),
        Lang::En => format!("Several regions are called so: write it in full, such as {}.", names.join(", ")),
    }
}

/// No region is called so.
pub(super) const fn no_region(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "没有找到这个地区。请写全省、市、区或县，例如 广东省深圳市南山区。",
        Lang::En => {
            "No region is called so. Write province, city and county or district in Chinese, such as 广东省深圳市南山区."
        }
    }
}

/// Where an order stands, for its owner: what ended well is called by what it was about.
pub(super) const fn state(kind: Kind, state: State, lang: Lang) -> &'static str {
    match (state, kind, lang) {
        (State::Filed, Kind::CancelSubject | Kind::CancelWebsite, Lang::Zh) => "注销成功",
        (State::Filed, Kind::CancelSubject | Kind::CancelWebsite, Lang::En) => "Cancelled",
        (State::Filed, Kind::CancelAccess, Lang::Zh) => "已取消接入",
        (State::Filed, Kind::CancelAccess, Lang::En) => "Access ended",
        (State::Filed, Kind::Change, Lang::Zh) => "变更成功",
        (State::Filed, Kind::Change, Lang::En) => "Changed",
        (state, _, lang) => state.label(lang),
    }
}

/// What a picture shows, where its name does not say enough.
pub(super) const fn pictures(lang: Lang) -> &'static [(&'static str, &'static str)] {
    match lang {
        Lang::Zh => &[
            (
                "主办单位有效证件",
                "单位上传营业执照等证件的原件照片；个人上传本人身份证，正反面拍在同一张图片上。",
            ),
            ("主体负责人、网站负责人有效证件", "负责人本人的身份证，正反面拍在同一张图片上。"),
            (
                "网站备案信息真实性核验单",
                "由接入服务商提供，核对内容后由负责人签字，单位还要盖公章，再拍照上传。",
            ),
            (
                "当面核验拍摄照片",
                "负责人在服务商指定的地点、以规定的幕布为背景拍摄的半身照片。是否需要，请向客服咨询。",
            ),
            ("其他证明", "审核人员要求时再上传，例如居住证、授权书、前置审批文件。"),
        ],
        Lang::En => &[
            (
                "Certificate of the principal",
                "An organisation: its business licence or other certificate. A person: the ID card, both sides in one picture.",
            ),
            ("Certificates of those in charge", "Their own ID card, both sides in one picture."),
            (
                "Verification form",
                "Your provider gives you the form. Check it, have it signed by the person in charge, stamped by an organisation, and photograph it.",
            ),
            (
                "Photo taken at the face-to-face check",
                "A half-length photo of the person in charge, taken where your provider checks identities, in front of its backdrop. Ask support whether you need one.",
            ),
            (
                "Other proof",
                "Only when a reviewer asks for it, such as a residence permit, a power of attorney or an approval.",
            ),
        ],
    }
}

/// The website of a group of tasks.
pub(super) fn nth_website(nth: usize, name: &str, lang: Lang) -> String {
    let counted = nth.saturating_add(1);
    match (lang, name) {
        (Lang::Zh, "") => format!("第 {counted} 个网站"),
        (Lang::Zh, name) => format!("第 {counted} 个网站：{name}"),
        (Lang::En, "") => format!("Website {counted}"),
        (Lang::En, name) => format!("Website {counted}: {name}"),
    }
}

/// The stops on the way of an order.
pub(super) const fn stops(lang: Lang) -> [&'static str; 4] {
    match lang {
        Lang::Zh => ["填写", "服务商初审", "管局审核", "办结"],
        Lang::En => ["Filling in", "Our review", "The bureau", "Done"],
    }
}

/// At which stop it is, and how it looks there.
pub(super) fn way(nth: u32, stop: &str, looks: &str, lang: Lang) -> String {
    let stop = match lang {
        Lang::Zh => stop.to_owned(),
        Lang::En => stop.to_lowercase(),
    };
    match (lang, looks) {
        (Lang::Zh, "back") => format!("第 {nth} 步，共 4 步：{stop}。退回修改，请改好后重新提交。"),
        (Lang::Zh, "bad") => format!("第 {nth} 步，共 4 步：{stop}。未通过，订单到此结束。"),
        (Lang::Zh, _) => format!("第 {nth} 步，共 4 步：{stop}。"),
        (Lang::En, "back") => format!("Step {nth} of 4: {stop}. It came back to be mended."),
        (Lang::En, "bad") => format!("Step {nth} of 4: {stop}. It ended here."),
        (Lang::En, _) => format!("Step {nth} of 4: {stop}."),
    }
}
