//! Sections: the parts of the page, from what was read to how it was made.

use super::About;
use super::lines::{Line, binned, many};
use super::page::{MEANS, Page, Rows};
use super::plot::{self, digits, percent};
use crate::audit::figures::{FIGURES, Figure, figure};
use crate::audit::interval::{FEWEST, ratio};
use crate::audit::record::Outcome;
use crate::audit::rows::LOOSE;
use crate::audit::tally::{BY_NAME, Tally, quantile};
use crate::rules::Category;
use std::collections::{BTreeMap, BTreeSet};

/// Writes the parts of the page.
pub(super) struct Writer<'t> {
    pub(super) tally: &'t Tally,
}

impl Writer<'_> {
    /// What every figure stands on, and what it leaves out.
    pub(super) fn base(&self, page: &mut Page) {
        let (plans, part) = (self.tally.plans(), self.tally.files(Outcome::Part));
        let (findings, statements) = self.tally.totals();
        let text = format!(
            "{} were read, {} of them in part; {} could not be read and count in no figure. {}, {}.",
            many(plans, "plan"),
            digits(part),
            many(self.tally.files(Outcome::Unread), "file"),
            many(statements, "statement"),
            many(findings, "finding"),
        );
        page.element("p", &text);
    }

    pub(super) fn files(&self, page: &mut Page, about: &About) {
        page.heading(2, Some("files"), "What was read");
        let meaning = [
            (Outcome::Read, "EHC plans, read whole"),
            (Outcome::Part, "EHC plans of which a part could not be read"),
            (Outcome::Unread, "files that may be plans and could not be read"),
            (Outcome::NotPlan, "documents in which no section of a plan was found"),
            (Outcome::NotDocument, "files that are no documents"),
        ];
        let mut rows: Vec<Vec<String>> = meaning
            .iter()
            .map(|(outcome, means)| {
                vec![outcome.as_str().to_owned(), digits(self.tally.files(*outcome)), (*means).to_owned()]
            })
            .collect();
        rows.push(vec![
            "copy".to_owned(),
            digits(self.tally.copies),
            "files with the same bytes as one before; they count in no figure".to_owned(),
        ]);
        page.table(&Rows {
            caption: "Files by what became of them",
            heads: &["outcome", "files", "means"],
            cells: rows,
        });
        let reasons: Vec<Vec<String>> = self
            .tally
            .reasons()
            .map(|(outcome, reason, count)| vec![reason.to_owned(), outcome.as_str().to_owned(), digits(count)])
            .collect();
        if !reasons.is_empty() {
            page.folded("Why files were not read", |page| {
                let caption = "Reasons; plans.csv says which file has which";
                page.table(&Rows { caption, heads: &["reason", "outcome", "files"], cells: reasons });
            });
        }
        if let Some((rows, unused)) = about.meta {
            let text = format!(
                "The table that was given has {}; {unused} of them are about no file that was found. {} that were found \
                 have no row in it, and are shown as \u{201c}unknown\u{201d}.",
                many(rows as u64, "row"),
                many(about.without_meta, "file"),
            );
            page.element("p", &text);
        }
    }

    pub(super) fn provision(&self, page: &mut Page) {
        page.heading(2, Some("provision"), "Provision in Section F");
        for id in ["both", "quantified", "specified"] {
            self.figure(page, id, |page| {
                self.grouped(page, id, 0, false, "all plans");
                for grouping in 1..self.groupings() {
                    self.grouped(page, id, grouping, false, self.grouping(grouping));
                }
            });
        }
    }

    pub(super) fn sections(&self, page: &mut Page) {
        page.heading(2, Some("sections"), "Sections");
        for id in ["missing", "empty"] {
            self.figure(page, id, |page| {
                let lines = self.letters(id, true);
                self.plotted(page, "section", &lines);
            });
        }
    }

    pub(super) fn placement(&self, page: &mut Page) {
        page.heading(2, Some("placement"), "Placement");
        self.figure(page, "no-placement", |page| {
            self.grouped(page, "no-placement", 1, true, "stage");
            for grouping in 2..self.groupings() {
                self.grouped(page, "no-placement", grouping, true, self.grouping(grouping));
            }
        });
    }

    pub(super) fn categories(&self, page: &mut Page) {
        page.heading(2, Some("categories"), "What was found, by category");
        let mut in_force: BTreeMap<Category, Vec<&str>> = BTreeMap::new();
        for (rule, category) in &self.tally.settings.rules {
            in_force.entry(*category).or_default().push(rule);
        }
        let mut lines: Vec<Line> = in_force
            .keys()
            .filter_map(|category| {
                let share = self.tally.shares.get(&format!("category:{}", category.as_str()), 0, "all")?;
                let estimate = share.estimate()?;
                let group = category.as_str().to_owned();
                Some(Line { group, estimate, hits: share.hits, of: share.of, plans: share.of })
            })
            .collect();
        lines.sort_by(|a, b| b.estimate.share.total_cmp(&a.estimate.share).then_with(|| a.group.cmp(&b.group)));
        self.figure(page, "category", |page| self.plotted(page, "category", &lines));
        // In the order of the plot; those of which nothing could be told come last.
        let place = |label: &str| lines.iter().position(|line| line.group == label).unwrap_or(usize::MAX);
        let mut in_force: Vec<_> = in_force.into_iter().collect();
        in_force.sort_by_key(|(category, _)| place(category.as_str()));
        for (category, rules) in in_force {
            let label = category.as_str();
            let share = lines.iter().find(|line| line.group == label).map(|line| {
                let share = percent(line.estimate.share);
                format!("{share} of plans ({} of {})", digits(line.hits), digits(line.of))
            });
            let summary = format!("{label}: {}", share.unwrap_or_else(|| "unknown share of plans".to_owned()));
            page.folded(&summary, |page| {
                page.element("p", &format!("What {label} means: {}.", category.means()));
                self.category(page, label, &rules);
            });
        }
    }

    fn category(&self, page: &mut Page, label: &str, rules: &[&str]) {
        let by_rule: Vec<Line> = rules
            .iter()
            .filter_map(|rule| {
                let share = self.tally.shares.get(&format!("rule:{label}"), BY_NAME, rule)?;
                let estimate = share.estimate()?;
                Some(Line { group: (*rule).to_owned(), estimate, hits: share.hits, of: share.of, plans: share.of })
            })
            .collect();
        page.heading(4, None, "By rule: share of plans");
        defined(page, figure("rule"));
        self.plotted(page, "rule", &by_rule);
        let letters: Vec<Line> =
            self.letters(&format!("section:{label}"), true).into_iter().filter(|line| line.hits > 0).collect();
        if !letters.is_empty() {
            page.heading(4, None, "By section: share of plans");
            defined(page, figure("in-section"));
            self.plotted(page, "section", &letters);
        }
        if LOOSE.contains(&label) || label == "unquantified" {
            page.heading(4, None, "By section: share of provisions");
            defined(page, figure("statements"));
            self.plotted(page, "section", &self.letters(&format!("statements:{label}"), false));
        }
        for grouping in 1..self.groupings() {
            self.grouped(page, &format!("category:{label}"), grouping, true, self.grouping(grouping));
        }
    }

    pub(super) fn spreads(&self, page: &mut Page) {
        page.heading(2, Some("spread"), "Distributions");
        page.element("p", "How plans differ among each other. A mean would hide it, so none is given.");
        for (id, title, below, means, step) in [
            (
                "both",
                "Share of provisions in Section F that are specified and quantified",
                "per cent of a plan\u{2019}s provisions",
                "For each plan: of the provisions in Section F, how many say what is provided as well as how much, how often or how long.",
                10,
            ),
            (
                "provisions",
                "Provisions in Section F",
                "provisions in a plan",
                "For each plan: the statements of Section F that were read as provision.",
                0,
            ),
            (
                "findings",
                "Findings",
                "findings in a plan",
                "For each plan: everything that the rules found, whatever its severity; what the settings allow is not among it.",
                0,
            ),
            (
                "pages",
                "Pages (PDF)",
                "pages",
                "For each plan that came as a PDF: its pages. A Word file has none until it is laid out.",
                0,
            ),
            (
                "words",
                "Words in the sections",
                "words",
                "For each plan: the words that stand in one of the sections A to K. Cover pages, running headers and appendices are not counted.",
                0,
            ),
        ] {
            let Some(spread) = self.tally.spreads.get(id, 0, "all") else { continue };
            page.heading(3, None, title);
            page.folded(MEANS, |page| page.element("p", means));
            let bins = binned(spread, step);
            page.plot(
                &format!("{title}: how many plans have which value; the table below says the same"),
                true,
                &plot::columns(&bins, below, "plans"),
            );
            let plans: u64 = spread.values().sum();
            page.base(&format!("{}; {}.", many(plans, "plan"), self.unread()));
            page.folded("The same as a table, and by group", |page| {
                let rows = bins.iter().map(|(label, count)| vec![label.clone(), digits(*count)]).collect();
                page.table(&Rows { caption: title, heads: &[below, "plans"], cells: rows });
                let mut rows = Vec::new();
                for grouping in 0..self.groupings() {
                    let mut groups: Vec<_> = self.tally.spreads.groups(id, grouping).collect();
                    groups.sort_by_key(|(group, _)| self.kind(grouping).place(group));
                    for (group, spread) in groups {
                        let plans: u64 = spread.values().sum();
                        if plans >= self.tally.settings.smallest {
                            let name = format!("{}: {group}", self.grouping(grouping));
                            let at =
                                |hundredths| quantile(spread, hundredths).map_or(String::new(), |v| digits(v.into()));
                            let mut row = vec![name, digits(plans)];
                            row.extend([0, 10, 25, 50, 75, 90, 100].map(at));
                            rows.push(row);
                        }
                    }
                }
                let heads = ["group", "plans", "least", "10 %", "25 %", "half", "75 %", "90 %", "most"];
                page.table(&Rows { caption: "Values that so many plans do not exceed", heads: &heads, cells: rows });
            });
        }
    }

    pub(super) fn identifiers(&self, page: &mut Page) {
        page.heading(2, Some("identifiers"), "Identifiers");
        self.figure(page, "identifiers", |page| {
            let (all, said) = (self.tally.identified, self.tally.identified_anonymised);
            let lines: Vec<Line> = [("all plans", all), ("plans that say they are anonymised", said)]
                .into_iter()
                .filter_map(|(group, share)| {
                    let estimate = share.estimate()?;
                    Some(Line { group: group.to_owned(), estimate, hits: share.hits, of: share.of, plans: share.of })
                })
                .collect();
            self.plotted(page, "identifiers found", &lines);
            let rows: Vec<Vec<String>> = self
                .tally
                .identifiers
                .iter()
                .map(|((what, place), share)| {
                    vec![what.clone(), place.clone(), digits(share.hits), percent(ratio(share.hits, all.of))]
                })
                .collect();
            if rows.is_empty() {
                page.element("p", "None found.");
            } else {
                let caption =
                    "Plans in which something of the kind was found; identifiers.csv says where, never the value";
                page.table(&Rows { caption, heads: &["what", "where", "plans", "share of plans"], cells: rows });
                page.base(&format!("Out of {}; {}.", many(all.of, "plan"), self.unread()));
            }
            if self.tally.bad_numbers > 0 {
                let numbers = many(self.tally.bad_numbers, "number");
                page.element("p", &format!("{numbers} under such a label with a wrong check digit."));
            }
        });
    }

    pub(super) fn method(&self, page: &mut Page, about: &About) {
        page.heading(2, Some("method"), "How this was made");
        page.element(
            "p",
            "A program read each plan and held it against rules that are data, each with its authority. It says what it could \
             not find, never that a plan is unlawful. There is no single score: what is wrong with plans is not one thing. How \
             often the program agrees with people is a figure of its own; ehcp-lint audit agree works it out for these plans.",
        );
        page.element(
            "p",
            &format!(
                "A group with fewer than {} is not shown by itself. A share of statements from fewer than {FEWEST} plans has \
                 the interval of so many plans.",
                many(self.tally.settings.smallest, "plan")
            ),
        );
        let rows = about.settings.iter().map(|(name, value)| vec![name.clone(), value.clone()]).collect();
        page.table(&Rows {
            caption: "Versions and settings (run.json holds the same)",
            heads: &["setting", "value"],
            cells: rows,
        });
        page.folded("Every figure and what it means", |page| {
            let rows = FIGURES.iter().map(|f| vec![f.title.to_owned(), f.means.to_owned(), f.unit.method().to_owned()]);
            page.table(&Rows { caption: "Figures", heads: &["figure", "counts", "interval"], cells: rows.collect() });
        });
    }

    /// A figure with its heading and its definition.
    pub(super) fn figure(&self, page: &mut Page, id: &str, inside: impl FnOnce(&mut Page)) {
        let figure = figure(id);
        page.heading(3, None, figure.title);
        defined(page, figure);
        let needed = match id {
            "both" => [&["unquantified"][..], LOOSE].concat(),
            "quantified" => vec!["unquantified"],
            "specified" => LOOSE.to_vec(),
            "missing" => vec!["section-missing"],
            "empty" => vec!["section-empty"],
            _ => Vec::new(),
        };
        let known: BTreeSet<&str> = self.tally.settings.rules.iter().map(|(_, category)| category.as_str()).collect();
        let lacking: Vec<&str> = needed.into_iter().filter(|category| !known.contains(category)).collect();
        if lacking.is_empty() {
            inside(page);
        } else {
            page.raw("<p class=\"note\">");
            page.raw(&format!("Not measured: the rules of {} were left out of this audit.</p>\n", lacking.join(", ")));
        }
    }
}

/// What a figure counts, one click away.
fn defined(page: &mut Page, figure: &Figure) {
    page.folded(MEANS, |page| {
        page.element("p", figure.means);
        page.element("p", figure.unit.method());
    });
}
