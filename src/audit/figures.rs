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
        id: "statements",
        title: "Provisions with a finding of a category",
        means: "Out of all provisions that were read in the section: those with at least one finding of the category.",
        unit: FigureUnit::Statements,
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
