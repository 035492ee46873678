//! Figures: what each figure of the dashboard means: said once, shown beside every figure.

/// A figure.
#[derive(Clone, Copy, Debug)]
pub struct Figure {
    /// Its id.
    pub id: &'static str,
    /// Its name.
    pub title: &'static str,
    /// Exactly what is counted, out of what.
    pub means: &'static str,
    /// What is counted, and so how its interval comes about.
    pub unit: FigureUnit,
}

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureUnit {
    /// Plans: a Wilson interval.
    Plans,
    /// Statements, which are alike within a plan: a bootstrap that draws whole plans.
    Statements,
    /// Counts over all plans that were put in: no interval.
    Counts,
}

impl FigureUnit {
    /// How the interval comes about, in plain words.
    pub fn method(self) -> &'static str {
        match self {
            FigureUnit::Plans => "95 % interval: Wilson, with plans as the sample.",
            FigureUnit::Statements => {
                "95 % interval: statements of one plan are alike, so whole plans are drawn again 1,000 times (Poisson \
                 bootstrap, percentiles). With fewer than ten plans, or a share of none or all, Wilson with the number of \
                 plans as the sample, which is wider."
            }
            FigureUnit::Counts => {
                "No interval: how much is found again depends on which plans were put in, and grows with their number."
            }
        }
    }
}

/// Every figure, in the order of the dashboard.
pub static FIGURES: &[Figure] = &[
    Figure {
        id: "both",
        title: "Provisions in Section F that are specified and quantified",
        means: "Out of all provisions that were read in Section F: those that are quantified and specified, both as defined \
                here. Special educational provision must be specified (Children and Families Act 2014, s.37(2)(b)); the Code \
                asks that it be detailed and quantified (SEND Code of Practice 2015, 9.69).",
        unit: FigureUnit::Statements,
    },
    Figure {
        id: "quantified",
        title: "Provisions in Section F that are quantified",
        means: "Out of all provisions that were read in Section F: those without a finding of the category unquantified, so \
                that they state everything that their sort must state (how often, how long, by whom…; docs/labels.md).",
        unit: FigureUnit::Statements,
    },
    Figure {
        id: "specified",
        title: "Provisions in Section F that are specified",
        means: "Out of all provisions that were read in Section F: those without a finding of the categories vague, \
                conditional, delegated, not-binding and funding-instead.",
        unit: FigureUnit::Statements,
    },
    Figure {
        id: "missing",
        title: "Plans in which a section could not be found",
        means: "Out of plans that were read: those in which no heading of the section could be found. A plan of which a part \
                could not be read counts only where the section was found. Section J is looked for only where a direct \
                payment is mentioned.",
        unit: FigureUnit::Plans,
    },
    Figure {
        id: "empty",
        title: "Plans in which a section is there and empty",
        means: "Out of plans that were read: those in which the heading of the section stands over nothing, or next to \
                nothing. In the sections on health and social care, words such as \u{201c}none identified\u{201d} are content.",
        unit: FigureUnit::Plans,
    },
    Figure {
        id: "no-placement",
        title: "Plans that name no school or other institution in Section I",
        means: "Out of plans that were read and are not for education otherwise than in a school: those in whose Section I \
                no name of an institution was read. A first draft must not name one (Children and Families Act 2014, \
                s.38(5)); a final plan names an institution, a type, or both (s.40), so a type alone is lawful. A plan of which \
                a part could not be read counts only where a name was found.",
        unit: FigureUnit::Plans,
    },
    Figure {
        id: "category",
        title: "Plans with a finding of a category",
        means: "Out of plans that were read: those with at least one finding of the category, whatever its severity, the \
                user's allowances left out. Where it could not be told in a plan because a part of it was not read, the plan \
                does not count.",
        unit: FigureUnit::Plans,
    },
    Figure {
        id: "rule",
        title: "Plans with a finding of a rule",
        means: "Out of plans that were read: those with at least one finding of the rule. Where it could not be told in a plan \
                because a part of it was not read, the plan does not count.",
        unit: FigureUnit::Plans,
    },
    Figure {
        id: "in-section",
        title: "Plans with a finding of a category in a section",
        means: "Out of plans that were read, whether they have the section or not: those with at least one finding of the \
                category in the section. Where it could not be told in a plan because a part of it was not read, the plan \
                does not count.",
        unit: FigureUnit::Plans,
    },
    Figure {
        id: "statements",
        title: "Provisions with a finding of a category",
        means: "Out of all provisions that were read in the section: those with at least one finding of the category.",
        unit: FigureUnit::Statements,
    },
    Figure {
        id: "repeated",
        title: "Sentences that stand in more than one plan",
        means: "Out of statements with six words or more. Each is levelled: lower case, the child\u{2019}s names and all \
                pronouns alike. Two are the same where all words are, and nearly the same where about four fifths of their \
                runs of three words are (MinHash with 32 places, eight bands of four; from nine words on). A sentence counts \
                as the template\u{2019}s where it stands in at least half of the plans of one template that has five plans \
                or more; otherwise as copied.",
        unit: FigureUnit::Counts,
    },
    Figure {
        id: "templates",
        title: "Templates",
        means: "Every plan that was read belongs to one: that of which it shares the most labels of sections, headings of \
                columns and other headings, if it shares at least 60 % of those that either has; otherwise it founds one. \
                Plans are taken in the order of their paths. The months are the first and the last of issue.",
        unit: FigureUnit::Counts,
    },
    Figure {
        id: "strangers",
        title: "Names and numbers of one plan in another",
        means: "Out of plans that were read: those in which a full name, NHS number or pupil number stands that is the own of \
                another plan, and not of this one. What more than three plans call their own counts for none. Brothers and \
                sisters may name each other, two children may bear one name, and two files may be versions of one plan: each \
                needs a look.",
        unit: FigureUnit::Plans,
    },
    Figure {
        id: "identifiers",
        title: "Plans in which identifiers were found",
        means: "Out of plans that were read: those in whose text, headers, footers, properties, comments, tracked changes, \
                bookmarks or file name something of the kind was found. Numbers are checked by their check digit. \
                \u{201c}None found\u{201d} does not mean that nobody can tell who the child is: a rare condition and a village \
                school can do it without any of these.",
        unit: FigureUnit::Plans,
    },
];

/// The figure of this id.
pub(crate) fn figure(id: &str) -> &'static Figure {
    FIGURES.iter().find(|figure| figure.id == id).unwrap_or(&FIGURES[0])
}
