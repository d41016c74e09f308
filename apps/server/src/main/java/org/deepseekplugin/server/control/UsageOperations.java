package org.deepseekplugin.server.control;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.toMap;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.deepseekplugin.gateway.ledger.Account;
import org.deepseekplugin.gateway.ledger.Ledger;
import org.deepseekplugin.gateway.ledger.Totals;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.server.keys.Key;
import org.deepseekplugin.server.keys.Keys;

/// The account of tokens.
public final class UsageOperations implements Operations {
    private static final int DEADLINE_SECONDS = 10;

    private final Ledger ledger;
    private final Keys keys;

    /// @param estimatedTokens of all tokens, known from counting alone
    private record Line(
            LocalDate day,
            String key,
            Optional<String> keyName,
            String model,
            long requests,
            long promptTokens,
            long cachedTokens,
            long completionTokens,
            long estimatedTokens) {

        static Line of(Account account, Totals totals, Map<String, String> keyNames) {
            var tokens = totals.tokens();
            var estimated = totals.estimated();
            return new Line(
                    account.day(),
                    account.keyId(),
                    Optional.ofNullable(keyNames.get(account.keyId())),
                    account.model(),
                    totals.requests(),
                    tokens.prompt(),
                    tokens.cached(),
                    tokens.completion(),
                    estimated.prompt() + estimated.completion());
        }
    }

    public UsageOperations(Ledger ledger, Keys keys) {
        this.ledger = ledger;
        this.keys = keys;
    }

    @Override
    public Map<String, Handler> handlers() {
        return Map.of("getUsage", this::usage);
    }

    private ControlReply usage(ControlCall call) {
        try {
            var usage = ledger.usage().get(DEADLINE_SECONDS, TimeUnit.SECONDS);
            var names = keys.list(call.project()).stream().collect(toMap(Key::id, Key::name));
            var lines =
                    usage.totals().entrySet().stream()
                            .filter(entry -> entry.getKey().project().equals(call.project()))
                            .map(entry -> Line.of(entry.getKey(), entry.getValue(), names))
                            .sorted(
                                    comparing(Line::day)
                                            .thenComparing(Line::key)
                                            .thenComparing(Line::model))
                            .toList();
            return ControlReply.ok(Map.of("usage", lines, "pending", usage.pending()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException(ErrorCode.SHUTTING_DOWN, "The server is stopping.", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new PlatformException(ErrorCode.INTERNAL, "The ledger does not answer: " + e, e);
        }
    }
}
