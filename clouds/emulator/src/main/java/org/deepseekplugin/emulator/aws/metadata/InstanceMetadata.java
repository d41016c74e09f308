package org.deepseekplugin.emulator.aws.metadata;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.deepseekplugin.emulator.aws.catalogue.Ids;
import org.deepseekplugin.emulator.aws.protocol.AwsAccount;
import org.deepseekplugin.emulator.machines.Machine;
import org.deepseekplugin.emulator.machines.MachineState;
import org.deepseekplugin.emulator.machines.Machines;
import org.deepseekplugin.emulator.offers.Market;
import org.deepseekplugin.emulator.wire.MetadataApi;
import org.deepseekplugin.emulator.wire.WireAnswer;
import org.deepseekplugin.emulator.wire.WireRequest;
import org.deepseekplugin.platform.json.Json;
import org.deepseekplugin.platform.security.Secret;

/// The instance metadata service, version 2 only: `PUT latest/api/token`, then GET with it. What is
/// at 169.254.169.254 in AWS is at `/metadata/aws/<instance id>` here. Thread-safe.
public final class InstanceMetadata implements MetadataApi {
    private static final String TOKEN_HEADER = "x-aws-ec2-metadata-token";
    private static final String TTL_HEADER = "x-aws-ec2-metadata-token-ttl-seconds";
    private static final int MAX_TTL_SECONDS = 21_600;

    private final Machines machines;
    private final String account;
    private final SecretKeySpec key;
    private final InstantSource clock;

    /// @param secret signs tokens, so that none needs to be remembered
    public InstanceMetadata(
            Machines machines, AwsAccount account, Secret secret, InstantSource clock) {
        this.machines = machines;
        this.account = account.number();
        this.key = new SecretKeySpec(secret.reveal().getBytes(UTF_8), "HmacSHA256");
        this.clock = clock;
    }

    /// @param path such as `latest/meta-data/instance-id`
    @Override
    public WireAnswer answer(String id, String path, WireRequest request) {
        var machine = machines.find(id).filter(one -> one.state() == MachineState.RUNNING);
        if (machine.isEmpty()) {
            return WireAnswer.text(404, "no running instance " + id + "\n");
        }
        if (request.header("x-forwarded-for").isPresent()) {
            return WireAnswer.text(403, "");
        }
        if (path.equals("latest/api/token")) {
            return request.method().equals("PUT") ? token(id, request) : WireAnswer.text(405, "");
        }
        if (!request.method().equals("GET")) {
            return WireAnswer.text(405, "");
        }
        if (!request.header(TOKEN_HEADER).map(token -> isGood(id, token)).orElse(false)) {
            return WireAnswer.text(401, "");
        }
        return read(machine.get(), path)
                .map(text -> WireAnswer.text(200, text))
                .orElseGet(() -> WireAnswer.text(404, ""));
    }

    private WireAnswer token(String id, WireRequest request) {
        var ttl = request.header(TTL_HEADER).filter(text -> text.matches("[0-9]{1,5}"));
        int seconds = ttl.map(Integer::parseInt).orElse(0);
        if (seconds < 1 || seconds > MAX_TTL_SECONDS) {
            return WireAnswer.text(400, "");
        }
        long end = clock.instant().plusSeconds(seconds).getEpochSecond();
        return WireAnswer.text(200, end + "-" + seal(id, end))
                .with(Map.of(TTL_HEADER, Integer.toString(seconds)));
    }

    private boolean isGood(String id, String token) {
        int mark = token.indexOf('-');
        if (mark < 1 || !token.substring(0, mark).matches("[0-9]{1,12}")) {
            return false;
        }
        long end = Long.parseLong(token.substring(0, mark));
        return clock.instant().isBefore(Instant.ofEpochSecond(end))
                && MessageDigest.isEqual(
                        seal(id, end).getBytes(UTF_8), token.substring(mark + 1).getBytes(UTF_8));
    }

    private String seal(String id, long end) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal((id + " " + end).getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private Optional<String> read(Machine machine, String path) {
        var order = machine.launch().order();
        if (path.equals("latest/user-data")) {
            return Optional.of(order.userData())
                    .filter(text -> !text.isEmpty())
                    .map(text -> new String(Base64.getDecoder().decode(text), UTF_8));
        }
        if (path.equals("latest/dynamic/instance-identity/document")) {
            return Optional.of(identity(machine));
        }
        var prefix = "latest/meta-data/";
        if (!path.startsWith(prefix)) {
            return Optional.empty();
        }
        return find(leaves(machine), path.substring(prefix.length()));
    }

    /// A leaf's text, or the names below a folder.
    private static Optional<String> find(Map<String, String> leaves, String path) {
        var leaf = leaves.get(path);
        if (leaf != null) {
            return Optional.of(leaf);
        }
        var folder = path.isEmpty() || path.endsWith("/") ? path : path + "/";
        var names =
                leaves.keySet().stream()
                        .filter(name -> name.startsWith(folder))
                        .map(name -> name.substring(folder.length()))
                        .map(name ->
                                name.contains("/")
                                        ? name.substring(0, name.indexOf('/') + 1)
                                        : name)
                        .distinct()
                        .sorted()
                        .toList();
        return names.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", names));
    }

    private static Map<String, String> leaves(Machine machine) {
        var order = machine.launch().order();
        var leaves = new LinkedHashMap<String, String>();
        leaves.put("ami-id", order.image());
        leaves.put("ami-launch-index", Integer.toString(machine.index()));
        leaves.put("hostname", Ids.privateName(machine.address(), machine.region()));
        leaves.put("instance-id", machine.id());
        leaves.put("instance-life-cycle", order.market() == Market.SPOT ? "spot" : "on-demand");
        leaves.put("instance-type", machine.type());
        leaves.put("local-hostname", Ids.privateName(machine.address(), machine.region()));
        leaves.put("local-ipv4", machine.address());
        leaves.put("public-ipv4", machine.address());
        leaves.put("reservation-id", machine.launch().id());
        leaves.put("security-groups", "default");
        leaves.put("placement/availability-zone", machine.zone());
        leaves.put("placement/region", machine.region());
        if (!order.group().isEmpty()) {
            leaves.put("placement/group-name", order.group());
        }
        machine.evictionAt().ifPresent(at -> leaves.putAll(notice(at)));
        return leaves;
    }

    private static Map<String, String> notice(Instant at) {
        var time = at.truncatedTo(ChronoUnit.SECONDS).toString();
        return Map.of(
                "spot/instance-action",
                Json.write(new TreeMap<>(Map.of("action", "terminate", "time", time))),
                "spot/termination-time",
                time,
                "events/recommendations/rebalance",
                Json.write(Map.of("noticeTime", time)));
    }

    private String identity(Machine machine) {
        var document = new LinkedHashMap<String, Object>();
        document.put("accountId", account);
        document.put("availabilityZone", machine.zone());
        document.put("imageId", machine.launch().order().image());
        document.put("instanceId", machine.id());
        document.put("instanceType", machine.type());
        document.put("pendingTime", machine.launch().at().toString());
        document.put("privateIp", machine.address());
        document.put("region", machine.region());
        document.put("version", "2017-09-30");
        return Json.write(document);
    }
}
