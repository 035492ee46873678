//! What was read before changes nothing: what is kept of texts follows from the texts alone.

use ehcp_lint::{Access, Report, Rules, lint};
use std::path::{Path, PathBuf};

/// All that a report says, and what was read.
fn told(report: &Report<'_>) -> Vec<String> {
    let plan = &report.plan;
    let findings = report
        .findings
        .iter()
        .map(|one| format!("{} {} {:?} {:?} {}", one.rule.id, one.fingerprint, one.marks, one.confidence, one.message));
    let statements = plan.statements().iter().map(|one| format!("{one:?}"));
    findings.chain(statements).chain(plan.links().iter().map(|link| format!("{link:?}"))).collect()
}

fn some_plans() -> Vec<PathBuf> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let folders = std::fs::read_dir(corpus).expect("the corpus").map(|entry| entry.expect("a folder").path());
    let mut plans: Vec<PathBuf> = folders.map(|folder| folder.join("plan.docx")).filter(|plan| plan.exists()).collect();
    plans.sort();
    plans.into_iter().step_by(9).collect()
}

#[test]
fn a_plan_is_told_the_same_whatever_was_read_before() {
    let rules = Rules::built_in();
    let read = |path: &PathBuf| {
        let bytes = std::fs::read(path).expect("a plan");
        told(&lint(&bytes, &Access::default(), &rules).expect("a report"))
    };
    let plans = some_plans();
    let first: Vec<Vec<String>> = plans.iter().map(read).collect();
    assert!(first.len() > 5 && first.iter().all(|told| told.len() > 10));
    for (path, before) in plans.iter().zip(&first).rev() {
        assert!(read(path) == *before, "{} is told otherwise", path.display());
    }
}
