//! Kinds of check: one line of the table for each, one file for each. A rule file asks for one by name.

mod adulthood;
mod advice;
mod check_digit;
mod empty_section;
mod given_names;
#[cfg(feature = "audit")]
pub(crate) mod identifiers;
mod late;
mod merged_sections;
mod misplaced;
mod missing_section;
mod out_of_date;
mod outcome_provision;
mod part_time;
mod passage;
mod personal_data;
mod phrase;
mod placeholder;
mod placement;
mod shortfall;
mod unpaired;
mod unreadable;
mod weak_words;
mod wrong_name;

use crate::plan::Plan;
use crate::rules::hit::Hit;
use serde::{Deserialize, Deserializer};

/// Makes the enum of kinds, and what is asked of every kind, from one table.
macro_rules! kinds {
    ($($(#[$doc:meta])* $name:literal => $variant:ident($module:ident)),+ $(,)?) => {
        /// What a rule looks for: the `[check]` table of its file, told apart by `kind`.
        #[derive(Clone, Debug)]
        pub(crate) enum Check {
            $($(#[$doc])* $variant($module::$variant),)+
        }

        impl Check {
            /// Every kind's name.
            pub(crate) const NAMES: &'static [&'static str] = &[$($name),+];

            /// The kind's name, as rule files spell it.
            pub(crate) fn name(&self) -> &'static str {
                match self { $(Check::$variant(_) => $name,)+ }
            }

            /// The `{placeholders}` that its hits have values for, besides those that every finding has.
            pub(crate) fn values(&self) -> &'static [&'static str] {
                match self { $(Check::$variant(_) => $module::$variant::VALUES,)+ }
            }

            /// Everything in `plan` that the rule flags, in reading order.
            pub(crate) fn hits(&self, plan: &Plan) -> Vec<Hit> {
                match self { $(Check::$variant(check) => check.hits(plan),)+ }
            }

            /// The check of this kind with these settings; `None` where no kind has that name.
            pub(crate) fn read<'de, D: Deserializer<'de>>(kind: &str, settings: D) -> Option<Result<Self, D::Error>> {
                match kind {
                    $($name => Some($module::$variant::deserialize(settings).map(Check::$variant)),)+
                    _ => None,
                }
            }
        }
    };
}

kinds! {
    /// A section with nothing under its heading.
    "empty-section" => EmptySection(empty_section),
    /// Two sections that share one text.
    "merged-sections" => MergedSections(merged_sections),
    /// A section that cannot be found.
    "missing-section" => MissingSection(missing_section),
    /// An outcome that says what others will do.
    "outcome-provision" => OutcomeProvision(outcome_provision),
    /// What belongs in another section.
    "misplaced" => Misplaced(misplaced),
    /// An advice that Section K lacks.
    "missing-advice" => MissingAdvice(advice),
    /// An advice without author or date.
    "undated-advice" => UndatedAdvice(advice),
    /// A need without provision, or provision without a need.
    "unpaired" => Unpaired(unpaired),
    /// Wording that should not stand in a statement.
    "phrase" => Phrase(phrase),
    /// What a template left behind.
    "placeholder" => Placeholder(placeholder),
    /// What a statement must state and does not.
    "shortfall" => Shortfall(shortfall),
    /// Parts of the file that could not be read.
    "unreadable" => Unreadable(unreadable),
    /// Words that take a promise away.
    "weak-words" => WeakWords(weak_words),
    /// Nothing that prepares for adulthood.
    "adulthood-missing" => AdulthoodMissing(adulthood),
    /// A deadline that the plan's own dates show to have been missed.
    "late" => Late(late),
    /// Something still to come, or present, that has passed.
    "out-of-date" => OutOfDate(out_of_date),
    /// A part-time timetable as provision.
    "part-time" => PartTime(part_time),
    /// What tells who the child is, in an anonymised plan.
    "personal-data" => PersonalData(personal_data),
    /// What Section I names, or does not.
    "placement" => PlacementCheck(placement),
    /// Another child's name, or pronouns that change.
    "wrong-name" => WrongName(wrong_name),
}
