package io.thespace.gateway.cache;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.thespace.gateway.ReservedHeaders;
import io.thespace.gateway.cache.CacheDirectives.Directive;
import io.thespace.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** An answer that may be given again (RFC 9111): its head, how long it is fresh, and its body. */
final class KeptAnswer {

    /** The status codes of cacheable complete responses (RFC 9110, section 15.1). */
    private static final Set<Integer> STATUSES = Set.of(200, 203, 204, 300, 301, 308, 404, 410);

    private static final int MAX_VARYING = 16;

    /** Headers that are generated for each response. */
    private static final Set<String> FLEETING = Set.of("age", "content-length");

    /** The headers that a 304 repeats of the stored response (RFC 9110, section 15.4.5). */
    private static final Set<String> OF_THE_BODY = Set.of(
            "content-type", "content-encoding", "content-language", "content-range", "content-disposition", "digest");

    /**
     * A response without its body.
     *
     * @param headers names and values in turn, as sent to callers
     * @param receivedMillis when it was received, since 1970
     * @param ageSeconds its age at that time
     * @param freshSeconds its freshness lifetime
     * @param strict whether it must not be served stale, even if the caller allows it
     * @param vary names of request headers in lower case, in order
     */
    private record Head(
            int status,
            List<String> headers,
            String etag,
            String lastModified,
            long receivedMillis,
            long ageSeconds,
            long freshSeconds,
            boolean strict,
            List<String> vary) {}

    private final Head head;
    private final byte[] body;

    private KeptAnswer(Head head, byte[] body) {
        this.head = head;
        this.body = body;
    }

    /**
     * Checks whether a response may be stored in a shared cache: requests are forwarded with their caller's identity,
     * so that only explicitly public responses may be (RFC 9111, section 3.5; {@code must-revalidate} alone does not
     * count as one of the three directives there, since personal responses have it too).
     *
     * @param came the headers as sent by the upstream
     * @param passed the headers as sent to the caller, after the route's rules, which may add cache directives
     * @param cacheSeconds the maximum freshness lifetime, and the default without an explicit one
     * @param askedMillis when it was requested, since 1970
     * @return without a body
     */
    static Optional<KeptAnswer> of(
            int status,
            List<Map.Entry<String, String>> came,
            List<Map.Entry<String, String>> passed,
            int cacheSeconds,
            long askedMillis,
            long nowMillis) {
        CacheDirectives first = CacheDirectives.of(came);
        CacheDirectives last = CacheDirectives.of(passed);
        TreeSet<String> vary = new TreeSet<>();
        vary.addAll(names(came));
        vary.addAll(names(passed));
        if (!CacheDirectives.value(came, "content-encoding").isEmpty()) {
            vary.add("accept-encoding");
        }
        boolean forbidden = !STATUSES.contains(status)
                || first.has("no-store")
                || first.has("private")
                || last.has("no-store")
                || last.has("private")
                || !(last.has("public") || last.has("s-maxage"))
                || came.stream()
                        .anyMatch(header ->
                                header.getKey().toLowerCase(Locale.ROOT).startsWith("set-cookie"))
                || vary.size() > MAX_VARYING
                // The gateway's own request headers differ from caller to caller.
                || !vary.stream().allMatch(name -> !name.equals("*") && ReservedHeaders.mayRuleRequest(name));
        if (forbidden) {
            return Optional.empty();
        }
        String etag = CacheDirectives.value(came, "etag");
        String lastModified = CacheDirectives.value(came, "last-modified");
        long age = age(came, askedMillis, nowMillis);
        long fresh = Math.min(fresh(first, last, came, passed, cacheSeconds, age), age + cacheSeconds);
        if (fresh <= age && etag.isEmpty() && lastModified.isEmpty()) {
            return Optional.empty();
        }
        List<String> headers = new ArrayList<>();
        for (Map.Entry<String, String> header : passed) {
            if (!FLEETING.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                headers.add(header.getKey());
                headers.add(header.getValue());
            }
        }
        boolean strict = last.has("must-revalidate")
                || last.has("proxy-revalidate")
                || last.has("s-maxage")
                || last.has("no-cache")
                || first.has("no-cache");
        return Optional.of(new KeptAnswer(
                new Head(
                        status,
                        headers,
                        etag.isEmpty() ? null : etag,
                        lastModified.isEmpty() ? null : lastModified,
                        nowMillis,
                        age,
                        fresh,
                        strict,
                        List.copyOf(vary)),
                new byte[0]));
    }

