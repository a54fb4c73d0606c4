//! What the API says, in Chinese.

use super::{Say, Shape};
use app::registry::Unlike;

#[expect(clippy::too_many_lines, reason = "one exhaustive match, a line a sentence")]
pub(super) fn say(say: Say<'_>) -> String {
    match say {
        Say::UnknownToken => "令牌无效，请重新登录，或核对 API 密钥是否完整。".to_owned(),
        Say::ExpiredToken => "令牌已过期，请重新登录，或换用新的 API 密钥。".to_owned(),
        Say::RevokedKey => "这个 API 密钥已被停用，请换用新的密钥。".to_owned(),
        Say::SignedOut => "您已退出登录，请重新登录。".to_owned(),
        Say::LockedUser => "这个用户已被锁定，请联系管理员。".to_owned(),
        Say::UnknownInstance { instance } => {
            format!("当前账号下没有产品实例 {instance}。请确认当前登录账号就是购买时使用的账号。")
        }
        Say::UnknownCode => "没有找到这个备案服务号，请核对后重试。".to_owned(),
        Say::UnknownReceipt => "没有这份回执。请从备案号的历史记录中打开回执。".to_owned(),
        Say::NotSubmittedYet => "该订单尚未提交，没有回执。".to_owned(),
        Say::Submitted { kind, at } => format!("{at}（北京时间），备案订单（{kind}）已提交。"),
        Say::ProposeCancelling => {
            "主管部门要求注销的，请用 POST /api/v1/proposals 提议（cancel），由另一名工作人员同意后办理。".to_owned()
        }
        Say::NotFiledForYou => "您在本服务商没有这个备案号的备案记录。".to_owned(),
        Say::CompareNumberOrAsk => "请核对备案号；确认无误的，请联系客服。".to_owned(),
        Say::TheAccount => "账号".to_owned(),
        Say::TheProvider => "接入服务商".to_owned(),
        Say::NoAccount => "请用客户账号下的用户登录后再进行此操作。".to_owned(),
        Say::NoJson { line, column } => format!("请求内容不是正确的 JSON（第 {line} 行第 {column} 列）。"),
        Say::NoBody => "请求没有内容。请在请求正文中填写 JSON。".to_owned(),
        Say::TooDeep => "请求内容嵌套过深，或者数据项过多。".to_owned(),
        Say::BadField => "这里的内容不符合要求。".to_owned(),
        Say::Missing { name } => format!("缺少必填项 {name}。"),
        Say::GiveShape { wanted, example } => format!("请补上这一项，类型为{}{}。", shape(wanted), such_as(example)),
        Say::GiveOneOf { words } => format!("请补上这一项，可填：{}。", words.join("、")),
        Say::UnknownField { name } => format!("没有 {name} 这一项。"),
        Say::KnownFields { names: [] } => "请去掉这一项。".to_owned(),
        Say::KnownFields { names } => format!("请核对拼写，或去掉这一项。可用的有：{}。", names.join("、")),
        Say::WrongShape { wanted, found: Some(found) } => {
            format!("这里应为{}，您填写的是{}。", shape(wanted), shape(found))
        }
        Say::WrongShape { wanted, found: None } => format!("这里应为{}。", shape(wanted)),
        Say::WriteShape { wanted, example } => format!("请改为{}{}。", shape(wanted), such_as(example)),
        Say::OutOfRange => "这个数超出了允许的范围。".to_owned(),
        Say::Between { least, most } => format!("请填写 {least} 到 {most} 之间的整数。"),
        Say::Twice { name } => format!("{name} 重复出现。"),
        Say::KeepOne => "请只保留一个。".to_owned(),
        Say::NoSuchWord => "这里不能填写这个值。".to_owned(),
        Say::BadAmount => "金额的格式有误。".to_owned(),
        Say::WriteAmount => "请填写以元为单位的字符串，最多两位小数，例如 \"199.00\"。".to_owned(),
        Say::BadAddress => "这不是有效的 IP 地址。".to_owned(),
        Say::WriteAddress => "请填写 IPv4 或 IPv6 地址，例如 203.0.113.7。".to_owned(),
        Say::CompareWithDocument => "请对照 /api/docs 中的接口文档修改。".to_owned(),
        Say::BadIdempotencyKey => "Idempotency-Key 的格式有误。".to_owned(),
        Say::WriteIdempotencyKey => "请使用 1 到 255 个可见的 ASCII 字符，例如 UUID。".to_owned(),
        Say::MayYetBeDone => {
            "请求仍在处理，稍后可能会办理成功。由于没有提供 Idempotency-Key，请先查询是否已经办理，再决定是否重新提交。".to_owned()
        }
        Say::WhichProof => "请提供备案服务号，或者提供主机的用户名（主机名）和密码，二者选一。".to_owned(),
        Say::OneProof => "填写 code，或者同时填写 name 和 password。".to_owned(),
        Say::UnknownProduct { product } => format!("没有名为“{product}”的产品类型，请核对后重新选择。"),
        Say::WrongProof { product, by_code: true } => {
            format!("产品 {product} 使用备案服务号验证，请填写 code。")
        }
        Say::WrongProof { product, by_code: false } => {
            format!("产品 {product} 使用主机的用户名（主机名）和密码验证，请填写 name 和 password。")
        }
        Say::FiledElsewhere { product } => format!("{product}在其他系统备案，不能在本系统验证。"),
        Say::FileThere { place } => format!("{place}。"),
        Say::BeforeFirst { instance, first } => {
            format!("系统自 {first} 起才有产品实例 {instance} 的记录，请换一个更晚的时间。")
        }
        Say::UnknownImport => "没有这次导入，请核对编号。".to_owned(),
        Say::UnknownVerdict { word } => format!("没有“{word}”这种结论。"),
        Say::OneOf { words } => format!("请使用以下之一：{}。", words.join("、")),
        Say::NoInventory { why } => format!("清单无法读取：{why}"),
        Say::BadCursor => "cursor 有误，请原样使用上一页 next 中的值。".to_owned(),
        Say::TooManyRecords { most } => format!("一次最多判定 {most} 条记录。"),
        Say::SendInParts => "请分批提交；更长的清单可以用 kebei check 在本地判定。".to_owned(),
        Say::OpenImport { id, by } => format!("导入 {id} 正在进行，由 {by} 发起。"),
        Say::FinishImport => {
            "请用 POST /api/v1/imports/{id}/apply 完成它，或用 DELETE /api/v1/imports/{id} 放弃。".to_owned()
        }
        Say::ImportBeingRead => "这次导入的清单还没有读完。".to_owned(),
        Say::WaitForImport => {
            "请稍候再试。清单读取中断的，5 分钟后自动放弃，也可以现在用 DELETE /api/v1/imports/{id} 放弃，再重新上传。".to_owned()
        }
        Say::BadMoment => "时间的格式有误。".to_owned(),
        Say::WriteMoment => {
            "请写成 2020-11-01T09:00:00+08:00，或只写日期 2020-11-01（北京时间零点）；放在网址中时，“+”要写成 %2B。"
                .to_owned()
        }
        Say::WriteTime => "请填写类似 2021-11-01T00:00:00+08:00 的时间。".to_owned(),
        Say::BadParameters => "参数有误，请对照 /api/docs 中的接口文档。".to_owned(),
        Say::OtherMethods { methods } => {
            format!("这个地址不支持您使用的请求方法，可用的方法有：{methods}。")
        }
        Say::BadPath => "地址的格式有误，请核对其中的编号或名称，特殊字符须按网址规则编码。".to_owned(),
        Say::WrongPassword => "用户名或密码有误，请核对后重试。".to_owned(),
        Say::WrongCode => "验证码有误，或已经用过。".to_owned(),
        Say::WaitForCode => "请等身份验证器显示下一个验证码后再输入；也可以使用一个没用过的恢复码。".to_owned(),
        Say::NoCode => "还没有提供验证码。".to_owned(),
        Say::SendCode => "请提供身份验证器当前显示的 6 位验证码，或一个没用过的恢复码。".to_owned(),
        Say::SignInOver => "等待时间过长，或密码刚刚改过，请重新登录。".to_owned(),
        Say::WrongPasswordAgain => "密码有误。".to_owned(),
        Say::NoFactorBegun => "设置还没有开始，或已超过 1 小时。".to_owned(),
        Say::BeginFactor => "请重新开始设置，并重新扫描二维码。".to_owned(),
        Say::FactorIsOn => "两步验证已经开启。".to_owned(),
        Say::RemoveFactorFirst => "如需更换手机或身份验证器，请先关闭两步验证，再重新开启。".to_owned(),
        Say::FactorIsOff => "两步验证没有开启。".to_owned(),
        Say::SetUpFactor => "如有需要，请先开启。".to_owned(),
        Say::NoSecondFactor { name } => format!("用户 {name} 没有开启两步验证。"),
        Say::NothingToReset => "无需重置，请核对用户名。".to_owned(),
        Say::OwnSecondFactor => "不能在这里重置自己的两步验证。".to_owned(),
        Say::RemoveOwnFactor => "请凭密码关闭自己的两步验证，或请其他管理员重置。".to_owned(),
        Say::FactorInSession => "两步验证只能在登录后设置，不能使用密钥。".to_owned(),
        Say::UnknownSession => "没有这个登录，或它已经退出。".to_owned(),
        Say::OneTimeExpired => "一次性密码已过期，不能再使用。".to_owned(),
        Say::OneTimeUsed => "一次性密码只能登录一次，这个密码已经用过了。".to_owned(),
        Say::AskForOneTime => "请联系管理员重新获取一次性密码；管理员可以运行 kebei user reset。".to_owned(),
        Say::TooManyTries { seconds } => format!("尝试次数过多，请在 {seconds} 秒后重试。"),
        Say::WrongOldPassword => "当前密码有误。".to_owned(),
        Say::TypePasswordAgain => "请重新输入当前密码，注意大小写。".to_owned(),
        Say::PasswordLength { least, most } => format!("新密码须为 {least} 到 {most} 个字符。"),
        Say::PasswordIsName => "新密码不能与用户名相同。".to_owned(),
        Say::PasswordGuessable => "新密码太容易被猜到。".to_owned(),
        Say::PasswordIsOld => "新密码不能与当前密码相同。".to_owned(),
        Say::ChooseOtherPassword => "请换一个密码，例如几个词组成的短句。".to_owned(),
        Say::NotInSession => "修改密码须先用用户名和密码登录，不能使用 API 密钥。".to_owned(),
        Say::BadUserName { name } => format!("用户名 {name} 不符合要求。"),
        Say::WriteUserName => "请使用 1 到 64 个小写字母、数字或 . - _，且不要使用邮箱地址。".to_owned(),
        Say::UserTaken { name } => format!("用户名 {name} 已被使用。"),
        Say::ChooseOtherName => "请换一个名称。".to_owned(),
        Say::NoRole => "用户至少要有一个角色。".to_owned(),
        Say::CustomerAlone => "customer 角色不能与其他角色同时使用。".to_owned(),
        Say::CustomerNeedsAccount => "customer 角色必须指定所属账号。".to_owned(),
        Say::AccountWithoutCustomer => "只有 customer 角色可以指定账号。".to_owned(),
        Say::ChooseRoles => "请从 customer、support、reviewer、operator、auditor 中选择，GET /api/v1/roles 列出了各角色的权限。".to_owned(),
        Say::UnknownAccount { name } => format!("没有找到账号 {name}。"),
        Say::AccountBlacklisted { name } => {
            format!("账号 {name} 下有备案主体被列入黑名单，不能为它生成备案服务号。")
        }
        Say::NoSuchRegion => "现行行政区划中没有这个代码。请从省级开始逐级查询。".to_owned(),
        Say::NoSuchField => "没有这一项内容，请对照接口文档核对路径。".to_owned(),
        Say::TakeOffBlacklist => "请换一个账号；移出黑名单需要两名工作人员先后同意。".to_owned(),
        Say::OpenAccountFirst => "请核对账号名称，或先用 POST /api/v1/accounts 开立账号。".to_owned(),
        Say::BadEmail => "邮箱地址的格式有误。".to_owned(),
        Say::WriteEmail => "请填写类似 name@example.cn 的邮箱地址。".to_owned(),
        Say::UnknownUser { name } => format!("没有找到用户 {name}。"),
        Say::SystemHasNoPassword { name } => format!("{name} 是系统用户，没有密码。"),
        Say::LastOperator { name } => {
            format!("{name} 是最后一个可以登录的 operator，不能锁定，也不能去掉他的 operator 角色。")
        }
        Say::OwnRoles => "不能修改自己的角色。".to_owned(),
        Say::AskAnotherOperator => "请由其他 operator 为您修改。".to_owned(),
        Say::AddOperatorFirst => "请先给另一个用户 operator 角色，或解除另一个 operator 的锁定。".to_owned(),
        Say::UseKeys => "请为系统用户创建 API 密钥。".to_owned(),
        Say::OneChangeAtATime => "请在 roles 和 locked 中只提供一项。".to_owned(),
        Say::UnknownKey => "没有找到这个 API 密钥，它可能已被停用。".to_owned(),
        Say::KeysInSession => "创建 API 密钥须先用用户名和密码登录，不能使用另一个密钥。".to_owned(),
        Say::BadLabel { most } => format!("名称须为 1 到 {most} 个字符，且不含控制字符。"),
        Say::ExpiresInThePast => "到期时间已经过去。".to_owned(),
        Say::ChooseLaterTime => "请填写一个将来的时间。".to_owned(),
        Say::UnknownScope { word } => format!("没有名为 {word} 的权限。"),
        Say::NoScope => "权限范围不能为空。".to_owned(),
        Say::BeyondRoles { word } => format!("用户的角色不包含权限 {word}。"),
        Say::ChooseScopes => "请从用户角色所拥有的权限中选择（见 GET /api/v1/roles），或不填以包含全部权限。".to_owned(),
        Say::TooManyKeys { most } => format!("每个用户最多可有 {most} 个 API 密钥。"),
        Say::RevokeOne => "请先停用不再使用的密钥。".to_owned(),
        Say::BadAccountName => "账号名称不符合要求。".to_owned(),
        Say::WriteAccountName => "请使用 1 到 128 字节、不含控制字符的名称。".to_owned(),
        Say::AccountTaken { name } => format!("账号 {name} 或其编号已存在。"),
        Say::TooManyPremade { most } => format!("一次最多预制 {most} 个备案服务号。"),
        Say::AskForFewer => "请减少数量，分多次提交。".to_owned(),
        Say::NotForCustomers => "导入功能不对客户开放。".to_owned(),
        Say::NoSuchInstance { instance } => format!("没有找到产品实例 {instance}，请先导入它。"),
        Say::UnknownOrder => "没有找到这份备案订单，请核对后重试。".to_owned(),
        Say::NoSuchPart => "这类备案订单没有这一部分内容。".to_owned(),
        Say::OtherPart { part } => format!("这里只能填写 {part}。"),
        Say::SaveOnePart { part } => format!("请只发送地址中指定的部分：{{\"{part}\": …}}。"),
        Say::TooMuchFilledIn { most } => format!("这一部分填写的内容超过了 {most} KiB，请精简。"),
        Say::LongList { most, found } => format!("这里最多 {most} 项，您填写了 {found} 项，没有保存。"),
        Say::ShortenList => "请只保留实际使用的，再保存。".to_owned(),
        Say::TooManyDrafts { most } => format!("一个账号最多同时有 {most} 份草稿。"),
        Say::FinishDrafts => "请先提交或撤回一些草稿，再新建订单。".to_owned(),
        Say::SmsAnswered => "这份订单的短信核验已经登记过。".to_owned(),
        Say::WaitForBureau => "无需重复登记，请等待管局的审核结果。".to_owned(),
        Say::OnBlacklist { entry: Some(entry) } => format!("已列入黑名单，条目编号为 {entry}。"),
        Say::OnBlacklist { entry: None } => "已列入黑名单。".to_owned(),
        Say::KeepOffOrUnlist => "不能通过初审。认为列入有误的，请先提议移出黑名单。".to_owned(),
        Say::FieldLocked => "这一项不在退回修改的范围内，不能修改。".to_owned(),
        Say::PutFieldBack => "请改回上次提交的内容；确需修改时，请撤回后新建订单。".to_owned(),
        Say::OrderCorrected => "已经用这份订单的内容新建过一份订单。".to_owned(),
        Say::EditOrder { id } => format!("请继续填写订单 {id}。"),
        Say::OrderErased => "订单中填写的内容已被删除。".to_owned(),
        Say::OpenAnotherOrder => "需要备案时，请新建一份订单。".to_owned(),
        Say::SendPicture => "请直接发送图片文件，并把 Content-Type 设为 image/jpeg 或 image/png。".to_owned(),
        Say::NoPictures => "这类备案订单不需要图片。".to_owned(),
        Say::LeaveOutPictures => "请不要上传图片，填写其余内容后直接提交。".to_owned(),
        Say::TooManyPictures { most } => format!("一份备案订单最多有 {most} 张图片。"),
        Say::RemovePicture => "请先删除不再需要的图片，或在原位置替换已有的图片。".to_owned(),
        Say::NoSuchPicture => "这份备案订单没有这张图片，请刷新订单后重试。".to_owned(),
        Say::MendWhatIsOpened => {
            "请只修改修改意见列出的内容；确需修改其他内容时，请撤回后新建订单。".to_owned()
        }
        Say::ErasesOne => "需要指明删除谁的个人信息，且一次只能指明一个。".to_owned(),
        Say::NameOneToErase => {
            "请在 account（账号）、subject（主体备案号）、order（订单 ID）中填写一项。".to_owned()
        }
        Say::NothingToErase => "没有找到这个账号、主体或订单，请核对后重试。".to_owned(),
        Say::OrderInProgress { id } => format!("备案订单 {id} 正在初审或由管局审核，不能删除。"),
        Say::FinishOrder => "请等订单办结，或请客户撤回订单后再删除。".to_owned(),
        Say::SubjectFiled { number } => format!("主体 {number} 仍在备案中，须保留真实的备案信息，不能删除。"),
        Say::CancelSubjectFirst => "请先注销该主体的备案，再删除。".to_owned(),
        Say::TooMuchToErase => "该账号的订单和主体太多，不能一次全部删除。".to_owned(),
        Say::EraseOneByOne => "请按主体备案号或订单逐个删除。".to_owned(),
        Say::ForPeople => "此操作须由工作人员本人进行，系统对接用户不能办理。".to_owned(),
        Say::ProposesOne => "请说明要提议什么，只能选择一项。".to_owned(),
        Say::ProposeOne => "在 list（列入黑名单）、unlist（移出黑名单）和 cancel（按主管部门要求注销）中填写一项。".to_owned(),
        Say::UnlistsOne => "请指明要移出黑名单的内容。".to_owned(),
        Say::UnlistOne => "填写 entry（黑名单条目的编号），或者同时填写 thing 和 value，二者选一。".to_owned(),
        Say::DomainsOnlyWhenSerious => "只有情节严重时，域名才会列入黑名单。".to_owned(),
        Say::MarkAsSerious => "情节严重的，请将 serious 设为 true；否则请去掉 domains。".to_owned(),
        Say::CertificateKindMissing => "没有填写证件类型。".to_owned(),
        Say::GiveCertificateKind => "请填写证件类型的代码，例如居民身份证为 2。".to_owned(),
        Say::CertificateKindNotNeeded => "只有证件号码才有证件类型。".to_owned(),
        Say::LeaveOutCertificateKind => "请去掉 certificate_kind。".to_owned(),
        Say::NothingToCompare => "无法识别填写的内容，不能与黑名单比对。".to_owned(),
        Say::WriteRegistrableDomain => "请填写可以注册的域名，例如 example.com。".to_owned(),
        Say::WriteItInFull => "请填写完整的号码或名称，不超过 255 个字。".to_owned(),
        Say::BadNote { most } => format!("说明超过了 {most} 个字，或者含有无法显示的字符。"),
        Say::ShortenNote => "请精简文字，并删除无法显示的字符。".to_owned(),
        Say::ListedAlready { entry } => format!("该内容已在黑名单中，条目编号为 {entry}。"),
        Say::LeaveListed => "无需重复提议。".to_owned(),
        Say::NotListed => "黑名单中没有这一项。".to_owned(),
        Say::SeeBlacklist => "请核对黑名单中的条目，或核对填写的内容。".to_owned(),
        Say::NothingFiledThere => "没有这个备案号，或者它已经注销。".to_owned(),
        Say::CompareNumber => "请核对备案号，例如 浙ICP备12345678号（主体）或 浙ICP备12345678号-1（网站）。".to_owned(),
        Say::UnknownProposal => "没有这项提议，请核对编号。".to_owned(),
        Say::ProposalAgreed { by, at } => format!("{by} 已于 {at}（北京时间）同意这项提议。"),
        Say::ProposalDeclined { by, at } => format!("{by} 已于 {at}（北京时间）否决这项提议。"),
        Say::ProposalTakenBack { by, at } => format!("{by} 已于 {at}（北京时间）撤回这项提议。"),
        Say::ProposeAnew => "每项提议只能决定一次。仍需办理的，请重新提议。".to_owned(),
        Say::OwnProposal => "不能同意自己的提议。".to_owned(),
        Say::HaveAnotherAgree => "请由另一名工作人员审阅后决定。不再需要的，可以自行撤回。".to_owned(),
        Say::NumberNotConfirmed => "确认填写的数字与备案号的数字不一致。".to_owned(),
        Say::TypeDigitsOf { number } => {
            format!("注销后不能恢复。确定要注销 {number} 的，请填写其中的全部数字来确认。")
        }
        Say::LostForEver { subject: true, websites } => format!(
            "同意后，该主体及其 {websites} 个网站的备案号将永久注销，不能恢复，网站不得继续访问；再次备案须使用新的备案服务号，并会得到新的备案号。"
        ),
        Say::LostForEver { subject: false, .. } => {
            "同意后，该网站的备案号将永久注销，不能恢复，网站不得继续访问；再次备案须使用新的备案服务号，并会得到新的备案号。".to_owned()
        }
        Say::NotToBeClaimed { state } => format!("备案订单的状态是“{state}”，不能领取。"),
        Say::ClaimedByAnother => "另一位审核人员已领取这份订单。".to_owned(),
        Say::ChooseAnotherOrder => "请领取其他订单，或等领取到期后再试。".to_owned(),
        Say::NotClaimed => "您还没有领取这份订单，或领取已经到期。".to_owned(),
        Say::ClaimFirst => "请先领取这份订单。".to_owned(),
        Say::NothingToMend => "没有填写修改意见。".to_owned(),
        Say::RemarkOrApprove => "请至少对一项内容填写修改意见；没有问题时，请通过初审。".to_owned(),
        Say::ToBeMended { count } => format!("有 {count} 项内容填写了修改意见，不能通过初审。"),
        Say::ReturnOrTakeBack => "请退回修改；意见已不需要的，请先撤销。".to_owned(),
        Say::PassesWithWords => "通过的内容不能同时填写修改意见。".to_owned(),
        Say::PassOrMend => "通过时请不要填写 problem 和 suggestion；需要修改时，请将 passes 设为 false。".to_owned(),
        Say::NeedsSubjectNumber => "缺少主体备案号，或格式有误。".to_owned(),
        Say::CopySubjectNumber => "请按管局的结果填写：“ICP备”后为 8 位或 10 位数字，例如“粤ICP备12345678号”。".to_owned(),
        Say::NeedsWebsiteNumbers { wanted } => format!("需要 {wanted} 个网站备案号，且都属于该主体。"),
        Say::CopyWebsiteNumbers => "请按网站的填写顺序，照管局的结果逐个填写：主体备案号后加“-”和 1 至 9999 的序号，例如“粤ICP备12345678号-1”。".to_owned(),
        Say::CancelledUnder { number } => format!("该主体或网站原来的备案号 {number} 已注销，不能恢复；重新备案的，管局会给新的备案号。"),
        Say::NumberTaken { number } => format!("备案号 {number} 已在备案库中。"),
        Say::NotItsNumber { number } => format!("备案号“{number}”不是这份订单的备案号。"),
        Say::CompareOrCorrect => "请核对管局的答复；如果备案库中的这个备案号登记有误，请先更正它（POST /api/v1/numbers/{备案号}/correct）。".to_owned(),
        Say::NumberIsCancelled { number } => format!("备案号“{number}”已经注销，这份订单不可能备案成功。"),
        Say::RecordRejection => "请核对管局的答复：管局驳回的，请登记驳回。".to_owned(),
        Say::BecameFaulty => "这份订单通过初审后，情况有了变化，现在不能提交管局。".to_owned(),
        Say::ReviewAgain => "请由审核人员领取这份订单，注明问题后退回给客户。".to_owned(),
        Say::NothingFiled => "备案库中没有订单所填的备案号。".to_owned(),
        Say::NumberNotAlike(Unlike::Unreadable) => {
            "这不是备案号。主体备案号如“粤ICP备12345678号”，网站备案号如“粤ICP备12345678号-1”。".to_owned()
        }
        Say::NumberNotAlike(Unlike::Same) => "更正后的备案号与现在登记的相同。".to_owned(),
        Say::NumberNotAlike(Unlike::Sort) => {
            "主体备案号只能更正为主体备案号，网站备案号只能更正为网站备案号，“备”与“证”也不能互换。".to_owned()
        }
        Say::NumberNotAlike(Unlike::Province) => "更正后的备案号属于另一个省份。".to_owned(),
        Say::NumberNotAlike(Unlike::Subject) => {
            "更正后的网站备案号属于另一个主体，只能更正末尾的序号；前面写错的，请更正主体备案号。".to_owned()
        }
        Say::NamedUnderWay { orders } => format!("有正在办理的订单使用这个备案号：{}。", orders.join("、")),
        Say::EndOrdersFirst => "请等这些订单办结，或请客户先撤回。".to_owned(),
        Say::TooManyProposals { most } => format!("已有 {most} 项规则集等待复核。"),
        Say::DecideSomeProposals => "请先同意、否决或撤回其中几项。".to_owned(),
        Say::NumberUnsuited => "这种备案订单不能从这个备案号开始。".to_owned(),
        Say::ChooseOtherNumber => {
            "针对网站的订单请填写网站备案号（以“-1”等结尾）；首次备案不用填写备案号。".to_owned()
        }
        Say::UnknownNumber => "没有这个备案号，请核对。".to_owned(),
        Say::NumberCancelled => "该备案号已注销。".to_owned(),
        Say::SubjectErased => "该备案主体的个人信息已被删除。".to_owned(),
        Say::NothingToRecord => "删除后不能再登记与其有关的问题。".to_owned(),
        Say::CheckNumber => "请核对备案号。".to_owned(),
        Say::RecordedSoAlready => "已经是这样登记的，不用重复登记。".to_owned(),
        Say::UntrueLength { most } => format!("有误之处须用 1 到 {most} 个字说明。"),
        Say::NameWhatIsUntrue => "请写明哪一项信息有什么问题。".to_owned(),
        Say::NoSuchTerm { first, last } => format!("域名到期日应在 {first} 至 {last} 之间。"),
        Say::CompareWithRegistrar => "请按域名注册商显示的到期日填写。".to_owned(),
        Say::DayPassed { day } => format!("{day} 已经过去。"),
        Say::GiveLaterDay => "请填写今天或以后的日期。".to_owned(),
        Say::DayTooFar { day } => format!("改正期限最晚是 {day}。"),
        Say::GiveEarlierDay => "请检查年份，填写这一天或更早的日期。".to_owned(),
        Say::ToMendAlready { day } => format!("该备案号已有一项须在 {day} 前（含当日）改正。"),
        Say::RecordMendedFirst => "请先登记该项已改正，再登记新的。".to_owned(),
        Say::NothingUntrue => "该备案号没有待改正的信息。".to_owned(),
        Say::RecordUntrueFirst => "请先登记核查发现的问题和改正期限。".to_owned(),
        Say::OwnerNotWarned => "备案号的持有账号还没有收到改正通知，因此还不能取消接入。".to_owned(),
        Say::WatchWarns => {
            "通知随下一轮巡查发出。如果巡查之后仍没有发出，请在日志中查找 watch.not_noted，修复其中指出的记录。"
                .to_owned()
        }
        Say::MendableUntil { day } => format!("改正期限 {day} 还没有过。"),
        Say::DropFrom { day } => format!("到 {day} 仍未改正的，从这一天起可以取消接入。"),
        Say::NoSuchDomain => "该备案号没有这个域名，请核对。".to_owned(),
        Say::GateNames { most } => format!("一次可以填写 1 到 {most} 个域名。"),
        Say::GateEntries { most } => format!("一次最多移除 {most} 个条目。"),
        Say::GateCaller => "系统名称由字母、数字、“-”“_”“.”组成，1 到 64 个字符。".to_owned(),
        Say::GateMadeByOthers => "这是其他系统或人员登记的，本密钥只能移除自己登记的，请联系登记方或操作员。".to_owned(),
        Say::NoHostName { name } => format!("“{name}”不是公共后缀下的域名。"),
        Say::WriteHostName => "请填写域名，例如 www.example.com，不带协议、端口和路径。".to_owned(),
        Say::WindowOver => "结束时间不晚于开始时间，或者已经过去。".to_owned(),
        Say::GiveLaterTime => "请填写更晚的结束时间。".to_owned(),
        Say::GateReason { most } => format!("原因应为一行，1 到 {most} 个字。"),
        Say::GiveReasonInALine => "请用一行文字说明原因，不要写个人信息。".to_owned(),
        Say::WindowsFull { domain } => format!("{domain} 在白名单中的条目已经达到上限。"),
        Say::EndWindowsFirst => "请先移除它不再需要的条目。".to_owned(),
        Say::NoRange => "这不是地址或地址段。".to_owned(),
        Say::WriteRange => "请填写一个地址、一个网段（例如 10.0.0.0/8），或者用“-”连接的首尾地址。".to_owned(),
        Say::RangeThere => "这个地址段已经登记。".to_owned(),
        Say::RangeOnce => "不用重复登记。要更改原因，请先移除再登记。".to_owned(),
        Say::RangesFull => "地址段的数量已经达到上限。".to_owned(),
        Say::JoinRanges => "请把相邻的地址段合并，或者移除不再需要的。".to_owned(),
        Say::GateElsewhere { size } => {
            format!("本服务台的台账没有到过这个位置（第 {size} 条记录之后），可能是从较早的备份恢复的。")
        }
        Say::NoPosition => "位置的格式是：记录数、一个短横线、32 位十六进制数，与快照中的一致。".to_owned(),
        Say::GateTooOld => "这个位置之后的变更已经不再保留，或者太多。".to_owned(),
        Say::FetchSnapshot => "请重新获取快照。".to_owned(),
        Say::InstanceRuns { instance, until: Some(until) } => {
            format!("网站所在的产品实例 {instance} 仍在使用，{until} 到期。")
        }
        Say::InstanceRuns { instance, until: None } => format!("网站所在的产品实例 {instance} 仍在使用。"),
        Say::CheckReasonOrInventory => {
            "请核对原因。实例确实已经到期或释放的，请先导入最新的产品清单，再来登记。".to_owned()
        }
        Say::DomainHeld { domain, until } => {
            format!("按登记的到期日，域名 {domain} 要到 {until} 才到期，不会因过期被他人注册。")
        }
        Say::CheckReasonOrTerm => "请核对原因。到期日登记有误的，请先在备案号页面改正，再来登记。".to_owned(),
        Say::StillHosted { numbers } => format!("该主体仍有网站在本服务商接入：{}。", numbers.join("、")),
        Say::HostedElsewhere { numbers } => {
            format!("以下网站已登记由其他服务商接入，不是长期没有接入：{}。", numbers.join("、"))
        }
        Say::RecordLeftFirst => "请核对原因。情况有变化的，请先在备案号页面点“登记：不再由其他服务商接入”。".to_owned(),
        Say::DropAccessFirst => "请先取消这些网站的接入，或核对管局的通知。".to_owned(),
        Say::OtherProvince => "备案号的省份与主体所在地不一致。".to_owned(),
        Say::DomainTaken => "订单中有域名已在另一个网站名下。".to_owned(),
        Say::SubjectFiledAlready => "订单中的证件对应的主体已经备案。".to_owned(),
        Say::CompareWithBureau => "请与管局的结果核对后重试。".to_owned(),
        Say::ReasonLength { most } => format!("驳回原因应为 1 至 {most} 个字。"),
        Say::CopyReason => "请填写管局给出的原因，客户可以看到这条原因。".to_owned(),
        Say::SendToml => "请以 TOML 格式发送规则集，并使用 Content-Type: application/toml。".to_owned(),
        Say::MendRulebook => "请按所示行列修改文件，也可以用 kebei rulebook lint 检查。".to_owned(),
        Say::EditionMissing { id } => format!("规则集缺少已发布的 {id} 版。"),
        Say::EditionChanged { id } => format!("{id} 版的内容与已发布的不一致。"),
        Say::RegionMoved { pattern } => format!("地域 {pattern} 的归属与已发布的不一致。"),
        Say::AddEdition => "已发布的版本不能修改，请恢复原样，并把改动写成新的版本。".to_owned(),
        Say::RulebookInForce => "这就是当前适用的规则集。".to_owned(),
        Say::NothingToPropose => "内容没有变化，不需要提请发布。".to_owned(),
        Say::RulebookProposedAlready { by, proposal } => format!("{by} 已经提请发布同样的规则集（{proposal}），正在等待复核。"),
        Say::DecideThatOne => "请由另一名管理员复核那项提议。".to_owned(),
        Say::PublishedMeanwhile => "提请发布之后，又有别的规则集发布，这份草稿不能再按原样发布。".to_owned(),
        Say::EditionDayCame { id, day } => format!("提请时，{id} 版要到 {day} 才适用；现在这一天已到，发布后会立即适用。"),
        Say::ProposeDraftAnew => "请撤回或否决这项提议，重新查看草稿的影响，再提请发布。".to_owned(),
        Say::HaveAnotherOperatorAgree => "请由另一名管理员复核。不再需要的，可以自行撤回。".to_owned(),
        Say::DeclineWithoutReason => "没有写明否决的原因。".to_owned(),
        Say::GiveReasonToDecline => "请写一两句话，提请人会看到。".to_owned(),
        Say::NoCheckpoint => "台账中还没有已编号的记录，请稍后再试。".to_owned(),
        Say::UnknownEntry => "台账中没有这条记录。".to_owned(),
        Say::EntryWaiting => "这条记录尚未编号。".to_owned(),
        Say::AskInAMoment => "请几秒后再试。".to_owned(),
        Say::SizesOutOfRange { size } => format!("from 不能大于 to，且两者都不能大于台账的 {size} 条记录。"),
        Say::CompareWithCheckpoint => "请对照 GET /api/v1/ledger/checkpoint 中的记录数。".to_owned(),
        Say::Ready => "服务运行正常。".to_owned(),
        Say::DatabaseMissing => "数据库没有响应，请查看日志并运行 kebei doctor。".to_owned(),
        Say::NothingInForce => {
            "当前没有适用的规则版本，请运行 kebei rulebook publish 发布规则集。".to_owned()
        }
        Say::CheckpointMissing => {
            "库外检查点缺失，目前只读。请放回该文件，或运行 kebei ledger accept；详情请运行 kebei doctor 查看。".to_owned()
        }
        Say::WritableMissing => "数据库与库外检查点不符，目前只读，请运行 kebei doctor 查看原因。".to_owned(),
    }
}

const fn shape(shape: Shape) -> &'static str {
    match shape {
        Shape::Object => " JSON 对象",
        Shape::List => "数组",
        Shape::Text => "字符串",
        Shape::Whole => "整数",
        Shape::Number => "小数",
        Shape::Flag => " true 或 false",
        Shape::Null => " null",
    }
}

fn such_as(example: Option<&str>) -> String {
    example.map_or_else(String::new, |example| format!("，例如 {example}"))
}
