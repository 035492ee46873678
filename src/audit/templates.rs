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
            _ => self.found(headings),
        };
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
