//! Templates: which plans were made with the same form, told by the labels and headings that they share.

use crate::audit::record::Record;
use crate::audit::rows::TemplateRow;
use std::collections::{BTreeMap, BTreeSet};

/// Two plans are of one template where they share at least this many of a hundred labels and headings.
const NEAR: usize = 60;
/// Of more templates than this, the rest are not told apart: what is kept has a bound.
const MOST: usize = 20_000;

/// The templates met so far. A plan belongs to the one it is nearest to, or founds one; so the order of plans counts, and
/// an audit goes by the order of their paths.
#[derive(Default)]
pub struct Templates {
    known: Vec<Template>,
    /// Their ids.
    taken: BTreeSet<String>,
    /// For each heading, the templates that have it.
    with: BTreeMap<u64, Vec<u32>>,
    /// The one of plans that have no heading.
    bare: Option<u32>,
}

struct Template {
    headings: usize,
    plans: u64,
    first: Option<String>,
    last: Option<String>,
    id: String,
}

impl Templates {
    /// The number of the template of a plan.
    pub fn place(&mut self, record: &Record) -> u32 {
        let headings = &record.traces.headings;
        let mut shared: BTreeMap<u32, usize> = BTreeMap::new();
        for template in headings.iter().filter_map(|heading| self.with.get(heading)).flatten() {
            *shared.entry(*template).or_default() += 1;
        }
        let near = shared.into_iter().filter_map(|(number, both)| {
            let template = self.known.get(number as usize)?;
            let either = template.headings + headings.len() - both;
            Some((both * 100 / either.max(1), number))
        });
        let nearest = near.max_by_key(|&(share, number)| (share, std::cmp::Reverse(number)));
        let number = match nearest {
            Some((share, number)) if share >= NEAR => number,
            Some((_, number)) if self.known.len() >= MOST => number,
            // Plans without any label are alike in that.
            None if headings.is_empty() => self.bare.unwrap_or_else(|| self.found(headings)),
            _ => self.found(headings),
        };
        if headings.is_empty() {
            self.bare = Some(number);
        }
        if let (Some(template), Some(plan)) = (self.known.get_mut(number as usize), &record.plan) {
            template.plans += 1;
            if let Some(month) = &plan.issued {
                let earlier = template.first.as_ref().is_none_or(|first| month < first);
                let later = template.last.as_ref().is_none_or(|last| month > last);
                template.first = if earlier { Some(month.clone()) } else { template.first.take() };
                template.last = if later { Some(month.clone()) } else { template.last.take() };
            }
        }
        number
    }

    fn found(&mut self, headings: &[u64]) -> u32 {
        let number = u32::try_from(self.known.len()).unwrap_or(u32::MAX);
        let mut id = headings.iter().fold(0u64, |all, &heading| all.wrapping_add(crate::audit::interval::mix(heading)));
        while !self.taken.insert(format!("{:08x}", id >> 32)) {
            id = crate::audit::interval::mix(id.wrapping_add(1));
        }
        let id = format!("{:08x}", id >> 32);
        self.known.push(Template { headings: headings.len(), plans: 0, first: None, last: None, id });
        for &heading in headings {
            self.with.entry(heading).or_default().push(number);
        }
        number
    }

    /// The id of a template.
    pub fn id(&self, number: u32) -> &str {
        self.known.get(number as usize).map_or("", |template| &template.id)
    }

    /// How many plans have a template.
    pub fn plans(&self, number: u32) -> u64 {
        self.known.get(number as usize).map_or(0, |template| template.plans)
    }

