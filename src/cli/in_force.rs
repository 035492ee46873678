//! Which rules are in force, and how grave they count: the command line and a settings file together.

use crate::cli::args::{ConfigChoice, MoreRules};
use crate::cli::config::{self, Config, Level};
use crate::cli::problem::Problem;
use crate::cli::reading;
use ehcp_lint::{Rule, Rules, Severity};
use std::collections::BTreeMap;
use std::path::Path;
use toml::Spanned;

/// The rules of a run.
#[derive(Debug)]
pub(crate) struct InForce {
    /// Every rule there is: the built-in ones and those of the folders that were named.
    pub(crate) all: Rules,
    /// Those that are in force.
    pub(crate) rules: Rules,
    /// How grave the findings of a rule (by id) are to count, where the settings say so.
    pub(crate) levels: BTreeMap<String, Severity>,
}

/// The settings that count in the current folder, where no document is at hand.
pub(crate) fn settings_here(choice: &ConfigChoice) -> Result<Option<Config>, Problem> {
    let path = match &choice.config {
        _ if choice.no_config => None,
        Some(path) => Some(path.clone()),
        None => config::find(Path::new(config::NAME)),
    };
    path.as_deref().map(Config::read).transpose()
}

impl InForce {
    /// What the command line and the settings ask for. What stands on the command line wins; rules to leave out, and
    /// folders of rules, add up.
    pub(crate) fn of(
        more: &MoreRules,
        select: &[String],
        ignore: &[String],
        config: Option<&Config>,
    ) -> Result<Self, Problem> {
        let mut all = reading::all_rules(more)?;
        let mut rules = None;
        let mut left_out: Vec<String> = Vec::new();
        let mut levels = BTreeMap::new();
        if let Some(config) = config {
            all = with_folders(all, config, more)?;
            if select.is_empty() && !config.settings.select.is_empty() {
                let chosen = config.settings.select.iter().map(|name| meant(config, &all, name));
                rules = Some(union(&all, &chosen.collect::<Result<Vec<_>, _>>()?));
            }
            for name in &config.settings.ignore {
                left_out.extend(ids(&meant(config, &all, name)?));
            }
            for (id, level) in levels_of(config, &all)? {
                match level {
                    Level::Off => left_out.push(id),
                    Level::Error => drop(levels.insert(id, Severity::Error)),
                    Level::Warning => drop(levels.insert(id, Severity::Warning)),
                    Level::Advice => drop(levels.insert(id, Severity::Advice)),
                }
            }
        }
        let rules = match rules {
            Some(rules) => rules,
            None => reading::selected(&all, select)?,
        };
        left_out.extend(reading::ignored(&all, ignore)?);
        let rules = without(rules, &left_out);
        Ok(Self { all, rules, levels })
    }

    /// How grave a rule counts here.
    pub(crate) fn severity(&self, rule: &Rule) -> Severity {
        self.levels.get(&rule.id).copied().unwrap_or_else(|| rule.severity())
    }
}

/// The rules that a name in the settings means.
pub(crate) fn meant(config: &Config, all: &Rules, name: &Spanned<String>) -> Result<Rules, Problem> {
    all.select(&[name.get_ref()]).map_err(|_| {
        let message = format!("there is no rule, topic or category called \u{201c}{}\u{201d}", name.get_ref());
        config.mistake(message, Some(name.span()), reading::suggestion(all, name.get_ref()))
    })
}

/// `all` and the rules of the folders that the settings name, which are taken from where the settings stand. A folder
/// that the command line names as well is there already.
fn with_folders(all: Rules, config: &Config, more: &MoreRules) -> Result<Rules, Problem> {
    let base = config.path.parent().unwrap_or(Path::new(""));
    let there: Vec<_> = more.rules.iter().filter_map(|folder| folder.canonicalize().ok()).collect();
    config.settings.rules.iter().try_fold(all, |rules, named| {
        let folder = base.join(named.get_ref());
        if folder.canonicalize().is_ok_and(|folder| there.contains(&folder)) {
            return Ok(rules);
        }
        reading::with_folder(rules, &folder).map_err(|problem| match problem {
            Problem::NoRules { why, .. } => {
                let help = "Give the folder that holds the rule files, as seen from the settings file.";
                config.mistake(format!("these rules could not be read: {why}"), Some(named.span()), help)
            }
            other => other,
        })
    })
}

/// The level of each rule (by id) that one was given for. Of several names that mean a rule its own id counts most, then
/// the longest beginning of it, then its category.
fn levels_of(config: &Config, all: &Rules) -> Result<BTreeMap<String, Level>, Problem> {
    let mut levels: BTreeMap<String, ((u8, usize), Level)> = BTreeMap::new();
    for (name, &level) in &config.settings.severity {
        let written = name.get_ref();
        for rule in meant(config, all, name)?.iter() {
            let closeness = match () {
                () if rule.category.as_str() == written => 0,
                () if rule.id.starts_with(written.as_str()) && rule.id != *written => 1,
                () => 2,
            };
            let rank = (closeness, written.len());
            let known = levels.get(&rule.id).map(|(rank, _)| *rank);
            if known.is_none_or(|known| known < rank) {
                levels.insert(rule.id.clone(), (rank, level));
            }
        }
    }
    Ok(levels.into_iter().map(|(id, (_, level))| (id, level)).collect())
}

fn ids(rules: &Rules) -> Vec<String> {
    rules.iter().map(|rule| rule.id.clone()).collect()
}

fn union(all: &Rules, chosen: &[Rules]) -> Rules {
    let ids: Vec<&str> = chosen.iter().flat_map(Rules::iter).map(|rule| rule.id.as_str()).collect();
    all.select(&ids).unwrap_or_default()
}

/// Without the rules of these ids, whether they are among them or not.
fn without(rules: Rules, ids: &[String]) -> Rules {
    let there: Vec<&String> = ids.iter().filter(|id| rules.get(id).is_some()).collect();
    rules.ignore(&there).unwrap_or(rules)
}
