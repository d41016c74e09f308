package org.deepseekplugin.gateway.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/// A load at a fixed rate whatever the answers do, on sixteen connections that take turns. Latency
/// counts from when a request was due, so that a stall shows in all the requests it holds up.
///
/// Arguments: port, requests a second, seconds. Prints p50 and p99 in milliseconds.
public final class PacedLoad {
    private static final int CONNECTIONS = 16;
    private static final String BODY =
            "{\"stream\":false,\"model\":\"gpt-4-turbo\",\"messages\":[{\"role\":\"user\",\"content\":\""
                    + "x".repeat(920)
                    + "\"}]}";
    private static final byte[] REQUEST =
            ("POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
                            + BenchGateway.KEY
                            + "\r\nContent-Type: application/json\r\nContent-Length: "
                            + BODY.length()
                            + "\r\n\r\n"
                            + BODY)
                    .getBytes(US_ASCII);

    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[0]);
        long gap = 1_000_000_000L * CONNECTIONS / Integer.parseInt(args[1]);
        long seconds = Long.parseLong(args[2]);
        // the first second warms this process up and does not count
        long begin = System.nanoTime() + 100_000_000L;
        var lines = new ArrayList<Line>();
        for (int i = 0; i < CONNECTIONS; i++) {
            lines.add(new Line(port, begin + i * gap / CONNECTIONS, gap, seconds + 1));
        }
        lines.forEach(Thread::start);
        var all = new Histogram(60_000_000_000L, 3);
        for (var line : lines) {
            line.join();
            all.add(line.latencies);
        }
        if (lines.stream().anyMatch(line -> line.failed)) {
            System.exit(1);
        }
        System.out.printf(
                "%.4f %.4f%n",
                all.getValueAtPercentile(50) / 1e6, all.getValueAtPercentile(99) / 1e6);
    }

    /// One connection and its share of the requests.
    private static final class Line extends Thread {
        private final int port;
        private final long first;
        private final long gap;
        private final long seconds;
        final Histogram latencies = new Histogram(60_000_000_000L, 3);
        volatile boolean failed;

        Line(int port, long first, long gap, long seconds) {
            this.port = port;
            this.first = first;
            this.gap = gap;
            this.seconds = seconds;
        }

        @Override
        public void run() {
            try (var socket = new Socket("127.0.0.1", port)) {
                socket.setTcpNoDelay(true);
                var in = new BufferedInputStream(socket.getInputStream(), 4096);
                long end = first + seconds * 1_000_000_000L;
                for (long due = first; due < end; due += gap) {
                    waitUntil(due);
                    socket.getOutputStream().write(REQUEST);
                    readAnswer(in);
                    if (due >= first + 1_000_000_000L) {
                        latencies.recordValue(System.nanoTime() - due);
                    }
                }
            } catch (IOException e) {
                System.err.println(e);
                failed = true;
            }
        }

        private static void waitUntil(long due) {
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }

        private static void readAnswer(InputStream in) throws IOException {
            var head = head(in);
            if (!head.getFirst().contains(" 200")) {
                throw new IOException("answered " + head.getFirst());
            }
            for (var line : head) {
                if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                    in.readNBytes(Integer.parseInt(line.substring(15).strip()));
                }
            }
        }

        private static List<String> head(InputStream in) throws IOException {
            var lines = new ArrayList<String>();
            var line = new StringBuilder();
            while (true) {
                int b = in.read();
                if (b < 0) {
                    throw new IOException("closed by the server");
                }
                if (b != '\n') {
                    line.append((char) b);
                } else if (line.toString().isBlank()) {
                    return lines;
                } else {
                    lines.add(line.toString());
                    line.setLength(0);
                }
            }
        }
    }

    private PacedLoad() {}
}
