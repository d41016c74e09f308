package org.deepseekplugin.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.deepseekplugin.platform.errors.PlatformException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnConfigurationTest {
    @TempDir Path folder;

    @Test
    void a_file_that_is_not_there_is_named() {
        var own = new OwnConfiguration(List.of(folder.resolve("none.yaml")));
        assertThatThrownBy(() -> own.check(List.of()))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("There is no file " + folder.resolve("none.yaml") + ".");
    }

    @Test
    void every_problem_is_told() throws IOException {
        var own = own("prot: 8000\nclouds:\n  aws: {regoins: us-west-2}\n");
        assertThatThrownBy(() -> own.check(List.of(demo())))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("has 2 problems")
                .hasMessageContaining("prot")
                .hasMessageContaining("clouds.aws.regoins");
    }

    @Test
    void what_the_demo_supplies_is_not_missed() throws IOException {
        var own = own("clouds:\n  aws: {enabled: true}\n");
        assertThatCode(() -> own.check(List.of(demo()))).doesNotThrowAnyException();
        assertThatThrownBy(() -> own.check(List.of())).hasMessageContaining("is required");
    }

    @Test
    void named_files_stand_for_the_usual_one() throws IOException {
        var dataDir = DataDir.open(folder);
        var usual = Files.writeString(folder.resolve("deepseek.yaml"), "");
        var named = folder.resolve("mine.yaml");
        assertThat(OwnConfiguration.of(List.of(), dataDir).files()).containsExactly(usual);
        assertThat(OwnConfiguration.of(List.of(named), dataDir).files()).containsExactly(named);
    }

    private OwnConfiguration own(String yaml) throws IOException {
        return new OwnConfiguration(
                List.of(Files.writeString(folder.resolve("deepseek.yaml"), yaml)));
    }

    private Path demo() {
        var file = folder.resolve("demo.yaml");
        DemoProfile.write(file, Endpoints.unknown());
        return file;
    }
}
