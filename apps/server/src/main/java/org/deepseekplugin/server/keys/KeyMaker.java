package org.deepseekplugin.server.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.deepseekplugin.platform.security.ApiKey;
import org.deepseekplugin.platform.security.Secret;

/// Makes API keys that can be made again, so that they need not be stored: from a random salt and
/// the server's key.
public final class KeyMaker {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SALT_BYTES = 32;

    private final Secret serverKey;
    private final SecureRandom random;

    /// @param serverKey who has it and a salt can make the key
    public KeyMaker(Secret serverKey, SecureRandom random) {
        this.serverKey = serverKey;
        this.random = random;
    }

    /// What no key was made from before: 256 random bits, hex.
    public String salt() {
        var bytes = new byte[SALT_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /// The same key for the same salt; nobody without the server's key can tell it.
    public Secret secret(String salt) {
        return ApiKey.generate(new Stream(salt));
    }

    /// HMAC in counter mode.
    private final class Stream implements RandomGenerator {
        private final String salt;
        private long counter;

        private Stream(String salt) {
            this.salt = salt;
        }

        @Override
        public long nextLong() {
            try {
                var mac = Mac.getInstance(ALGORITHM);
                mac.init(new SecretKeySpec(serverKey.reveal().getBytes(UTF_8), ALGORITHM));
                mac.update(("api-key\n" + salt + "\n").getBytes(UTF_8));
                mac.update(ByteBuffer.allocate(Long.BYTES).putLong(counter++).flip());
                return ByteBuffer.wrap(mac.doFinal()).getLong();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every JDK has " + ALGORITHM, e);
            }
        }
    }
}
