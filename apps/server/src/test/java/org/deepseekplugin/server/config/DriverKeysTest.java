package org.deepseekplugin.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deepseekplugin.cloud.spi.Claim;
import org.deepseekplugin.cloud.spi.CloudDriver;
import org.deepseekplugin.cloud.spi.ConfigKey;
import org.deepseekplugin.cloud.spi.DriverContext;
import org.deepseekplugin.cloud.spi.DriverFactory;
import org.deepseekplugin.platform.errors.PlatformException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `clouds.<name>.*` against the keys that a driver declares.
class DriverKeysTest {
    @TempDir Path folder;

    @Test
    void keys_reach_the_driver_flat_and_in_kebab_case() throws IOException {
        var cloud =
                read("""
                clouds:
                  acme:
                    enabled: true
                    regions: [north, south]
                    credentials:
                      access_key: hush
                """)
                        .cloudSettings()
                        .get("acme");
        assertThat(cloud.enabled()).isTrue();
        assertThat(cloud.values())
                .isEqualTo(Map.of("regions", "north,south", "credentials.access-key", "hush"));
        assertThat(cloud.toString()).doesNotContain("hush");
    }

    @Test
    void a_cloud_that_is_not_used_may_be_incomplete() throws IOException {
        assertThat(read("clouds: {acme: {}}").cloudSettings().get("acme").enabled()).isFalse();
    }

    @Test
    void a_required_key_is_asked_for_with_its_meaning() {
        broken("clouds: {acme: {enabled: true}}")
                .hasMessageContaining("clouds.acme.regions: is required: where to rent");
    }

    @Test
    void unknown_names_are_told_with_the_nearest() {
        broken("clouds: {acmee: {}}")
                .hasMessageContaining("clouds.acmee")
                .hasMessageContaining("Did you mean \"acme\"?");
        broken("clouds: {acme: {credentials: {acces-key: x}}}")
                .hasMessageContaining("clouds.acme.credentials.acces-key")
                .hasMessageContaining("Did you mean \"credentials.access-key\"?");
    }

    @Test
    void a_value_of_the_wrong_kind_is_refused() {
        broken("clouds: {acme: 7}").hasMessageContaining("must be a group of keys");
        broken("clouds: {acme: {regions: {north: yes}}}").hasMessageContaining("must be one value");
        broken("clouds: {acme: {enabled: yes}}").hasMessageContaining("must be true or false");
        broken("clouds: {acme: {credentials: hush}}").hasMessageContaining("credentials");
    }

    private org.assertj.core.api.AbstractThrowableAssert<?, ?> broken(String yaml) {
        return assertThatThrownBy(() -> read(yaml)).isInstanceOf(PlatformException.class);
    }

    private ServerConfig read(String yaml) throws IOException {
        var file = Files.writeString(folder.resolve("deepseek.yaml"), yaml);
        return Configuration.read(List.of(file), new DriverKeys(List.of(new Acme())));
    }

    private static final class Acme implements DriverFactory {
        @Override
        public String cloud() {
            return "acme";
        }

        @Override
        public List<ConfigKey> configKeys() {
            return List.of(
                    ConfigKey.required("regions", "where to rent"),
                    ConfigKey.secret("credentials.access-key", "who pays"));
        }

        @Override
        public Claim claims(Map<String, String> resourceConfig) {
            throw new UnsupportedOperationException("only its keys are asked for");
        }

        @Override
        public CloudDriver create(Map<String, String> config, DriverContext context) {
            throw new UnsupportedOperationException("only its keys are asked for");
        }
    }
}
