//! [`super::dry_run`] in English.

use super::dry_run::SayOfDryRun;
use rulebook::Effect;

pub(super) fn say(say: &SayOfDryRun<'_>) -> String {
    match say {
        SayOfDryRun::MoreChange { count } => {
            format!("{count} more instances change; --format json names all of them.")
        }
        SayOfDryRun::Gone { labels } => format!("no more: {}", labels.join(", ")),
        SayOfDryRun::Added { labels } => format!("new: {}", labels.join(", ")),
        SayOfDryRun::GainedBy { label, count } => format!("{count} because it is no more \"{label}\""),
        SayOfDryRun::LostBy { label, count } => format!("{count} no more, by \"{label}\""),
        SayOfDryRun::Total(tally) => {
            let told = Effect::ALL.into_iter().filter(|effect| tally.of(*effect) > 0);
            let told: Vec<_> = told
                .map(|effect| format!("{}: {}", effect.label(rulebook::Lang::En), tally.of(effect)))
                .collect();
            if told.is_empty() {
                "No instances.".to_owned()
            } else {
                format!("{} instances: {}.", tally.held(), told.join(", "))
            }
        }
        SayOfDryRun::Bad { records, files } => {
            format!("{records} bad records and {files} files that cannot be read are not counted.")
        }
    }
}
