// Prints a plan that was laid out as pdfmake wants it.
const fs = require("fs");
const Printer = require("pdfmake");
const [source, out, normal, bold] = process.argv.slice(2);
const plan = JSON.parse(fs.readFileSync(source));
const document = new Printer({ Sans: { normal, bold } }).createPdfKitDocument({
  pageSize: "A4",
  pageOrientation: plan.wide ? "landscape" : "portrait",
  header: { text: plan.header, fontSize: 8, margin: [40, 20] },
  footer: (page, pages) => ({ columns: [plan.footer, { text: `Page ${page} of ${pages}`, alignment: "right" }], fontSize: 8, margin: [40, 10] }),
  content: plan.content,
  defaultStyle: { font: "Sans", fontSize: 10.5 },
  info: { creationDate: new Date(0) },
});
document.pipe(fs.createWriteStream(out));
document.end();
