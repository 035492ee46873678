// Prints the lines of a plan with iText 5: paragraphs, lists and tables, header and footer by a page event.
import com.itextpdf.text.*;
import com.itextpdf.text.pdf.*;
import java.io.*;
import java.nio.file.*;
import java.util.*;

public class Itext {
    static Font font(String name, float size) throws Exception {
        boolean own = name.endsWith(".ttf");
        return new Font(BaseFont.createFont(name, own ? BaseFont.IDENTITY_H : BaseFont.CP1252, own), size);
    }

    public static void main(String[] given) throws Exception {
        boolean wide = given[4].equals("wide"), ruled = given[5].equals("ruled");
        String regular = given[6], bold = given[7];
        Document document = new Document(wide ? PageSize.A4.rotate() : PageSize.A4, 50, 50, 60, 50);
        PdfWriter writer = PdfWriter.getInstance(document, new FileOutputStream(given[1]));
        Font small = font(regular, 8);
        writer.setPageEvent(new PdfPageEventHelper() {
            PdfTemplate total;
            public void onOpenDocument(PdfWriter w, Document d) { total = w.getDirectContent().createTemplate(30, 12); }
            public void onEndPage(PdfWriter w, Document d) {
                float right = d.getPageSize().getRight() - 50;
                ColumnText.showTextAligned(w.getDirectContent(), Element.ALIGN_LEFT, new Phrase(given[2], small), 50, d.getPageSize().getTop() - 35, 0);
                ColumnText.showTextAligned(w.getDirectContent(), Element.ALIGN_LEFT, new Phrase(given[3], small), 50, 28, 0);
                ColumnText.showTextAligned(w.getDirectContent(), Element.ALIGN_RIGHT, new Phrase("Page " + w.getPageNumber() + " of ", small), right - 15, 28, 0);
                w.getDirectContent().addTemplate(total, right - 14, 28);
            }
            public void onCloseDocument(PdfWriter w, Document d) {
                ColumnText.showTextAligned(total, Element.ALIGN_LEFT, new Phrase(String.valueOf(w.getPageNumber()), small), 0, 0, 0);
            }
        });
        document.open();
        PdfPTable table = null;
        for (String line : Files.readAllLines(Path.of(given[0]))) {
            String[] all = line.split("\t", -1);
            String kind = all[0];
            String[] cells = Arrays.copyOfRange(all, 1, all.length);
            float size = Map.of("council", 12f, "title", 20f, "section", 15f, "heading", 12f).getOrDefault(kind, 10.5f);
            switch (kind) {
                case "table" -> {
                    float[] widths = new float[cells.length];
                    for (int at = 0; at < cells.length; at++) widths[at] = Float.parseFloat(cells[at]);
                    table = new PdfPTable(widths);
                    table.setWidthPercentage(100);
                    table.setSplitLate(false);
                    table.setSpacingBefore(4);
                    table.setSpacingAfter(8);
                }
                case "end" -> document.add(table);
                case "header", "row", "labelled", "across" -> {
                    if (kind.equals("header")) table.setHeaderRows(1);
                    for (int at = 0; at < cells.length; at++) {
                        boolean strong = kind.equals("header") || kind.equals("across") || kind.equals("labelled") && at == 0;
                        PdfPCell cell = new PdfPCell();
                        for (String part : cells[at].split("\u2028")) cell.addElement(new Paragraph(part, font(strong ? bold : regular, 10)));
                        if (kind.equals("across")) cell.setColspan(table.getNumberOfColumns());
                        if (kind.equals("header")) cell.setBackgroundColor(BaseColor.LIGHT_GRAY);
                        if (!ruled) cell.setBorder(Rectangle.NO_BORDER);
                        table.addCell(cell);
                    }
                }
                case "bullet" -> {
                    com.itextpdf.text.List list = new com.itextpdf.text.List(false, 12);
                    list.setListSymbol(new Chunk("\u2022", font(regular, 10.5f)));
                    list.add(new ListItem(cells[0], font(regular, 10.5f)));
                    document.add(list);
                }
                default -> {
                    Paragraph paragraph = new Paragraph(cells[0], font(kind.equals("para") ? regular : bold, size));
                    paragraph.setSpacingBefore(kind.equals("section") ? 14 : 2);
                    paragraph.setSpacingAfter(5);
                    document.add(paragraph);
                }
            }
        }
        document.close();
    }
}
