package io.thespace.mcp.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thespace.agent.AgentStatus;
import io.thespace.agent.AgentView;
import io.thespace.agent.Agents;
import io.thespace.directive.Directives;
import io.thespace.directive.ResolvedDirectiveView;
import io.thespace.endpoint.Answer;
import io.thespace.endpoint.EndpointError;
import io.thespace.gateway.GatewayError;
import io.thespace.gateway.generation.ChatRequest;
import io.thespace.gateway.generation.ChatView;
import io.thespace.gateway.generation.FinishReason;
import io.thespace.gateway.generation.FunctionCall;
import io.thespace.gateway.generation.GenerateRequest;
import io.thespace.gateway.live.AwaitedModels;
import io.thespace.gateway.model.ModelUsage;
import io.thespace.identity.IdentityError;
import io.thespace.json.Json;
import io.thespace.json.Texts;
import io.thespace.mcp.McpTool;
import io.thespace.mcp.Tools;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Permission;
import io.thespace.plugin.api.PersonIdentifier;
import io.thespace.plugin.api.Rejection;
import io.thespace.session.MessageOrder;
import io.thespace.session.MessageRole;
import io.thespace.session.MessageView;
import io.thespace.session.SessionError;
import io.thespace.session.SessionOrder;
import io.thespace.session.SessionView;
import io.thespace.session.Sessions;
import io.thespace.worker.Cancellation;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Calls agents. Each step that reads or writes the database is a transaction of its own, so that none is active while a
 * model or a tool is called.
 */
@ApplicationScoped
public class AgentCalls {

    /** The maximum of requests to the model in one call; in the last one it may call no tool. */
    static final int MAX_ROUNDS = 8;

    /** The maximum of calls of tools in one call. */
    static final int MAX_CALLS = 32;

    /** The maximum of the context, in characters of JSON: it is stored in a message's metadata. */
    static final int MAX_CONTEXT = 7_000;

    /** After this time no request to the model and no call of a tool begins, and the model's last one ends. */
    private static final Duration MAX_TIME = Duration.ofMinutes(2);

    private static final int MAX_CONTENT = 100_000;

    /** The member of a message's metadata that names its request. */
    private static final String ATTEMPT = "request";

    private static final int MAX_SUBJECT = 200;

    private Agents agents;
    private Directives directives;
    private Sessions sessions;
    private AwaitedModels models;
    private Tools tools;
    private AgentAnswers answers;

    AgentCalls() {}

    @Inject
    AgentCalls(
            Agents agents,
            Directives directives,
            Sessions sessions,
            AwaitedModels models,
            Tools tools,
            AgentAnswers answers) {
        this.agents = agents;
        this.directives = directives;
        this.sessions = sessions;
        this.models = models;
        this.tools = tools;
        this.answers = answers;
    }

    /**
     * Lets an agent answer.
     *
     * @param key an idempotency key; null for none
     * @param schemas returns the JSON Schema of a tool's arguments
     * @param cancellation cancelled when the caller's credentials have become invalid or have other rights
     * @return an {@link AgentCallView}
     * @throws Rejection {@code AGENT_NOT_FOUND}, {@code AGENT_NOT_AUTHORIZED}, {@code AGENT_NOT_ACTIVE}, {@code
     *     INVALID_REQUEST}, {@code PERMISSION_MISSING}, {@code SESSION_NOT_FOUND}, {@code SESSION_ENDED}; as {@link
     *     AwaitedModels#chat}; of the key {@code INVALID_KEY}, {@code KEY_REUSED}, {@code KEY_IN_USE}
     */
    public Answer call(
            Actor caller,
            AgentCallOrder order,
            String key,
            Function<McpTool, Map<String, Object>> schemas,
            Cancellation cancellation) {
        byte[] fingerprint = digest("agent " + json(order));
        Optional<Answer> before = key == null ? Optional.empty() : answers.find(caller, key, fingerprint);
        if (before.isPresent()) {
            return before.get();
        }
        AgentView agent = agents.find(caller, order.agentId());
        if (caller.agentId() != null && !caller.agentId().equals(agent.id())) {
            throw Rejection.of(SessionError.AGENT_NOT_AUTHORIZED, "agent_id", "An agent may call only itself.");
        }
        if (!AgentStatus.of(agent.status()).acts()) {
            throw new Rejection(
                    SessionError.AGENT_NOT_ACTIVE,
                    "The agent is %s; only an active one can be called.".formatted(agent.status()));
        }
        String keys = key == null ? null : "agent-" + HexFormat.of().formatHex(digest(key));
        AgentCallView view = new Run(acting(caller, agent.id()), agent, order, schemas, keys, cancellation).answer();
        Answer answer =
                new Answer(200, "application/json", json(view).getBytes(StandardCharsets.UTF_8), Map.of(), false);
        return key == null ? answer : answers.store(caller, key, fingerprint, answer);
    }

