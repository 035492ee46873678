//! Settings, what the user says of a plan, and rules of one's own: whole commands.

use crate::cli::{Ran, ehcp_lint, ran};
use serde_json::Value;
use std::fs;
use std::path::Path;

const PLAN: &str = "\
# Education, Health and Care Plan: Final

Date of final plan: 4 March 2024

# Section B: Special educational needs

Sam finds reading hard.

# Section F: Special educational provision

Sam will have access to support with reading as required.

A teacher will read with Sam for ten minutes every day. Sam will be given opportunities for talking.
";

/// A folder with a plan, and with settings where there are any.
struct Home(tempfile::TempDir);

impl Home {
    fn new(settings: &str) -> Self {
        let home = Self(tempfile::tempdir().expect("a folder"));
        home.put("plans/sam.txt", PLAN);
        if !settings.is_empty() {
            home.put("ehcp-lint.toml", settings);
        }
        home
    }

    fn put(&self, name: &str, text: &str) {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        ran(ehcp_lint(arguments).current_dir(self.0.path()))
    }

    /// What the command says, as one line.
    fn says(&self, arguments: &[&str], code: i32, words: &[&str]) {
        let ran = self.run(arguments);
        let all = format!("{}{}", ran.out, ran.err);
        assert_eq!(ran.code, code, "{arguments:?}\n{all}");
        let flat = all.split_whitespace().collect::<Vec<_>>().join(" ");
        for words in words {
            assert!(flat.contains(words), "{arguments:?} does not say {words:?}:\n{all}");
        }
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let ran = self.run(&[&["check", "plans/sam.txt", "--format", "json"], arguments].concat());
        serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("no JSON: {}{}", ran.out, ran.err))
    }

    /// The findings as "rule severity", without order.
    fn findings(&self, arguments: &[&str]) -> Vec<String> {
        let json = self.json(arguments);
        let findings = json["documents"][0]["findings"].as_array().expect("findings").clone();
        let word = |value: &Value| value.as_str().expect("a word").to_owned();
        findings.iter().map(|f| format!("{} {}", word(&f["rule"]), word(&f["severity"]))).collect()
    }
}

#[test]
fn the_nearest_settings_upwards_from_the_document_count() {
    let home = Home::new("select = [\"vague\"]\n");
    assert_eq!(home.findings(&[]), ["provision/vague-wording warning", "provision/vague-wording warning"]);
    assert!(home.findings(&["--no-config"]).len() > 2);
    assert_eq!(home.findings(&["--ignore", "provision/vague-wording"]), Vec::<String>::new());
    let chosen = home.findings(&["--select", "section-missing"]);
    assert!(chosen.len() > 2 && chosen.iter().all(|f| f.starts_with("plan/section-missing")), "{chosen:?}");
    home.put("plans/ehcp-lint.toml", "ignore = [\"vague\"]\nselect = [\"provision/\"]\n");
    let near = home.findings(&[]);
    assert!(!near.is_empty() && near.iter().all(|f| !f.contains("vague")), "{near:?}");
    home.put("other.toml", "select = [\"late\"]\n");
    assert_eq!(home.findings(&["--config", "other.toml"]), Vec::<String>::new());
    home.says(&["check", "plans/sam.txt", "--config", "none.toml"], 2, &["none.toml", "could not be read"]);
    home.says(&["check", "plans/sam.txt", "--config", "other.toml", "--no-config"], 2, &["--no-config"]);
}

#[test]
fn documents_with_settings_of_their_own_are_checked_together() {
    let home = Home::new("");
    home.put("a/plan.txt", PLAN);
    home.put("a/ehcp-lint.toml", "select = [\"late\"]\nfail-on = \"never\"\n");
    home.put("b/plan.txt", PLAN);
    home.put("b/ehcp-lint.toml", "select = [\"vague\"]\n");
    let ran = home.run(&["check", "a/plan.txt", "b/plan.txt", "--format", "jsonl"]);
    let counts: Vec<usize> = ran
        .out
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON")["findings"].as_array().map_or(0, Vec::len))
        .collect();
    assert_eq!((ran.code, counts), (1, vec![0, 2]));
    home.says(&["check", "a/plan.txt"], 0, &["No findings"]);
}

