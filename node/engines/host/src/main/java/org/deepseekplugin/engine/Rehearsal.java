package org.deepseekplugin.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The first request of a process takes a third of a second longer than the second one, to load and
/// link what it needs. So the process makes it itself while the world hears that it is ready: a
/// conversation is counted, and an answer asked for in a way that is refused. Nothing is generated.
record Rehearsal(SocketAddress address, int port) implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Rehearsal.class);
    private static final String CHAT =
            "\"messages\": [{\"role\": \"user\", \"content\": \"hello\"}]";

    @Override
    public void run() {
        try (var channel = connect()) {
            post(channel, "/engine/tokenize", "keep-alive", "{" + CHAT + "}");
            post(channel, "/v1/chat/completions", "close", "{" + CHAT + ", \"n\": 2}");
            var answers = ByteBuffer.allocate(16_384);
            while (channel.read(answers.clear()) >= 0) {}
        } catch (IOException e) {
            log.debug("the rehearsal was broken off", e);
        }
    }

    private SocketChannel connect() throws IOException {
        if (address.isInetSocket()) {
            return SocketChannel.open(new InetSocketAddress(address.host(), port));
        }
        var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(address.path()));
        return channel;
    }

    private static void post(SocketChannel channel, String path, String connection, String body)
            throws IOException {
        var head =
                "POST %s HTTP/1.1\r\nHost: localhost\r\nConnection: %s\r\nContent-Length: %d\r\n\r\n"
                        .formatted(path, connection, body.length());
        channel.write(ByteBuffer.wrap((head + body).getBytes(UTF_8)));
    }
}
