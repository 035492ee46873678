//! Proves every rule file by its own examples: one test for each file and each example.

use ehcp_lint::{Rule, Rules};
use libtest_mimic::{Arguments, Failed, Trial};
use std::fmt::Write as _;
use std::process::ExitCode;
use std::sync::Arc;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let mut trials =
        vec![Trial::test("there are rules", there_are_rules), Trial::test("ids are unique", ids_are_unique)];
    for &(id, text) in Rules::SOURCES {
        match Rules::parse([(id, text)]) {
            Ok(rules) => {
                trials.push(Trial::test(id, || Ok(())));
                let rules = Arc::new(rules);
                let count = rules.get(id).map_or(0, |rule| rule.examples().len());
                for index in 0..count {
                    let rules = Arc::clone(&rules);
                    let name = format!("{id} example {}", index + 1);
                    trials.push(Trial::test(name, move || rules.get(id).map_or(Ok(()), |rule| prove(rule, index))));
                }
            }
            Err(error) => {
                let report = format!("{:?}", miette::Report::new(*error));
                trials.push(Trial::test(id, move || Err(Failed::from(report))));
            }
        }
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn prove(rule: &Rule, index: usize) -> Result<(), Failed> {
    let example = &rule.examples()[index];
    rule.prove(example).map_err(|miss| {
        let mut text = format!("{miss}\n");
        for line in example.written.lines() {
            let _ = write!(text, "\n    {line}");
        }
        Failed::from(text)
    })
}

fn there_are_rules() -> Result<(), Failed> {
    if Rules::SOURCES.is_empty() { Err(Failed::from("no rule file was found")) } else { Ok(()) }
}

fn ids_are_unique() -> Result<(), Failed> {
    match Rules::parse(Rules::SOURCES.iter().copied()) {
        Ok(rules) if rules.iter().len() == Rules::built_in().iter().len() => Ok(()),
        Ok(_) => Err(Failed::from("the built-in rules are not those of the files")),
        Err(error) => Err(Failed::from(format!("{:?}", miette::Report::new(*error)))),
    }
}
