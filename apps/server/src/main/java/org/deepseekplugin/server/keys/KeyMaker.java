package org.deepseekplugin.server.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.deepseekplugin.platform.security.ApiKey;
import org.deepseekplugin.platform.security.Secret;

/// Makes secrets: random ones, and ones that a repeated request makes again, so that they need not
/// be stored.
public final class KeyMaker {
    private static final String ALGORITHM = "HmacSHA256";

    private final Secret serverKey;
    private final SecureRandom random;

    /// @param serverKey what repeatable secrets are derived from; whoever has it can make them
    public KeyMaker(Secret serverKey, SecureRandom random) {
        this.serverKey = serverKey;
        this.random = random;
    }

    public Secret fresh() {
        return ApiKey.generate(random);
    }

    /// The same secret for the same arguments; nobody without the server's key can tell it.
    public Secret repeatable(String project, String idempotencyKey, byte[] request) {
        return ApiKey.generate(new Stream(project, idempotencyKey, request));
    }

    /// HMAC in counter mode.
    private final class Stream implements RandomGenerator {
        private final String project;
        private final String idempotencyKey;
        private final byte[] request;
        private long counter;

        private Stream(String project, String idempotencyKey, byte[] request) {
            this.project = project;
            this.idempotencyKey = idempotencyKey;
            this.request = request.clone();
        }

        @Override
        public long nextLong() {
            try {
                var mac = Mac.getInstance(ALGORITHM);
                mac.init(new SecretKeySpec(serverKey.reveal().getBytes(UTF_8), ALGORITHM));
                mac.update(("api-key\n" + project + "\n" + idempotencyKey + "\n").getBytes(UTF_8));
                mac.update(ByteBuffer.allocate(Long.BYTES).putLong(counter++).flip());
                return ByteBuffer.wrap(mac.doFinal(request)).getLong();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every JDK has " + ALGORITHM, e);
            }
        }
    }
}