    /** The agent that acts for the caller, with the caller's permissions. */
    private static Actor acting(Actor caller, UUID agentId) {
        return new Actor(
                caller.orgId(),
                caller.userId(),
                caller.role(),
                caller.signInId(),
                caller.requestId(),
                caller.sessionId(),
                caller.address(),
                caller.synthetic(),
                agentId,
                caller.permissions(),
                caller.tokenId());
    }

    /** One call of an agent. */
    private final class Run {

        private final long end = System.nanoTime() + MAX_TIME.toNanos();
        private final Actor actor;
        private final AgentView agent;
        private final AgentCallOrder order;
        private final AgentTools functions;
        private final Conversation conversation = new Conversation();
        private final List<AgentToolCallView> made = new ArrayList<>();
        private final String subject;

        /** What the keys of the tools' calls begin with; null when the request has no key. */
        private final String keys;

        private final Cancellation cancellation;

        /** Whether an earlier attempt with the same key has recorded the request in the session. */
        private boolean recorded;

        private ModelUsage usage = ModelUsage.UNKNOWN;
        private UUID sessionId;

        Run(
                Actor actor,
                AgentView agent,
                AgentCallOrder order,
                Function<McpTool, Map<String, Object>> schemas,
                String keys,
                Cancellation cancellation) {
            this.keys = keys;
            this.cancellation = cancellation;
            this.actor = actor;
            this.agent = agent;
            this.order = order;
            this.subject = subject(order.context());
            this.sessionId = sessionId(order.context());
            this.functions = new AgentTools(tools, actor, agent.tools(), schemas, keys, cancellation);
        }

        AgentCallView answer() {
            if (sessionId != null) {
                conversation.continued(history());
            }
            conversation.asked(order.input(), order.context());
            GenerateRequest parameters = new GenerateRequest(null, agent.model(), null, null, system(), false);
            for (int round = 1; ; round++) {
                boolean last = round == MAX_ROUNDS || made.size() >= MAX_CALLS;
                ChatView turn = models.chat(
                        actor,
                        new ChatRequest(parameters, conversation.messages(), functions.functions(), !last),
                        left());
                usage = sum(usage, turn.usage());
                if (round == 1) {
                    begin();
                }
                if (turn.calls().isEmpty() || last) {
                    return finished(turn);
                }
                call(turn);
            }
        }

        /** Records the request; not before the model has answered, so that a failure of it leaves nothing. */
        private void begin() {
            if (sessionId == null) {
                sessionId = sessions.create(
                                actor, new SessionOrder(agent.id(), subject, null, Map.of("channel", "gateway")))
                        .id();
            }
            if (recorded) {
                return;
            }
            record(
                    MessageRole.USER,
                    order.input(),
                    order.context() == null ? Map.of() : Map.of("context", members(order.context())));
        }

        private void call(ChatView turn) {
            conversation.called(turn);
            for (FunctionCall call : turn.calls()) {
                left();
                if (made.size() >= MAX_CALLS) {
                    conversation.answered(call, "Not called: the maximum of %d calls is reached.".formatted(MAX_CALLS));
                    continue;
                }
                add(functions.call(call), call);
            }
        }

        private void add(AgentTools.Outcome outcome, FunctionCall call) {
            made.add(outcome.call());
            conversation.answered(call, outcome.text());
            record(
                    MessageRole.TOOL,
                    Conversation.storable(outcome.text()),
                    Map.of(
                            "tool",
                            outcome.call().name(),
                            "is_error",
                            outcome.call().isError()));
        }

        private AgentCallView finished(ChatView turn) {
            if (turn.calls().isEmpty() && turn.finishReason() == FinishReason.TOOL_CALLS) {
                throw new Rejection(
                        GatewayError.UPSTREAM_BROKEN,
                        "The server of the model %s sent a tool call that cannot be read. Try again later, or contact an administrator."
                                .formatted(turn.model()));
            }
            for (FunctionCall call : turn.calls()) {
                if (made.size() < MAX_CALLS) {
                    made.add(AgentTools.refused(call, "Not called: the maximum of requests is reached.")
                            .call());
                }
            }
            String text = turn.calls().isEmpty() || !turn.result().isBlank()
                    ? turn.result()
                    : "The agent was stopped after %d tool calls without an answer.".formatted(made.size());
            String output = Conversation.storable(text);
            record(MessageRole.ASSISTANT, Texts.truncate(output, MAX_CONTENT), Map.of("model", turn.model()));
            return new AgentCallView(output, sessionId, made, usage);
        }

