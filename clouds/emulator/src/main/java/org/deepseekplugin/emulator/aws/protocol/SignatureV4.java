package org.deepseekplugin.emulator.aws.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.deepseekplugin.emulator.wire.WireRequest;
import org.deepseekplugin.platform.security.Secret;

/// AWS Signature Version 4 in the `Authorization` header, checked as AWS does: the canonical
/// request is made again from what came. See "Create a signed AWS API request" in the IAM guide.
public final class SignatureV4 {
    static final Duration MAX_SKEW = Duration.ofMinutes(5);

    private static final Pattern HEADER =
            Pattern.compile(
                    "AWS4-HMAC-SHA256 Credential=([^/]+)/(\\d{8})/([^/]{1,40})/([^/]{1,40})/aws4_request,"
                            + "\\s*SignedHeaders=([^,]+),\\s*Signature=([0-9a-f]{64})");
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final InstantSource clock;

    public SignatureV4(InstantSource clock) {
        this.clock = clock;
    }

    /// What a request says of who signed it, and for what.
    public record Claim(
            String accessKeyId,
            String date,
            String region,
            String service,
            List<String> signedHeaders,
            String signature) {}

    public enum Verdict {
        GENUINE,
        EXPIRED,
        WRONG
    }

    public static Optional<Claim> claim(WireRequest request) {
        return request.header("authorization")
                .map(HEADER::matcher)
                .filter(m -> m.matches())
                .map(m ->
                        new Claim(
                                m.group(1),
                                m.group(2),
                                m.group(3),
                                m.group(4),
                                List.of(m.group(5).split(";", -1)),
                                m.group(6)));
    }

    public Verdict check(WireRequest request, Claim claim, Secret key) {
        var stamp = request.header("x-amz-date").orElse("");
        if (!stamp.startsWith(claim.date())
                || !claim.signedHeaders().contains("host")
                || !isEncoded(request.query())) {
            return Verdict.WRONG;
        }
        var age = age(stamp);
        if (age.isEmpty() || age.get().abs().compareTo(MAX_SKEW) > 0) {
            return Verdict.EXPIRED;
        }
        var expected = HexFormat.of().formatHex(sign(request, claim, stamp, key));
        boolean same =
                MessageDigest.isEqual(expected.getBytes(UTF_8), claim.signature().getBytes(UTF_8));
        return same ? Verdict.GENUINE : Verdict.WRONG;
    }

    private static boolean isEncoded(String query) {
        return query.matches("(?:[^%]|%[0-9A-Fa-f]{2})*+");
    }

    private Optional<Duration> age(String stamp) {
        try {
            return Optional.of(
                    Duration.between(STAMP.parse(stamp, Instant::from), clock.instant()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static byte[] sign(WireRequest request, Claim claim, String stamp, Secret key) {
        var scope = String.join("/", claim.date(), claim.region(), claim.service(), "aws4_request");
        var toSign =
                String.join(
                        "\n",
                        "AWS4-HMAC-SHA256",
                        stamp,
                        scope,
                        sha256(canonical(request, claim).getBytes(UTF_8)));
        byte[] signing = ("AWS4" + key.reveal()).getBytes(UTF_8);
        for (var part : scope.split("/", -1)) {
            signing = hmac(signing, part);
        }
        return hmac(signing, toSign);
    }

    private static String canonical(WireRequest request, Claim claim) {
        var lines = new ArrayList<String>();
        lines.add(request.method());
        lines.add(request.path().isEmpty() ? "/" : request.path());
        lines.add(canonicalQuery(request.query()));
        for (var name : claim.signedHeaders()) {
            var values = request.headers().getOrDefault(name, List.of());
            var trimmed = values.stream().map(v -> v.strip().replaceAll(" +", " ")).toList();
            lines.add(name + ":" + String.join(",", trimmed));
        }
        lines.add("");
        lines.add(String.join(";", claim.signedHeaders()));
        // the hash of what came: a header that claims another one breaks its own signature
        lines.add(sha256(request.body().getBytes(UTF_8)));
        return String.join("\n", lines);
    }

    private static String canonicalQuery(String query) {
        if (query.isEmpty()) {
            return "";
        }
        var pairs = new ArrayList<String>();
        for (var pair : query.split("&", -1)) {
            int mark = pair.indexOf('=');
            var name = mark < 0 ? pair : pair.substring(0, mark);
            var value = mark < 0 ? "" : pair.substring(mark + 1);
            pairs.add(encode(name) + "=" + encode(value));
        }
        Collections.sort(pairs);
        return String.join("&", pairs);
    }

    /// RFC 3986: only letters, digits, `-`, `.`, `_` and `~` stay.
    private static String encode(String sent) {
        var out = new StringBuilder();
        for (byte b : URLDecoder.decode(sent, UTF_8).getBytes(UTF_8)) {
            char c = (char) (b & 0xff);
            boolean stays = c < 128 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0);
            out.append(stays ? String.valueOf(c) : "%%%02X".formatted((int) c));
        }
        return out.toString();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }
}
