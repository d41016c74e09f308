package org.deepseekplugin.emulator.host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Gives every machine a loopback address of its own where the system has more than one (Linux);
/// elsewhere all get 127.0.0.1 and tell their services apart by port. Thread-safe.
///
/// Addresses are drawn at random from 127.16.0.0 to 127.255.255.255, so that emulators beside each
/// other do not meet.
public final class LoopbackAddresses implements Supplier<String> {
    private final RandomGenerator random;
    private final boolean many;

    public LoopbackAddresses(RandomGenerator random) {
        this.random = random;
        this.many = hasMany();
    }

    @Override
    public String get() {
        return many
                ? "127.%d.%d.%d"
                        .formatted(
                                random.nextInt(16, 256),
                                random.nextInt(256),
                                random.nextInt(1, 255))
                : "127.0.0.1";
    }

    private static boolean hasMany() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.16.0.1"))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
