package org.deepseekplugin.server.config;

import java.time.Duration;
import org.deepseekplugin.platform.config.Bytes;
import org.deepseekplugin.platform.config.Default;
import org.deepseekplugin.platform.config.Doc;
import org.deepseekplugin.platform.config.Percent;
import org.deepseekplugin.platform.config.Range;

/// What clients of `/v1` may ask for, and how hard the gateway tries.
public record GatewayLimits(
        @Doc("Longest body of a request; a longer one is refused with 413.") @Default("20MiB")
                Bytes maxBody,
        @Doc("Deepest nesting of a request's JSON.") @Default("200") @Range(min = 1, max = 1000)
                int maxDepth,
        @Doc("Within this a request's body must have arrived.") @Default("30s")
                Duration bodyDeadline,
        @Doc("Within this the head of a connection's first request must have arrived.")
                @Default("15s")
                Duration headerDeadline,
        @Doc("How long a connection stays open for another request, at least.") @Default("60s")
                Duration keepAlive,
        @Doc("How long a client may leave a stream unread before it counts as gone.")
                @Default("60s")
                Duration readerTimeout,
        @Doc("To get a connection to a replica.") @Default("3s") Duration connectTimeout,
        @Doc("From asking a replica to the begin of its answer.") @Default("5m")
                Duration firstByteTimeout,
        @Doc("Longest pause inside an answer.") @Default("2m") Duration idleTimeout,
        @Doc("Replicas to try for one request, the first included.")
                @Default("3")
                @Range(min = 1, max = 10)
                int maxAttempts,
        @Doc("Retries as a share of requests, besides one a second that is free.") @Default("20%")
                Percent retryShare,
        @Doc("How long requests in flight may take to finish when the server stops.")
                @Default("30s")
                Duration drainTimeout,
        @Doc(
                        "How long the token ledger keeps its lines, one for each request; the sums are kept for ever.")
                @Default("30d")
                Duration ledgerKeep,
        @Doc("How large the ledger's old segments may get before the oldest go.") @Default("1GiB")
                Bytes ledgerSize) {}
