//! `audit sample`: a stratified sample of the plans of an audit, as CSV.

use crate::cli::audit::args::{Allocate, Sample};
use crate::cli::audit::refusal::Refusal;
use crate::cli::audit::table::rows;
use crate::cli::exit::Exit;
use crate::cli::input;
use crate::cli::output;
use crate::cli::problem::Problem;
use ehcp_lint::{Allocation, Category, Drawn, sample};
use std::collections::BTreeMap;

pub(crate) fn run(args: &Sample) -> Result<Exit, Problem> {
    let mut plans = rows(&args.results, "plans.csv")?;
    if let Some(first) = plans.first() {
        for column in &args.by {
            if !first.contains_key(column) {
                return Err(no_column(column, first));
            }
        }
    }
    let field = |row: &BTreeMap<String, String>, name: &str| row.get(name).cloned().unwrap_or_default();
    plans.retain(|row| matches!(field(row, "outcome").as_str(), "read" | "part") && field(row, "copy") == "0");
    let stratum = |row: &BTreeMap<String, String>| {
        let values = args.by.iter().map(|column| field(row, column));
        values.map(|value| if value.is_empty() { "unknown".to_owned() } else { value }).collect::<Vec<_>>().join(" / ")
    };
    let keyed: Vec<(String, String)> = plans.iter().map(|row| (field(row, "plan"), stratum(row))).collect();
    let allocation = match args.allocate {
        Allocate::Proportional => Allocation::Proportional,
        Allocate::Equal => Allocation::Equal,
    };
    let drawn = sample(&keyed, args.size.get(), args.seed, allocation);
    let chosen = drawn.iter().filter_map(|one| Some((one, plans.get(one.index)?)));
    let lines: Vec<String> = if args.sheet {
        let heads = "plan,path,category,present,rater".to_owned();
        let sheet = chosen.flat_map(|(_, row)| {
            let (plan, path) = (field(row, "plan"), quoted(&field(row, "path")));
            Category::ALL.iter().map(move |category| format!("{plan},{path},{},,", category.as_str()))
        });
        std::iter::once(heads).chain(sheet).collect()
    } else {
        let line = |(one, row): (&Drawn, &BTreeMap<String, String>)| {
            format!("{},{},{},{:.6}", field(row, "plan"), quoted(&field(row, "path")), quoted(&one.stratum), one.weight)
        };
        std::iter::once("plan,path,stratum,weight".to_owned()).chain(chosen.map(line)).collect()
    };
    let bytes = lines.join("\n") + "\n";
    output::write(bytes.as_bytes(), args.output.as_deref(), &[])?;
    if drawn.len() < args.size.get() {
        output::note(&format!("There are only {} plans; all of them were drawn.", drawn.len()));
    }
    Ok(Exit::Clean)
}

fn no_column(column: &str, row: &BTreeMap<String, String>) -> Problem {
    let with_meta = format!("meta_{column}");
    let near = row.contains_key(&with_meta).then_some(with_meta.as_str());
    let near = near.or_else(|| input::nearest(column, row.keys().map(String::as_str)));
    let help = near.map_or_else(
        || format!("It has: {}.", row.keys().cloned().collect::<Vec<_>>().join(", ")),
        |near| format!("Did you mean \u{201c}{near}\u{201d}?"),
    );
    Refusal::NoColumn(column.to_owned(), help).into()
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}
