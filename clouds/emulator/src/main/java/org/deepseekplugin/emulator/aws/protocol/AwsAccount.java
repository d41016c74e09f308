package org.deepseekplugin.emulator.aws.protocol;

import java.util.Base64;
import java.util.random.RandomGenerator;
import org.deepseekplugin.platform.security.Secret;

/// The one account of the emulated AWS, with its one static key.
///
/// @param number 12 digits
public record AwsAccount(String number, String accessKeyId, Secret secretAccessKey) {
    private static final String KEY_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// @param random must be a `SecureRandom` outside tests
    public static AwsAccount create(RandomGenerator random) {
        var number = new StringBuilder();
        var key = new StringBuilder("AKIA");
        for (int i = 0; i < 12; i++) {
            number.append(random.nextInt(10));
        }
        for (int i = 0; i < 16; i++) {
            key.append(KEY_CHARACTERS.charAt(random.nextInt(KEY_CHARACTERS.length())));
        }
        var secret = new byte[30];
        random.nextBytes(secret);
        return new AwsAccount(
                number.toString(),
                key.toString(),
                new Secret(Base64.getEncoder().encodeToString(secret)));
    }
}
