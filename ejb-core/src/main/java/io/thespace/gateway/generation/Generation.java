package io.thespace.gateway.generation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.thespace.endpoint.Failures;
import io.thespace.gateway.GatewayError;
import io.thespace.gateway.forward.Carriage;
import io.thespace.gateway.forward.Forwarding;
import io.thespace.gateway.forward.GatewayAnswer;
import io.thespace.gateway.forward.UpstreamTry;
import io.thespace.gateway.model.ModelUsage;
import io.thespace.json.Json;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;

/**
 * One request to a model and its response, with the fallback models, each of which is called once. Models' servers
 * implement OpenAI's chat completions, with variations. Streaming callers get server-sent events (WHATWG HTML, section
 * 9.2): {@code delta} with {@code {"text"}} for each piece, and at the end {@code done} with {@code {"model",
 * "finish_reason", "usage"}}, or {@code error} with {@code {"error", "request_id"}} when the rest will not be sent.
 */
public final class Generation implements Carriage {

    /** The maximum size of a response that is not streamed, and of an event of a stream. */
    private static final int MAX_BYTES = 8 * 1024 * 1024;

    /** The maximum that may wait for a slow caller before the model's server is slowed down. */
    private static final int MAX_WAITING = 65_536;

    static final String EVENT_STREAM = "text/event-stream";

    /** The source of models and the means to send requests and to report results. */
    public interface Surroundings {

        /**
         * Counts a call against the model's rate limit.
         *
         * @throws Rejection {@code MODEL_BUSY}
         */
        void admit(LiveModel model);

        Optional<LiveModel> fallback(LiveModel model);

        Forwarding forward(LiveModel model, byte[] body, GatewayAnswer answer);

        /** Does something that may wait, elsewhere; false when this node is going down and does not. */
        boolean soon(Runnable work);

        void ended(LiveModel model, ModelUsage usage, Rejection failure, long nanoseconds);
    }

    private final Surroundings surroundings;
    private final Actor actor;
    private final ChatRequest order;
    private final GatewayAnswer answer;
    private final long started = System.nanoTime();
    private final Set<String> asked = new HashSet<>();
    private final AtomicBoolean recorded = new AtomicBoolean();
    private volatile Reading current;
    private volatile Rejection first;
    private volatile boolean abandoned;

    public Generation(Surroundings surroundings, Actor actor, GenerateRequest order, GatewayAnswer answer) {
        this(surroundings, actor, ChatRequest.of(order), answer);
    }

    /** A turn of a conversation; a response that is not streamed is a {@link ChatView}. */
    public Generation(Surroundings surroundings, Actor actor, ChatRequest order, GatewayAnswer answer) {
        this.surroundings = surroundings;
        this.actor = actor;
        this.order = order;
        this.answer = answer;
    }

    /**
     * Starts with the model that the caller named; never blocks.
     *
     * @throws Rejection when the caller may not send this request to it
     */
    public void start(LiveModel model) {
        model.admit(actor, order.order());
        ask(model);
    }

    /** Stops the model. What it has read and written so far counts: it has cost as much. */
    @Override
    public void abandon() {
        abandoned = true;
        Reading reading = current;
        if (reading != null && reading.stop()) {
            ended(reading.model, reading.usage(), null);
        }
    }

    private void ask(LiveModel model) {
        asked.add(model.name());
        if (abandoned) {
            ended(model, ModelUsage.UNKNOWN, null);
            return;
        }
        try {
            model.checkKey();
            surroundings.admit(model);
            byte[] body = Json.MAPPER.writeValueAsBytes(model.body(order));
            Reading reading = new Reading(model);
            current = reading;
            reading.sent(surroundings.forward(model, body, reading));
            if (abandoned) {
                abandon();
            }
        } catch (Rejection refusal) {
            next(model, refusal);
        } catch (RuntimeException | JsonProcessingException e) {
            Rejection failure = Failures.rejection(e);
            ended(model, ModelUsage.UNKNOWN, failure);
            answer.refuse(failure);
        }
    }

    /** Records the generation once; its end and the caller's disconnect can coincide. */
    private void ended(LiveModel model, ModelUsage usage, Rejection failure) {
        if (recorded.compareAndSet(false, true)) {
            surroundings.ended(model, usage, failure, System.nanoTime() - started);
        }
    }

