//! Characters, looks, headings and lists.

use super::{Fixture, check, check_body, read};

const STYLES: &str = "<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val='22'/></w:rPr></w:rPrDefault></w:docDefaults>\
    <w:style w:type='paragraph' w:default='1' w:styleId='Normal'><w:name w:val='Normal'/></w:style>\
    <w:style w:type='paragraph' w:styleId='berschrift2'><w:name w:val='heading 2'/><w:rPr><w:b/><w:sz w:val='28'/></w:rPr></w:style>\
    <w:style w:type='paragraph' w:styleId='Sec'><w:name w:val='Section'/><w:basedOn w:val='berschrift2'/></w:style>\
    <w:style w:type='paragraph' w:styleId='Lvl'><w:pPr><w:outlineLvl w:val='0'/></w:pPr></w:style>\
    <w:style w:type='paragraph' w:styleId='Bul'><w:pPr><w:numPr><w:numId w:val='2'/></w:numPr></w:pPr></w:style>\
    <w:style w:type='paragraph' w:styleId='Num'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>\
    <w:style w:type='character' w:styleId='Loud'><w:rPr><w:b/><w:u w:val='single'/></w:rPr></w:style>";

const NUMBERING: &str = "<w:abstractNum w:abstractNumId='5'>\
    <w:lvl w:ilvl='0'><w:start w:val='6'/><w:numFmt w:val='upperLetter'/><w:pStyle w:val='Sec'/><w:lvlText w:val='Section %1:'/></w:lvl>\
    <w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:pStyle w:val='Num'/><w:lvlText w:val='%1%2'/></w:lvl>\
    </w:abstractNum>\
    <w:abstractNum w:abstractNumId='6'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='bullet'/><w:lvlText w:val='\u{f0b7}'/></w:lvl></w:abstractNum>\
    <w:num w:numId='1'><w:abstractNumId w:val='5'/></w:num><w:num w:numId='2'><w:abstractNumId w:val='6'/></w:num>";

/// A paragraph with these properties and words.
fn p(properties: &str, words: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>")
}

#[test]
fn reads_what_stands_for_characters() {
    check_body(
        "<w:p><w:r><w:t xml:space='preserve'>one</w:t><w:noBreakHyphen/><w:t>to</w:t><w:softHyphen/><w:t>one</w:t><w:tab/>\
         <w:t>a</w:t><w:br/><w:t>b</w:t><w:cr/><w:t>c</w:t><w:sym w:font='Wingdings' w:char='F0FE'/></w:r></w:p>",
        "p one\u{2011}to\u{ad}one\ta\nb\nc\u{2611}",
    );
    check_body("<w:p><w:r><w:t>R&amp;D &lt;&#163;5&gt; <![CDATA[<x>]]></w:t></w:r></w:p>", "p R&D <\u{a3}5> <x>");
    check_body("<w:p><w:r><w:t>\u{f0fc} done</w:t></w:r></w:p>", "p \u{2713} done");
    check_body("<w:p>\n  <w:r>\n <w:t>no</w:t>\n</w:r> <w:r><w:t>t this</w:t></w:r></w:p>", "p not this");
}

#[test]
fn a_large_first_letter_begins_its_paragraph() {
    let cap = p("<w:framePr w:dropCap='drop' w:lines='3' w:wrap='around'/>", "C");
    check_body(&format!("{cap}{}", p("", "ora has two cats.")), "p Cora has two cats.");
    let frame = p("<w:framePr w:w='2000' w:wrap='around'/>", "A frame");
    check_body(&format!("{frame}{}", p("", "Its text.")), "p A frame\np Its text.");
}

#[test]
fn joins_words_that_are_split_over_runs_and_wrappers() {
    check_body(
        "<w:p><w:r><w:t>Sp</w:t></w:r><w:proofErr w:type='spellStart'/><w:r><w:t>ee</w:t></w:r>\
         <w:hyperlink r:id='x'><w:r><w:t>ch</w:t></w:r></w:hyperlink><w:smartTag><w:smartTagPr/><w:r><w:t> and</w:t></w:r></w:smartTag>\
         <w:customXml><w:r><w:t> lan</w:t></w:r></w:customXml><w:bdo><w:dir><w:r><w:t>guage</w:t></w:r></w:dir></w:bdo>\
         <m:oMath><m:r><m:t> x</m:t></m:r></m:oMath></w:p>",
        "p Speech and language x",
    );
    check_body(
        "<w:p><w:r><w:ruby><w:rt><w:r><w:t>RT</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>base</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>",
        "p base",
    );
}

#[test]
fn leaves_out_hidden_words() {
    let styles = "<w:style w:type='character' w:styleId='H'><w:rPr><w:vanish/></w:rPr></w:style>";
    let body = "<w:p><w:r><w:t>seen</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t> not</w:t></w:r>\
         <w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t> seen</w:t></w:r>\
         <w:r><w:rPr><w:rStyle w:val='H'/></w:rPr><w:t> not</w:t></w:r></w:p>";
    check(Fixture::body(body).part("styles", styles), "p seen seen");
}

