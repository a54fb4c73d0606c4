//! The page of the demo, in English.

use super::{
    page::{Says, Step},
    people::PASSWORD,
};

pub(super) fn says(says: Says<'_>) -> String {
    match says {
        Says::Banner { address, folder } => format!(
            "======== Kebei demo ========\n\
             This is a demo: accounts, instances and addresses are made up, and anybody knows the passwords. Put nothing real into it.\n\
             The desk: http://{address} (this machine only)    its folder: {folder}    Ctrl+C ends it.\n\
             Open that address in a browser and sign in as one of the users below, to do what customers and staff do."
        ),
        Says::People => format!(
            "Users, roles, accounts and API keys (everybody signs in with {PASSWORD}; a real desk asks its staff for a second factor as well,\n\
             here it is off and can be set up at /me/second-factor):"
        ),
        Says::Try => {
            "In another terminal, paste these lines one after the other (behind the arrow is the status to expect):"
                .to_owned()
        }
        Says::Step(step) => step_says(step).to_owned(),
        Says::Orders => {
            "Filing orders: there is one in every state; subjects, certificates and filing numbers are made up:".to_owned()
        }
        Says::More { address } => format!(
            "There is an instance for each product in each condition, with an id such as demo-swas-term-short,\n\
             demo-site-builder-amount-low, demo-web-hosting-good or demo-shop-good; put it into the lines above to see its reasons.\n\
             A first filing from the draft to its number, command by command: docs/filing.en.md    All of the API: http://{address}/api/docs"
        ),
    }
}

const fn step_says(step: Step) -> &'static str {
    match step {
        Step::Ready => "Can the desk serve?",
        Step::CheckRefused => {
            "May this instance have service codes? No: every reason at once, and what to do"
        }
        Step::AskRefused => "Ask for one on a pay-as-you-go instance: refused, with what to do",
        Step::Issue => "Ask for 5 service codes on an instance that qualifies",
        Step::Again => "The same request again: the same answer, nothing is issued twice",
        Step::UsedUp => "One more: there are none left",
        Step::MyCodes => "My service codes",
        Step::Verify => {
            "Verify a product: the code proves that the server is yours; one filing order may use it within 30 days"
        }
        Step::VerifyOther => {
            "The same code for another product: one of the three failures, its cause and what to do"
        }
        Step::WrongPassword => {
            "A web host is verified with its user name and password. A wrong one (bad-credentials): where to see or reset it"
        }
        Step::VerifyHost => "With the right password: verified, no service code is needed",
        Step::VerifyPremium => "A premium host, with the name of the host and its password",
        Step::Strange => "Somebody else's instance: answered like one that does not exist",
        Step::Nobody => "Without a key: not served",
        Step::MyOrders => "My filing orders, newest first: where each stands and what it waits for",
        Step::Returned => {
            "One of them: it came back, and remarks say which field is wrong and how to mend it"
        }
        Step::Queue => "What waits for the reviewer (demo-reviewer), nearest deadline first",
        Step::Illegal => {
            "An order that waits for review is submitted again: refused, with what can be done now"
        }
        Step::Proposals => {
            "What waits for a second person: demo-reviewer proposed it, so demo-operator looks at it"
        }
        Step::Agree => "demo-operator agrees: the website name is on the blacklist from now on",
        Step::AtRisk => {
            "What threatens filing numbers, by its day, and what happens next unless someone acts"
        }
        Step::Propose => {
            "The reviewer proposes a website name for the blacklist: it counts once another person (demo-operator) agrees"
        }
    }
}