    /** Continues with the next fallback model; the caller gets the first one's failure when none is left. */
    private void next(LiveModel failed, Rejection why) {
        if (first == null) {
            first = why;
        }
        Optional<LiveModel> next = abandoned
                ? Optional.empty()
                : surroundings
                        .fallback(failed)
                        .filter(model ->
                                model.open(actor) && model.takes(order.order()) && !asked.contains(model.name()));
        if (next.isEmpty() || !surroundings.soon(() -> ask(next.get()))) {
            ended(failed, ModelUsage.UNKNOWN, why);
            answer.refuse(first);
        }
    }

    /** Converts the output of a model's server to the caller's format. */
    private final class Reading implements GatewayAnswer {

        private final LiveModel model;
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private final EventStreamParser parser = new EventStreamParser(MAX_BYTES, this::received);
        private final StringBuilder whole = new StringBuilder();
        private final List<FunctionCall> calls = new ArrayList<>();
        private int status;
        private boolean streamed;
        private Duration retryAfter;
        private IntConsumer taken;
        private boolean begun;
        private boolean done;
        private volatile boolean over;
        private boolean tooMuch;
        private boolean declined;
        private FinishReason finish;
        private volatile Forwarding forwarding;
        private ModelUsage said = ModelUsage.UNKNOWN;
        private long events;
        private long characters;
        /** Bytes that the caller has not consumed yet; and bytes that therefore are not acknowledged to the server. */
        private int waiting;

        private int owed;

        Reading(LiveModel model) {
            this.model = model;
        }

        /** Sets the forwarding; the generation may have ended already. */
        void sent(Forwarding sent) {
            forwarding = sent;
            if (over) {
                sent.abandon();
            }
        }

        /** Aborts the request to the model's server; false before {@link #sent}. */
        boolean stop() {
            Forwarding sent = forwarding;
            if (sent != null) {
                sent.abandon();
            }
            return sent != null;
        }

        /**
         * The usage as reported by the server, or an estimate when the response was cut short before: servers send about one event
         * per token, or several tokens in one.
         */
        synchronized ModelUsage usage() {
            if (!said.equals(ModelUsage.UNKNOWN) || (over && events == 0)) {
                return said;
            }
            return new ModelUsage(
                    ModelUsage.estimate(order.characters()), Math.max(events, ModelUsage.estimate(characters)));
        }

        @Override
        public void begin(int code, List<Map.Entry<String, String>> headers, long length, IntConsumer whenTaken) {
            status = code;
            taken = whenTaken;
            String type =
                    ChatFailure.header(headers, "content-type").split(";", 2)[0].strip();
            streamed = type.equalsIgnoreCase(EVENT_STREAM) && code == 200;
            retryAfter = ChatFailure.retryAfter(headers);
        }

        @Override
        public void tried(UpstreamTry attempt) {
            answer.tried(attempt);
        }

        @Override
        public void data(ByteBuffer bytes) {
            if (over) {
                // Not acknowledged, so that the server stops sending.
                return;
            }
            int size = bytes.remaining();
            byte[] part = new byte[size];
            bytes.get(part);
            if (streamed) {
                tooMuch |= !parser.feed(part);
            } else if (kept.size() + size > MAX_BYTES) {
                tooMuch = true;
            } else {
                kept.write(part, 0, size);
            }
            if (tooMuch) {
                fail(nonsense());
            } else {
                acknowledge(size, 0);
            }
        }

        /** Lets the server continue as soon as the caller has consumed most of the bytes. */
        private void acknowledge(int came, int went) {
            int more;
            synchronized (this) {
                owed += came;
                waiting -= went;
                more = waiting > MAX_WAITING ? 0 : owed;
                owed -= more;
            }
            if (more > 0) {
                taken.accept(more);
            }
        }

        /** An event of the server's. */
        private void received(String type, String data) {
            if (over || done || data.isBlank()) {
                return;
            }
            if (data.strip().equals("[DONE]")) {
                done = true;
                return;
            }
            JsonNode event = ChatPart.read(data);
            if (type.equals("error")) {
                fail(refused(ChatFailure.of(0, event)));
            } else if (event == null) {
                fail(nonsense());
            } else {
                take(ChatPart.of(event));
            }
        }

