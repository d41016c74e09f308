package org.deepseekplugin.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class EndpointSnapshotTest {
    private final ServedModel tiny = new ServedModel("tiny", Instant.EPOCH, List.of());
    private final EndpointSnapshot snapshot =
            EndpointSnapshot.of(List.of(tiny), Map.of("gpt-4-turbo", "tiny", "lost", "gone"));

    @Test
    void finds_models_by_name_and_by_alias() {
        assertThat(snapshot.find("tiny")).contains(tiny);
        assertThat(snapshot.find("gpt-4-turbo")).contains(tiny);
        assertThat(snapshot.find("lost")).isEmpty();
        assertThat(snapshot.find("unknown")).isEmpty();
    }

    @Test
    void names_what_it_finds() {
        assertThat(snapshot.names()).containsExactly("gpt-4-turbo", "tiny");
    }
}
