//! What the API says beside decisions and refusals.

mod en;
mod zh;

use app::registry::Unlike;
use rulebook::Lang;

/// Of which kind a value of JSON is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// An object.
    Object,
    /// An array.
    List,
    /// A string.
    Text,
    /// A whole number.
    Whole,
    /// A number with a fraction.
    Number,
    /// A truth value.
    Flag,
    /// Null.
    Null,
}

/// Something that is said.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Say<'a> {
    /// What was presented is no session and no key.
    UnknownToken,
    /// The session, or the key, is too old.
    ExpiredToken,
    /// The key was revoked.
    RevokedKey,
    /// The session was ended.
    SignedOut,
    /// The user is locked.
    LockedUser,
    /// The account has no such instance, whether or not somebody else has.
    UnknownInstance {
        instance: &'a str,
    },
    /// There is no such code, or it is somebody else's.
    UnknownCode,
    /// There is no such receipt, or it is another account's.
    UnknownReceipt,
    /// The order was never submitted, so that there is no receipt of it.
    NotSubmittedYet,
    /// An order of that kind was submitted then.
    Submitted {
        kind: &'a str,
        at: &'a str,
    },
    /// What an authority wants cancelled is proposed, and agreed to by another.
    ProposeCancelling,
    /// Nothing is filed here for the account under the number, whoever else may have it.
    NotFiledForYou,
    /// To compare the number, or to ask the provider.
    CompareNumberOrAsk,
    /// Who did it: the account.
    TheAccount,
    /// Who did it: somebody of the provider, or a system of it.
    TheProvider,
    /// Only who acts for an account can do that.
    NoAccount,
    /// The body is no JSON, at that line and column.
    NoJson {
        line: usize,
        column: usize,
    },
    /// The body is empty.
    NoBody,
    /// The body is nested too deeply, or has too many values.
    TooDeep,
    /// Something in the body is not what is expected.
    BadField,
    /// A field or parameter that is needed is not there.
    Missing {
        name: &'a str,
    },
    /// To give one of those words.
    GiveOneOf {
        words: &'a [&'a str],
    },
    /// To give one of that kind.
    GiveShape {
        wanted: Shape,
        example: Option<&'a str>,
    },
    /// There is no field or parameter of that name.
    UnknownField {
        name: &'a str,
    },
    /// Those that there are.
    KnownFields {
        names: &'a [&'a str],
    },
    /// It is of another kind; `found` where it is of any.
    WrongShape {
        wanted: Shape,
        found: Option<Shape>,
    },
    /// To write one of that kind.
    WriteShape {
        wanted: Shape,
        example: Option<&'a str>,
    },
    /// The number is too small or too large.
    OutOfRange,
    /// From where to where numbers go.
    Between {
        least: i128,
        most: i128,
    },
    /// It is there more than once.
    Twice {
        name: &'a str,
    },
    /// To keep one of them.
    KeepOne,
    /// It is none of the words that are possible.
    NoSuchWord,
    /// An amount is not of its form.
    BadAmount,
    /// How amounts are written.
    WriteAmount,
    /// That is no IP address.
    BadAddress,
    /// How addresses are written.
    WriteAddress,
    /// Compare with the API document.
    CompareWithDocument,
    /// The idempotency key is not of its form.
    BadIdempotencyKey,
    /// How to write one.
    WriteIdempotencyKey,
    /// Something without a key takes long, and may be done later.
    MayYetBeDone,
    /// Neither or both kinds of proof were given.
    WhichProof,
    /// Give one.
    OneProof,
    /// There is no such product.
    UnknownProduct {
        product: &'a str,
    },
    /// The product is verified by something else: by a code, or else by the login of the host.
    WrongProof {
        product: &'a str,
        by_code: bool,
    },
    /// The product is filed in another system.
    FiledElsewhere {
        product: &'a str,
    },
    /// In which system, by which steps.
    FileThere {
        place: &'a str,
    },
    /// The desk did not know the instance yet, at that time.
    BeforeFirst {
        instance: &'a str,
        first: &'a str,
    },
    /// There is no such import.
    UnknownImport,
    /// There is no such verdict.
    UnknownVerdict {
        word: &'a str,
    },
    /// It must be one of these words.
    OneOf {
        words: &'a [&'a str],
    },
    /// The list cannot be read at all.
    NoInventory {
        why: &'a str,
    },
    /// The cursor is none that a page gave.
    BadCursor,
    /// There are more records than are decided at once.
    TooManyRecords {
        most: usize,
    },
    /// To send fewer.
    SendInParts,
    /// An import is open; its id, and who makes it.
    OpenImport {
        id: &'a str,
        by: &'a str,
    },
    /// To finish it.
    FinishImport,
    /// The list of the import is still being read.
    ImportBeingRead,
    /// It can only be waited for, or given up.
    WaitForImport,
    /// A time is not of its form.
    BadMoment,
    /// How to write one, with or without its time of day.
    WriteMoment,
    /// How to write one with its time of day.
    WriteTime,
    /// The parameters are not of their form.
    BadParameters,
    /// The address is served with other methods.
    OtherMethods {
        methods: &'a str,
    },
    /// The path is not of its form.
    BadPath,
    /// Name or password is wrong; which is never said.
    WrongPassword,
    /// The code is none of the app now, or was good once.
    WrongCode,
    /// To wait for the next code, or to take a recovery code.
    WaitForCode,
    /// No code came with the password.
    NoCode,
    /// To send one.
    SendCode,
    /// The sign-in took too long, or the password was changed meanwhile.
    SignInOver,
    /// The password is another, where it is asked once more.
    WrongPasswordAgain,
    /// Nothing was begun, or too long ago.
    NoFactorBegun,
    /// To begin anew.
    BeginFactor,
    /// There is a second factor already.
    FactorIsOn,
    /// To give that one up first.
    RemoveFactorFirst,
    /// There is none.
    FactorIsOff,
    /// To set one up.
    SetUpFactor,
    /// A user has no second factor.
    NoSecondFactor {
        name: &'a str,
    },
    /// There is nothing to take away.
    NothingToReset,
    /// Nobody takes his own second factor away here.
    OwnSecondFactor,
    /// To give it up with the password, or to ask another operator.
    RemoveOwnFactor,
    /// A second factor is changed in a session only.
    FactorInSession,
    /// There is no such session.
    UnknownSession,
    /// The password is a one-time password, and its time is over.
    OneTimeExpired,
    /// The password is a one-time password that opened its session already.
    OneTimeUsed,
    /// To get another one-time password.
    AskForOneTime,
    /// Tries are slowed down.
    TooManyTries {
        seconds: u64,
    },
    /// The present password is another.
    WrongOldPassword,
    /// To type it again.
    TypePasswordAgain,
    /// The new password is too short or too long.
    PasswordLength {
        least: usize,
        most: usize,
    },
    /// The new password is the name.
    PasswordIsName,
    /// The new password is among the first that are tried.
    PasswordGuessable,
    /// The new password is the old one.
    PasswordIsOld,
    /// To choose another password.
    ChooseOtherPassword,
    /// A password is set in a session.
    NotInSession,
    /// Nobody can be named so.
    BadUserName {
        name: &'a str,
    },
    /// How users are named.
    WriteUserName,
    /// Somebody has that name.
    UserTaken {
        name: &'a str,
    },
    /// To choose another name.
    ChooseOtherName,
    /// A user has at least one role.
    NoRole,
    /// A customer has no other role.
    CustomerAlone,
    /// A customer acts for an account.
    CustomerNeedsAccount,
    /// Nobody but a customer acts for an account.
    AccountWithoutCustomer,
    /// Which roles there are.
    ChooseRoles,
    /// There is no such account.
    UnknownAccount {
        name: &'a str,
    },
    /// A subject of that account is on the blacklist.
    AccountBlacklisted {
        name: &'a str,
    },
    /// To name another account, or have it taken off.
    TakeOffBlacklist,
    /// No region of today has these digits.
    NoSuchRegion,
    /// No form has such a field.
    NoSuchField,
    /// To open the account first.
    OpenAccountFirst,
    /// That is no e-mail address.
    BadEmail,
    /// How addresses look.
    WriteEmail,
    /// There is no such user.
    UnknownUser {
        name: &'a str,
    },
    /// Another system has no password.
    SystemHasNoPassword {
        name: &'a str,
    },
    /// Systems call with keys.
    UseKeys,
    /// He is the last operator who is let in.
    LastOperator {
        name: &'a str,
    },
    /// Nobody gives himself other roles.
    OwnRoles,
    /// To have it done by somebody else.
    AskAnotherOperator,
    /// To have another one first.
    AddOperatorFirst,
    /// Roles or lock, one of the two.
    OneChangeAtATime,
    /// There is no such key.
    UnknownKey,
    /// Keys are made in a session.
    KeysInSession,
    /// The label is no good.
    BadLabel {
        most: usize,
    },
    /// The key would have expired.
    ExpiresInThePast,
    /// To choose a later time.
    ChooseLaterTime,
    /// No right has that word.
    UnknownScope {
        word: &'a str,
    },
    /// A key without scope can do nothing.
    NoScope,
    /// The roles of the user do not give that right.
    BeyondRoles {
        word: &'a str,
    },
    /// Which rights there are.
    ChooseScopes,
    /// There are as many keys as there may be.
    TooManyKeys {
        most: usize,
    },
    /// To revoke one that is not needed.
    RevokeOne,
    /// No account is named so.
    BadAccountName,
    /// How accounts are named.
    WriteAccountName,
    /// There is an account of that name or number.
    AccountTaken {
        name: &'a str,
    },
    /// That many are not made at once.
    TooManyPremade {
        most: u32,
    },
    /// To ask for fewer.
    AskForFewer,
    /// Customers import nothing.
    NotForCustomers,
    /// There is no such order, or it is another account's; which is never said.
    UnknownOrder,
    /// Orders of that kind have no such part.
    NoSuchPart,
    /// The body has another part than the one that is saved.
    OtherPart {
        part: &'a str,
    },
    /// To send that part alone.
    SaveOnePart {
        part: &'a str,
    },
    /// More is filled in than is kept.
    TooMuchFilledIn {
        most: usize,
    },
    /// A list is longer than is kept.
    LongList {
        most: usize,
        found: usize,
    },
    /// To keep what is needed.
    ShortenList,
    /// The account has as many drafts as it may have.
    TooManyDrafts {
        most: i64,
    },
    /// To submit or withdraw some.
    FinishDrafts,
    /// That the text message was answered is recorded already.
    SmsAnswered,
    /// To wait for the bureau.
    WaitForBureau,
    /// What is filled in is on the blacklist; the entry, where it is known. For staff alone.
    OnBlacklist {
        entry: Option<&'a str>,
    },
    /// Not to file it, or to have it taken off.
    KeepOffOrUnlist,
    /// A field was changed that the reviewer did not give back.
    FieldLocked,
    /// To put it back.
    PutFieldBack,
    /// A rejected order was corrected already.
    OrderCorrected,
    /// To go on with that order.
    EditOrder {
        id: &'a str,
    },
    /// What was filled in for an order was erased.
    OrderErased,
    /// To open another order.
    OpenAnotherOrder,
    /// The body is to be a picture.
    SendPicture,
    /// Orders of that kind have no pictures.
    NoPictures,
    /// To go on without.
    LeaveOutPictures,
    /// The order has that many pictures.
    TooManyPictures {
        most: i64,
    },
    /// To remove one.
    RemovePicture,
    /// The order has no such picture.
    NoSuchPicture,
    /// To mend what was given back alone.
    MendWhatIsOpened,
    /// Personal data is to be erased, and it is not said whose, or more than once.
    ErasesOne,
    /// To say whose, once.
    NameOneToErase,
    /// There is nothing of that name to be erased.
    NothingToErase,
    /// The order is with reviewer or bureau.
    OrderInProgress {
        id: &'a str,
    },
    /// To wait for its end, or let it be withdrawn.
    FinishOrder,
    /// The subject is filed still.
    SubjectFiled {
        number: &'a str,
    },
    /// To cancel it first.
    CancelSubjectFirst,
    /// The account has more than is erased at once.
    TooMuchToErase,
    /// To erase subject by subject.
    EraseOneByOne,
    /// Only a person can do that.
    ForPeople,
    /// It is not said what is proposed, or more than once.
    ProposesOne,
    /// To propose one thing.
    ProposeOne,
    /// It is not said what is taken off the blacklist, or twice.
    UnlistsOne,
    /// To name the entry or the value.
    UnlistOne,
    /// Domains are listed in serious cases alone.
    DomainsOnlyWhenSerious,
    /// To say whether it is one.
    MarkAsSerious,
    /// A certificate without its kind.
    CertificateKindMissing,
    /// To say of which kind it is.
    GiveCertificateKind,
    /// The kind of a certificate where there is none.
    CertificateKindNotNeeded,
    /// To leave it out.
    LeaveOutCertificateKind,
    /// There is nothing in the value that could be compared.
    NothingToCompare,
    /// To write a domain that can be registered.
    WriteRegistrableDomain,
    /// To write it in full.
    WriteItInFull,
    /// The note is too long, or cannot be shown.
    BadNote {
        most: usize,
    },
    /// To make it shorter.
    ShortenNote,
    /// It is on the blacklist already.
    ListedAlready {
        entry: &'a str,
    },
    /// Nothing to be done.
    LeaveListed,
    /// It is not on the blacklist.
    NotListed,
    /// To look at the list.
    SeeBlacklist,
    /// Nothing is filed under the number.
    NothingFiledThere,
    /// To compare the number.
    CompareNumber,
    /// There is no such proposal.
    UnknownProposal,
    /// A proposal was agreed to already; by whom, and at which minute in Beijing.
    ProposalAgreed {
        by: &'a str,
        at: &'a str,
    },
    /// It was declined.
    ProposalDeclined {
        by: &'a str,
        at: &'a str,
    },
    /// Whoever proposed it took it back.
    ProposalTakenBack {
        by: &'a str,
        at: &'a str,
    },
    /// To propose it anew.
    ProposeAnew,
    /// Nobody agrees to his own proposal.
    OwnProposal,
    /// To have somebody else agree.
    HaveAnotherAgree,
    /// What was typed are not the digits of the number.
    NumberNotConfirmed,
    /// To type them.
    TypeDigitsOf {
        number: &'a str,
    },
    /// What ends for ever: the subject with all its websites, or a website.
    LostForEver {
        subject: bool,
        websites: usize,
    },
    /// An order that stands there is not claimed.
    NotToBeClaimed {
        state: &'a str,
    },
    /// Somebody else looks at the order.
    ClaimedByAnother,
    /// To choose another order.
    ChooseAnotherOrder,
    /// The order has to be claimed first.
    NotClaimed,
    /// To claim it.
    ClaimFirst,
    /// Nothing was remarked on.
    NothingToMend,
    /// To remark on something, or approve.
    RemarkOrApprove,
    /// Something was remarked on.
    ToBeMended {
        count: usize,
    },
    /// To return the order, or take back what was said.
    ReturnOrTakeBack,
    /// A field passes and is to be mended at once.
    PassesWithWords,
    /// To say one of the two.
    PassOrMend,
    /// The number of the subject is missing or none.
    NeedsSubjectNumber,
    /// How it looks.
    CopySubjectNumber,
    /// That many numbers of websites are needed.
    NeedsWebsiteNumbers {
        wanted: usize,
    },
    /// How they look.
    CopyWebsiteNumbers,
    /// The number is filed already.
    NumberTaken {
        number: &'a str,
    },
    /// What is to be filed under a number was cancelled under it.
    CancelledUnder {
        number: &'a str,
    },
    /// Nothing is filed under the number that the order starts from.
    NothingFiled,
    /// A number that was given is none of the order's.
    NotItsNumber {
        number: &'a str,
    },
    /// To compare the number with the bureau's answer, or to correct that which has it.
    CompareOrCorrect,
    /// That number is cancelled, so that the order cannot have been filed.
    NumberIsCancelled {
        number: &'a str,
    },
    /// What to record instead.
    RecordRejection,
    /// The order passed, and something has changed since.
    BecameFaulty,
    /// To have it given back.
    ReviewAgain,
    /// What a number is to be corrected to is none like it.
    NumberNotAlike(Unlike),
    /// Orders under way name the number.
    NamedUnderWay {
        orders: &'a [String],
    },
    /// To have them ended first.
    EndOrdersFirst,
    /// Nothing is filed here under that number.
    UnknownNumber,
    NumberUnsuited,
    TooManyProposals {
        most: i64,
    },
    DecideSomeProposals,
    ChooseOtherNumber,
    /// A number is cancelled: nothing is filed under it.
    NumberCancelled,
    /// What was personal about a subject was erased.
    SubjectErased,
    /// Nothing more is recorded about somebody who was erased.
    NothingToRecord,
    /// What to do about that.
    CheckNumber,
    /// It is recorded already that another provider hosts the website, or that none does.
    RecordedSoAlready,
    /// It is not said in a few words what is untrue.
    UntrueLength {
        most: usize,
    },
    /// What to do about that.
    NameWhatIsUntrue,
    /// No registration of a domain ends on such a day.
    NoSuchTerm {
        first: &'a str,
        last: &'a str,
    },
    /// To compare the day with what the registrar says.
    CompareWithRegistrar,
    /// A day has passed.
    DayPassed {
        day: &'a str,
    },
    /// What to do about that.
    GiveLaterDay,
    /// A day is further away than any that is meant.
    DayTooFar {
        day: &'a str,
    },
    /// What to do about that.
    GiveEarlierDay,
    /// Something is to be mended under that number already.
    ToMendAlready {
        day: &'a str,
    },
    /// What to do about that.
    RecordMendedFirst,
    /// Nothing is to be mended under that number.
    NothingUntrue,
    /// What to do before an access ends for what is untrue.
    RecordUntrueFirst,
    /// Whoever has the number was not warned of what was found untrue.
    OwnerNotWarned,
    /// When he is warned, and what to do if he is not.
    WatchWarns,
    /// A website is hosted on an instance that runs.
    InstanceRuns {
        instance: &'a str,
        until: Option<&'a str>,
    },
    /// What to do about that.
    CheckReasonOrInventory,
    /// The registration of a domain has not ended.
    DomainHeld {
        domain: &'a str,
        until: &'a str,
    },
    /// What to do about that.
    CheckReasonOrTerm,
    /// What was found untrue can be mended until a day.
    MendableUntil {
        day: &'a str,
    },
    /// From which day on an access may end for it.
    DropFrom {
        day: &'a str,
    },
    /// A number has no such domain.
    NoSuchDomain,
    /// How many names the white list takes at once.
    GateNames {
        /// At most.
        most: usize,
    },
    /// How many entries of the white list are taken away at once.
    GateEntries {
        /// At most.
        most: usize,
    },
    /// By which names systems may call themselves.
    GateCaller,
    /// Others put it there, and whoever asks may only take away his own.
    GateMadeByOthers,
    /// A name is none of a host below a public suffix.
    NoHostName {
        /// It.
        name: &'a str,
    },
    /// What a name of a host is.
    WriteHostName,
    /// A time is over before it begins.
    WindowOver,
    /// Give a later time.
    GiveLaterTime,
    /// How long a reason for the gate is.
    GateReason {
        /// In characters, at most.
        most: usize,
    },
    /// Say why in one line.
    GiveReasonInALine,
    /// A domain has as many entries of the white list as it may have.
    WindowsFull {
        /// It.
        domain: &'a str,
    },
    /// Take some away first.
    EndWindowsFirst,
    /// A text is no range of addresses.
    NoRange,
    /// How ranges are written.
    WriteRange,
    /// That very range is there.
    RangeThere,
    /// It need not be put down twice.
    RangeOnce,
    /// There are as many ranges as there may be.
    RangesFull,
    /// Join ranges that lie side by side.
    JoinRanges,
    /// The ledger never was where an edge is.
    GateElsewhere {
        /// How many entries it had there.
        size: u64,
    },
    /// A text is no position.
    NoPosition,
    /// What changed since is not kept.
    GateTooOld,
    /// Fetch a snapshot.
    FetchSnapshot,
    /// Websites of a subject are hosted here.
    StillHosted {
        numbers: &'a [String],
    },
    /// Other providers host websites.
    HostedElsewhere {
        numbers: &'a [String],
    },
    /// What to do about that.
    RecordLeftFirst,
    /// To end their accesses first.
    DropAccessFirst,
    /// The bureau of another province gives such numbers.
    OtherProvince,
    /// Another website has a domain of the order.
    DomainTaken,
    /// Another subject has the certificate.
    SubjectFiledAlready,
    /// To compare with what the bureau said.
    CompareWithBureau,
    /// A reason is empty or too long.
    ReasonLength {
        most: usize,
    },
    /// To copy the reason.
    CopyReason,
    /// The desk knows no such instance.
    NoSuchInstance {
        instance: &'a str,
    },
    /// The body is to be TOML.
    SendToml,
    /// To mend the file.
    MendRulebook,
    /// An edition that was published is missing.
    EditionMissing {
        id: &'a str,
    },
    /// An edition that was published says something else.
    EditionChanged {
        id: &'a str,
    },
    /// A region would lie elsewhere.
    RegionMoved {
        pattern: &'a str,
    },
    /// To add an edition instead.
    AddEdition,
    /// It is the rulebook in force.
    RulebookInForce,
    /// There is nothing to propose.
    NothingToPropose,
    /// The same draft is proposed already, and waits.
    RulebookProposedAlready {
        by: &'a str,
        proposal: &'a str,
    },
    /// To decide that proposal.
    DecideThatOne,
    /// Another rulebook was published since the draft was proposed.
    PublishedMeanwhile,
    /// An edition of the draft was to come, and has come.
    EditionDayCame {
        id: &'a str,
        day: &'a str,
    },
    /// To look at the draft again, and propose it anew.
    ProposeDraftAnew,
    /// To have another operator agree.
    HaveAnotherOperatorAgree,
    /// A draft is declined without a reason.
    DeclineWithoutReason,
    /// To say why.
    GiveReasonToDecline,
    /// No entry has its place.
    NoCheckpoint,
    /// There is no such entry.
    UnknownEntry,
    /// The entry has no place yet.
    EntryWaiting,
    /// To ask again in a moment.
    AskInAMoment,
    /// The sizes are not in order.
    SizesOutOfRange {
        size: u64,
    },
    /// To compare with the newest checkpoint.
    CompareWithCheckpoint,
    /// Nothing keeps the desk from serving.
    Ready,
    /// The database does not answer.
    DatabaseMissing,
    /// No edition of the rules is in force.
    NothingInForce,
    /// Nothing is written until an operator has looked.
    WritableMissing,
    /// The same, because the checkpoint outside the database is gone.
    CheckpointMissing,
}

impl Say<'_> {
    /// The words.
    pub(crate) fn to_text(self, lang: Lang) -> String {
        match lang {
            Lang::Zh => zh::say(self),
            Lang::En => en::say(self),
        }
    }
}
