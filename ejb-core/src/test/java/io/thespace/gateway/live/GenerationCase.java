package io.thespace.gateway.live;

import static io.thespace.gateway.forward.Behaviour.write;

import io.thespace.gateway.GenerationEnded;
import io.thespace.gateway.UpstreamOrder;
import io.thespace.gateway.forward.Answered;
import io.thespace.gateway.forward.Behaviour;
import io.thespace.gateway.forward.LiveUpstream;
import io.thespace.gateway.generation.GenerateRequest;
import io.thespace.gateway.generation.GenerationLog;
import io.thespace.gateway.model.ModelKind;
import io.thespace.gateway.model.ModelOrder;
import io.thespace.gateway.model.ModelParameter;
import io.thespace.gateway.model.ModelPrice;
import io.thespace.gateway.model.ModelView;
import io.thespace.gateway.model.SealedModel;
import io.thespace.identity.key.Sealing;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Role;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;

/** Lets a gateway ask models over real sockets. */
abstract class GenerationCase {

    static final Actor ADA =
            new Actor(UUID.randomUUID(), UUID.randomUUID(), Role.USER, null, "request-1", null, "192.0.2.7", false);
    static final ModelPrice PRICE = new ModelPrice(new BigDecimal("1"), new BigDecimal("2"), "USD");

    final List<GenerationEnded> ended = new CopyOnWriteArrayList<>();
    private final TestGateway running = new TestGateway(new GenerationLog() {
        @Override
        public void add(Actor actor, GenerationEnded one) {
            ended.add(one);
        }
    });
    final Gateway gateway = running.gateway();
    final ExecutorService background = Executors.newCachedThreadPool();
    private final List<Behaviour> open = new ArrayList<>();
    final List<SealedModel> models = new ArrayList<>();

    /** The time limits of models that are made from now on. */
    int firstByteMillis = 10_000;

    int totalMillis = 20_000;

    @AfterEach
    void stop() throws Exception {
        background.shutdownNow();
        running.close();
        for (Behaviour one : open) {
            one.close();
        }
    }

    Behaviour model(String name, String fallback, String role, Behaviour.Deed deed) throws Exception {
        return model(name, fallback, role, 100, null, deed);
    }

    Behaviour model(
            String name,
            String fallback,
            String role,
            Integer maxTokens,
            List<ModelParameter> parameters,
            Behaviour.Deed deed)
            throws Exception {
        return model(name, fallback, role, maxTokens, parameters, ModelKind.CHAT, deed);
    }

    Behaviour embeddings(String name, Behaviour.Deed deed) throws Exception {
        return model(name, null, "user", null, null, ModelKind.EMBEDDINGS, deed);
    }

    private Behaviour model(
            String name,
            String fallback,
            String role,
            Integer maxTokens,
            List<ModelParameter> parameters,
            ModelKind kind,
            Behaviour.Deed deed)
            throws Exception {
        Behaviour there = new Behaviour(deed);
        open.add(there);
        ModelOrder order = new ModelOrder(
                        name,
                        there.url(),
                        "upstream-" + name,
                        null,
                        List.of(role),
                        maxTokens,
                        null,
                        10_000,
                        firstByteMillis,
                        totalMillis,
                        4,
                        fallback,
                        parameters,
                        PRICE,
                        kind)
                .complete();
        byte[] key = new Sealing(new byte[32])
                .seal("sk-" + name, SealedModel.place(name, new LiveUpstream(UpstreamOrder.to(there.url()))));
        models.add(new SealedModel(ModelView.of(order, true, null, Instant.EPOCH, Instant.EPOCH), key));
        gateway.show(List.of(), models, background);
        return there;
    }

    Behaviour model(String name, Behaviour.Deed deed) throws Exception {
        return model(name, null, "user", deed);
    }

    static Behaviour.Deed answers(String status, String type, String body) {
        return (head, in, out, socket) -> {
            readBody(head, in);
            answer(out, status, type, body);
        };
    }

    static String readBody(String head, InputStream in) throws IOException {
        int length = head.lines()
                .filter(line -> line.startsWith("Content-Length: "))
                .mapToInt(line -> Integer.parseInt(line.substring("Content-Length: ".length())))
                .sum();
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    static void answer(OutputStream out, String status, String type, String body) throws IOException {
        write(out, "HTTP/1.1 " + status + "\nContent-Type: " + type + "\nConnection: close\n\n");
        out.write(body.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    static GenerateRequest question(String model, boolean stream) {
        return new GenerateRequest("Write of the sea", model, new BigDecimal("0.7"), null, "Be short", stream);
    }

    Answered ask(String model, boolean stream) throws Exception {
        Answered answered = new Answered(false);
        gateway.generate(ADA, question(model, stream), answered);
        return answered.done();
    }
}
