package io.thespace.mirrorcore;

import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.EventType;
import io.thespace.plugin.api.Health;
import io.thespace.plugin.api.PersonalData;
import io.thespace.plugin.api.Plugin;
import io.thespace.plugin.api.PluginContext;
import io.thespace.plugin.api.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;

/** The plugin {@code mirrorcore}: conversations mirrored as measurements. */
@ApplicationScoped
public class MirrorCore implements Plugin {

    private static final String ALL_SEE = "Every user of the organization sees all its sessions.";
    private static final String ENGLISH_ONLY =
            "Of a text that is not English only the lengths and the type-token ratio are measured; the rest is null, and"
                    + " note says so. docs/MIRRORCORE.md has every measure's formula, source and range.";
    private static final String ONCE = "Send an Idempotency-Key to make a repetition safe.";

    @Inject
    private Platform platform;

    @Inject
    private Models models;

    @Inject
    private Sessions sessions;

    @Inject
    private Turns turns;

    @Inject
    private Settings settings;

    @Inject
    private MirrorPersonalData people;

    public MirrorCore() {}

    /** Outside of a container: declares everything, measures texts, and keeps nothing. */
    @SuppressWarnings("UnnecessaryAssignment") // For use without a container.
    MirrorCore(Platform platform, Models models) {
        this.platform = platform;
        this.models = models;
    }

    @Override
    public void start(PluginContext context) {
        platform.open(context);
        models.open();
    }

    @Override
    public void stop() {
        models.close();
    }

    @Override
    public Health health() {
        return models.health();
    }

    @Override
    public List<EventType> events() {
        return List.of(SessionMeasured.TYPE);
    }

    @Override
    public PersonalData personalData() {
        return new Held(people);
    }

    /** The personal data of the plugin, each call in the transaction of its use case. */
    private record Held(MirrorPersonalData people) implements PersonalData {

        @Override
        public Map<String, Long> count(Actor actor, Subject subject) {
            return people.count(actor, subject);
        }

        @Override
        public void export(Actor actor, Subject subject, BiConsumer<String, Object> sink) {
            people.export(actor, subject, sink);
        }

        @Override
        public Map<String, Long> erase(Actor actor, Subject subject, int most) {
            return people.erase(actor, subject, most);
        }
    }

    /** Measures a text without keeping it. */
    TextView measure(MeasureRequest request) {
        Measured measured = Measured.of(request.text(), models.get());
        KeyPhrases keyPhrases = new KeyPhrases();
        if (measured.counts().english()) {
            keyPhrases.add(request.text());
        }
        return new TextView(measured.view(), keyPhrases.top());
    }

