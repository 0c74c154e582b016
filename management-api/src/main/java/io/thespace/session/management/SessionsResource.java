package io.thespace.session.management;

import io.thespace.endpoint.ManagementResource;
import io.thespace.plugin.api.Endpoint;
import io.thespace.plugin.api.Permission;
import io.thespace.session.Cost;
import io.thespace.session.MessageOrder;
import io.thespace.session.MessageRole;
import io.thespace.session.MessageView;
import io.thespace.session.SessionError;
import io.thespace.session.SessionOrder;
import io.thespace.session.SessionStatus;
import io.thespace.session.SessionView;
import io.thespace.session.Sessions;
import io.thespace.session.TerminationRequest;
import io.thespace.session.Usage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** {@code /management/v1/sessions}. */
@ApplicationScoped
class SessionsResource implements ManagementResource {

    private static final String PATH = "/v1/sessions/{session_id}";
    private static final UUID ID = UUID.fromString("019a0c3e-7d2a-7c41-9f5e-3b8a6d1c2e60");
    private static final UUID AGENT = UUID.fromString("019a0c3e-7d2a-7c41-9f5e-3b8a6d1c2e4f");
    private static final UUID USER = UUID.fromString("0192bda5-0000-7000-8000-000000000002");
    private static final Instant CREATED = Instant.parse("2026-01-31T12:00:00Z");
    private static final Instant IDLE = CREATED.plusSeconds(1800);
    private static final String SUBJECT = "ada@example.org";
    private static final String REASON = "The customer has left.";
    private static final Map<String, Object> METADATA = Map.of("channel", "chat");
    private static final Usage USAGE =
            new Usage("gpt-4o-mini", 812L, 64L, new Cost(new BigDecimal("0.000160"), "USD"), 730, null);

    private static final SessionView SESSION =
            new SessionView(ID, AGENT, USER, SUBJECT, METADATA, "active", null, 2, 1800, IDLE, CREATED, null);
    private static final SessionView ENDED = new SessionView(
            ID, AGENT, USER, SUBJECT, METADATA, "terminated", REASON, 2, 1800, IDLE, CREATED, CREATED.plusSeconds(90));
    private static final MessageView MESSAGE = new MessageView(
            UUID.fromString("019a0c3e-7d2a-7c41-9f5e-3b8a6d1c2e61"),
            ID,
            2,
            "assistant",
            "Your parcel left our warehouse this morning.",
            Map.of(),
            USAGE,
            CREATED);

    @Inject
    Sessions sessions;

    @Override
    public String group() {
        return "Sessions";
    }

    @Override
    public List<Endpoint<?>> endpoints() {
        return List.of(
                Endpoint.get("/v1/sessions")
                        .summary("List sessions")
                        .description("The organization's sessions, the newest first; with an agent's token that agent's"
                                + " own.")
                        .query("agent_id", UUID.class, "Only those with this agent.")
                        .query("status", SessionStatus.class, "Only those with this status.")
                        .query("subject", String.class, "Only those about exactly this subject.")
                        .permission(Permission.SESSION_READ)
                        .answersPage(SessionView.class, SESSION)
                        .handler(call -> sessions.list(
                                call.actor(),
                                new Sessions.Filter(
                                        call.query("agent_id", UUID.class).orElse(null),
                                        call.query("status", SessionStatus.class)
                                                .orElse(null),
                                        call.query("subject", String.class).orElse(null)),
                                call.page())),
                Endpoint.post("/v1/sessions")
                        .body(SessionOrder.class, new SessionOrder(AGENT, SUBJECT, 1800, METADATA))
                        .summary("Open a session")
                        .description("With an active agent. `subject` is whom it is about, as the organization calls"
                                + " them; without one it is about the user who opens it. It times out when it is silent"
                                + " for `idle_timeout_seconds` (`SPACE_SESSION_IDLE_SECONDS` when left out).")
                        .permission(Permission.SESSION_CREATE)
                        .idempotent()
                        .creates(SessionView.class, SESSION)
                        .refuses(
                                SessionError.AGENT_NOT_AUTHORIZED,
                                SessionError.SESSION_AGENT_UNKNOWN,
                                SessionError.METADATA_TOO_LARGE,
                                SessionError.AGENT_NOT_ACTIVE)
                        .handler(call -> sessions.create(call.actor(), call.body())),
                Endpoint.get(PATH)
                        .summary("Get a session")
                        .description("One of the organization's sessions.")
                        .path("session_id", UUID.class, "The session.")
                        .permission(Permission.SESSION_READ)
                        .answers(SessionView.class, SESSION)
                        .refuses(SessionError.SESSION_NOT_FOUND)
                        .handler(call -> sessions.find(call.actor(), call.path("session_id", UUID.class))),
                Endpoint.get(PATH + "/messages")
                        .summary("List a session's messages")
                        .description("In the order in which they were recorded.")
                        .path("session_id", UUID.class, "The session.")
                        .permission(Permission.SESSION_READ)
                        .answersPage(MessageView.class, MESSAGE)
                        .refuses(SessionError.SESSION_NOT_FOUND)
                        .handler(call ->
                                sessions.messages(call.actor(), call.path("session_id", UUID.class), call.page())),
                Endpoint.post(PATH + "/messages")
                        .body(
                                MessageOrder.class,
                                new MessageOrder(
                                        MessageRole.ASSISTANT,
                                        "Your parcel left our warehouse this morning.",
                                        Map.of(),
                                        USAGE))
                        .summary("Record a message")
                        .description("As the session's last. `usage` is what the call of a model or a tool that led to"
                                + " it came to, and is what analytics add up. A session that has ended, also by"
                                + " silence, takes no more.")
                        .path("session_id", UUID.class, "The session.")
                        .permission(Permission.SESSION_CREATE)
                        .idempotent()
                        .creates(MessageView.class, MESSAGE)
                        .refuses(
                                SessionError.SESSION_NOT_FOUND,
                                SessionError.METADATA_TOO_LARGE,
                                SessionError.INVALID_COST,
                                SessionError.SESSION_ENDED,
                                SessionError.AGENT_NOT_ACTIVE)
                        .handler(call ->
                                sessions.record(call.actor(), call.path("session_id", UUID.class), call.body())),
                Endpoint.post(PATH + "/terminate")
                        .body(TerminationRequest.class, new TerminationRequest(REASON))
                        .summary("End a session")
                        .description("For ever. No message is recorded after it.")
                        .path("session_id", UUID.class, "The session.")
                        .permission(Permission.SESSION_TERMINATE)
                        .idempotent()
                        .answers(SessionView.class, ENDED)
                        .refuses(SessionError.SESSION_NOT_FOUND, SessionError.SESSION_ENDED)
                        .handler(call ->
                                sessions.terminate(call.actor(), call.path("session_id", UUID.class), call.body())));
    }
}