#[test]
fn levels_decide_how_grave_findings_are() {
    let check = |levels: &str, expected: Option<&str>| {
        let home = Home::new(&format!("select = [\"vague\"]\n[severity]\n{levels}"));
        let found = home.findings(&[]);
        match expected {
            None => assert!(found.is_empty(), "{levels}: {found:?}"),
            Some(level) => {
                assert!(found.len() == 2 && found.iter().all(|f| f.ends_with(level)), "{levels}: {found:?}");
            }
        }
    };
    check("vague = \"error\"", Some("error"));
    check("\"provision/\" = \"advice\"", Some("advice"));
    check("\"provision/vague-wording\" = \"off\"", None);
    check("vague = \"off\"\n\"provision/\" = \"error\"\n\"provision/vague-wording\" = \"advice\"", Some("advice"));
    check("vague = \"error\"\n\"provision\" = \"advice\"\n\"provision/vague\" = \"warning\"", Some("warning"));
    let home = Home::new("select = [\"vague\"]\nfail-on = \"error\"\n");
    home.says(&["check", "plans/sam.txt"], 0, &["provision/vague-wording"]);
    home.says(&["check", "plans/sam.txt", "--fail-on", "warning"], 1, &[]);
    home.put("ehcp-lint.toml", "select = [\"vague\"]\nmin-severity = \"error\"\n");
    home.says(&["check", "plans/sam.txt"], 0, &["No findings"]);
}

#[test]
fn what_is_allowed_is_left_out_with_its_reason() {
    let allow = "select = [\"vague\"]\n[[allow]]\nrule = \"provision/vague-wording\"\nreason = \"Annex 2.\"\n";
    let home = Home::new(&format!("{allow}text = \"ACCESS  to support\"\nuntil = 2099-12-31\n"));
    let json = home.json(&[]);
    let document = &json["documents"][0];
    assert_eq!(document["findings"].as_array().map(Vec::len), Some(1));
    assert_eq!(document["allowed"].as_array().map(Vec::len), Some(1));
    assert_eq!(document["allowed"][0]["reason"], "Annex 2.");
    assert_eq!(json["summary"]["findings"]["warning"], 1);
    home.says(&["check", "plans/sam.txt"], 1, &["1 finding is left out, because the settings allow it."]);
    let check = |what: &str, left: usize| {
        let home = Home::new(&format!("{allow}{what}"));
        assert_eq!(home.findings(&[]).len(), left, "{what}");
    };
    check("section = \"F\"", 0);
    check("section = \"G\"", 2);
    check("section = \"plan\"", 2);
    check("document = \"sam.txt\"", 0);
    check("document = \"plans/sam.txt\"", 0);
    check("document = \"am.txt\"", 2);
    check("document = \"sam.txt\"\ntext = \"opportunities\"", 1);
}

#[test]
fn an_allowance_that_ended_or_matches_nothing_says_so() {
    let allow = "select = [\"vague\"]\n[[allow]]\nrule = \"vague\"\nreason = \"R\"\n";
    let home = Home::new(&format!("{allow}section = \"F\"\nuntil = 2026-01-31\n"));
    let last = ["check", "plans/sam.txt", "--as-of", "2026-01-31"];
    home.says(&last, 0, &["2 findings are left out"]);
    assert!(home.run(&last).err.is_empty());
    let after = ["check", "plans/sam.txt", "--as-of", "2026-02-01"];
    home.says(&after, 1, &["this allowance ended on 2026-01-31", "ehcp-lint.toml, line 3", "rule = \"vague\""]);
    let quiet = home.run(&[&after[..], &["--quiet"]].concat());
    assert!(quiet.err.is_empty() && quiet.code == 1);
    home.put("ehcp-lint.toml", &format!("{allow}text = \"nowhere\"\n"));
    home.says(&["check", "plans/sam.txt"], 1, &["this allowance matches nothing"]);
    home.says(&["check", "plans/sam.txt", "--select", "late"], 0, &["No findings"]);
    assert!(home.run(&["check", "plans/sam.txt", "--select", "late"]).err.is_empty(), "its rule was not asked");
    home.put("ehcp-lint.toml", &format!("{allow}document = \"other.docx\"\n"));
    assert!(home.run(&["check", "plans/sam.txt"]).err.is_empty(), "its document was not there");
}

