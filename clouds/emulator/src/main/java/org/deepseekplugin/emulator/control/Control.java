package org.deepseekplugin.emulator.control;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.deepseekplugin.emulator.books.CallBook;
import org.deepseekplugin.emulator.faults.Fault;
import org.deepseekplugin.emulator.faults.FaultBoard;
import org.deepseekplugin.emulator.host.ProcessHost;
import org.deepseekplugin.emulator.machines.Launch;
import org.deepseekplugin.emulator.machines.Limits;
import org.deepseekplugin.emulator.machines.Machine;
import org.deepseekplugin.emulator.machines.Machines;
import org.deepseekplugin.emulator.offers.Catalogue;
import org.deepseekplugin.emulator.offers.Market;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;

/// What a test or a demo does to the emulated clouds. Thread-safe; calls may wait for the disk.
/// Mistakes are [PlatformException]s.
public final class Control {
    private final Machines machines;
    private final Map<String, Catalogue> catalogues;
    private final FaultBoard faults;
    private final CallBook book;
    private final ProcessHost host;

    public Control(
            Machines machines,
            Map<String, Catalogue> catalogues,
            FaultBoard faults,
            CallBook book,
            ProcessHost host) {
        this.machines = machines;
        this.catalogues = Map.copyOf(catalogues);
        this.faults = faults;
        this.book = book;
        this.host = host;
    }

    public void fault(Fault fault) {
        faults.add(fault);
    }

    public List<Fault> faults() {
        return faults.inForce();
    }

    public void clearFaults() {
        faults.clear();
    }

    /// From now on lists show what was true so long ago.
    public void lag(Duration lag) {
        if (lag.isNegative()) {
            throw mistake("lag " + lag + " is negative");
        }
        faults.lag(lag);
    }

    /// The host under a machine fails.
    public void kill(String id) {
        machines.kill(known(id).id());
    }

    /// The spot market takes a machine back, after a notice.
    public void evict(String id, Duration notice) {
        if (known(id).launch().order().market() != Market.SPOT) {
            throw mistake(id + " is not a spot machine, nobody can take it back; use kill");
        }
        machines.evict(id, notice);
    }

    /// @param zone,type `*` for all
    public void capacity(String zone, String type, int count) {
        check(zone, any(catalogue -> catalogue.zone(zone).isPresent()), "zone");
        check(type, any(catalogue -> catalogue.type(type).isPresent()), "instance type");
        machines.setCapacity(zone, type, count);
    }

    /// @param family a quota family, a family of types or a type; `*` for all
    public void quota(String family, int vcpus) {
        if (family.equals(Limits.ALL)) {
            machines.setQuota(family, vcpus);
        }
        catalogues.values().forEach(one -> machines.setQuota(one.quotaFamily(family), vcpus));
    }

    /// @param tag `name` or `name=value`; empty for everything
    public Truth truth(String tag) {
        var wanted = tagged(tag);
        var live =
                machines.list().stream()
                        .filter(one -> one.state().isWanted() && wanted.test(one.tags()))
                        .map(Control::live)
                        .toList();
        var launches =
                machines.launches().stream()
                        .filter(launch -> wanted.test(launch.order().tags()))
                        .flatMap(launch -> made(launch).stream())
                        .toList();
        return new Truth(live, launches, book.tallies());
    }

    /// What a machine printed so far, also after its end while it is listed.
    public String console(String id) {
        known(id);
        return host.console(id)
                .map(file -> {
                    try {
                        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
                    } catch (IOException e) {
                        throw new UncheckedIOException(
                                "the console of " + id + " is unreadable", e);
                    }
                })
                .orElse("");
    }

    private Machine known(String id) {
        return machines.find(id)
                .orElseThrow(() ->
                        new PlatformException(
                                ErrorCode.NOT_FOUND, "There is no machine \"" + id + "\"."));
    }

    private boolean any(Predicate<Catalogue> has) {
        return catalogues.values().stream().anyMatch(has);
    }

    private static void check(String name, boolean known, String what) {
        if (!known && !name.equals(Limits.ALL)) {
            throw mistake("\"" + name + "\" is not a " + what + " of any emulated cloud");
        }
    }

    private static Predicate<Map<String, String>> tagged(String tag) {
        int mark = tag.indexOf('=');
        if (tag.isEmpty()) {
            return tags -> true;
        }
        return mark < 0
                ? tags -> tags.containsKey(tag)
                : tags ->
                        Optional.ofNullable(tags.get(tag.substring(0, mark)))
                                .filter(value -> value.equals(tag.substring(mark + 1)))
                                .isPresent();
    }

    private static Truth.Live live(Machine machine) {
        var order = machine.launch().order();
        return new Truth.Live(
                machine.id(),
                machine.cloud(),
                machine.zone(),
                machine.type(),
                order.market(),
                machine.state(),
                machine.address(),
                order.token(),
                machine.tags(),
                machine.launch().at());
    }

    private static List<Truth.Made> made(Launch launch) {
        var order = launch.order();
        return launch.machines().stream()
                .map(placed ->
                        new Truth.Made(
                                placed.id(),
                                launch.id(),
                                order.cloud(),
                                launch.zone(),
                                order.type(),
                                order.market(),
                                order.token(),
                                order.tags(),
                                launch.at()))
                .toList();
    }

    private static PlatformException mistake(String sentence) {
        return new PlatformException(ErrorCode.INVALID_REQUEST, sentence);
    }
}
