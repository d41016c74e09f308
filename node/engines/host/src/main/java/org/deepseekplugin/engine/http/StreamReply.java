package org.deepseekplugin.engine.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.deepseekplugin.engine.openai.Answers;
import org.deepseekplugin.engine.openai.ErrorBody;
import org.deepseekplugin.engine.openai.Usage;
import org.deepseekplugin.engine.spi.Outcome.Finish;
import org.deepseekplugin.platform.json.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Server-sent events, a piece of text each.
///
/// A reader that is slow gets fewer and longer pieces: text that cannot be written waits as plain
/// text, which is bounded by the generation's length, and the engine never waits for it. The status
/// line is held until the first piece, so that a failure before it is still an HTTP error.
final class StreamReply implements Reply {
    private static final Logger log = LoggerFactory.getLogger(StreamReply.class);

    private final HttpServerResponse response;
    private final Answers answers;
    private final Answers.Head head;
    private final boolean includeUsage;
    private final Map<Integer, StringBuilder> waiting = new TreeMap<>();
    private final ArrayDeque<Runnable> afterText = new ArrayDeque<>();
    private final java.util.Set<Integer> opened = new java.util.HashSet<>();

    StreamReply(
            HttpServerResponse response, Answers answers, Answers.Head head, boolean includeUsage) {
        this.response = response;
        this.answers = answers;
        this.head = head;
        this.includeUsage = includeUsage;
    }

    @Override
    public void text(int index, String text) {
        waiting.computeIfAbsent(index, any -> new StringBuilder()).append(text);
        flush();
    }

    @Override
    public void ended(int index, Finish finish) {
        afterText.add(() -> {
            open(index);
            write(answers.ending(index, finish));
        });
        flush();
    }

    @Override
    public void complete(Usage usage) {
        afterText.add(() -> {
            if (includeUsage) {
                event(answers.chunk(head, List.of(), true, usage));
            }
            send("[DONE]");
            end();
        });
        flush();
    }

    @Override
    public void failed(ErrorBody error) {
        if (!response.headWritten()) {
            Respond.error(response, error);
            return;
        }
        afterText.add(() -> {
            event(error.json());
            end();
        });
        flush();
    }

    private void flush() {
        if (response.closed() || response.ended()) {
            waiting.clear();
            afterText.clear();
        } else if (response.headWritten() && response.writeQueueFull()) {
            response.drainHandler(drained -> flush());
        } else {
            waiting.forEach(this::piece);
            waiting.clear();
            while (!afterText.isEmpty()) {
                afterText.remove().run();
            }
        }
    }

    private void piece(int index, StringBuilder text) {
        open(index);
        write(answers.piece(index, text.toString()));
    }

    private void open(int index) {
        if (opened.add(index)) {
            answers.opening(index).ifPresent(this::write);
        }
    }

    private void write(Map<String, Object> choice) {
        event(answers.chunk(head, List.of(choice), includeUsage, null));
    }

    private void event(Map<String, Object> json) {
        send(Json.write(json));
    }

    private void send(String data) {
        if (!response.headWritten()) {
            response.setChunked(true)
                    .putHeader("content-type", "text/event-stream; charset=utf-8")
                    .putHeader("cache-control", "no-cache");
        }
        response.write(Buffer.buffer("data: " + data + "\n\n"))
                .onFailure(e -> log.debug("client left its stream", e));
    }

    private void end() {
        response.end().onFailure(e -> log.debug("client left its stream", e));
    }
}
