package org.deepseekplugin.platform.version;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProductVersionTest {

    @Test
    void is_what_the_pom_says() {
        assertThat(ProductVersion.current()).matches("\\d+\\.\\d+\\.\\d+(-\\w+)?");
    }
}
