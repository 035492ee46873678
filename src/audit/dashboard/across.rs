//! Across: what plans have in common: sentences, templates, names of one in another.

use super::Across;
use super::lines::{Line, binned, many};
use super::page::{Page, Rows};
use super::plot::{self, digits, percent};
use super::sections::Writer;
use crate::audit::interval::{Share, ratio};
use crate::audit::repeats::Cluster;
use crate::audit::rows::TemplateRow;

impl Writer<'_> {
    /// What plans have in common.
    pub(super) fn across(&self, page: &mut Page, across: &Across) {
        page.heading(2, Some("across"), "Across plans");
        self.figure(page, "repeated", |page| self.sentences(page, across));
        self.figure(page, "templates", |page| self.templates(page, across));
        self.figure(page, "strangers", |page| self.strangers(page, across));
    }

    /// "2,100 plans; 4 files unread."
    fn of_plans(&self) -> String {
        format!("{}; {}.", many(self.tally.plans(), "plan"), self.unread())
    }

    fn sentences(&self, page: &mut Page, across: &Across) {
        let rows = across
            .sentences
            .iter()
            .map(|(origin, (sentences, statements))| {
                let share = percent(ratio(*statements, across.compared));
                vec![(*origin).to_owned(), digits(*sentences), digits(*statements), share]
            })
            .collect();
        page.table(&Rows {
            caption: "Sentences that stand, the same or nearly, in more than one plan",
            heads: &["origin", "sentences", "statements that hold them", "share of statements that are compared"],
            cells: rows,
        });
        let compared = many(across.compared, "statement");
        page.base(&format!("Out of {compared} with six words or more in {}", self.of_plans()));
        let (copied, of) = across.copied_provisions;
        if of > 0 {
            page.element(
                "p",
                &format!(
                    "{} of {} provisions with six words or more ({}) hold a sentence that was copied from plan to plan; \
                     sentences that the template brings are not among them.",
                    digits(copied),
                    digits(of),
                    percent(ratio(copied, of)),
                ),
            );
        }
        if !across.spread.is_empty() {
            let bins = binned(&across.spread, 0);
            page.heading(4, None, "In how many plans a copied sentence stands");
            page.plot(
                "In how many plans a copied sentence stands; the table below says the same",
                true,
                &plot::columns(&bins, "plans in which a copied sentence stands", "sentences"),
            );
            let sentences: u64 = across.spread.values().sum();
            page.base(&format!("{} in {}", many(sentences, "copied sentence"), self.of_plans()));
            page.folded("The same as a table", |page| {
                let cells = bins.iter().map(|(label, count)| vec![label.clone(), digits(*count)]).collect();
                let caption = "Copied sentences by the number of plans in which they stand";
                page.table(&Rows { caption, heads: &["plans", "sentences"], cells });
            });
        }
        if !across.top.is_empty() {
            page.folded("The sentences that stand in most plans", |page| {
                let row = |cluster: &Cluster| {
                    vec![
                        cluster.id.clone(),
                        digits(cluster.plans),
                        percent(ratio(cluster.plans, self.tally.plans())),
                        digits(cluster.wordings),
                        cluster.origin.as_str().to_owned(),
                        cluster.section.to_owned(),
                        cluster.kind.to_owned(),
                    ]
                };
                page.table(&Rows {
                    caption: "repeated.csv says in which plans and statements each stands",
                    heads: &["sentence", "plans", "share of plans", "wordings", "origin", "section", "kind"],
                    cells: across.top.iter().map(row).collect(),
                });
            });
        }
    }

    fn templates(&self, page: &mut Page, across: &Across) {
        let row = |template: &TemplateRow| {
            let month = |month: &Option<String>| month.clone().unwrap_or_default();
            vec![
                template.template.clone(),
                digits(template.plans),
                percent(ratio(template.plans, self.tally.plans())),
                digits(template.headings),
                month(&template.first),
                month(&template.last),
            ]
        };
        let count = across.templates.len() as u64;
        page.base(&format!("{} in {}", many(count, "template"), self.of_plans()));
        page.folded("The templates of most plans", |page| {
            page.table(&Rows {
                caption: "The fifty of most plans; templates.csv holds all",
                heads: &["template", "plans", "share of plans", "labels and headings", "first month", "last month"],
                cells: across.templates.iter().take(50).map(row).collect(),
            });
        });
    }

    fn strangers(&self, page: &mut Page, across: &Across) {
        let (pairs, plans) = across.strangers;
        let share = Share { hits: plans, of: self.tally.plans() };
        let line = share.estimate().map(|estimate| Line {
            group: "all plans".to_owned(),
            estimate,
            hits: share.hits,
            of: share.of,
            plans: share.of,
        });
        if let Some(line) = line {
            self.plotted(page, "names and numbers of another plan", &[line]);
        }
        let pairs = if pairs == 1 { "1 pair of plans".to_owned() } else { format!("{} pairs of plans", digits(pairs)) };
        page.element("p", &format!("{pairs}: strangers.csv lists them."));
    }
}
