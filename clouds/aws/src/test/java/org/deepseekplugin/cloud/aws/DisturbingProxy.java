package org.deepseekplugin.cloud.aws;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.deepseekplugin.cloud.testkit.conformance.CloudUnderTest.Disturbance;

/// Stands before an AWS that always answers: loses, tears, withholds and doubles what passes, and
/// counts calls. One request a connection. Knows EC2's form only as far as the action's name.
final class DisturbingProxy implements AutoCloseable {
    private static final Pattern ACTION = Pattern.compile("(?:^|&)Action=([A-Za-z]+)");
    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *([0-9]+)");
    private static final Pattern HEADER = Pattern.compile("(?m)^([A-Za-z0-9-]+): *([^\r\n]*)");
    private static final List<String> NOT_PASSED_ON =
            List.of("host", "connection", "content-length", "expect");

    private final URI upstream;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ServerSocket server;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, Integer> calls = new ConcurrentHashMap<>();
    private final List<Order> orders = new ArrayList<>();

    private record Order(String action, Disturbance how, int after) {}

    private record Request(String head, byte[] body) {
        String action() {
            var found = ACTION.matcher(new String(body, ISO_8859_1));
            return found.find() ? found.group(1) : "";
        }
    }

    DisturbingProxy(String upstream) throws IOException {
        this.upstream = URI.create(upstream);
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    int calls(String action) {
        return calls.getOrDefault(action, 0);
    }

    synchronized void disturb(String action, Disturbance how, int after) {
        orders.add(new Order(action, how, after));
    }

    synchronized void heal() {
        orders.clear();
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
        http.close();
    }

    private void accept() {
        try {
            while (true) {
                var socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            if (!server.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var request = read(socket.getInputStream());
            calls.merge(request.action(), 1, Integer::sum);
            pass(request, take(request.action()), socket);
        } catch (IOException e) {
            // the client has gone, which is its right
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// @param how empty: not at all
    private void pass(Request request, List<Disturbance> how, Socket socket)
            throws IOException, InterruptedException {
        var answer = forward(request);
        if (how.contains(Disturbance.DUPLICATE)) {
            answer = forward(request);
        }
        if (how.contains(Disturbance.HANG)) {
            closed.await(60, TimeUnit.SECONDS);
        } else if (!how.contains(Disturbance.RESET)) {
            var bytes = bytes(answer);
            boolean torn = how.contains(Disturbance.TRUNCATE);
            socket.getOutputStream()
                    .write(bytes, 0, torn ? bytes.length - answer.body().length / 2 : bytes.length);
        }
    }

    private synchronized List<Disturbance> take(String action) {
        for (int i = 0; i < orders.size(); i++) {
            var order = orders.get(i);
            if (order.action().equals(action)) {
                orders.remove(i);
                if (order.after() == 0) {
                    return List.of(order.how());
                }
                orders.add(i, new Order(action, order.how(), order.after() - 1));
                return List.of();
            }
        }
        return List.of();
    }

    private HttpResponse<byte[]> forward(Request request) throws IOException, InterruptedException {
        var line = request.head().lines().findFirst().orElse("").split(" ", -1);
        var copy =
                HttpRequest.newBuilder(upstream.resolve(line[1]))
                        .method(line[0], BodyPublishers.ofByteArray(request.body()));
        HEADER.matcher(request.head())
                .results()
                .filter(header -> !NOT_PASSED_ON.contains(header.group(1).toLowerCase()))
                .forEach(header -> copy.header(header.group(1), header.group(2)));
        return http.send(copy.build(), BodyHandlers.ofByteArray());
    }

    private static Request read(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the client hung up");
            }
            head.write(next);
        }
        var text = head.toString(ISO_8859_1);
        var length = LENGTH.matcher(text);
        return new Request(
                text, in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0));
    }

    private static byte[] bytes(HttpResponse<byte[]> answer) {
        var type = answer.headers().firstValue("content-type").orElse("text/plain");
        var head =
                "HTTP/1.1 %d x\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
                        .formatted(answer.statusCode(), type, answer.body().length);
        var all = new ByteArrayOutputStream();
        all.writeBytes(head.getBytes(ISO_8859_1));
        all.writeBytes(answer.body());
        return all.toByteArray();
    }
}
