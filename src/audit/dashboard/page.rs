//! Page: the HTML around figures: one file, no script, nothing from outside.

use std::fmt::Write as _;

/// What stands over what a figure means: on paper it is not folded.
pub(crate) const MEANS: &str = "What this counts";

/// A page that is being written.
#[derive(Default)]
pub(crate) struct Page(String);

/// A table: the heads of its columns, and its rows.
pub(crate) struct Rows<'t> {
    pub(crate) caption: &'t str,
    pub(crate) heads: &'t [&'t str],
    pub(crate) cells: Vec<Vec<String>>,
}

impl Page {
    pub(crate) fn begin(title: &str) -> Self {
        let mut page = Self::default();
        let _ = write!(
            page.0,
            "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
             content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<meta \
             http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>{}\
             </title>\n<style>{STYLE}</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the figures</a>\n<header>\n",
            escaped(title)
        );
        page
    }

    pub(crate) fn end(mut self) -> Vec<u8> {
        self.0.push_str("</main>\n</body>\n</html>\n");
        self.0.into_bytes()
    }

    /// Markup that was made here.
    pub(crate) fn raw(&mut self, markup: &str) {
        self.0.push_str(markup);
    }

    pub(crate) fn element(&mut self, name: &str, text: &str) {
        let _ = writeln!(self.0, "<{name}>{}</{name}>", escaped(text));
    }

    /// What a figure stands on.
    pub(crate) fn base(&mut self, text: &str) {
        let _ = writeln!(self.0, "<p class=\"base\">{}</p>", escaped(text));
    }

    pub(crate) fn heading(&mut self, level: u8, id: Option<&str>, text: &str) {
        let id = id.map_or_else(String::new, |id| format!(" id=\"{}\"", escaped(id)));
        let _ = writeln!(self.0, "<h{level}{id}>{}</h{level}>", escaped(text));
    }

    pub(crate) fn folded(&mut self, summary: &str, inside: impl FnOnce(&mut Page)) {
        let mut folded = Page::default();
        inside(&mut folded);
        // Paper cannot be opened.
        let (class, paper) = if summary == MEANS {
            (" class=\"means\"", format!("<div class=\"on-paper\">\n{}</div>\n", folded.0))
        } else {
            ("", String::new())
        };
        let _ = writeln!(
            self.0,
            "<details{class}><summary>{}</summary>\n{}</details>\n{paper}",
            escaped(summary),
            folded.0
        );
    }

    /// A plot, with its words for those who do not see it. A wide one can be moved on a narrow screen, by keyboard too.
    pub(crate) fn plot(&mut self, label: &str, wide: bool, plot: &str) {
        let kind = if wide { "class=\"plot wide-plot\" tabindex=\"0\"" } else { "class=\"plot\"" };
        let _ = writeln!(self.0, "<div {kind} role=\"img\" aria-label=\"{}\">{plot}</div>", escaped(label));
    }

    pub(crate) fn table(&mut self, table: &Rows<'_>) {
        let _ =
            writeln!(self.0, "<div class=\"wide\"><table><caption>{}</caption>\n<thead><tr>", escaped(table.caption));
        for head in table.heads {
            let _ = write!(self.0, "<th scope=\"col\">{}</th>", escaped(head));
        }
        self.0.push_str("</tr></thead>\n<tbody>\n");
        for row in &table.cells {
            self.0.push_str("<tr>");
            for (at, cell) in row.iter().enumerate() {
                let (open, close) = if at == 0 { ("<th scope=\"row\">", "</th>") } else { ("<td>", "</td>") };
                let _ = write!(self.0, "{open}{}{close}", escaped(cell));
            }
            self.0.push_str("</tr>\n");
        }
        self.0.push_str("</tbody></table></div>\n");
    }
}

/// Text that is safe between tags and in attributes.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

const STYLE: &str = "
:root{color-scheme:light dark;--ink:#212529;--soft:#5c636a;--line:#ced4da;--link:#14487a;--bar:#568ec4;--paper:#fff;--head:#f1f3f5;--note:#fff7ed;--warn:#b35c00}
@media screen and (prefers-color-scheme:dark){:root{--ink:#e4e7ea;--soft:#a9b1b8;--line:#4a5158;--link:#8fc1f0;--bar:#3f78ad;--paper:#16191c;--head:#23282d;--note:#33240f;--warn:#e0913a}}
*{box-sizing:border-box}
body{font:1rem/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;color:var(--ink);background:var(--paper);margin:0 auto;padding:1rem 1.25rem 4rem;max-width:62rem}
h1{font-size:1.7rem;line-height:1.25;margin:.5rem 0}
h2{font-size:1.35rem;margin:2.5rem 0 .5rem;border-top:3px solid var(--link);padding-top:.75rem}
h3{font-size:1.1rem;margin:1.75rem 0 .25rem}
h4{font-size:1rem;margin:1.25rem 0 .25rem}
a{color:var(--link)}
.skip{position:absolute;left:-99rem}
.skip:focus{position:static}
nav ul{columns:2;padding-left:1.2rem}
.base{color:var(--soft);margin:.25rem 0 .5rem;font-size:.95rem}
details .base{margin-left:1rem}
.plot svg{display:block;width:100%;overflow:visible;fill:var(--bar);stroke:none}
.plot line{stroke:var(--ink);stroke-width:2}
.plot line.grid{stroke:var(--line);stroke-width:1}
.plot circle{fill:var(--ink)}
.plot circle.mark{fill:var(--link)}
.plot text{fill:var(--ink);font-size:.8rem}
.bar{display:grid;grid-template-columns:minmax(0,15rem) minmax(0,1fr) 15.5rem;column-gap:.75rem;align-items:center;font-size:.875rem;line-height:1.25}
.bar .what{text-align:right;overflow-wrap:anywhere}
.bar .much{font-variant-numeric:tabular-nums}
.upright{display:grid;grid-template-columns:3rem minmax(0,1fr)}
.on-paper{display:none}
.axis{position:sticky;left:0;background:var(--paper)}
.wide-plot{overflow-x:auto;padding-bottom:.25rem}
.below{color:var(--soft);font-size:.875rem;margin:.1rem 0 .4rem}
details{margin:.4rem 0}
summary{cursor:pointer;color:var(--link)}
details details,details .plot,details p,details h4{margin-left:1rem}
.wide{overflow-x:auto}
table{border-collapse:collapse;margin:.5rem 0 1rem;font-size:.92rem}
caption{text-align:left;color:var(--soft);padding:.25rem 0}
th,td{border:1px solid var(--line);padding:.25rem .6rem;text-align:left;vertical-align:top}
td{font-variant-numeric:tabular-nums}
thead th{background:var(--head)}
.note{border-left:4px solid var(--warn);padding:.25rem .75rem;background:var(--note)}
@media print{nav{display:none}body{max-width:none;padding:0;print-color-adjust:exact}.plot,tr{break-inside:avoid}h2,h3,h4,summary{break-after:avoid}.wide-plot{overflow:visible}.plot svg{min-width:0!important}.upright text{font-size:.55rem}details.means{display:none}.on-paper{display:block}}
@media (max-width:40rem){nav ul{columns:1}.bar{grid-template-columns:minmax(0,1fr) auto}.bar .what{text-align:left}.bar svg{grid-row:2;grid-column:1/3}.bar .much{grid-row:1;grid-column:2;text-align:right}}
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_table_becomes_markup() {
        assert_eq!(escaped("<b a='1'>&\"\u{7}"), "&lt;b a=&#39;1&#39;&gt;&amp;&quot; ");
    }
}
