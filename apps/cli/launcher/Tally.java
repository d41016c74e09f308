import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;

/// Counts what surefire and failsafe reported below a folder, names what failed and what was skipped and why, and
/// ends with `N passed, N failed, N skipped`. Exits 1 when something failed or nothing ran.
///
/// Run as a source file: `java Tally.java FOLDER`.
final class Tally {
    private int passed;
    private int passedOnRealComponents;
    private final List<String> failed = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();

    public static void main(String[] args) throws Exception {
        var tally = new Tally();
        var parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        for (Path report : reports(Path.of(args[0]))) {
            tally.add(report, parser);
        }
        tally.print();
        System.exit(tally.failed.isEmpty() && tally.passed > 0 ? 0 : 1);
    }

    private static List<Path> reports(Path root) throws IOException {
        try (var files = Files.walk(root)) {
            return files.filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
                    .filter(file -> file.getParent().getFileName().toString().matches("(surefire|failsafe)-reports"))
                    .sorted()
                    .toList();
        }
    }

    private void add(Path report, DocumentBuilder parser) throws Exception {
        var cases = parser.parse(report.toFile()).getElementsByTagName("testcase");
        for (int i = 0; i < cases.getLength(); i++) {
            count((Element) cases.item(i), report.getParent().endsWith("failsafe-reports"));
        }
    }

    private void count(Element test, boolean real) {
        var name = test.getAttribute("classname") + "." + test.getAttribute("name");
        if (has(test, "failure") || has(test, "error")) {
            failed.add(name);
        } else if (has(test, "skipped")) {
            var reason = ((Element) test.getElementsByTagName("skipped").item(0)).getAttribute("message");
            skipped.add(name + ": " + reason.replace("Assumption failed: ", ""));
        } else {
            passed++;
            passedOnRealComponents += real ? 1 : 0;
        }
    }

    private static boolean has(Element test, String tag) {
        return test.getElementsByTagName(tag).getLength() > 0;
    }

    private void print() {
        skipped.forEach(test -> System.out.println("skipped " + test));
        failed.forEach(test -> System.out.println("FAILED  " + test));
        System.out.printf(
                "%d without sockets, %d with real components (processes, networks, clients, clouds)%n",
                passed - passedOnRealComponents, passedOnRealComponents);
        System.out.printf("%d passed, %d failed, %d skipped%n", passed, failed.size(), skipped.size());
    }
}
