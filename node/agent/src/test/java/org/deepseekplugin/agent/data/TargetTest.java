package org.deepseekplugin.agent.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TargetTest {
    @Test
    void an_engine_sees_path_and_query_as_they_came() {
        assertThat(Target.parse("/replicas/chat-0/v1/chat/completions?a=b%20c"))
                .contains(new Target("chat-0", "/v1/chat/completions?a=b%20c"));
        assertThat(Target.parse("/replicas/chat-0/engine/cancel"))
                .contains(new Target("chat-0", "/engine/cancel"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/v1/models",
                "/replicas/",
                "/replicas//v1/models",
                "/replicas/chat-0",
                "/replicas/chat-0/health",
                "/replicas/chat-0/v1",
                "/replicas/chat-0/v1/../health",
                "/replicas/chat-0/v1x/models",
                "http://elsewhere/replicas/chat-0/v1/models"
            })
    void nothing_else_reaches_an_engine(String uri) {
        assertThat(Target.parse(uri)).isEmpty();
    }
}
