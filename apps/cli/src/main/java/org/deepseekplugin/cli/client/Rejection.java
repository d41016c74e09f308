package org.deepseekplugin.cli.client;

import java.util.List;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import tools.jackson.databind.JsonNode;

/// The server's answer to a request with several faults, each with its place.
public final class Rejection extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient List<Fault> faults;

    /// @param pointer from the body, such as `/where/0/region`; empty for the body itself
    public record Fault(String pointer, String message) {
        private static final String BODY = "body";

        static Fault of(JsonNode error) {
            var pointer = error.path("pointer").asString("");
            return new Fault(
                    pointer.startsWith(BODY) ? pointer.substring(BODY.length()) : "/" + pointer,
                    error.path("message").asString(""));
        }

        /// `where[0].region: what is wrong with it`.
        public String sentence() {
            var key =
                    pointer.replaceAll("/(\\d+)", "[$1]")
                            .replace('/', '.')
                            .replaceFirst("^\\.", "");
            return key.isEmpty() ? message : key + ": " + message;
        }
    }

    Rejection(ErrorCode code, String detail, List<Fault> faults) {
        super(detail);
        this.code = code;
        this.faults = List.copyOf(faults);
    }

    public List<Fault> faults() {
        return faults;
    }

    /// @param sentence of all faults, for the person who caused them
    public PlatformException told(String sentence) {
        return new PlatformException(code, sentence, this);
    }
}
