//! What every target holds the library to: it ends, it does not panic, and what it says points into the text.

#[path = "../tests/suite/invariants.rs"]
mod invariants;

use ehcp_lint::{Access, Document, EXTRACT_WRITERS, Entry, Look, Plan, Report, Rules, Run, WRITERS, lint};
use std::sync::{LazyLock, Once};

static RULES: LazyLock<Rules> = LazyLock::new(Rules::built_in);

/// A panic that the library catches itself, over a page of a PDF, is no crash; one that escapes it still is.
fn quiet() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| std::panic::set_hook(Box::new(|_| {})));
}

/// The bytes of a file: read, judged, written twice.
pub fn of_bytes(bytes: &[u8]) {
    quiet();
    if let Ok(report) = lint(bytes, &Access::default(), &RULES) {
        of_report(report, bytes);
    }
}

/// Text in the plain notation.
pub fn of_notation(text: &str) {
    quiet();
    let plan = Plan::read(Document::from_notation(text));
    let verdict = RULES.check(&plan);
    of_report(Report::new(plan, verdict), text.as_bytes());
}

/// A rule file: refused with a reason, or in force over a plan.
pub fn of_rule_file(text: &str) {
    quiet();
    let Ok(rules) = Rules::parse([("provision/fuzzed", text)]) else { return };
    for rule in rules.iter() {
        for example in rule.examples() {
            let _ = rule.prove(example);
        }
    }
    let plan = Plan::read(Document::from_notation(SAMPLE));
    let verdict = rules.check(&plan);
    of_report(Report::new(plan, verdict), SAMPLE.as_bytes());
}

/// The report about a plan that every target may use.
pub fn sample() -> Report<'static> {
    quiet();
    let plan = Plan::read(Document::from_notation(SAMPLE));
    let verdict = RULES.check(&plan);
    Report::new(plan, verdict)
}

fn of_report(report: Report<'_>, bytes: &[u8]) {
    invariants::document_holds(report.plan.document());
    invariants::report_holds(&report);
    let run = Run { entries: vec![Entry::new("plan", bytes, Ok(report))] };
    let look = Look { width: 40, ..Look::PLAIN };
    for writer in WRITERS.iter().chain(EXTRACT_WRITERS) {
        let _ = writer.write(&run, &look);
    }
}

const SAMPLE: &str = "\
# Section B: Special educational needs

Sam has difficulty with expressive language, and with reading.

# Section E: Outcomes

By July 2027 Sam will use sentences of four words in class on four of five occasions.

# Section F: Special educational provision

Sam will have access to a speech and language therapist as required. A teaching assistant will read with Sam for 20 minutes daily.

| Provision | By whom | How often |
|---|---|---|
| Speech and language therapy | Speech and language therapist | as needed |

# Section I: Placement

Hill Top Primary School, a mainstream school.
";