#[test]
fn a_mistake_in_the_settings_is_drawn_into_the_file() {
    let check = |settings: &str, says: &[&str]| {
        let home = Home::new(settings);
        home.says(&["check", "plans/sam.txt"], 2, says);
        assert!(home.run(&["check", "plans/sam.txt"]).err.contains("ehcp-lint.toml, line"), "{settings}");
    };
    check("selct = [\"vague\"]", &["unknown field `selct`", "Did you mean \u{201c}select\u{201d}?"]);
    check("select = [\"vage\"]", &["no rule, topic or category", "Did you mean \u{201c}vague\u{201d}?"]);
    check("ignore = [\"plan/section-mising\"]", &["Did you mean \u{201c}plan/section-missing\u{201d}?"]);
    check("fail-on = \"eror\"", &["unknown variant `eror`", "Did you mean \u{201c}error\u{201d}?"]);
    check("stage = \"finl\"", &["Did you mean \u{201c}final\u{201d}?"]);
    check("[severity]\nvage = \"off\"", &["vage", "Did you mean \u{201c}vague\u{201d}?", "line 2"]);
    check("[severity]\nvague = \"of\"", &["Did you mean \u{201c}off\u{201d}?"]);
    check("as-of = \"3 March\"", &["write a day as 2026-11-22"]);
    check("dob = 2012-05-03T10:00:00", &["write a day as"]);
    check("rules = [\"nowhere\"]", &["these rules could not be read: there is no such folder"]);
    check("select = [\"vague\"", &["unclosed array"]);
    check("[[allow]]\nrule = \"vague\"\nreason = \"R\"", &["every finding of the rule", "text, section or document"]);
    check("[[allow]]\nrule = \"vague\"\nsection = \"F\"", &["missing field `reason`"]);
    check("[[allow]]\nrule = \"vague\"\nsection = \"F\"\nreason = \" \"", &["needs a reason"]);
    check("[[allow]]\nrule = \"vague\"\nsection = \"H3\"\nreason = \"R\"", &["no section", "Did you mean"]);
    check("[[allow]]\nrule = \"vauge\"\nsection = \"F\"\nreason = \"R\"", &["Did you mean \u{201c}vague\u{201d}?"]);
    check("[[allow]]\nrule = \"vague\"\ntext = \"-\"\nreason = \"R\"", &["no words"]);
    check("[[allow]]\nrule = \"vague\"\nwhy = \"R\"", &["unknown field `why`"]);
}

#[test]
fn a_mistake_in_the_settings_looks_like_this() {
    let home = Home::new("# Ours\nselect = [\"late\", \"vage\"]\n");
    let err = home.run(&["check", "plans/sam.txt"]).err;
    let folder = home.0.path().to_string_lossy().into_owned();
    insta::assert_snapshot!("settings", err.replace(&folder, "HOME"));
}

