package org.deepseekplugin.emulator;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import org.deepseekplugin.emulator.aws.Aws;
import org.deepseekplugin.emulator.aws.InstanceMetadata;
import org.deepseekplugin.emulator.control.Control;
import org.deepseekplugin.emulator.control.HouseApi;
import org.deepseekplugin.emulator.faults.FaultBoard;
import org.deepseekplugin.emulator.host.LoopbackAddresses;
import org.deepseekplugin.emulator.host.ProcessHost;
import org.deepseekplugin.emulator.machines.CallBook;
import org.deepseekplugin.emulator.machines.Machine;
import org.deepseekplugin.emulator.machines.Machines;
import org.deepseekplugin.emulator.wire.LoopbackListener;
import org.deepseekplugin.emulator.wire.WireApi;
import org.deepseekplugin.platform.http.EventLoops;

/// A running emulator, on loopback only. Closing it powers its machines off and keeps them: the
/// next start in the same folder boots them again, with the same ids, addresses, credentials and,
/// if they are free, ports. If it is killed, its machines' processes end as well.
public final class Emulator implements AutoCloseable {
    private static final Duration REFRESH = Duration.ofSeconds(2);

    private final Opened opened;
    private final Identity identity;
    private final Control control;
    private final LoopbackListener house;
    private final LoopbackListener aws;
    private final Endpoints endpoints;

    /// Serving when this returns.
    ///
    /// @throws org.deepseekplugin.platform.errors.PlatformException if the folder is in use, or a
    ///   port that was asked for is taken
    public static Emulator start(EmulatorOptions options) {
        var opened = new Opened();
        try {
            return new Emulator(options, opened);
        } catch (IOException e) {
            opened.close();
            throw new UncheckedIOException("the emulator cannot use " + options.dataDir(), e);
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private Emulator(EmulatorOptions options, Opened opened) throws IOException {
        this.opened = opened;
        var random = new SecureRandom();
        var clock = options.clock();
        var catalogue = Aws.catalogue();
        var catalogues = Map.of(Aws.CLOUD, catalogue);
        var faults = new FaultBoard();
        var dataDir = opened.add(DataDir.open(options.dataDir()));
        identity = Identity.loadOrCreate(dataDir.identity(), random);
        var vertx = EventLoops.create(1);
        opened.add(() -> vertx.close().toCompletionStage().toCompletableFuture().join());
        var book = opened.add(new CallBook(dataDir.calls()));
        var host = opened.add(new ProcessHost(dataDir.path(), this::metadataUrl));
        var later = new Later();
        var machines =
                opened.add(
                        new Machines(
                                dataDir.journal(),
                                options.limits(),
                                catalogues,
                                host,
                                new LoopbackAddresses(random),
                                later,
                                options.bootDelay(),
                                clock));
        opened.add(later);
        control = new Control(machines, catalogues, faults, book, host);
        var houseApi = houseApi(machines, clock);
        house = opened.add(listen(vertx, options.controlPort(), identity.controlPort(), houseApi));
        host.clean(id -> machines.find(id).isPresent());
        machines.resume();
        later.every(REFRESH, host::refresh);
        var awsApi = Aws.api(identity.aws(), catalogue, machines, faults, book, clock, random);
        aws = opened.add(listen(vertx, options.port(), identity.awsPort(), awsApi));
        endpoints = new Endpoints(awsEndpoint());
        DataDir.writePrivate(dataDir.identity(), identity.at(aws.port(), house.port()));
        DataDir.writePrivate(dataDir.endpoints(), endpoints);
    }

    public Endpoints endpoints() {
        return endpoints;
    }

    /// What the control API does, for tests in the same process.
    public Control control() {
        return control;
    }

    /// Powers all machines off and waits for it; up to 10 seconds.
    @Override
    public void close() {
        opened.close();
    }

    /// A port that was asked for must be had; the port of the last start is only preferred.
    private static LoopbackListener listen(Vertx vertx, int asked, int last, WireApi api) {
        return asked != 0
                ? LoopbackListener.open(vertx, asked, api)
                : LoopbackListener.openNear(vertx, last, api);
    }

    private HouseApi houseApi(Machines machines, InstantSource clock) {
        var secret = HexFormat.of().parseHex(identity.metadataSecret());
        var metadata = new InstanceMetadata(machines, identity.aws(), secret, clock);
        return new HouseApi(control, identity.controlSecret(), Map.of(Aws.CLOUD, metadata::answer));
    }

    private String metadataUrl(Machine machine) {
        return house.url() + "/metadata/" + machine.cloud() + "/" + machine.id();
    }

    private Endpoints.Aws awsEndpoint() {
        return new Endpoints.Aws(
                aws.url(),
                identity.awsAccessKeyId(),
                identity.awsSecretAccessKey(),
                Aws.REGION,
                Aws.image(),
                Aws.INSTANCE_TYPE,
                house.url() + "/metadata/" + Aws.CLOUD + "/{id}",
                house.url() + "/control/" + identity.controlSecret());
    }
}
