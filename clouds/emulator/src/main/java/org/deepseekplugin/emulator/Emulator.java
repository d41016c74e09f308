package org.deepseekplugin.emulator;

import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.deepseekplugin.emulator.aws.Aws;
import org.deepseekplugin.emulator.books.CallBook;
import org.deepseekplugin.emulator.clouds.EmulatedCloud;
import org.deepseekplugin.emulator.clouds.Reception;
import org.deepseekplugin.emulator.clouds.Surroundings;
import org.deepseekplugin.emulator.control.Control;
import org.deepseekplugin.emulator.control.HouseApi;
import org.deepseekplugin.emulator.faults.FaultBoard;
import org.deepseekplugin.emulator.host.LoopbackAddresses;
import org.deepseekplugin.emulator.host.ProcessHost;
import org.deepseekplugin.emulator.machines.Addresses;
import org.deepseekplugin.emulator.machines.Machine;
import org.deepseekplugin.emulator.machines.MachineHost;
import org.deepseekplugin.emulator.machines.Machines;
import org.deepseekplugin.emulator.machines.Timer;
import org.deepseekplugin.emulator.offers.Catalogue;
import org.deepseekplugin.emulator.wire.MetadataApi;
import org.deepseekplugin.platform.http.EventLoops;

/// A running emulator, on loopback only. Closing it powers its machines off and keeps them: the
/// next start in the same folder boots them again, with the same ids, addresses, credentials and,
/// if they are free, ports. If it is killed, its machines' processes end as well.
public final class Emulator implements AutoCloseable {
    private static final Duration REFRESH = Duration.ofSeconds(2);
    private static final String HOUSE = "control";

    private final Opened opened;
    private final Identity identity;
    private final List<EmulatedCloud> clouds;
    private final Control control;
    private final String houseUrl;
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
        var dataDir = opened.add(DataDir.open(options.dataDir()));
        identity = Identity.loadOrCreate(dataDir.identity(), random);
        // a new cloud is named here, in Identity and in Endpoints
        clouds = List.of(new Aws(identity.aws().account()));
        var vertx = EventLoops.create(1);
        opened.add(() -> vertx.close().toCompletionStage().toCompletableFuture().join());
        var faults = new FaultBoard();
        var book = opened.add(new CallBook(dataDir.calls()));
        var host = opened.add(new ProcessHost(dataDir.path(), this::metadataUrl));
        var later = new Later();
        var addresses = new LoopbackAddresses(random);
        var machines = opened.add(machines(options, dataDir.journal(), host, addresses, later));
        opened.add(later);
        var listeners = opened.add(new Listeners(vertx, options.ports(), identity.ports()));
        control = new Control(machines, catalogues(), faults, book, host);
        var reception = new Reception(faults, book, options.clock());
        var surroundings =
                new Surroundings(
                        machines, reception, faults::lag, options.clock(), random, identity.seal());
        houseUrl = listeners.open(HOUSE, houseApi(surroundings));
        host.clean(id -> machines.find(id).isPresent());
        machines.resume();
        later.every(REFRESH, host::refresh);
        clouds.forEach(cloud -> listeners.open(cloud.name(), cloud.api(surroundings)));
        endpoints = new Endpoints(awsEndpoint(listeners.url(Aws.NAME)));
        DataDir.writePrivate(dataDir.identity(), identity.at(listeners.ports()));
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

    private Machines machines(
            EmulatorOptions options,
            Path journal,
            MachineHost host,
            Addresses addresses,
            Timer timer)
            throws IOException {
        return new Machines(
                journal,
                options.limits(),
                catalogues(),
                host,
                addresses,
                timer,
                options.bootDelay(),
                options.clock());
    }

    private Map<String, Catalogue> catalogues() {
        return clouds.stream().collect(toMap(EmulatedCloud::name, EmulatedCloud::catalogue));
    }

    private HouseApi houseApi(Surroundings surroundings) {
        Map<String, MetadataApi> metadata =
                clouds.stream()
                        .collect(toMap(EmulatedCloud::name, cloud -> cloud.metadata(surroundings)));
        return new HouseApi(control, identity.controlSecret(), metadata);
    }

    private String metadataUrl(Machine machine) {
        return metadataUrl(machine.cloud(), machine.id());
    }

    private String metadataUrl(String cloud, String id) {
        return houseUrl + "/metadata/" + cloud + "/" + id;
    }

    private Endpoints.Aws awsEndpoint(String url) {
        var account = identity.aws().account();
        return new Endpoints.Aws(
                url,
                account.accessKeyId(),
                account.secretAccessKey().reveal(),
                Aws.REGION,
                Aws.image(),
                Aws.INSTANCE_TYPE,
                metadataUrl(Aws.NAME, "{id}"),
                houseUrl + "/control/" + identity.controlSecret());
    }
}