    private static List<String> names(List<Map.Entry<String, String>> headers) {
        return Arrays.stream(CacheDirectives.value(headers, "vary").split(","))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** RFC 9111, section 4.2.3. */
    private static long age(List<Map.Entry<String, String>> came, long askedMillis, long nowMillis) {
        long apparent = date(came, "date")
                .map(date -> (nowMillis - date.toEpochMilli()) / 1000)
                .orElse(0L);
        String said = CacheDirectives.value(came, "age");
        long told = said.matches("\\d{1,9}") ? Long.parseLong(said) : 0;
        return Math.max(Math.max(0, apparent), told + (nowMillis - askedMillis) / 1000);
    }

    /** RFC 9111, section 4.2.1. */
    private static long fresh(
            CacheDirectives first,
            CacheDirectives last,
            List<Map.Entry<String, String>> came,
            List<Map.Entry<String, String>> passed,
            int cacheSeconds,
            long age) {
        if (first.has("no-cache") || last.has("no-cache")) {
            return 0;
        }
        if (last.has("s-maxage")) {
            return last.seconds(Directive.S_MAXAGE).orElse(0);
        } else if (last.has("max-age")) {
            return last.seconds(Directive.MAX_AGE).orElse(0);
        } else if (!CacheDirectives.value(passed, "expires").isEmpty()) {
            Optional<Instant> date = date(came, "date");
            return date(passed, "expires")
                    .map(until -> until.getEpochSecond()
                            - date.orElseGet(Instant::now).getEpochSecond())
                    .orElse(0L);
        }
        return age + cacheSeconds;
    }

    /** A date that cannot be read is none. */
    private static Optional<Instant> date(List<Map.Entry<String, String>> headers, String name) {
        return date(CacheDirectives.value(headers, name));
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    KeptAnswer with(byte[] whole) {
        return new KeptAnswer(head, whole);
    }

    /**
     * Returns the response updated by a 304 (RFC 9111, section 4.3.4).
     *
     * @return empty when it must no longer be stored
     */
    Optional<KeptAnswer> refreshed(
            List<Map.Entry<String, String>> came,
            List<Map.Entry<String, String>> passed,
            int cacheSeconds,
            long askedMillis,
            long nowMillis) {
        return of(
                        head.status(),
                        merged(headers(), came, validators()),
                        merged(headers(), passed, List.of()),
                        cacheSeconds,
                        askedMillis,
                        nowMillis)
                .map(fresh -> fresh.with(body));
    }

    /** Returns a copy with a 304's headers, for the one caller whose request it answers. */
    KeptAnswer updated(List<Map.Entry<String, String>> passed, long nowMillis) {
        List<String> headers = new ArrayList<>();
        merged(headers(), passed, List.of())
                .forEach(header -> headers.addAll(List.of(header.getKey(), header.getValue())));
        return new KeptAnswer(
                new Head(head.status(), headers, head.etag(), head.lastModified(), nowMillis, 0, 0, true, head.vary()),
                body);
    }

    private static List<Map.Entry<String, String>> merged(
            List<Map.Entry<String, String>> old,
            List<Map.Entry<String, String>> news,
            List<Map.Entry<String, String>> validators) {
        Set<String> said = news.stream()
                .map(header -> header.getKey().toLowerCase(Locale.ROOT))
                .filter(name -> !OF_THE_BODY.contains(name) && !FLEETING.contains(name))
                .collect(Collectors.toSet());
        List<Map.Entry<String, String>> merged = new ArrayList<>();
        old.stream()
                .filter(header -> !said.contains(header.getKey().toLowerCase(Locale.ROOT)))
                .forEach(merged::add);
        validators.stream()
                .filter(header -> !said.contains(header.getKey().toLowerCase(Locale.ROOT))
                        && CacheDirectives.value(merged, header.getKey()).isEmpty())
                .forEach(merged::add);
        news.stream()
                .filter(header -> !OF_THE_BODY.contains(header.getKey().toLowerCase(Locale.ROOT))
                        && !header.getKey().equalsIgnoreCase("content-length"))
                .forEach(merged::add);
        return merged;
    }

    private List<Map.Entry<String, String>> validators() {
        List<Map.Entry<String, String>> validators = new ArrayList<>();
        if (head.etag() != null) {
            validators.add(new SimpleImmutableEntry<>("ETag", head.etag()));
        }
        if (head.lastModified() != null) {
            validators.add(new SimpleImmutableEntry<>("Last-Modified", head.lastModified()));
        }
        return validators;
    }

    /** Returns the conditional headers that revalidate it; empty when it cannot be revalidated. */
    List<Map.Entry<String, String>> conditions() {
        List<Map.Entry<String, String>> conditions = new ArrayList<>();
        if (head.etag() != null) {
            conditions.add(new SimpleImmutableEntry<>("If-None-Match", head.etag()));
        }
        if (head.lastModified() != null) {
            conditions.add(new SimpleImmutableEntry<>("If-Modified-Since", head.lastModified()));
        }
        return conditions;
    }

    /** Whether a caller with these conditions has it already (RFC 9110, section 13.2.2). */
    boolean had(List<Map.Entry<String, String>> request) {
        if (head.status() != 200) {
            return false;
        }
        String tags = CacheDirectives.value(request, "if-none-match");
        if (!tags.isEmpty()) {
            return tags.equals("*")
                    || (head.etag() != null
                            && Arrays.stream(tags.split(","))
                                    .map(tag -> strong(tag.strip()))
                                    .anyMatch(strong(head.etag())::equals));
        }
        Optional<Instant> since = date(CacheDirectives.value(request, "if-modified-since"));
        Optional<Instant> modified = head.lastModified() == null ? Optional.empty() : date(head.lastModified());
        return since.isPresent() && modified.isPresent() && !modified.get().isAfter(since.get());
    }

    private static String strong(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }

    /** Whether it may be served for a request with these directives without revalidation. */
    boolean serves(CacheDirectives asked, long nowMillis) {
        long age = age(nowMillis);
        long left = head.freshSeconds() - age;
        long stale = head.strict()
                ? 0
                : asked.unlimited("max-stale")
                        ? Integer.MAX_VALUE
                        : asked.seconds(Directive.MAX_STALE).orElse(0);
        return left + stale > asked.seconds(Directive.MIN_FRESH).orElse(0)
                && age <= asked.seconds(Directive.MAX_AGE).orElse(Long.MAX_VALUE);
    }

    /** Returns for how many more seconds it is fresh; negative once it is stale. */
    long left(long nowMillis) {
        return head.freshSeconds() - age(nowMillis);
    }

    long age(long nowMillis) {
        return head.ageSeconds() + Math.max(0, nowMillis - head.receivedMillis()) / 1000;
    }

    /** For how long it is of use: with a validator after it is stale, too. */
    long keptSeconds(int cacheSeconds, long nowMillis) {
        return Math.max(0, left(nowMillis)) + (conditions().isEmpty() ? 0 : cacheSeconds);
    }

    int status() {
        return head.status();
    }

    List<Map.Entry<String, String>> headers() {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        for (int i = 0; i < head.headers().size(); i += 2) {
            headers.add(new SimpleImmutableEntry<>(
                    head.headers().get(i), head.headers().get(i + 1)));
        }
        return headers;
    }

    /** Returns the headers for a caller that has the body. */
    List<Map.Entry<String, String>> headersWithoutBody() {
        return headers().stream()
                .filter(header -> !OF_THE_BODY.contains(header.getKey().toLowerCase(Locale.ROOT)))
                .toList();
    }

    List<String> vary() {
        return head.vary();
    }

    byte[] body() {
        return body;
    }

    /** A length, the head as JSON, the body. */
    byte[] bytes() {
        try {
            byte[] json = Json.MAPPER.writeValueAsBytes(head);
            return ByteBuffer.allocate(4 + json.length + body.length)
                    .putInt(json.length)
                    .put(json)
                    .put(body)
                    .array();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Every head can be written as JSON", e);
        }
    }

    /** @throws IOException when these are not the bytes of one */
    static KeptAnswer read(byte[] bytes) throws IOException {
        int length = bytes.length < 4 ? -1 : ByteBuffer.wrap(bytes).getInt();
        if (length < 0 || length > bytes.length - 4) {
            throw new IOException("Not a cached response");
        }
        return new KeptAnswer(
                Json.MAPPER.readValue(bytes, 4, length, Head.class),
                Arrays.copyOfRange(bytes, 4 + length, bytes.length));
    }
}
