package org.deepseekplugin.orchestrator.fleet;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Names a rental towards its cloud: 1 to 64 characters of `[A-Za-z0-9-]`. Must be a function of
/// its arguments and differ where they differ: the cloud makes one machine a token, and in some
/// clouds one a token and zone.
@FunctionalInterface
public interface Tokens {
    String token(String intent, String zone, int attempt);

    /// Zone names differ in length and alphabet between clouds, so their digest stands for them.
    static Tokens derived() {
        return (intent, zone, attempt) -> intent + "-" + attempt + "-" + digest(zone);
    }

    private static String digest(String zone) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of()
                    .formatHex(sha256.digest(zone.getBytes(StandardCharsets.UTF_8)), 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
