package org.deepseekplugin.cloud.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/// Keeps the table in a driver's document true: after a run, what was shown must be what it says.
/// With `-Dupdate.documents` the document is corrected instead. The table stands between `<!--
/// conformance -->` and `<!-- end of conformance -->`.
///
/// ```java
/// @RegisterExtension
/// static final DocumentedConformance DOCUMENT =
///         DocumentedConformance.in(Path.of("../../docs/clouds/aws.md"), "moto");
/// ```
public final class DocumentedConformance implements TestWatcher, AfterAllCallback {
    private static final String BEGIN = "<!-- conformance -->\n";
    private static final String END = "<!-- end of conformance -->";

    private final Path document;
    private final String cloud;
    private final Map<String, String> shown = new ConcurrentHashMap<>();
    private boolean failed;

    /// @param document relative to the module's folder
    /// @param cloud its column
    public static DocumentedConformance in(Path document, String cloud) {
        return new DocumentedConformance(document, cloud);
    }

    private DocumentedConformance(Path document, String cloud) {
        this.document = document;
        this.cloud = cloud;
    }

    @Override
    public void testSuccessful(ExtensionContext test) {
        shown.put(contract(test).sentence(), ConformanceTable.PASSES);
    }

    @Override
    public void testDisabled(ExtensionContext test, Optional<String> reason) {
        var conformance = (Conformance) test.getRequiredTestInstance();
        contract(test)
                .lacking(conformance.cloud())
                .ifPresent(gap ->
                        shown.put(contract(test).sentence(), ConformanceTable.gap(gap.ability())));
    }

    @Override
    public void testFailed(ExtensionContext test, @Nullable Throwable cause) {
        failed = true;
    }

    /// A run that failed has been reported; it does not correct a document either.
    @Override
    public void afterAll(ExtensionContext tests) throws IOException {
        if (failed || shown.isEmpty()) {
            return;
        }
        var text = Files.readString(document);
        int from = text.indexOf(BEGIN) + BEGIN.length();
        int to = text.indexOf(END);
        assertThat(to)
                .as(document + " needs the lines " + BEGIN + END)
                .isGreaterThanOrEqualTo(from);
        var written = text.substring(from, to);
        var expected = ConformanceTable.parse(written).with(cloud, shown).toString();
        if (System.getProperty("update.documents") != null) {
            Files.writeString(document, text.substring(0, from) + expected + text.substring(to));
        } else {
            assertThat(written)
                    .as(document + "; correct it with -Dupdate.documents")
                    .isEqualTo(expected);
        }
    }

    private static Contract contract(ExtensionContext test) {
        return Contract.of(test.getRequiredTestMethod());
    }
}
