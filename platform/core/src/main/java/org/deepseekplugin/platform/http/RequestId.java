package org.deepseekplugin.platform.http;

import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One id follows a request from the edge to the engine, the logs and the ledger.
public final class RequestId {
    public static final String HEADER = "x-request-id";

    /// The client's own id where it is harmless, else a new one.
    public static String of(@Nullable String fromClient, RandomGenerator random) {
        return fromClient != null && isHarmless(fromClient) ? fromClient : create(random);
    }

    public static String create(RandomGenerator random) {
        var bytes = new byte[16];
        random.nextBytes(bytes);
        return "req_" + HexFormat.of().formatHex(bytes);
    }

    /// 8 to 64 letters, digits, `-` and `_`: nothing that could break a log line or a header.
    private static boolean isHarmless(String id) {
        return id.length() >= 8
                && id.length() <= 64
                && id.chars().allMatch(RequestId::isIdCharacter);
    }

    private static boolean isIdCharacter(int c) {
        return c == '-'
                || c == '_'
                || (c >= '0' && c <= '9')
                || (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z');
    }

    private RequestId() {}
}
