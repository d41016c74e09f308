package org.deepseekplugin.emulator.host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.deepseekplugin.emulator.machines.Addresses;

/// Gives every machine a loopback address of its own where the system has more than one (Linux);
/// elsewhere all get 127.0.0.1 and tell their services apart by port. Thread-safe.
///
/// Addresses are drawn at random from 127.16.0.0 to 127.255.255.255, so that emulators beside each
/// other do not meet.
public final class LoopbackAddresses implements Addresses {
    private final RandomGenerator random;
    private final boolean many;

    public LoopbackAddresses(RandomGenerator random) {
        this(random, hasMany());
    }

    LoopbackAddresses(RandomGenerator random, boolean many) {
        this.random = random;
        this.many = many;
    }

    @Override
    public String fresh(Predicate<String> taken) {
        if (!many) {
            return "127.0.0.1";
        }
        var address = draw();
        while (taken.test(address)) {
            address = draw();
        }
        return address;
    }

    private String draw() {
        return "127.%d.%d.%d"
                .formatted(random.nextInt(16, 256), random.nextInt(256), random.nextInt(1, 255));
    }

    private static boolean hasMany() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.16.0.1"))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