#[test]
fn finds_headings_by_style_and_by_outline_level() {
    let body = [
        p("<w:pStyle w:val='berschrift2'/>", "Heading"),
        p("<w:pStyle w:val='Sec'/>", "Inherited"),
        p("<w:pStyle w:val='Lvl'/>", "Level"),
        p("<w:outlineLvl w:val='2'/>", "Direct"),
        p("<w:pStyle w:val='Sec'/><w:outlineLvl w:val='9'/>", "Taken away"),
        p("<w:pStyle w:val='Heading3'/>", "Not defined"),
        p("", "Text"),
    ]
    .concat();
    check(
        Fixture::body(&body).part("styles", STYLES),
        "h2 Heading\nh2 Inherited\nh1 Level\nh3 Direct\np Taken away\nh3 Not defined\np Text",
    );
}

#[test]
fn labels_list_items_as_word_prints_them() {
    let number =
        |number: i32, level: i32| format!("<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{number}'/></w:numPr>");
    let body = [
        p(&format!("<w:pStyle w:val='Sec'/>{}", number(1, 0)), "Provision"),
        p("<w:pStyle w:val='Num'/>", "by the level that its style stands for"),
        p("<w:pStyle w:val='Num'/>", "the next"),
        p(&number(1, 1), "direct"),
        p("<w:pStyle w:val='Bul'/>", "by style"),
        p("<w:pStyle w:val='Bul'/><w:numPr><w:numId w:val='0'/></w:numPr>", "taken away"),
        p(&number(1, 1), ""),
        p(&number(1, 1), "an empty item counts"),
        p(&format!("<w:pStyle w:val='Sec'/>{}", number(1, 0)), "Health"),
        p(&number(1, 1), "starts again"),
        p(&number(99, 0), "no such list"),
    ]
    .concat();
    check(
        Fixture::body(&body).part("styles", STYLES).part("numbering", NUMBERING),
        "h2 <Section F:> Provision\nli1 <F1> by the level that its style stands for\nli1 <F2> the next\n\
         li1 <F3> direct\nli0 <\u{2022}> by style\np taken away\nli1 <F5> an empty item counts\n\
         h2 <Section G:> Health\nli1 <G1> starts again\np no such list",
    );
}

#[test]
fn follows_a_numbering_style() {
    let styles =
        "<w:style w:type='numbering' w:styleId='Plan'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>";
    let numbering = "<w:abstractNum w:abstractNumId='1'><w:styleLink w:val='Plan'/>\
        <w:lvl w:ilvl='0'><w:start w:val='3'/><w:numFmt w:val='lowerRoman'/><w:lvlText w:val='(%1)'/></w:lvl></w:abstractNum>\
        <w:abstractNum w:abstractNumId='2'><w:numStyleLink w:val='Plan'/></w:abstractNum>\
        <w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num><w:num w:numId='2'><w:abstractNumId w:val='2'/></w:num>";
    let body = p("<w:numPr><w:numId w:val='2'/></w:numPr>", "linked");
    check(Fixture::body(&body).part("styles", styles).part("numbering", numbering), "li0 <(iii)> linked");
}

#[test]
fn tells_how_a_whole_paragraph_looks() {
    let run = |properties: &str, words: &str| {
        format!("<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{words}</w:t></w:r>")
    };
    for (properties, runs, bold, underline, size) in [
        ("", run("<w:b/>", "all") + &run("", " ") + &run("<w:b w:val='true'/>", "bold"), true, false, 11.0),
        ("", run("<w:b/>", "not ") + &run("<w:b w:val='0'/>", "all"), false, false, 11.0),
        ("<w:pStyle w:val='Sec'/>", run("", "by style"), true, false, 14.0),
        ("<w:pStyle w:val='Sec'/>", run("<w:b w:val='0'/><w:sz w:val='18'/>", "against style"), false, false, 9.0),
        ("", run("<w:rStyle w:val='Loud'/>", "by character style"), true, true, 11.0),
        ("", run("<w:u w:val='none'/><w:sz w:val=''/>", "strange values"), false, false, 11.0),
        ("", run("<w:sz w:val='40'/>", "Big") + &run("", " and much more that is small"), false, false, 11.0),
        ("<w:rPr><w:b/></w:rPr>", run("", "only the mark is bold"), false, false, 11.0),
    ] {
        let body = format!("<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>");
        let document = read(&Fixture::body(&body).part("styles", STYLES).build()).expect("readable");
        let look = document.blocks()[0].emphasis;
        assert_eq!((look.bold, look.underline, look.size), (bold, underline, size), "{runs}");
    }
}
