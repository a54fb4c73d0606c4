//! `ProductBindBsn`: codes are issued on an instance of an account, all that were asked for or none.

use super::{
    super::{
        Told,
        asked::{Asked, failed},
        fault::{Bsn, Refusal},
    },
    account, datas, in_words, is_of, needed, once, resource_type,
};
use app::{
    Failure,
    codes::{CodesAsked, CodesAskedBy, IssueFault, Question, SystemsCode},
};
use filing::{
    Refusal as Reason,
    codes::{Shown, State},
};
use rulebook::Lang;
use std::{collections::BTreeSet, num::NonZero};

/// Codes that are made at once, at most.
const MOST: u32 = 20;

pub(super) async fn told(asked: &Asked) -> Told {
    let kind = resource_type(asked)?;
    let instance = needed(asked, "resourceId")?.to_owned();
    let count = needed(asked, "num")?.parse().ok().and_then(NonZero::new).filter(|count| count.get() <= MOST);
    let count = count.ok_or(Bsn::Count)?;
    let buyer = account(asked, "aliuid").await?;
    let desk = &asked.site.desk;
    let wanted = CodesAsked { asker: buyer.clone(), instance: instance.clone(), count };
    // Looked at first: an instance of another type is never bound by mistake.
    let question = desk.check_codes(wanted.clone()).await;
    let question = match question {
        Ok(question) => question,
        Err(error) => return Err(unasked(asked, &instance, error).await),
    };
    if !is_of(asked, &question.facts().product, kind) {
        return Err(Bsn::NoInstance.into());
    }
    let ask = CodesAskedBy { by: asked.actor()?, ask: wanted };
    match desk.issue_codes_for(ask, once(asked)?).await {
        Ok(told) => match told.answer.codes {
            None => Err(refused(&told.answer.question, asked.lang)),
            Some(made) => {
                // Told from what was kept: whatever failed now would hide that it was done.
                let product = told.answer.question.facts().product.clone();
                let bound = made.into_iter().map(|made| SystemsCode {
                    code: made.code,
                    account: asked.maybe("aliuid").and_then(|number| number.parse().ok()),
                    owner: Some(buyer.name().to_owned()),
                    instance: Some((instance.clone(), product.clone())),
                    resource_type: Some(kind),
                    shown: Shown::Stored(State::Bound),
                    number: None,
                });
                Ok(datas(&bound.collect::<Vec<_>>()))
            }
        },
        Err(error) => Err(unasked(asked, &instance, error).await),
    }
}

/// Why it could not even be asked.
async fn unasked(asked: &Asked, instance: &str, error: Failure<IssueFault>) -> Refusal {
    match error {
        Failure::Because(IssueFault::UnknownInstance(_)) => {
            match asked.site.desk.has_instance(instance).await {
                Ok(true) => Bsn::NotOwner.into(),
                Ok(false) => Bsn::NoInstance.into(),
                Err(error) => failed(&error),
            }
        }
        Failure::Because(IssueFault::NoEdition(_)) => Refusal::Unavailable,
        Failure::KeyUsed => Refusal::NonceUsed,
        Failure::Desk(error) => failed(&error),
    }
}

/// Every reason of the desk, under the number of the first that has one.
fn refused(question: &Question, lang: Lang) -> Refusal {
    question.judge(|_, answer| {
        let Err(refused) = answer else { return Refusal::Fault };
        let (told, words) = (in_words(&refused, lang), refused.reasons().iter().map(Reason::word));
        let words: BTreeSet<_> = words.collect();
        let fault = if words.contains("product-not-fileable") || words.contains("outside-mainland") {
            Bsn::NotFiled(told)
        } else if words.contains("account-blacklisted") {
            Bsn::AccountUnfit(told)
        } else if MADE_OTHERWISE.iter().any(|word| words.contains(word)) {
            Bsn::CannotBind
        } else if words.contains("quota-exhausted") || words.contains("not-enough-places") {
            Bsn::Limit(told)
        } else if words.contains("no-public-ip") {
            Bsn::NoAddress(told)
        } else if words.iter().any(|word| UNFIT.contains(word)) {
            Bsn::Unfit(told)
        } else {
            Bsn::Failed(told)
        };
        fault.into()
    })
}

/// Reasons for which no code of the product is made here.
const MADE_OTHERWISE: [&str; 3] = ["no-code-needed", "made-elsewhere", "made-on-purchase"];
/// Reasons that lie in the instance itself.
const UNFIT: [&str; 7] = [
    "pay-as-you-go",
    "no-public-bandwidth",
    "purchased-term-short",
    "remaining-term-short",
    "first-purchase-short",
    "order-amount-low",
    "expired",
];