    /// The templates, those of most plans first.
    pub fn rows(&self) -> Vec<TemplateRow> {
        let row = |template: &Template| TemplateRow {
            template: template.id.clone(),
            plans: template.plans,
            headings: template.headings as u64,
            first: template.first.clone(),
            last: template.last.clone(),
        };
        let mut rows: Vec<TemplateRow> = self.known.iter().map(row).collect();
        rows.sort_by(|a, b| (b.plans, &a.template).cmp(&(a.plans, &b.template)));
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::record::{FileFacts, Outcome, PlanFacts};
    use crate::audit::sketch::hash;

    /// A plan with these labels and headings, one a letter, and the month of its issue.
    fn plan(headings: &str, issued: Option<&str>) -> Record {
        let mut record = Record::unread(FileFacts {
            name: String::new(),
            sha256: String::new(),
            bytes: 0,
            outcome: Outcome::Read,
            reason: String::new(),
        });
        record.plan = Some(PlanFacts { issued: issued.map(str::to_owned), ..PlanFacts::default() });
        record.traces.headings = headings.chars().map(|letter| hash(&letter.to_string())).collect();
        record
    }

    /// Plans in the order of an audit, each with the number of the template that it belongs to.
    fn check(why: &str, plans: &[(&str, u32)]) {
        let mut templates = Templates::default();
        let found: Vec<u32> = plans.iter().map(|(headings, _)| templates.place(&plan(headings, None))).collect();
        let expected: Vec<u32> = plans.iter().map(|(_, number)| *number).collect();
        assert_eq!(found, expected, "{why}");
        for number in &expected {
            let plans = expected.iter().filter(|of| *of == number).count() as u64;
            assert_eq!(templates.plans(*number), plans, "{why}: template {number}");
        }
    }

    #[test]
    fn generations_of_templates_are_told_apart() {
        check("the same form again", &[("ABCDEFGHIJ", 0), ("ABCDEFGHIJ", 0), ("JIHGFEDCBA", 0)]);
        check("one council's form and another's", &[("ABCDEFGHIJ", 0), ("KLMNOPQRST", 1), ("ABCDEFGHIJ", 0)]);
        check("6 of 10 in either are 60 %", &[("ABCDEFGH", 0), ("ABCDEFKL", 0)]);
        check("6 of 11 in either are 54 %", &[("ABCDEFGH", 0), ("ABCDEFKLM", 1)]);
        check("a section that a plan leaves out", &[("ABCDEFGHIJ", 0), ("ABCDEFG", 0), ("ABCDE", 1)]);
        check("headings of one plan alone, beside those of the form", &[("ABCDEFGHIJ", 0), ("ABCDEFGHIJxyz", 0)]);
        // A form that is changed a little each year is held against the plan that founded it, not against the last one: so
        // a generation begins where too much has changed.
        check(
            "a form that drifts",
            &[("ABCDEFGH", 0), ("ABCDEFGK", 0), ("ABCDEFKL", 0), ("ABCDEKLM", 1), ("ABCDKLMN", 1)],
        );
        check("the nearer of two", &[("ABCDEFGHIJ", 0), ("ABCDEFKLMN", 1), ("ABCDEFKLMG", 1), ("ABCDEFGHIK", 0)]);
        check("as near to two: the one that came first", &[("ABCDEF", 0), ("CDEFGH", 1), ("BCDEFG", 0)]);
        check("plans without a heading", &[("", 0), ("ABC", 1), ("", 0)]);
    }

    #[test]
    fn a_template_says_how_many_plans_have_it_and_from_when_to_when() {
        let mut templates = Templates::default();
        for (headings, issued) in [
            ("AB", None),
            ("KLMN", Some("2024-05")),
            ("KLMN", None),
            ("KLM", Some("2023-12")),
            ("KLMN", Some("2025-01")),
        ] {
            templates.place(&plan(headings, issued));
        }
        let rows = templates.rows();
        let told: Vec<_> =
            rows.iter().map(|row| (row.plans, row.headings, row.first.as_deref(), row.last.as_deref())).collect();
        assert_eq!(told, [(4, 4, Some("2023-12"), Some("2025-01")), (1, 2, None, None)]);
        assert_eq!(rows[0].template, templates.id(1));
        assert_eq!((templates.id(9), templates.plans(9)), ("", 0));
    }

    #[test]
    fn an_id_does_not_hang_on_which_plan_came_first() {
        let ids = |plans: &[&str]| {
            let mut templates = Templates::default();
            for headings in plans {
                templates.place(&plan(headings, None));
            }
            let mut ids: Vec<String> = templates.rows().into_iter().map(|row| row.template).collect();
            ids.sort();
            ids
        };
        let one = ids(&["ABCD", "KLMN", ""]);
        assert_eq!(one, ids(&["", "NMLK", "DCBA", "ABCD"]));
        assert!(one.iter().all(|id| id.len() == 8) && one[0] != one[1] && one[1] != one[2], "{one:?}");
    }
}
