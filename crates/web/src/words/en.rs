//! What the API says, in English.

use super::{Say, Shape};
use app::registry::Unlike;

#[expect(clippy::too_many_lines, reason = "one exhaustive match, a line a sentence")]
pub(super) fn say(say: Say<'_>) -> String {
    match say {
        Say::UnknownToken => {
            "The token is unknown. Sign in again, or check that the API key is complete.".to_owned()
        }
        Say::ExpiredToken => "The token has expired. Sign in again, or take a new API key.".to_owned(),
        Say::RevokedKey => "This API key was revoked. Take a new one.".to_owned(),
        Say::SignedOut => "The session was ended. Sign in again.".to_owned(),
        Say::LockedUser => "This user is locked. Ask an operator.".to_owned(),
        Say::UnknownInstance { instance } => format!(
            "This account has no instance {instance}. Check that you signed in with the account that bought it."
        ),
        Say::UnknownCode => "No such service code. Check it and try again.".to_owned(),
        Say::UnknownReceipt => "There is no such receipt. The history of a number leads to its receipts.".to_owned(),
        Say::NotSubmittedYet => "The order was not submitted yet, so that there is no receipt.".to_owned(),
        Say::Submitted { kind, at } => {
            format!("The filing order ({kind}) was submitted on {at} (Beijing time).")
        }
        Say::ProposeCancelling => {
            "What an authority wants cancelled is proposed with POST /api/v1/proposals (cancel), and agreed to by somebody else.".to_owned()
        }
        Say::NotFiledForYou => "Nothing is filed here for you under this number.".to_owned(),
        Say::CompareNumberOrAsk => "Compare the number; if it is right, ask the provider.".to_owned(),
        Say::TheAccount => "the account".to_owned(),
        Say::TheProvider => "the provider".to_owned(),
        Say::NoAccount => "Only a user who acts for an account can do this.".to_owned(),
        Say::NoJson { line, column } => format!("The body is no JSON (line {line}, column {column})."),
        Say::NoBody => "The body is empty. Send JSON.".to_owned(),
        Say::TooDeep => "The body is nested too deeply, or has too many values.".to_owned(),
        Say::BadField => "This is not what is expected here.".to_owned(),
        Say::Missing { name } => format!("{name} is missing."),
        Say::GiveShape { wanted, example } => format!("Add it: {}{}.", shape(wanted), such_as(example)),
        Say::GiveOneOf { words } => format!("Give one of: {}.", words.join(", ")),
        Say::UnknownField { name } => format!("There is no {name} here."),
        Say::KnownFields { names: [] } => "Leave it out.".to_owned(),
        Say::KnownFields { names } => format!("Check its spelling, or leave it out. There are: {}.", names.join(", ")),
        Say::WrongShape { wanted, found: Some(found) } => {
            format!("This must be {}, and is {}.", shape(wanted), shape(found))
        }
        Say::WrongShape { wanted, found: None } => format!("This must be {}.", shape(wanted)),
        Say::WriteShape { wanted, example } => format!("Write {}{}.", shape(wanted), such_as(example)),
        Say::OutOfRange => "The number is out of range.".to_owned(),
        Say::Between { least, most } => format!("Use a whole number from {least} to {most}."),
        Say::Twice { name } => format!("{name} is there more than once."),
        Say::KeepOne => "Keep one of them.".to_owned(),
        Say::NoSuchWord => "This is not a possible value.".to_owned(),
        Say::BadAmount => "This is no amount of money.".to_owned(),
        Say::WriteAmount => "Write yuan as a string with at most two decimals, such as \"199.00\".".to_owned(),
        Say::BadAddress => "This is no IP address.".to_owned(),
        Say::WriteAddress => "Use an IPv4 or IPv6 address, such as 203.0.113.7.".to_owned(),
        Say::CompareWithDocument => "Compare it with the API document at /api/docs.".to_owned(),
        Say::BadIdempotencyKey => "The Idempotency-Key is malformed.".to_owned(),
        Say::WriteIdempotencyKey => "Use 1 to 255 visible ASCII characters, such as a UUID.".to_owned(),
        Say::MayYetBeDone => {
            "It is still being worked on and may yet be done. As no Idempotency-Key was sent, look whether it was done before you send it again.".to_owned()
        }
        Say::WhichProof => {
            "Give either a service code, or the user name (host name) of the host with its password."
                .to_owned()
        }
        Say::OneProof => "Give code, or name and password together.".to_owned(),
        Say::UnknownProduct { product } => {
            format!("There is no product {product}. Check it and choose again.")
        }
        Say::WrongProof { product, by_code: true } => {
            format!("Product {product} is verified with a service code. Give code.")
        }
        Say::WrongProof { product, by_code: false } => format!(
            "Product {product} is verified with the user name (host name) and password of the host. Give name and password."
        ),
        Say::FiledElsewhere { product } => format!("{product} is neither filed nor verified here."),
        Say::FileThere { place } => format!("{place}."),
        Say::BeforeFirst { instance, first } => {
            format!("Instance {instance} is known since {first}. Ask about a later time.")
        }
        Say::UnknownImport => "There is no such import. Check its id.".to_owned(),
        Say::UnknownVerdict { word } => format!("There is no verdict {word}."),
        Say::OneOf { words } => format!("Use one of: {}.", words.join(", ")),
        Say::NoInventory { why } => format!("The list cannot be read: {why}"),
        Say::BadCursor => "The cursor is malformed. Use it as `next` of the page before gave it.".to_owned(),
        Say::TooManyRecords { most } => format!("At most {most} records are decided at once."),
        Say::SendInParts => "Send them in parts, or decide a long list with kebei check.".to_owned(),
        Say::OpenImport { id, by } => format!("Import {id} is open, made by {by}."),
        Say::FinishImport => {
            "Finish it with POST /api/v1/imports/{id}/apply, or give it up with DELETE /api/v1/imports/{id}."
                .to_owned()
        }
        Say::ImportBeingRead => "The list of this import is still being read.".to_owned(),
        Say::WaitForImport => {
            "Try again in a moment. Where its reading was cut short it is given up after 5 minutes; you can give it up now with \
             DELETE /api/v1/imports/{id} and send the list again."
                .to_owned()
        }
        Say::BadMoment => "This is no time.".to_owned(),
        Say::WriteMoment => {
            "Write it as 2020-11-01T09:00:00+08:00, or as a day, 2020-11-01, from 00:00 in Beijing. \
                             Within an address, + is written as %2B."
                .to_owned()
        }
        Say::WriteTime => "Write it such as 2021-11-01T00:00:00+08:00.".to_owned(),
        Say::BadParameters => "The parameters are malformed. Compare them with the API document at /api/docs.".to_owned(),
        Say::OtherMethods { methods } => {
            format!("This address does not support that method. It supports: {methods}.")
        }
        Say::BadPath => "The address is malformed. Check the id or name in it; special characters must be percent-encoded.".to_owned(),
        Say::WrongPassword => "Wrong name or password.".to_owned(),
        Say::WrongCode => "The code is wrong, or was used already.".to_owned(),
        Say::WaitForCode => {
            "Wait until your authenticator app shows the next code, or enter a recovery code that you have not used.".to_owned()
        }
        Say::NoCode => "No code was given.".to_owned(),
        Say::SendCode => {
            "Give the 6 digits that your authenticator app shows, or a recovery code that you have not used.".to_owned()
        }
        Say::SignInOver => "That took too long, or the password was changed meanwhile. Sign in again.".to_owned(),
        Say::WrongPasswordAgain => "The password is another.".to_owned(),
        Say::NoFactorBegun => "Nothing was begun, or more than an hour ago.".to_owned(),
        Say::BeginFactor => "Begin again, and scan the new QR code.".to_owned(),
        Say::FactorIsOn => "There is a second factor already.".to_owned(),
        Say::RemoveFactorFirst => "To change the phone or the app, turn it off first and set it up again.".to_owned(),
        Say::FactorIsOff => "There is no second factor.".to_owned(),
        Say::SetUpFactor => "Set one up first if you want it.".to_owned(),
        Say::NoSecondFactor { name } => format!("The user {name} has no second factor."),
        Say::NothingToReset => "Nothing has to be reset: check the name.".to_owned(),
        Say::OwnSecondFactor => "Nobody resets his own second factor here.".to_owned(),
        Say::RemoveOwnFactor => "Turn your own off with your password, or ask another operator to reset it.".to_owned(),
        Say::FactorInSession => "A second factor is set up in a session, not with a key.".to_owned(),
        Say::UnknownSession => "There is no such session, or it has ended.".to_owned(),
        Say::OneTimeExpired => "The one-time password has expired and is good for nothing any more.".to_owned(),
        Say::OneTimeUsed => "A one-time password opens one session, and this one was used already.".to_owned(),
        Say::AskForOneTime => "Ask an operator for another, who runs kebei user reset for example.".to_owned(),
        Say::TooManyTries { seconds: 1 } => "Too many tries. Wait 1 second before the next.".to_owned(),
        Say::TooManyTries { seconds } => format!("Too many tries. Wait {seconds} seconds before the next."),
        Say::WrongOldPassword => "The present password is another.".to_owned(),
        Say::TypePasswordAgain => "Type the present password again, and mind upper and lower case.".to_owned(),
        Say::PasswordLength { least, most } => format!("The new password needs {least} to {most} characters."),
        Say::PasswordIsName => "The new password is the name of the user.".to_owned(),
        Say::PasswordGuessable => "The new password is easily guessed.".to_owned(),
        Say::PasswordIsOld => "The new password is the present one.".to_owned(),
        Say::ChooseOtherPassword => "Choose another, such as a sentence of some words.".to_owned(),
        Say::NotInSession => "A password is set in a session, and not with an API key. Sign in first.".to_owned(),
        Say::BadUserName { name } => format!("No user can be named {name}."),
        Say::WriteUserName => "Use 1 to 64 lower-case letters, digits, `.`, `-` and `_`, and no e-mail address.".to_owned(),
        Say::UserTaken { name } => format!("A user is named {name} already."),
        Say::ChooseOtherName => "Choose another name.".to_owned(),
        Say::NoRole => "A user has at least one role.".to_owned(),
        Say::CustomerAlone => "The role customer stands alone.".to_owned(),
        Say::CustomerNeedsAccount => "The role customer needs an account.".to_owned(),
        Say::AccountWithoutCustomer => "Only the role customer has an account.".to_owned(),
        Say::ChooseRoles => "Choose among customer, support, reviewer, operator and auditor. GET /api/v1/roles says what each may do.".to_owned(),
        Say::UnknownAccount { name } => format!("There is no account {name}."),
        Say::AccountBlacklisted { name } => {
            format!("A filing subject of the account {name} is on the blacklist, so it gets no service codes.")
        }
        Say::NoSuchRegion => {
            "No region of today has these digits. Ask for the provinces first, then for what is below each."
                .to_owned()
        }
        Say::NoSuchField => "No form has such a field. Compare the path with the API document.".to_owned(),
        Say::TakeOffBlacklist => {
            "Name another account; two people can take the subject off the blacklist.".to_owned()
        }
        Say::OpenAccountFirst => "Check its name, or open it with POST /api/v1/accounts first.".to_owned(),
        Say::BadEmail => "This is no e-mail address.".to_owned(),
        Say::WriteEmail => "Write it such as name@example.cn.".to_owned(),
        Say::UnknownUser { name } => format!("There is no user {name}."),
        Say::SystemHasNoPassword { name } => format!("{name} is another system and has no password."),
        Say::LastOperator { name } => {
            format!("{name} is the last operator who is not locked, and can neither be locked nor lose that role.")
        }
        Say::OwnRoles => "Nobody changes his own roles.".to_owned(),
        Say::AskAnotherOperator => "Ask another operator to change them.".to_owned(),
        Say::AddOperatorFirst => "Give another user the role operator first, or unlock another operator.".to_owned(),
        Say::UseKeys => "Make an API key for it.".to_owned(),
        Say::OneChangeAtATime => "Give one of roles and locked.".to_owned(),
        Say::UnknownKey => "There is no such API key. It may have been revoked.".to_owned(),
        Say::KeysInSession => "API keys are made in a session, and not with another key. Sign in first.".to_owned(),
        Say::BadLabel { most } => format!("A label has 1 to {most} characters and no control characters."),
        Say::ExpiresInThePast => "This time is past.".to_owned(),
        Say::ChooseLaterTime => "Give a time that is to come.".to_owned(),
        Say::UnknownScope { word } => format!("There is no right {word}."),
        Say::NoScope => "A key without any scope can do nothing.".to_owned(),
        Say::BeyondRoles { word } => format!("The roles of the user do not include {word}."),
        Say::ChooseScopes => "Choose among the rights that his roles give (GET /api/v1/roles), or leave scopes out for all of them.".to_owned(),
        Say::TooManyKeys { most } => format!("A user has at most {most} API keys."),
        Say::RevokeOne => "Revoke one that is no longer needed first.".to_owned(),
        Say::BadAccountName => "No account can be named so.".to_owned(),
        Say::WriteAccountName => "Use 1 to 128 bytes without control characters.".to_owned(),
        Say::AccountTaken { name } => format!("Account {name}, or its number, is there already."),
        Say::TooManyPremade { most } => format!("At most {most} codes are made beforehand at once."),
        Say::AskForFewer => "Ask for fewer, several times.".to_owned(),
        Say::NotForCustomers => "Customers import nothing.".to_owned(),
        Say::NoSuchInstance { instance } => format!("There is no instance {instance}. Import it first."),
        Say::UnknownOrder => "No such filing order. Check it and try again.".to_owned(),
        Say::NoSuchPart => "Filing orders of this kind have no such part.".to_owned(),
        Say::OtherPart { part } => format!("Only {part} can stand here."),
        Say::SaveOnePart { part } => format!("Send only the part that the address names: {{\"{part}\": …}}."),
        Say::TooMuchFilledIn { most } => format!("What is filled in is longer than {most} KiB. Make it shorter."),
        Say::LongList { most, found } => format!("There are {found} here; {most} is the most. Nothing was saved."),
        Say::ShortenList => "Keep only those that are used, and save again.".to_owned(),
        Say::TooManyDrafts { most } => format!("An account has at most {most} drafts at once."),
        Say::FinishDrafts => "Submit or withdraw some of them before you open another.".to_owned(),
        Say::SmsAnswered => "That the text message was answered is recorded already.".to_owned(),
        Say::WaitForBureau => "Nothing needs to be done. Wait for the decision of the bureau.".to_owned(),
        Say::OnBlacklist { entry: Some(entry) } => format!("It is on the blacklist, as {entry}."),
        Say::OnBlacklist { entry: None } => "It is on the blacklist.".to_owned(),
        Say::KeepOffOrUnlist => {
            "The order cannot pass. Where it was listed by mistake, propose to take it off the blacklist first.".to_owned()
        }
        Say::FieldLocked => "This field was not given back and cannot be changed.".to_owned(),
        Say::PutFieldBack => "Write what was submitted last. If it has to change, withdraw the order and open another.".to_owned(),
        Say::OrderCorrected => "This order was corrected into a new one already.".to_owned(),
        Say::EditOrder { id } => format!("Go on with order {id}."),
        Say::OrderErased => "What was filled in for this order was erased.".to_owned(),
        Say::OpenAnotherOrder => "Open another order if you need a filing.".to_owned(),
        Say::SendPicture => "Send the file of the picture as it is, with Content-Type: image/jpeg or image/png.".to_owned(),
        Say::NoPictures => "Filing orders of this kind have no pictures.".to_owned(),
        Say::LeaveOutPictures => "Leave the pictures out, and submit the order with everything else.".to_owned(),
        Say::TooManyPictures { most } => format!("A filing order has at most {most} pictures."),
        Say::RemovePicture => "Remove one that is not needed, or add the picture in the place of another.".to_owned(),
        Say::NoSuchPicture => "The filing order has no such picture. Read the order again.".to_owned(),
        Say::MendWhatIsOpened => {
            "Change only what was given back. If anything else has to change, withdraw the order and open another.".to_owned()
        }
        Say::ErasesOne => "Say whose personal data is to be erased, and only one at a time.".to_owned(),
        Say::NameOneToErase => {
            "Give one of account, subject (its filing number) and order (its id).".to_owned()
        }
        Say::NothingToErase => "No such account, subject or filing order. Check it and try again.".to_owned(),
        Say::OrderInProgress { id } => format!("Filing order {id} is with the reviewer or the bureau."),
        Say::FinishOrder => "Wait until it has come to its end, or ask the customer to withdraw it.".to_owned(),
        Say::SubjectFiled { number } => format!("Subject {number} is still filed, and its information has to be kept true."),
        Say::CancelSubjectFirst => "Cancel the filing of the subject first.".to_owned(),
        Say::TooMuchToErase => "The account has more orders and subjects than are erased at once.".to_owned(),
        Say::EraseOneByOne => "Erase them one by one, by filing number or by order.".to_owned(),
        Say::ForPeople => "A person has to do this; users of other systems cannot.".to_owned(),
        Say::ProposesOne => "It is not said what is proposed, or more than one thing is.".to_owned(),
        Say::ProposeOne => "Give one of list, unlist and cancel.".to_owned(),
        Say::UnlistsOne => "It is not said what is to be taken off the blacklist, or it is said twice.".to_owned(),
        Say::UnlistOne => "Give entry, the id of what is listed; or else thing and value.".to_owned(),
        Say::DomainsOnlyWhenSerious => "Domains go on the blacklist in serious cases alone.".to_owned(),
        Say::MarkAsSerious => "Set serious to true where it is one; otherwise leave out domains.".to_owned(),
        Say::CertificateKindMissing => "The kind of the certificate is missing.".to_owned(),
        Say::GiveCertificateKind => "Give the number of its kind, such as 2 for a resident ID card.".to_owned(),
        Say::CertificateKindNotNeeded => "Only certificates have such a kind.".to_owned(),
        Say::LeaveOutCertificateKind => "Leave out certificate_kind.".to_owned(),
        Say::NothingToCompare => "What was typed cannot be read, and so cannot be compared with the blacklist.".to_owned(),
        Say::WriteRegistrableDomain => "Write a domain that can be registered, such as example.com.".to_owned(),
        Say::WriteItInFull => "Write the whole number or name, in 255 characters at most.".to_owned(),
        Say::BadNote { most } => {
            format!("The note has more than {most} characters, or some that cannot be shown.")
        }
        Say::ShortenNote => "Make it shorter, and leave out what cannot be shown.".to_owned(),
        Say::ListedAlready { entry } => format!("It is on the blacklist already, as {entry}."),
        Say::LeaveListed => "Nothing needs to be proposed.".to_owned(),
        Say::NotListed => "It is not on the blacklist.".to_owned(),
        Say::SeeBlacklist => {
            "Compare with what is on the blacklist, or check what was typed.".to_owned()
        }
        Say::NothingFiledThere => "There is no such filing number, or it is cancelled.".to_owned(),
        Say::CompareNumber => {
            "Check the number, such as 浙ICP备12345678号 of a subject or 浙ICP备12345678号-1 of a website.".to_owned()
        }
        Say::UnknownProposal => "There is no such proposal. Check its id.".to_owned(),
        Say::ProposalAgreed { by, at } => format!("{by} agreed to it at {at} (Beijing time)."),
        Say::ProposalDeclined { by, at } => format!("{by} declined it at {at} (Beijing time)."),
        Say::ProposalTakenBack { by, at } => format!("{by} took it back at {at} (Beijing time)."),
        Say::ProposeAnew => "A proposal is decided once. Propose it anew where it is still needed.".to_owned(),
        Say::OwnProposal => "Nobody agrees to his own proposal.".to_owned(),
        Say::HaveAnotherAgree => {
            "Have somebody else look at it and decide. Decline it to take it back.".to_owned()
        }
        Say::NumberNotConfirmed => "What was typed to confirm are not the digits of the filing number.".to_owned(),
        Say::TypeDigitsOf { number } => {
            format!("It cannot be undone. To cancel {number}, type all its digits to confirm.")
        }
        Say::LostForEver { subject: true, websites: 1 } => {
            "The numbers of the subject and of its website end for ever. The website may not be served any more; a new filing needs a fresh code and gets a new number.".to_owned()
        }
        Say::LostForEver { subject: true, websites } => format!(
            "The numbers of the subject and of its {websites} websites end for ever. The websites may not be served any more; a new filing needs a fresh code and gets a new number."
        ),
        Say::LostForEver { subject: false, .. } => {
            "The number of the website ends for ever. The website may not be served any more; a new filing needs a fresh code and gets a new number.".to_owned()
        }
        Say::NotToBeClaimed { state } => format!("The order is \"{state}\" and cannot be claimed."),
        Say::ClaimedByAnother => "Another reviewer has claimed the order.".to_owned(),
        Say::ChooseAnotherOrder => "Claim another order, or try again when that claim has run out.".to_owned(),
        Say::NotClaimed => "You have not claimed the order, or your claim has run out.".to_owned(),
        Say::ClaimFirst => "Claim the order first.".to_owned(),
        Say::NothingToMend => "No field is to be mended.".to_owned(),
        Say::RemarkOrApprove => "Say of at least one field what is to be mended, or approve the order.".to_owned(),
        Say::ToBeMended { count } => {
            let are = if count == 1 { "field is" } else { "fields are" };
            format!("{count} {are} to be mended, so that the order does not pass.")
        }
        Say::ReturnOrTakeBack => "Return the order, or take back the remarks that no longer apply.".to_owned(),
        Say::PassesWithWords => "A field that passes has no problem and no suggestion.".to_owned(),
        Say::PassOrMend => "Leave out problem and suggestion, or set passes to false.".to_owned(),
        Say::NeedsSubjectNumber => "The filing number of the subject is missing or malformed.".to_owned(),
        Say::CopySubjectNumber => "Copy it from the answer of the bureau: 8 or 10 digits behind `ICP备`, such as 粤ICP备12345678号.".to_owned(),
        Say::NeedsWebsiteNumbers { wanted } => {
            let numbers = if wanted == 1 { "number" } else { "numbers" };
            format!("The order needs {wanted} filing {numbers} of websites that belong to its subject.")
        }
        Say::CopyWebsiteNumbers => "Copy them from the answer of the bureau in the order of the websites: the number of the subject, a dash and 1 to 9999, such as 粤ICP备12345678号-1.".to_owned(),
        Say::CancelledUnder { number } => format!("It was cancelled under {number}, which nothing restores; a new filing gets another number."),
        Say::NumberTaken { number } => format!("Filing number {number} is in the registry already."),
        Say::NotItsNumber { number } => format!("`{number}` is no number of this order."),
        Say::CompareOrCorrect => "Compare it with the answer of the bureau; if the number in the registry was recorded wrongly, correct that first (POST /api/v1/numbers/{number}/correct).".to_owned(),
        Say::NumberIsCancelled { number } => {
            format!("The number `{number}` is cancelled: the bureau cannot have filed this order.")
        }
        Say::RecordRejection => "Compare the answer of the bureau; if it rejected the order, record that.".to_owned(),
        Say::BecameFaulty => "Things have changed since the order was approved: it cannot go to the bureau.".to_owned(),
        Say::ReviewAgain => "Have a reviewer claim it, say what is wrong, and give it back to its owner.".to_owned(),
        Say::NothingFiled => "Nothing is in the registry under the number that the order starts from.".to_owned(),
        Say::NumberNotAlike(Unlike::Unreadable) => {
            "This is no filing number: a subject's is like 粤ICP备12345678号, a website's like 粤ICP备12345678号-1.".to_owned()
        }
        Say::NumberNotAlike(Unlike::Same) => "This is the number that is recorded now.".to_owned(),
        Say::NumberNotAlike(Unlike::Sort) => {
            "The number of a subject is corrected to one of a subject, that of a website to one of a website; 备 stays 备, and 证 stays 证."
                .to_owned()
        }
        Say::NumberNotAlike(Unlike::Province) => "This is a number of another province.".to_owned(),
        Say::NumberNotAlike(Unlike::Subject) => {
            "This is the number of another subject's website: only what stands behind the hyphen is corrected here. If the rest is wrong, correct the number of the subject."
                .to_owned()
        }
        Say::NamedUnderWay { orders } => format!("Orders under way name this number: {}.", orders.join(", ")),
        Say::EndOrdersFirst => "Wait until they are finished, or have their owner withdraw them.".to_owned(),
        Say::TooManyProposals { most } => format!("{most} rulebooks wait for a second person already."),
        Say::DecideSomeProposals => "Agree to, decline or take back some of them first.".to_owned(),
        Say::NumberUnsuited => "An order of this kind does not begin from that number.".to_owned(),
        Say::ChooseOtherNumber => {
            "For an order about a website give the website's number, which ends in `-1` or the like; a first filing takes none."
                .to_owned()
        }
        Say::UnknownNumber => "There is no such filing number. Check it.".to_owned(),
        Say::NumberCancelled => "The number is cancelled.".to_owned(),
        Say::SubjectErased => "What was personal about the subject was erased.".to_owned(),
        Say::NothingToRecord => "Nothing more can be recorded about it.".to_owned(),
        Say::CheckNumber => "Check the number.".to_owned(),
        Say::RecordedSoAlready => "It is recorded so already: there is nothing to do.".to_owned(),
        Say::UntrueLength { most } => format!("What is untrue is said in 1 to {most} characters."),
        Say::NameWhatIsUntrue => "Say which item is wrong, and how.".to_owned(),
        Say::NoSuchTerm { first, last } => {
            format!("The day on which a registration ends lies between {first} and {last}.")
        }
        Say::CompareWithRegistrar => "Give the day that the registrar of the domain shows.".to_owned(),
        Say::DayPassed { day } => format!("{day} has passed."),
        Say::GiveLaterDay => "Give today or a later day.".to_owned(),
        Say::DayTooFar { day } => format!("The last day that can be given is {day}."),
        Say::GiveEarlierDay => "Check the year, and give that day or an earlier one.".to_owned(),
        Say::ToMendAlready { day } => format!("Something is to be mended under that number by {day} already."),
        Say::RecordMendedFirst => "Record that as mended first.".to_owned(),
        Say::NothingUntrue => "Nothing is to be mended under that number.".to_owned(),
        Say::RecordUntrueFirst => "Record what was found untrue, and by which day it is to be mended, first.".to_owned(),
        Say::OwnerNotWarned => {
            "The owner of the number has not been warned of what is untrue, so no access ends for it yet.".to_owned()
        }
        Say::WatchWarns => {
            "The next round of the watch sends the warning. If it does not, look for watch.not_noted in the log and mend \
             the record that it names."
                .to_owned()
        }
        Say::MendableUntil { day } => format!("It can be mended until {day}: that day has not passed."),
        Say::DropFrom { day } => format!("If it is not mended then, drop the access from {day} on."),
        Say::NoSuchDomain => "The number has no such domain. Check it.".to_owned(),
        Say::GateNames { most } => format!("1 to {most} names are taken at once."),
        Say::GateEntries { most } => format!("At most {most} entries are taken away at once."),
        Say::GateCaller => {
            "A system's name has 1 to 64 letters, digits, \"-\", \"_\" and \".\".".to_owned()
        }
        Say::GateMadeByOthers => {
            "Somebody else put this down, and this key may only take away its own. Ask whoever did, or an operator.".to_owned()
        }
        Say::NoHostName { name } => format!("\"{name}\" is no name of a host below a public suffix."),
        Say::WriteHostName => {
            "Give the name of a host, such as www.example.com, without scheme, port and path.".to_owned()
        }
        Say::WindowOver => "The time ends before it begins, or is over.".to_owned(),
        Say::GiveLaterTime => "Give a later end.".to_owned(),
        Say::GateReason { most } => format!("A reason has 1 to {most} characters in one line."),
        Say::GiveReasonInALine => "Say why in one line, and name nobody.".to_owned(),
        Say::WindowsFull { domain } => {
            format!("{domain} has as many entries of the white list as it may have.")
        }
        Say::EndWindowsFirst => "Take away those that are not needed any longer.".to_owned(),
        Say::NoRange => "This is no address and no range of addresses.".to_owned(),
        Say::WriteRange => {
            "Give an address, a network such as 10.0.0.0/8, or the first and the last address with - between them.".to_owned()
        }
        Say::RangeThere => "That range is there already.".to_owned(),
        Say::RangeOnce => "It need not be put down twice. To change its reason, take it away and put it down again.".to_owned(),
        Say::RangesFull => "There are as many ranges as there may be.".to_owned(),
        Say::JoinRanges => "Join ranges that lie side by side, or take away those that are not needed.".to_owned(),
        Say::GateElsewhere { size } => {
            format!("The ledger of this desk never was at that position, behind {size} entries: it may have been restored from an older copy.")
        }
        Say::NoPosition => "A position is a number of entries, a dash and 32 hexadecimal digits, as the snapshot has it.".to_owned(),
        Say::GateTooOld => "What changed since that position is not kept any longer, or it is too much.".to_owned(),
        Say::FetchSnapshot => "Fetch a snapshot.".to_owned(),
        Say::InstanceRuns { instance, until: Some(until) } => {
            format!("The instance {instance}, which hosts the website, runs until {until}.")
        }
        Say::InstanceRuns { instance, until: None } => {
            format!("The instance {instance}, which hosts the website, runs.")
        }
        Say::CheckReasonOrInventory => {
            "Check the reason. If the instance did end, import the latest inventory first.".to_owned()
        }
        Say::DomainHeld { domain, until } => {
            format!("The domain {domain} is registered until {until} as recorded, so nobody else holds it.")
        }
        Say::CheckReasonOrTerm => {
            "Check the reason. If that day is wrong, correct it on the page of the number first.".to_owned()
        }
        Say::StillHosted { numbers } => {
            format!("Websites of the subject are hosted here still: {}.", numbers.join(", "))
        }
        Say::HostedElsewhere { numbers } => {
            format!("Other providers host it, as recorded, so it is not hosted nowhere: {}.", numbers.join(", "))
        }
        Say::RecordLeftFirst => {
            "Check the reason. If that has changed, record it on the page of the number first.".to_owned()
        }
        Say::DropAccessFirst => "Drop their accesses first, or check what the bureau wrote.".to_owned(),
        Say::OtherProvince => "The number is of another province than the subject.".to_owned(),
        Say::DomainTaken => "Another website in the registry has a domain of the order.".to_owned(),
        Say::SubjectFiledAlready => "A subject in the registry has the certificate of the order.".to_owned(),
        Say::CompareWithBureau => "Compare it with the answer of the bureau and try again.".to_owned(),
        Say::ReasonLength { most } => format!("A reason has 1 to {most} characters."),
        Say::CopyReason => "Write what the bureau said. The account that files reads it.".to_owned(),
        Say::SendToml => "Send the rulebook as TOML, with Content-Type: application/toml.".to_owned(),
        Say::MendRulebook => "Mend the file at that line and column. kebei rulebook lint tells the same.".to_owned(),
        Say::EditionMissing { id } => format!("Edition {id}, which was published, is missing."),
        Say::EditionChanged { id } => format!("Edition {id} says something else than it was published with."),
        Say::RegionMoved { pattern } => format!("The region {pattern} would lie elsewhere than it was published with."),
        Say::AddEdition => "What was published does not change. Put it back, and write the change as a new edition.".to_owned(),
        Say::RulebookInForce => "This is the rulebook in force.".to_owned(),
        Say::NothingToPropose => "Nothing would change, so there is nothing to propose.".to_owned(),
        Say::RulebookProposedAlready { by, proposal } => format!("{by} proposed the same rulebook already ({proposal}), and it waits."),
        Say::DecideThatOne => "Have another operator decide that proposal.".to_owned(),
        Say::PublishedMeanwhile => "Another rulebook was published since this one was proposed, so it cannot be published as it was proposed.".to_owned(),
        Say::EditionDayCame { id, day } => format!("Edition {id} was to be in force from {day} when it was proposed. That day has come: it would be in force at once."),
        Say::ProposeDraftAnew => "Decline this proposal or take it back, look again at what the draft would do, and propose it anew.".to_owned(),
        Say::HaveAnotherOperatorAgree => "Have another operator decide. Where it is not needed any more, take it back.".to_owned(),
        Say::DeclineWithoutReason => "It is not said why it is declined.".to_owned(),
        Say::GiveReasonToDecline => "Say it in a sentence or two, for whoever proposed it.".to_owned(),
        Say::NoCheckpoint => "No entry of the ledger has its place yet. Ask again in a moment.".to_owned(),
        Say::UnknownEntry => "There is no such entry in the ledger.".to_owned(),
        Say::EntryWaiting => "This entry has no place in the tree yet.".to_owned(),
        Say::AskInAMoment => "Ask again in some seconds.".to_owned(),
        Say::SizesOutOfRange { size } => format!("from is at most to, and both are at most the {size} entries of the ledger."),
        Say::CompareWithCheckpoint => "Compare them with GET /api/v1/ledger/checkpoint.".to_owned(),
        Say::Ready => "The desk can serve.".to_owned(),
        Say::DatabaseMissing => "The database does not answer. Look at the log, and run kebei doctor.".to_owned(),
        Say::NothingInForce => {
            "No edition of the rules is in force. Publish a rulebook with kebei rulebook publish.".to_owned()
        }
        Say::CheckpointMissing => {
            "The checkpoint outside the database is missing and the desk is read-only. Put the file back, or run kebei ledger \
             accept. Run kebei doctor for more."
                .to_owned()
        }
        Say::WritableMissing => {
            "The database contradicts its checkpoint outside and is read-only. Run kebei doctor for the reason."
                .to_owned()
        }
    }
}

const fn shape(shape: Shape) -> &'static str {
    match shape {
        Shape::Object => "a JSON object",
        Shape::List => "an array",
        Shape::Text => "a string",
        Shape::Whole => "a whole number",
        Shape::Number => "a decimal number",
        Shape::Flag => "true or false",
        Shape::Null => "null",
    }
}

fn such_as(example: Option<&str>) -> String {
    example.map_or_else(String::new, |example| format!(", such as {example}"))
}
