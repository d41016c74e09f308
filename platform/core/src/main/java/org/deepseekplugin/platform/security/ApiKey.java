package org.deepseekplugin.platform.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// Bearer keys: `sk-` and 40 characters of base 62, which is 238 bits. So much randomness needs no
/// slow hash: SHA-256 is what is stored.
public final class ApiKey {
    private static final String ALPHABET =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int LENGTH = 40;

    /// @param random must be a `SecureRandom` outside tests
    public static Secret generate(RandomGenerator random) {
        var key = new StringBuilder("sk-");
        for (int i = 0; i < LENGTH; i++) {
            key.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new Secret(key.toString());
    }

    /// What is stored, in lower-case hex. Looking a hash up leaks nothing about a key by its
    /// timing.
    public static String hash(String key) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// What people may see to tell keys apart: `sk-AbCd…wxyz`.
    public static String hint(String key) {
        return key.substring(0, 7) + "…" + key.substring(key.length() - 4);
    }

    private ApiKey() {}
}
