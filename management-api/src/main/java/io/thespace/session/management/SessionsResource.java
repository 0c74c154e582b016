package io.thespace.session.management;

import static io.thespace.plugin.api.Permission.SESSION_CREATE;
import static io.thespace.plugin.api.Permission.SESSION_READ;
import static io.thespace.plugin.api.Permission.SESSION_TERMINATE;
import static io.thespace.session.SessionError.AGENT_NOT_ACTIVE;
import static io.thespace.session.SessionError.AGENT_NOT_AUTHORIZED;
import static io.thespace.session.SessionError.INVALID_COST;
import static io.thespace.session.SessionError.METADATA_TOO_LARGE;
import static io.thespace.session.SessionError.SESSION_AGENT_UNKNOWN;
import static io.thespace.session.SessionError.SESSION_ENDED;
import static io.thespace.session.SessionError.SESSION_NOT_FOUND;

import io.thespace.endpoint.CurrentCall;
import io.thespace.endpoint.Governed;
import io.thespace.endpoint.Idempotent;
import io.thespace.endpoint.Requires;
import io.thespace.plugin.api.Page;
import io.thespace.session.MessageOrder;
import io.thespace.session.MessageView;
import io.thespace.session.SessionError;
import io.thespace.session.SessionOrder;
import io.thespace.session.SessionStatus;
import io.thespace.session.SessionView;
import io.thespace.session.Sessions;
import io.thespace.session.TerminationRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /management/v1/sessions}. */
@ApplicationScoped
@Governed
@Path("v1/sessions")
@Tag(name = "Sessions")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class SessionsResource {

    private static final String ENDED =
            """
            {
              "id": "019a0c3e-7d2a-7c41-9f5e-3b8a6d1c2e60",
              "agent_id": "019a0c3e-7d2a-7c41-9f5e-3b8a6d1c2e4f",
              "user_id": "0192bda5-0000-7000-8000-000000000002",
              "subject": "ada@example.org",
              "metadata": {"channel": "chat"},
              "status": "terminated",
              "reason": "The customer has left.",
              "messages": 2,
              "idle_timeout_seconds": 1800,
              "idle_at": "2026-01-31T12:30:00Z",
              "created_at": "2026-01-31T12:00:00Z",
              "ended_at": "2026-01-31T12:01:30Z"
            }
            """;

    private Sessions sessions;
    private CurrentCall call;

    public SessionsResource() {}

    @Inject
    SessionsResource(Sessions sessions, CurrentCall call) {
        this.sessions = sessions;
        this.call = call;
    }

    @GET
    @Operation(
            summary = "List sessions",
            description = "The organization's sessions, the newest first; with an agent's token that agent's own.")
    @Requires(SESSION_READ)
    public Page<SessionView> list(
            @QueryParam("agent_id") @Parameter(description = "Only those with this agent.") UUID agentId,
            @QueryParam("status") @Parameter(description = "Only those with this status.") SessionStatus status,
            @QueryParam("subject") @Parameter(description = "Only those about this subject, in any spelling.")
                    String subject) {
        return sessions.list(call.actor(), new Sessions.Filter(agentId, status, subject), call.page());
    }

    @POST
    @Operation(
            summary = "Open a session",
            description =
                    "With an active agent. `subject` is whom it is about, as the organization calls them; without one"
                            + " it is about the user who opens it. It times out when it is silent for `idle_timeout_seconds`"
                            + " (`SPACE_SESSION_IDLE_SECONDS` when left out).")
    @APIResponse(responseCode = "201")
    @Requires(SESSION_CREATE)
    @Idempotent
    @SessionError.Refuses({AGENT_NOT_AUTHORIZED, SESSION_AGENT_UNKNOWN, METADATA_TOO_LARGE, AGENT_NOT_ACTIVE})
    public SessionView create(@Valid SessionOrder order) {
        return sessions.create(call.actor(), order);
    }

    @GET
    @Path("{session_id}")
    @Operation(summary = "Get a session", description = "One of the organization's sessions.")
    @Requires(SESSION_READ)
    @SessionError.Refuses(SESSION_NOT_FOUND)
    public SessionView find(@PathParam("session_id") @Parameter(description = "The session.") UUID sessionId) {
        return sessions.find(call.actor(), sessionId);
    }

    @GET
    @Path("{session_id}/messages")
    @Operation(summary = "List a session's messages", description = "In the order in which they were recorded.")
    @Requires(SESSION_READ)
    @SessionError.Refuses(SESSION_NOT_FOUND)
    public Page<MessageView> messages(
            @PathParam("session_id") @Parameter(description = "The session.") UUID sessionId) {
        return sessions.messages(call.actor(), sessionId, call.page());
    }

    @POST
    @Path("{session_id}/messages")
    @Operation(
            summary = "Record a message",
            description =
                    "As the session's last. `usage` is what the call of a model or a tool that led to it came to, and"
                            + " is what analytics add up. A session that has ended, also by silence, takes no more.")
    @APIResponse(responseCode = "201")
    @Requires(SESSION_CREATE)
    @Idempotent
    @SessionError.Refuses({SESSION_NOT_FOUND, METADATA_TOO_LARGE, INVALID_COST, SESSION_ENDED, AGENT_NOT_ACTIVE})
    public MessageView record(
            @PathParam("session_id") @Parameter(description = "The session.") UUID sessionId,
            @Valid MessageOrder order) {
        return sessions.record(call.actor(), sessionId, order);
    }

    @POST
    @Path("{session_id}/terminate")
    @Operation(summary = "End a session", description = "For ever. No message is recorded after it.")
    @APIResponse(responseCode = "200", content = @Content(example = ENDED))
    @Requires(SESSION_TERMINATE)
    @Idempotent
    @SessionError.Refuses({SESSION_NOT_FOUND, SESSION_ENDED})
    public SessionView terminate(
            @PathParam("session_id") @Parameter(description = "The session.") UUID sessionId,
            @Valid TerminationRequest request) {
        return sessions.terminate(call.actor(), sessionId, request);
    }
}
