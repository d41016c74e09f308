package org.deepseekplugin.emulator.machines;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// How much there is: machines by zone and type, vCPUs by quota family (on-demand and spot are
/// counted apart). `*` stands for all; the most precise setting wins.
///
/// Not thread-safe; its owner holds a lock.
public final class Limits {
    public static final String ALL = "*";
    private static final int DEFAULT_CAPACITY = 100;
    private static final int DEFAULT_VCPUS = 100_000;

    private final Map<String, Integer> capacity = new HashMap<>();
    private final Map<String, Integer> quota = new HashMap<>();

    public void capacity(String zone, String type, int count) {
        capacity.put(zone + " " + type, count);
    }

    public void quota(String family, int vcpus) {
        quota.put(family.toLowerCase(Locale.ROOT), vcpus);
    }

    int capacity(String zone, String type) {
        return first(
                capacity,
                DEFAULT_CAPACITY,
                zone + " " + type,
                zone + " " + ALL,
                ALL + " " + type,
                ALL + " " + ALL);
    }

    int quota(String family) {
        return first(quota, DEFAULT_VCPUS, family.toLowerCase(Locale.ROOT), ALL);
    }

    private static int first(Map<String, Integer> settings, int otherwise, String... keys) {
        for (String key : keys) {
            var value = settings.get(key);
            if (value != null) {
                return value;
            }
        }
        return otherwise;
    }
}