        private void take(ChatPart part) {
            synchronized (this) {
                said = part.usage() == null ? said : part.usage();
                events += streamed && part.failure() == null ? 1 : 0;
                characters += part.text().length();
            }
            if (part.failure() != null) {
                fail(refused(part.failure()));
                return;
            }
            finish = part.finish() == null ? finish : part.finish();
            declined |= part.declined();
            calls.addAll(part.calls());
            if (part.text().isEmpty()) {
                return;
            }
            if (order.streams()) {
                event("delta", Map.of("text", part.text()));
            } else {
                whole.append(part.text());
                tooMuch |= whole.length() > MAX_BYTES;
            }
        }

        @Override
        public void end() {
            if (over) {
                return;
            }
            if (status != 200) {
                fail(refused(ChatFailure.of(status, ChatPart.read(kept.toString(StandardCharsets.UTF_8)))));
            } else if (streamed) {
                // The HTTP message is complete, so no part of an event can be missing.
                parser.end();
                concluded(done || finish != null);
            } else {
                readWhole();
            }
        }

        /** Reads a whole response: from a server that does not stream, or without a request to stream. */
        private void readWhole() {
            JsonNode json = ChatPart.read(kept.toString(StandardCharsets.UTF_8));
            ChatPart part = json == null ? null : ChatPart.of(json);
            if (part != null) {
                take(part);
            }
            concluded(part != null && part.message());
        }

        /** @param whole whether the server's response was complete */
        private void concluded(boolean whole) {
            if (!over && whole && !tooMuch) {
                succeed();
            } else {
                fail(nonsense());
            }
        }

        private void succeed() {
            over = true;
            ended(model, said, null);
            FinishReason reason = declined ? FinishReason.CONTENT_FILTER : finish;
            if (order.streams()) {
                event("done", new Done(model.name(), reason, said));
            } else {
                byte[] json = json(
                        order.conversation()
                                ? new ChatView(whole.toString(), model.name(), reason, said, calls)
                                : new GenerationView(whole.toString(), model.name(), reason, said));
                begin(header("application/json"), json.length);
                write(json);
            }
            answer.end();
        }

        @Override
        public void broken() {
            // After its last event a stream has nothing left to lose.
            concluded(streamed && done);
        }

        @Override
        public void refuse(Rejection rejection) {
            fail(rejection);
        }

        private void fail(Rejection why) {
            if (over) {
                return;
            }
            over = true;
            stop();
            if (!begun && why.code() != GatewayError.MODEL_REFUSED) {
                next(model, why);
                return;
            }
            ended(model, usage(), why);
            if (begun) {
                event("error", new Failed(why.getMessage(), actor.requestId()));
                answer.end();
            } else {
                answer.refuse(why);
            }
        }

        private Rejection nonsense() {
            return new Rejection(
                    GatewayError.UPSTREAM_BROKEN,
                    "The server of the model %s closed the connection early or sent an invalid chat completion. Try again later, or contact an administrator."
                            .formatted(model.name()));
        }

        private Rejection refused(ChatFailure failure) {
            return failure.refusal(model.name(), retryAfter);
        }

        private void event(String name, Object data) {
            if (!begun) {
                begin(header(EVENT_STREAM), -1);
            }
            write(("event: " + name + "\ndata: ").getBytes(StandardCharsets.UTF_8), json(data), new byte[] {'\n', '\n'
            });
        }

        private static List<Map.Entry<String, String>> header(String type) {
            return List.of(new SimpleImmutableEntry<>("Content-Type", type));
        }

        private void begin(List<Map.Entry<String, String>> headers, long length) {
            begun = true;
            answer.begin(200, headers, length, went -> acknowledge(0, went));
        }

        private void write(byte[]... parts) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (byte[] part : parts) {
                all.write(part, 0, part.length);
            }
            synchronized (this) {
                waiting += all.size();
            }
            answer.data(ByteBuffer.wrap(all.toByteArray()));
        }
    }

    /** The last event of a stream that is whole. */
    private record Done(String model, FinishReason finishReason, ModelUsage usage) {}

    /** The last event of one that is not. */
    private record Failed(String error, String requestId) {}

    private static byte[] json(Object value) {
        try {
            return Json.MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Every answer can be written as JSON", e);
        }
    }
}
