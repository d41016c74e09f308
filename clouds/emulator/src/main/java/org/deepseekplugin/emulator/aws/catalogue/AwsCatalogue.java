package org.deepseekplugin.emulator.aws.catalogue;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deepseekplugin.emulator.offers.Catalogue;
import org.deepseekplugin.emulator.offers.Gpus;
import org.deepseekplugin.emulator.offers.MachineType;
import org.deepseekplugin.emulator.offers.Zone;

/// What AWS offers: all GPU types in their zones and some CPU types everywhere. From the resources
/// that `catalogue/generate.py` writes. On-demand prices are those of us-east-1 in every region;
/// spot prices are estimates, on-demand less the advisor's savings.
public final class AwsCatalogue implements Catalogue {
    private final Map<String, MachineType> types;
    private final List<Zone> zones;
    private final Map<String, Integer> savings = new HashMap<>();

    public AwsCatalogue() {
        types =
                lines("types.csv").stream()
                        .map(line -> machineType(line.split(",", -1)))
                        .collect(toUnmodifiableMap(MachineType::name, type -> type));
        zones = lines("zones.txt").stream().map(this::readZone).toList();
        lines("savings.txt").forEach(this::readSavings);
    }

    @Override
    public Collection<MachineType> types() {
        return types.values();
    }

    @Override
    public Optional<MachineType> type(String name) {
        return Optional.ofNullable(types.get(name));
    }

    @Override
    public List<Zone> zones() {
        return zones;
    }

    /// CPU types, of which the advisor's list says nothing, save 60 %.
    @Override
    public Optional<BigDecimal> spotPrice(String region, String type) {
        boolean hasGpus = type(type).flatMap(MachineType::gpus).isPresent();
        var percent = hasGpus ? savings.get(region + " " + type) : Integer.valueOf(60);
        return percent == null
                ? Optional.empty()
                : type(type)
                        .flatMap(MachineType::hourlyPrice)
                        .map(price ->
                                price.multiply(BigDecimal.valueOf(100L - percent))
                                        .divide(BigDecimal.valueOf(100), 6, RoundingMode.HALF_UP));
    }

    /// The bucket in which AWS counts the vCPUs of a type or a family: `p` for `p4d.24xlarge`; see
    /// "On-Demand Instance quotas" in the EC2 guide.
    @Override
    public String quotaFamily(String typeOrFamily) {
        var letters = typeOrFamily.replaceFirst("[^a-z].*", "");
        return switch (letters) {
            case "p" -> "p";
            case "g", "gr", "vt" -> "g";
            case "inf", "trn", "dl", "f", "x", "hpc" -> letters;
            default -> "standard";
        };
    }

    /// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/terminating-instances.html: "a short
    /// while".
    @Override
    public Duration listedAfterTermination() {
        return Duration.ofHours(1);
    }

    private MachineType machineType(String[] cells) {
        var gpus =
                cells[3].isEmpty()
                        ? Optional.<Gpus>empty()
                        : Optional.of(
                                new Gpus(
                                        cells[3],
                                        cells[4],
                                        Integer.parseInt(cells[5]),
                                        Integer.parseInt(cells[6])));
        return new MachineType(
                cells[0],
                Integer.parseInt(cells[1]),
                Long.parseLong(cells[2]),
                cells[9],
                quotaFamily(cells[0]),
                gpus,
                cells[7].isEmpty() ? 0 : Double.parseDouble(cells[7]),
                Integer.parseInt(cells[8]),
                cells[10].isEmpty() ? Optional.empty() : Optional.of(new BigDecimal(cells[10])));
    }

    private Zone readZone(String line) {
        var words = line.split(" ", -1);
        var offered = new HashSet<>(Arrays.asList(words).subList(2, words.length));
        types.values().stream()
                .filter(type -> type.gpus().isEmpty())
                .forEach(type -> offered.add(type.name()));
        return new Zone(words[1], words[0], offered);
    }

    private void readSavings(String line) {
        var words = line.split(" ", -1);
        for (int i = 1; i < words.length; i++) {
            int mark = words[i].indexOf('=');
            savings.put(
                    words[0] + " " + words[i].substring(0, mark),
                    Integer.valueOf(words[i].substring(mark + 1)));
        }
    }

    private static List<String> lines(String resource) {
        try (var in = AwsCatalogue.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing from the program");
            }
            var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            return reader.lines().filter(line -> !line.startsWith("#")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