/// A plan that says little of itself: what the user says decides.
#[test]
fn what_the_user_says_of_a_plan_counts() {
    let home = Home::new("");
    home.put(
        "plans/sam.txt",
        "# Education, Health and Care Plan: Final\n\nDate of final plan: 4 March 2024\n\nDate of birth: 9 May 2012\n\n\
         # Section E: Outcomes\n\nBy July 2025 Sam will read 100 words.\n\n\
         # Section F: Special educational provision\n\nA teacher will read with Sam for ten minutes as required.\n",
    );
    let has = |arguments: &[&str], finding: &str| home.findings(arguments).iter().any(|f| f == finding);
    let adulthood = "plan/adulthood-missing error";
    assert!(!has(&[], adulthood), "Year 7 on the plan's date");
    assert!(has(&["--as-of", "2026-11-22"], adulthood), "Year 10 by then");
    assert!(has(&["--dob", "9/5/2008"], adulthood), "Year 11");
    assert!(!has(&["--as-of", "2026-11-22", "--dob", "2018-05-09"], adulthood), "Year 3");
    assert!(has(&["--as-of", "2026-11-22"], "plan/out-of-date-date warning"));
    assert!(!has(&[], "plan/out-of-date-date warning"));
    let vague = |severity: &str| format!("provision/vague-wording {severity}");
    assert!(has(&[], &vague("warning")) && has(&["--setting", "mainstream"], &vague("warning")));
    assert!(has(&["--setting", "special"], &vague("advice")));
    assert!(has(&["--setting", "otherwise"], &vague("warning")));
    home.put("ehcp-lint.toml", "setting = \"special\"\nas-of = \"22/11/2026\"\nstage = \"draft\"\n");
    assert!(has(&[], &vague("advice")) && has(&[], adulthood));
    assert!(has(&["--setting", "college", "--as-of", "4.3.2024"], &vague("warning")));
    assert_eq!(home.json(&[])["documents"][0]["stage"], "draft");
    assert_eq!(home.json(&["--stage", "auto"])["documents"][0]["stage"], "final");
    home.says(&["extract", "plans/sam.txt", "--format", "json"], 0, &["\"stage\": \"draft\""]);
    home.says(&["check", "plans/sam.txt", "--dob", "soon"], 2, &["write a day as 2026-11-22 or 22/11/2026"]);
    home.says(&["check", "plans/sam.txt", "--setting", "specal"], 2, &["special"]);
}