        /** Without usage, which is counted with the generation already. */
        private void record(MessageRole role, String content, Map<String, Object> metadata) {
            Map<String, Object> members = new HashMap<>(metadata);
            if (keys != null) {
                members.put(ATTEMPT, keys);
            }
            sessions.record(actor, sessionId, new MessageOrder(role, content, members, null));
        }

        private Duration left() {
            if (cancellation.cancelled()) {
                throw new Rejection(
                        IdentityError.TOKEN_INVALID,
                        "Your access has changed while the agent worked, and it was stopped. Sign in again.");
            }
            long nanoseconds = end - System.nanoTime();
            if (nanoseconds <= 0) {
                throw new Rejection(
                        GatewayError.UPSTREAM_TIMEOUT,
                        "The agent did not finish within %d seconds. Repeat the request with the same Idempotency-Key, or ask for less."
                                .formatted(MAX_TIME.toSeconds()));
            }
            return Duration.ofNanos(nanoseconds);
        }

        /** The directives in force; null without any. */
        private String system() {
            List<ResolvedDirectiveView> inForce = directives.resolved(actor, agent.id());
            return inForce.isEmpty()
                    ? null
                    : inForce.stream().map(ResolvedDirectiveView::content).collect(Collectors.joining("\n\n"));
        }

        /** Whether an earlier attempt with the same key recorded a message; the model is asked anew. */
        private boolean isOfThisRequest(MessageView message) {
            return keys != null && keys.equals(message.metadata().get(ATTEMPT));
        }

        private List<MessageView> history() {
            if (!actor.may(Permission.SESSION_READ)) {
                throw new Rejection(
                        EndpointError.PERMISSION_MISSING,
                        "To continue a session needs the permission %s, which you do not have."
                                .formatted(Permission.SESSION_READ.text()));
            }
            SessionView session = sessions.find(actor, sessionId);
            if (subject != null && (session.subject() == null || !PersonIdentifier.same(session.subject(), subject))) {
                throw new Rejection(
                        SessionError.SESSION_NOT_FOUND,
                        "The session is not about the person that user_id identifies. Leave out one of them.");
            }
            if (!session.status().equals("active")) {
                throw new Rejection(SessionError.SESSION_ENDED, "The session has ended. Leave out session_id.");
            }
            int after = Math.max(0, session.messages() - Conversation.MAX_HISTORY);
            List<MessageView> messages = sessions.messages(
                            actor,
                            sessionId,
                            new PageRequest(Conversation.MAX_HISTORY, Optional.of(Integer.toString(after))))
                    .items();
            recorded = messages.stream().anyMatch(this::isOfThisRequest);
            return messages.stream()
                    .filter(message -> !isOfThisRequest(message))
                    .toList();
        }
    }

    private static UUID sessionId(ObjectNode context) {
        JsonNode id = context == null ? null : context.get("session_id");
        if (id == null || id.isNull()) {
            return null;
        }
        try {
            return UUID.fromString(id.isTextual() ? id.asText() : "");
        } catch (IllegalArgumentException e) {
            throw invalid("context.session_id", "must be the id of a session");
        }
    }

    /** The person that a new session is about; null for the caller. */
    private static String subject(ObjectNode context) {
        if (context != null && context.toString().length() > MAX_CONTEXT) {
            throw invalid("context", "must be at most %d characters as JSON".formatted(MAX_CONTEXT));
        }
        JsonNode id = context == null ? null : context.get("user_id");
        if (id == null || id.isNull()) {
            return null;
        }
        String text = id.isTextual() || id.isIntegralNumber() ? id.asText() : "";
        if (text.isBlank() || text.length() > MAX_SUBJECT) {
            throw invalid("context.user_id", "must be a text of 1 to %d characters".formatted(MAX_SUBJECT));
        }
        return text;
    }

    private static Rejection invalid(String field, String message) {
        return Rejection.of(EndpointError.INVALID_REQUEST, field, field + " " + message + ".");
    }

    private static ModelUsage sum(ModelUsage one, ModelUsage other) {
        return new ModelUsage(
                sum(one.inputTokens(), other.inputTokens()), sum(one.outputTokens(), other.outputTokens()));
    }

    private static Long sum(Long one, Long other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return (Long) (one + other);
    }

    private static Object members(ObjectNode context) {
        return Json.MAPPER.convertValue(context, Map.class);
    }

    private static String json(Object value) {
        try {
            return Json.MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Requests and answers can be written as JSON", e);
        }
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
