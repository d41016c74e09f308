package org.deepseekplugin.orchestrator.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.deepseekplugin.platform.security.Secret;

/// Join tokens: `<intent>.<HMAC-SHA256(server key, intent, zone, attempt)>`. Recomputed, never
/// stored, so a rental request can be repeated byte by byte.
public final class JoinTokens {
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    /// @param serverKey at least 32 random characters
    public JoinTokens(Secret serverKey) {
        if (serverKey.reveal().length() < 32) {
            throw new IllegalArgumentException("the server key must have 32 characters or more");
        }
        key = new SecretKeySpec(serverKey.reveal().getBytes(UTF_8), ALGORITHM);
    }

    public Secret token(String intent, String zone, int attempt) {
        var mac = hmac(intent + "\n" + zone + "\n" + attempt);
        return new Secret(
                intent + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(mac));
    }

    /// The intent that a token claims to be for; check it with [#fits].
    public static Optional<String> intentOf(Secret token) {
        int dot = token.reveal().indexOf('.');
        return dot > 0 ? Optional.of(token.reveal().substring(0, dot)) : Optional.empty();
    }

    /// Takes the same time whether or not it fits.
    public boolean fits(Secret token, String intent, String zone, int attempt) {
        return MessageDigest.isEqual(
                token.reveal().getBytes(UTF_8),
                token(intent, zone, attempt).reveal().getBytes(UTF_8));
    }

    private byte[] hmac(String text) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