const OURS: &str = "\
title = \"A word of ours\"
category = \"vague\"
certainty = \"mechanical\"
since = \"1\"
message = \"{quotes} says nothing.\"
why = \"It says nothing.\"
help = \"Ask what it means.\"
[[authority]]
cite = \"Our own house style\"
says = \"Say what you mean.\"
force = \"practice\"
[check]
kind = \"phrase\"
any = [\"talking\", \"sunshine\"]
[[fires]]
text = \"Sam will be given «talking».\"
[[silent]]
text = \"Sam will be given walking.\"
why = \"Another word.\"
";

#[test]
fn rules_of_ones_own_work_like_the_others() {
    let home = Home::new("rules = [\"ours\"]\nselect = [\"provision/talk\"]\n");
    home.put("ours/provision/talk.toml", OURS);
    assert_eq!(home.findings(&[]), ["provision/talk advice"]);
    assert_eq!(
        home.findings(&["--no-config", "--rules", "ours", "--select", "provision/talk"]),
        ["provision/talk advice"]
    );
    home.says(&["rules", "test", "ours"], 0, &["1 rules, 2 examples, 0 of them", "examples show 1 of 2 phrases"]);
    home.says(
        &["rules", "test", "ours", "--coverage"],
        0,
        &["any: sunshine", "2 phrases and patterns, 1 of them shown"],
    );
    home.says(&["rules", "list", "--rules", "ours", "--section", "g"], 0, &["provision/talk", "A word of ours"]);
    home.says(&["explain", "provision/talk", "--rules", "ours"], 0, &["How to switch it off"]);
    home.says(&["rules", "docs", "--rules", "ours", "-o", "docs"], 0, &["pages written"]);
    home.says(&["rules", "docs", "--rules", "ours", "-o", "docs", "--check"], 0, &["0 of them missing or stale"]);
    home.put("docs/provision/talk.md", "old");
    home.says(&["rules", "docs", "--rules", "ours", "-o", "docs", "--check"], 1, &["stale: docs/provision/talk.md"]);
    home.put("ours/provision/talk.toml", &OURS.replace("«talking»", "talking «walking»"));
    home.says(&["rules", "test", "ours"], 1, &["provision/talk example 1: wrong words"]);
    home.put("ours/provision/talk.toml", &OURS.replace("since = \"1\"", "since = \"1\"\nvalid-from = 2024-03-05"));
    assert_eq!(home.findings(&[]), Vec::<String>::new(), "not in force on the plan's date");
    assert_eq!(home.findings(&["--as-of", "2024-03-05"]), ["provision/talk advice"]);
}

#[test]
fn a_mistake_in_a_rule_of_ones_own_is_drawn_into_the_file() {
    let check = |from: &str, to: &str, says: &[&str]| {
        let home = Home::new("");
        home.put("ours/provision/talk.toml", &OURS.replacen(from, to, 1));
        for command in [&["check", "plans/sam.txt"][..], &["rules", "list"], &["explain", "provision/talk"]] {
            home.says(&[command, &["--rules", "ours"]].concat(), 2, says);
        }
        home.says(&["rules", "test", "ours"], 2, says);
    };
    check("kind = \"phrase\"", "kind = \"fraze\"", &["provision/talk", "unknown kind of check `fraze`", "line 13"]);
    check("force = \"practice\"", "force = \"must\"", &["neither an Act nor Regulations", "help:"]);
    check("\"sunshine\"", "\"talking\"", &["stands in `any` twice", "line 14"]);
    check("«talking»", "talking", &["marks nothing"]);
    check("since = \"1\"", "since = \"1\"\nvalid-to = \"soon\"", &["line 5"]);
    let home = Home::new("");
    home.put("ours/plan/section-missing.toml", OURS);
    home.says(&["check", "plans/sam.txt", "--rules", "ours"], 2, &["another rule has this id"]);
    assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/plan/section-missing.toml").is_file());
}

#[test]
fn rules_are_listed_by_section_category_and_severity() {
    let home = Home::new("");
    let lines = |arguments: &[&str]| home.run(&[&["rules", "list"], arguments].concat()).out;
    let placement = lines(&["--section", "I"]);
    assert!(placement.contains("placement/missing") && placement.contains("plan/section-missing"), "{placement}");
    assert!(!placement.contains("provision/") && !placement.contains("plan/late"), "{placement}");
    assert!(lines(&["--section", "h1"]).contains("provision/vague-wording"));
    let whole = lines(&["--section", "plan"]);
    assert!(whole.contains("plan/late-review") && !whole.contains("provision/"), "{whole}");
    let late = lines(&["--category", "late", "--severity", "error"]);
    assert!(late.lines().count() >= 3 && !late.contains("vague"), "{late}");
    assert!(lines(&["--category", "late", "--severity", "advice"]).is_empty());
    home.says(&["rules", "list", "--category", "lat"], 2, &["Did you mean \u{201c}late\u{201d}?"]);
    home.says(&["rules", "list", "--section", "L"], 2, &["H1"]);
}

#[test]
fn rules_list_and_explain_say_what_the_settings_make_of_rules() {
    let home = Home::new(
        "rules = [\"ours\"]\nignore = [\"plan/late-review\"]\n[severity]\n\"provision/talk\" = \"error\"\nvague = \"off\"\n",
    );
    home.put("ours/provision/talk.toml", OURS);
    let listed = home.run(&["rules", "list"]);
    let line = listed.out.lines().find(|line| line.starts_with("provision/talk")).expect("the folder's rule is listed");
    assert!(line.split_whitespace().nth(1) == Some("error"), "as grave as the settings say: {line}");
    assert!(
        !listed.out.contains("plan/late-review") && !listed.out.contains("provision/vague-wording"),
        "{}",
        listed.out
    );
    assert!(listed.err.contains("leave out"), "{}", listed.err);
    assert!(home.run(&["rules", "list", "--severity", "error"]).out.contains("provision/talk"));
    let all = home.run(&["rules", "list", "--no-config"]).out;
    assert!(all.contains("plan/late-review") && !all.contains("provision/talk"), "{all}");
    let told = home.run(&["explain", "provision/talk"]);
    assert!(told.out.contains("# provision/talk") && told.err.contains("count it as error"), "{}", told.err);
    assert!(home.run(&["explain", "plan/late-review"]).err.contains("leave this rule out"));
    assert!(home.run(&["explain", "plan/late-review", "--no-config"]).err.is_empty());
    home.says(&["rules", "list", "--rules", "ours"], 0, &["provision/talk"]);
}
