// Fills the design of a report with the lines of a plan and exports it with the JasperReports library.
import java.io.*;
import java.nio.file.*;
import java.util.*;
import net.sf.jasperreports.engine.*;
import net.sf.jasperreports.engine.data.JRMapCollectionDataSource;

public class Jasper {
    public static void main(String[] given) throws Exception {
        List<Map<String, ?>> rows = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(given[1]))) {
            String[] cells = line.split("\t", -1);
            Map<String, String> row = new HashMap<>();
            row.put("kind", cells[0]);
            for (int at = 1; at < cells.length; at++) row.put("c" + (at - 1), cells[at].replace('\u2028', '\n'));
            rows.add(row);
        }
        JasperReport report = JasperCompileManager.compileReport(given[0]);
        JasperPrint print = JasperFillManager.fillReport(report, new HashMap<>(), new JRMapCollectionDataSource(rows));
        JasperExportManager.exportReportToPdfFile(print, given[2]);
    }
}
