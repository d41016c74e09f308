package org.deepseekplugin.server.control;

import java.util.Iterator;

/// What a handler answers.
sealed interface ControlReply {

    /// @param body written as JSON with snake_case names
    record Body(int status, Object body) implements ControlReply {}

    record NoContent() implements ControlReply {}

    /// Server-sent events, one an element. The iterator blocks for the next one on a thread of its
    /// own and ends when the stream shall end.
    record Events(Iterator<ServerEvent> events) implements ControlReply {}

    /// @param id where a reader continues
    record ServerEvent(String id, String name, Object body) {}

    static ControlReply ok(Object body) {
        return new Body(200, body);
    }
}
