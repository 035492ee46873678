//! Across: what plans have in common: sentences, templates, names of one in another.

use super::Across;
use super::lines::{binned, many};
use super::page::{MEANS, Page, Rows};
use super::plot::{self, percent};
use crate::audit::repeats::Cluster;
use crate::audit::rows::TemplateRow;

/// What plans have in common.
pub(super) fn write(page: &mut Page, across: &Across) {
    sentences(page, across);
    templates(page, across);
    strangers(page, across);
}

fn sentences(page: &mut Page, across: &Across) {
    page.heading(2, Some("across"), "Across plans");
    page.heading(3, None, "The same sentence in many plans");
    let rows = across
        .sentences
        .iter()
        .map(|(origin, (sentences, statements))| {
            vec![(*origin).to_owned(), sentences.to_string(), statements.to_string()]
        })
        .collect();
    page.table(&Rows {
        caption: "Sentences that stand, the same or nearly, in more than one plan",
        heads: &["origin", "sentences", "statements that hold them"],
        cells: rows,
    });
    let (copied, of) = across.copied_provisions;
    if of > 0 {
        let share = percent(crate::audit::interval::ratio(copied, of));
        page.element(
            "p",
            &format!(
                "{copied} of {of} provisions with six words or more ({share}) hold a sentence that was copied from plan \
                 to plan; sentences that the template brings are not among them. No interval is given: how much is found \
                 again depends on which plans were put in, and grows with their number."
            ),
        );
    }
    page.folded(MEANS, |page| {
        page.element(
            "p",
            "Each statement is levelled: lower case, the child\u{2019}s names and all pronouns alike. Two are the same where \
             all words are, and nearly the same where about four fifths of their runs of three words are (MinHash with 32 \
             places, eight bands of four; from nine words on). Statements of fewer than six words are left out. A sentence \
             counts as the template\u{2019}s where it stands in at least half of the plans of one template that has five \
             plans or more; otherwise as copied.",
        );
    });
    if !across.spread.is_empty() {
        let bins = binned(&across.spread, 0);
        page.plot(
            "In how many plans a copied sentence stands; the table below lists the most frequent",
            true,
            &plot::columns(&bins, "plans in which a copied sentence stands", "sentences"),
        );
    }
    if !across.top.is_empty() {
        page.folded("The sentences that stand in most plans", |page| {
            let row = |cluster: &Cluster| {
                vec![
                    cluster.id.clone(),
                    cluster.plans.to_string(),
                    cluster.wordings.to_string(),
                    cluster.origin.as_str().to_owned(),
                    cluster.section.to_owned(),
                    cluster.kind.to_owned(),
                ]
            };
            page.table(&Rows {
                caption: "repeated.csv says in which plans and statements each stands",
                heads: &["sentence", "plans", "wordings", "origin", "section", "kind"],
                cells: across.top.iter().map(row).collect(),
            });
        });
    }
}

fn templates(page: &mut Page, across: &Across) {
    page.heading(3, None, "Templates");
    let row = |template: &TemplateRow| {
        let month = |month: &Option<String>| month.clone().unwrap_or_default();
        vec![
            template.template.clone(),
            template.plans.to_string(),
            template.headings.to_string(),
            month(&template.first),
            month(&template.last),
        ]
    };
    page.element(
        "p",
        &format!("{} told apart by the labels and headings of plans.", many(across.templates.len() as u64, "template")),
    );
    page.folded("The templates of most plans", |page| {
        page.table(&Rows {
            caption: "Plans of one template share at least 60 % of their labels and headings",
            heads: &["template", "plans", "labels and headings", "first month", "last month"],
            cells: across.templates.iter().take(50).map(row).collect(),
        });
    });
}

fn strangers(page: &mut Page, across: &Across) {
    page.heading(3, None, "Names and numbers of one plan in another");
    let (pairs, plans) = across.strangers;
    page.element(
        "p",
        &format!(
            "In {} a full name, NHS number or pupil number stands that is another plan\u{2019}s ({}). strangers.csv lists \
             them. Brothers and sisters may name each other, and two children may bear one name: each needs a look.",
            many(plans, "plan"),
            if pairs == 1 { "1 pair of plans".to_owned() } else { format!("{pairs} pairs of plans") },
        ),
    );
}
