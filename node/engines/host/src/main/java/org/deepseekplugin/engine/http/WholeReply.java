package org.deepseekplugin.engine.http;

import io.vertx.core.http.HttpServerResponse;
import java.util.Map;
import java.util.TreeMap;
import org.deepseekplugin.engine.openai.Answers;
import org.deepseekplugin.engine.openai.ErrorBody;
import org.deepseekplugin.engine.openai.Usage;
import org.deepseekplugin.engine.spi.Outcome.Finish;

/// One JSON document when everything has ended.
final class WholeReply implements Reply {
    private final HttpServerResponse response;
    private final Answers answers;
    private final Answers.Head head;
    private final Map<Integer, StringBuilder> texts = new TreeMap<>();
    private final Map<Integer, Map<String, Object>> choices = new TreeMap<>();

    WholeReply(HttpServerResponse response, Answers answers, Answers.Head head) {
        this.response = response;
        this.answers = answers;
        this.head = head;
    }

    @Override
    public void text(int index, String text) {
        texts.computeIfAbsent(index, any -> new StringBuilder()).append(text);
    }

    @Override
    public void ended(int index, Finish finish) {
        var text = texts.getOrDefault(index, new StringBuilder()).toString();
        choices.put(index, answers.choice(index, text, finish));
    }

    @Override
    public void complete(Usage usage) {
        Respond.json(response, 200, answers.whole(head, choices.values().stream().toList(), usage));
    }

    @Override
    public void failed(ErrorBody error) {
        Respond.error(response, error);
    }
}
