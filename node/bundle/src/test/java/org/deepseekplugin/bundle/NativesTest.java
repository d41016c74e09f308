package org.deepseekplugin.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deepseekplugin.platform.errors.PlatformException;
import org.junit.jupiter.api.Test;

final class NativesTest {
    @Test
    void every_entry_of_the_lock_is_well_formed() {
        assertThat(Natives.of(new Platform("linux", "x64")))
                .anySatisfy(one -> assertThat(one.name()).startsWith("libllama"))
                .allSatisfy(one ->
                        assertThat(one.sources())
                                .allMatch(source -> source.endsWith("/" + one.name())));
    }

    @Test
    void a_platform_without_natives_is_named_with_those_that_have_some() {
        assertThatThrownBy(() -> Natives.of(new Platform("plan9", "x64")))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("plan9-x64")
                .hasMessageContaining("linux-x64");
    }
}
