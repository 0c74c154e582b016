package io.thespace.gateway.forward;

import io.thespace.plugin.api.Rejection;
import jakarta.annotation.Nullable;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;

/** Waits for an answer, and keeps its beginning. */
public final class CollectedAnswer implements GatewayAnswer {

    private final int most;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final ByteArrayOutputStream beginning = new ByteArrayOutputStream();
    private IntConsumer taken; // this and what follows: guarded by this
    private Integer status;
    private String retryAfter;
    private boolean whole;
    private Rejection refusal;

    /** @param most the maximum of bytes kept; the rest is not waited for */
    public CollectedAnswer(int most) {
        this.most = most;
    }

    /** Waits until the response has ended or reached the maximum, has failed, or the time limit is over. */
    public void await(Duration limit) {
        try {
            done.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException e) {
            // The bytes received so far are the whole response.
        }
    }

    /** Returns the status; null before a response. */
    @Nullable
    public synchronized Integer status() {
        return status;
    }

    /** Returns the parsed {@code Retry-After} (RFC 9110, section 10.2.3); null without a valid one. */
    @Nullable
    public synchronized Duration retryAfter() {
        return retryAfter == null ? null : read(retryAfter.strip());
    }

    private static Duration read(String text) {
        if (text.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Duration until =
                    Duration.between(Instant.now(), ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME));
            return until.isNegative() ? Duration.ZERO : until;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Whether the whole response was received and kept. */
    public synchronized boolean whole() {
        return whole;
    }

    /** Whether the maximum was reached, so that there may be more. */
    public synchronized boolean cut() {
        return beginning.size() == most && !whole;
    }

    /** Returns why there is no response; null without a known reason. */
    @Nullable
    public synchronized Rejection refusal() {
        return refusal;
    }

    /** Returns the kept bytes as UTF-8, without characters that PostgreSQL cannot store. */
    public synchronized String text() {
        return beginning.toString(StandardCharsets.UTF_8).replace("\0", "");
    }

    @Override
    public synchronized void begin(
            int code, List<Map.Entry<String, String>> headers, long length, IntConsumer granted) {
        status = code;
        retryAfter = headers.stream()
                .filter(header -> header.getKey().equalsIgnoreCase("Retry-After"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
        taken = granted;
    }

    @Override
    public void tried(UpstreamTry attempt) {
        // The outcome is all that counts.
    }

    @Override
    public void data(ByteBuffer bytes) {
        IntConsumer more;
        int count = bytes.remaining();
        synchronized (this) {
            byte[] part = new byte[Math.min(count, most - beginning.size())];
            bytes.get(part);
            beginning.writeBytes(part);
            more = taken;
            if (part.length < count || beginning.size() == most) {
                done.complete(null);
            }
        }
        more.accept(count);
    }

    @Override
    public synchronized void end() {
        whole = !done.isDone() || beginning.size() < most;
        done.complete(null);
    }

    @Override
    public void broken() {
        done.complete(null);
    }

    @Override
    public synchronized void refuse(Rejection rejection) {
        refusal = rejection;
        done.complete(null);
    }
}
