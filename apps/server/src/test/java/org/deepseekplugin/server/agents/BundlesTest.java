package org.deepseekplugin.server.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundlesTest {
    private static final String SHA256_OF_ABC =
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir Path folder;

    @Test
    void the_servers_own_version_is_taken_with_its_checksums() throws IOException {
        write("1.0/linux-x64.tar.gz", "abc");
        write("2.0/linux-x64.tar.gz", "def");
        write("1.0/linux-arm64.tar.gz", "abc");
        write("1.0/linux-arm64.tar.gz.sha256", "feed  linux-arm64.tar.gz\n");
        write("1.0/README", "not a bundle");
        var bundles = Bundles.in(folder, "1.0");
        assertThat(bundles.version()).isEqualTo("1.0");
        assertThat(bundles.checksums())
                .isEqualTo(Map.of("linux-x64", SHA256_OF_ABC, "linux-arm64", "feed"));
        assertThat(bundles.find("1.0", "linux-x64")).get().extracting("size").isEqualTo(3L);
    }

    @Test
    void without_it_the_newest_by_name_will_do() throws IOException {
        write("1.0/linux-x64.tar.gz", "abc");
        write("2.0/linux-x64.tar.gz", "def");
        assertThat(Bundles.in(folder, "3.0").version()).isEqualTo("2.0");
    }

    @Test
    void nothing_else_is_handed_out() throws IOException {
        write("1.0/linux-x64.tar.gz", "abc");
        write("secret", "x");
        var bundles = Bundles.in(folder, "1.0");
        assertThat(bundles.find("2.0", "linux-x64")).isEmpty();
        assertThat(bundles.find("1.0", "../secret")).isEmpty();
        assertThat(bundles.find("1.0", "linux-x64.tar.gz")).isEmpty();
    }

    @Test
    void a_folder_that_is_missing_has_no_bundles() {
        var bundles = Bundles.in(folder.resolve("none"), "1.0");
        assertThat(bundles.version()).isEqualTo("1.0");
        assertThat(bundles.checksums()).isEmpty();
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.writeString(folder.resolve(name), text);
    }
}
