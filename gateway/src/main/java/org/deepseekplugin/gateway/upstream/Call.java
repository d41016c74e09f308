package org.deepseekplugin.gateway.upstream;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.deepseekplugin.gateway.routing.Endpoint;

/// One sending of an inquiry to one endpoint. Lives on one event loop.
///
/// It ends when its answer has passed by or broken; whoever consumes the answer says so, once, by
/// [#ended].
public final class Call {
    private final String id;
    private final int number;
    private final Endpoint endpoint;
    private final Inquiry inquiry;
    private final List<Consumer<Outcome>> listeners = new ArrayList<>(3);
    private LongConsumer passing = completion -> {};
    private boolean ended;

    /// @param id unique for ever; goes with the call as `x-request-id`
    /// @param number 1 for the first call of its inquiry
    public Call(String id, int number, Endpoint endpoint, Inquiry inquiry) {
        this.id = id;
        this.number = number;
        this.endpoint = endpoint;
        this.inquiry = inquiry;
    }

    public String id() {
        return id;
    }

    public int number() {
        return number;
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    public Inquiry inquiry() {
        return inquiry;
    }

    /// @param listener hears how many tokens of a long answer have passed, now and then
    public void whenPassing(LongConsumer listener) {
        passing = listener;
    }

    public void passing(long completion) {
        passing.accept(completion);
    }

    /// Must be said before the end.
    public void whenEnded(Consumer<Outcome> listener) {
        listeners.add(listener);
    }

    /// Only the first outcome counts.
    public void ended(Outcome outcome) {
        if (!ended) {
            ended = true;
            listeners.forEach(listener -> listener.accept(outcome));
        }
    }
}
