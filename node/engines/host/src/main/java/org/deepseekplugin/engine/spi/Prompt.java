package org.deepseekplugin.engine.spi;

import java.util.List;

/// What a generation begins with.
public sealed interface Prompt {
    /// A conversation, put into words by the model's own chat template.
    record Chat(List<ChatMessage> messages) implements Prompt {
        public Chat {
            messages = List.copyOf(messages);
        }
    }

    /// Text to be continued as it is.
    record Text(String text) implements Prompt {}
}
