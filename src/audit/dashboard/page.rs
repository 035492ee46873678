//! Page: the HTML around figures: one file, no script, nothing from outside.

use std::fmt::Write as _;

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
             </title>\n<style>{STYLE}</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the figures</a>\n",
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

    pub(crate) fn heading(&mut self, level: u8, id: Option<&str>, text: &str) {
        let id = id.map_or_else(String::new, |id| format!(" id=\"{}\"", escaped(id)));
        let _ = writeln!(self.0, "<h{level}{id}>{}</h{level}>", escaped(text));
    }

    pub(crate) fn folded(&mut self, summary: &str, inside: impl FnOnce(&mut Page)) {
        let _ = writeln!(self.0, "<details><summary>{}</summary>", escaped(summary));
        inside(self);
        self.0.push_str("</details>\n");
    }

    /// A plot, with its words for those who do not see it.
    pub(crate) fn plot(&mut self, label: &str, svg: &str) {
        let _ = writeln!(self.0, "<div class=\"plot\" role=\"img\" aria-label=\"{}\">{svg}</div>", escaped(label));
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
:root{color-scheme:light;--ink:#212529;--soft:#5c636a;--line:#ced4da;--link:#14487a}
*{box-sizing:border-box}
body{font:1rem/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;color:var(--ink);background:#fff;margin:0 auto;padding:1rem 1.25rem 4rem;max-width:62rem}
h1{font-size:1.7rem;line-height:1.25;margin:.5rem 0}
h2{font-size:1.35rem;margin:2.5rem 0 .5rem;border-top:3px solid var(--link);padding-top:.75rem}
h3{font-size:1.1rem;margin:1.75rem 0 .25rem}
h4{font-size:1rem;margin:1.25rem 0 .25rem}
a{color:var(--link)}
.skip{position:absolute;left:-99rem}
.skip:focus{position:static}
nav ul{columns:2;padding-left:1.2rem}
.base{color:var(--soft);margin:.25rem 0 .5rem;font-size:.95rem}
.plot svg{max-width:100%;height:auto}
details{margin:.4rem 0}
summary{cursor:pointer;color:var(--link)}
details details,details .plot,details p,details h4{margin-left:1rem}
.wide{overflow-x:auto}
table{border-collapse:collapse;margin:.5rem 0 1rem;font-size:.92rem}
caption{text-align:left;color:var(--soft);padding:.25rem 0}
th,td{border:1px solid var(--line);padding:.25rem .6rem;text-align:left;vertical-align:top}
td{font-variant-numeric:tabular-nums}
thead th{background:#f1f3f5}
.note{border-left:4px solid #b35c00;padding:.25rem .75rem;background:#fff7ed}
@media print{details{display:block}nav{display:none}}
@media (max-width:40rem){nav ul{columns:1}}
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_table_becomes_markup() {
        assert_eq!(escaped("<b a='1'>&\"\u{7}"), "&lt;b a=&#39;1&#39;&gt;&amp;&quot; ");
    }
}
