package org.deepseekplugin.platform.http;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;

/// Makes the event loops of a process: native transport where there is one, no files unpacked, no
/// DNS client of its own.
public final class EventLoops {

    /// @param threads event loops; 0 for one a processor
    public static Vertx create(int threads) {
        // the JDK's resolver: Netty's wants /etc/resolv.conf and adds threads for names that we do
        // not look up often
        System.setProperty("vertx.disableDnsResolver", "true");
        var options =
                new VertxOptions()
                        .setPreferNativeTransport(true)
                        .setFileSystemOptions(
                                new FileSystemOptions()
                                        .setClassPathResolvingEnabled(false)
                                        .setFileCachingEnabled(false));
        if (threads > 0) {
            options.setEventLoopPoolSize(threads);
        }
        return Vertx.vertx(options);
    }

    private EventLoops() {}
}
