package org.deepseekplugin.engine.llama.batching;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Collectors;
import org.deepseekplugin.engine.llama.ffm.LlamaDecoder;
import org.deepseekplugin.engine.llama.ffm.LlamaLibrary;
import org.deepseekplugin.engine.llama.ffm.LlamaModel;
import org.deepseekplugin.engine.spi.Sampling;

/// The engine's decode loop on a real model, told what to do as `benchmarks/engine/plain_loop.c`
/// is: `./dev bench engine` runs both. What HTTP and the decode thread add is measured from
/// outside.
final class BenchLoop {
    private static final Sampling GREEDY =
            new Sampling(0, 1, 0, 0, 0, 0, OptionalLong.empty(), Map.of());

    private final OperatingSystemMXBean system =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final LlamaDecoder decoder;
    private final LlamaModel model;

    private BenchLoop(LlamaDecoder decoder, LlamaModel model) {
        this.decoder = decoder;
        this.model = model;
    }

    /// `<natives> <weights> <slots> <slot tokens> <step tokens> <threads>`
    public static void main(String[] arguments) throws IOException {
        var library = new LlamaLibrary(Path.of(arguments[0]));
        var model = new LlamaModel(library, Path.of(arguments[1]));
        var numbers = Arrays.stream(arguments).skip(2).mapToInt(Integer::parseInt).toArray();
        var decoder =
                new LlamaDecoder(library, model, numbers[0], numbers[1], numbers[2], numbers[3]);
        decoder.trim();
        var bench = new BenchLoop(decoder, model);
        var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println("ready");
        for (var line = commands.readLine(); line != null; line = commands.readLine()) {
            System.out.println(bench.answer(line));
        }
    }

    /// A loop of its own for each command: it knows of no cached prompts and takes the first slots,
    /// as the plain loop does.
    private String answer(String command) {
        var parts = command.split("\\|");
        int tokens = Integer.parseInt(parts[0].strip().split(" ")[1]);
        var inbox = new Inbox(decoder.slots(), 0);
        var loop = new DecodeLoop(decoder, model.vocabulary(), inbox, new Random(1));
        var sequences = new ArrayList<Sequence>();
        for (var prompt : Arrays.asList(parts).subList(1, parts.length)) {
            sequences.add(sequence(String.valueOf(sequences.size()), prompt, tokens + 1));
        }
        sequences.forEach(inbox::put);
        var reading = new Stopwatch();
        while (sequences.stream().anyMatch(sequence -> sequence.generated() == 0)) {
            loop.step();
        }
        return tokens == 0 ? reading.times() : decode(loop, sequences, tokens);
    }

    private String decode(DecodeLoop loop, List<Sequence> sequences, int tokens) {
        var made = new ArrayList<List<Integer>>();
        sequences.forEach(sequence -> made.add(new ArrayList<>()));
        var watch = new Stopwatch();
        for (int i = 0; i < tokens; i++) {
            for (int s = 0; s < sequences.size(); s++) {
                made.get(s).add(sequences.get(s).next());
            }
            loop.step();
        }
        return watch.times() + text(made);
    }

    private static Sequence sequence(String id, String prompt, int maxTokens) {
        var tokens = Arrays.stream(prompt.strip().split(" ")).mapToInt(Integer::parseInt).toArray();
        return new Sequence(id, tokens, GREEDY, maxTokens, List.of(), new Collected());
    }

    private static String text(List<List<Integer>> made) {
        return made.stream()
                .flatMap(List::stream)
                .map(token -> " " + token)
                .collect(Collectors.joining());
    }

    private final class Stopwatch {
        private final long wall = System.nanoTime();
        private final long cpu = system.getProcessCpuTime();

        String times() {
            return String.format(
                    Locale.ROOT,
                    "%.6f %.6f",
                    (System.nanoTime() - wall) / 1e9,
                    (system.getProcessCpuTime() - cpu) / 1e9);
        }
    }
}