    @Override
    public List<Endpoint<?>> endpoints() {
        return List.of(
                Endpoint.post("/measure")
                        .body(MeasureRequest.class, new MeasureRequest(Examples.TEXT))
                        .summary("Measure a text")
                        .description(
                                "Measures a text of up to 200,000 characters and keeps nothing of it. " + ENGLISH_ONLY)
                        .answers(TextView.class, Examples.MEASURED)
                        .refuses(MirrorError.MODELS_NOT_LOADED)
                        .action("measure_text")
                        .tool()
                        .rehearsed()
                        .handler(call -> measure(call.body())),
                Endpoint.get("/sessions")
                        .summary("Sessions, the newest first")
                        .description("The organization's conversations. " + ALL_SEE)
                        .answersPage(SessionView.class, Examples.SESSION)
                        .handler(call -> sessions.page(call.actor(), call.page())),
                Endpoint.post("/sessions")
                        .body(SessionOrder.class, new SessionOrder("Interview with a candidate"))
                        .summary("Open a session")
                        .description(
                                "Opens an empty conversation. " + ALL_SEE + " It is deleted when its retention ends: so"
                                        + " many days after it was last active as the settings say. " + ONCE)
                        .creates(SessionView.class, Examples.OPENED)
                        .refuses(MirrorError.UNREADABLE_TEXT)
                        .action("open_session")
                        .tool()
                        .idempotent()
                        .rehearsed()
                        .handler(call -> sessions.open(call.actor(), call.body())),
                Endpoint.get("/sessions/{id}")
                        .summary("A session")
                        .description("One conversation of the organization's, without its turns.")
                        .path("id", UUID.class, "The session's id.", Examples.ID)
                        .answers(SessionView.class, Examples.SESSION)
                        .refuses(MirrorError.SESSION_NOT_FOUND)
                        .resource()
                        .handler(call -> sessions.find(call.actor(), call.path("id", UUID.class))),
                Endpoint.put("/sessions/{id}")
                        .body(SessionOrder.class, new SessionOrder("Second interview"))
                        .summary("Rename a session")
                        .description("Gives a conversation another title, or none.")
                        .path("id", UUID.class, "The session's id.", Examples.ID)
                        .answers(SessionView.class, Examples.SESSION)
                        .refuses(MirrorError.UNREADABLE_TEXT, MirrorError.SESSION_NOT_FOUND)
                        .rehearsed()
                        .handler(call -> sessions.rename(call.actor(), call.path("id", UUID.class), call.body())),
                Endpoint.delete("/sessions/{id}")
                        .summary("Delete a session")
                        .description("Deletes a conversation with all its turns, at once and for good.")
                        .path("id", UUID.class, "The session's id.", Examples.ID)
                        .refuses(MirrorError.SESSION_NOT_FOUND)
                        .rehearsed()
                        .handler(call -> {
                            sessions.delete(call.actor(), call.path("id", UUID.class));
                            return null;
                        }),
                Endpoint.post("/sessions/{id}/turns")
                        .body(TurnOrder.class, new TurnOrder("Alice", Examples.TEXT))
                        .summary("Add a turn")
                        .description("Measures a turn of at most 50,000 characters and appends it to the"
                                + " conversation. A session has at most 10,000 turns, 250,000 words, 5,000,000 characters and 32 speakers. "
                                + ENGLISH_ONLY + " " + ONCE)
                        .path("id", UUID.class, "The session's id.", Examples.ID)
                        .creates(TurnView.class, Examples.TURN)
                        .refuses(
                                MirrorError.UNREADABLE_TEXT,
                                MirrorError.MODELS_NOT_LOADED,
                                MirrorError.SESSION_NOT_FOUND,
                                MirrorError.SESSION_COMPLETED,
                                MirrorError.SESSION_FULL)
                        .action("add_turn")
                        .tool()
                        .idempotent()
                        .rehearsed()
                        .handler(call -> turns.add(call.actor(), call.path("id", UUID.class), call.body())),
                Endpoint.get("/sessions/{id}/turns")
                        .summary("Turns, in their order")
                        .description("What was said in a conversation, each turn with its measures.")
                        .path("id", UUID.class, "The session's id.", Examples.ID)
                        .answersPage(TurnView.class, Examples.TURN)
                        .refuses(MirrorError.SESSION_NOT_FOUND)
                        .handler(call -> turns.page(call.actor(), call.path("id", UUID.class), call.page())),
                Endpoint.post("/sessions/{id}/complete")
                        .summary("Complete a session")
                        .description(
                                "Ends a conversation, which then takes no more turns, measures it, and publishes the"
                                        + " event session_measured with its numbers. " + ONCE)
                        .path("id", UUID.class, "The session's id.", Examples.ID)
                        .answers(MetricsView.class, Examples.METRICS)
                        .refuses(
                                MirrorError.SESSION_NOT_FOUND, MirrorError.SESSION_COMPLETED, MirrorError.SESSION_EMPTY)
                        .action("complete_session")
                        .tool()
                        .idempotent()
                        .rehearsed()
                        .handler(call -> sessions.complete(call.actor(), call.path("id", UUID.class))),
                Endpoint.get("/metrics")
                        .summary("A session's metrics")
                        .description("Measures a conversation as it is now: as a whole, for each speaker, in at most 50"
                                + " windows of time, and for each pair of speakers how alike they use function words. "
                                + ENGLISH_ONLY)
                        .query("session_id", UUID.class, "The session's id; has to be there.", Examples.ID)
                        .answers(MetricsView.class, Examples.METRICS)
                        .refuses(MirrorError.SESSION_NOT_NAMED, MirrorError.SESSION_NOT_FOUND)
                        .action("session_metrics")
                        .tool()
                        .handler(call -> sessions.metrics(
                                call.actor(),
                                call.query("session_id", UUID.class).orElseThrow(Sessions::notNamed))),
                Endpoint.get("/settings")
                        .summary("Settings")
                        .description("How long the organization keeps its conversations.")
                        .answers(SettingsView.class, new SettingsView(Setting.RETENTION_DAYS, null))
                        .handler(call -> settings.find(call.actor())),
                Endpoint.put("/settings")
                        .body(SettingsOrder.class, new SettingsOrder(30))
                        .summary("Change the settings")
                        .description(
                                "Sets for how many days a session is kept after it was last active. What is older is"
                                        + " deleted within some minutes, for good.")
                        .answers(SettingsView.class, new SettingsView(30, Examples.THEN))
                        .role(Role.ADMIN)
                        .rehearsed()
                        .handler(call -> settings.change(call.actor(), call.body())));
    }

    /** Values for the API documentation. */
    private static final class Examples {
        static final UUID ID = UUID.fromString("018f9a3e-1c00-7a10-8b7e-6f3d2c1b0a21");
        static final UUID TURN_ID = UUID.fromString("018f9a3e-2d00-7c21-9a4f-5e6d7c8b9a22");
        static final UUID ALICE = UUID.fromString("018f9a3e-1c00-7a10-8b7e-6f3d2c1b0a01");
        static final Instant THEN = Instant.parse("2026-01-31T09:30:00.125Z");
        static final String TEXT = "I think that was a good idea. Do you agree?";

        static final MeasuresView MEASURES = new MeasuresView(
                "en",
                "Fewer than 100 words: single words weigh much, most of all in mtld.",
                43,
                10,
                2,
                1.0,
                null,
                91.78,
                1.7,
                0.4,
                0.5,
                0.0,
                0.4008);
        static final TextView MEASURED =
                new TextView(MEASURES, List.of(new KeyPhraseView("good idea", 4.0), new KeyPhraseView("agree", 1.0)));
        static final SessionView OPENED = new SessionView(ID, "Interview with a candidate", ALICE, THEN, null, 0, 0);
        static final SessionView SESSION = new SessionView(ID, "Interview with a candidate", ALICE, THEN, null, 1, 10);
        static final TurnView TURN = new TurnView(TURN_ID, ID, 1, "Alice", TEXT, ALICE, THEN, MEASURES);
        static final MetricsView METRICS = new MetricsView(
                ID,
                2,
                MEASURES,
                0.25,
                0.8667,
                MEASURED.keyPhrases(),
                List.of(new SpeakerView("Alice", 1, MEASURES), new SpeakerView("Bob", 1, MEASURES)),
                List.of(new MatchView("Alice", "Bob", 0.8667)),
                List.of(new WindowView(1, 1, THEN, 1, null, MEASURES), new WindowView(2, 2, THEN, 1, 0.25, MEASURES)));
    }
}
