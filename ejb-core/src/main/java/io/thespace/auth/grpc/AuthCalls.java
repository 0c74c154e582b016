package io.thespace.auth.grpc;

import com.github.f4b6a3.uuid.UuidCreator;
import ibex.auth.v1.AuthServiceGrpc;
import ibex.auth.v1.CreateTokenRequest;
import ibex.auth.v1.CreateTokenResponse;
import ibex.auth.v1.ListTokensRequest;
import ibex.auth.v1.ListTokensResponse;
import ibex.auth.v1.RevokeTokenRequest;
import ibex.auth.v1.RevokeTokenResponse;
import ibex.auth.v1.Token;
import ibex.auth.v1.ValidateAgentRequest;
import ibex.auth.v1.ValidateAgentResponse;
import ibex.auth.v1.ValidateTokenRequest;
import ibex.auth.v1.ValidateTokenResponse;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.stub.StreamObserver;
import io.thespace.agent.AgentError;
import io.thespace.agent.Agents;
import io.thespace.audit.AuditAfterwards;
import io.thespace.audit.AuditDraft;
import io.thespace.audit.AuditedAnswer;
import io.thespace.auth.CredentialView;
import io.thespace.auth.Credentials;
import io.thespace.endpoint.EndpointError;
import io.thespace.endpoint.Failures;
import io.thespace.limit.Allowances;
import io.thespace.limit.Limits;
import io.thespace.log.Log;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.LimitClass;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Permission;
import io.thespace.plugin.api.Rejection;
import io.thespace.tenant.Tenant;
import io.thespace.token.NewTokenView;
import io.thespace.token.RevocationOrder;
import io.thespace.token.TokenOrder;
import io.thespace.token.TokenView;
import io.thespace.token.Tokens;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/** Takes calls of {@code ibex.auth.v1} to their use cases. */
final class AuthCalls extends AuthServiceGrpc.AuthServiceImplBase {

    private static final Log LOG = Log.of(AuthCalls.class);

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> REQUEST_ID =
            Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER);
    private static final Context.Key<Metadata> HEADERS = Context.key("headers");
    private static final Context.Key<String> ADDRESS = Context.key("address");

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_PAGE = 100;
    private static final int MAX_NAME = 200;
    private static final int MAX_REASON = 500;
    private static final int MAX_ID = 36;

    /** The last second of the year 9999, which is the last that RFC 3339 can write. */
    private static final long MAX_EPOCH_SECOND = 253_402_300_799L;

    private final Credentials credentials;
    private final Tokens tokens;
    private final Agents agents;
    private final Limits limits;
    private final AuditAfterwards audit;
    private final Executor afterwards;

    /** @param afterwards runs what a caller does not wait for, from a bounded queue */
    AuthCalls(
            Credentials credentials,
            Tokens tokens,
            Agents agents,
            Limits limits,
            AuditAfterwards audit,
            Executor afterwards) {
        this.limits = limits;
        this.audit = audit;
        this.afterwards = afterwards;
        this.credentials = credentials;
        this.tokens = tokens;
        this.agents = agents;
    }

    /** Keeps the headers of a call and the client's address beside its message. */
    static final class Headers implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            Context context = Context.current()
                    .withValue(HEADERS, headers)
                    .withValue(ADDRESS, address(call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR)));
            return Contexts.interceptCall(context, call, headers, next);
        }

        /** Null for a call inside the process. */
        private static String address(SocketAddress client) {
            return client instanceof InetSocketAddress address
                    ? address.getAddress().getHostAddress()
                    : null;
        }
    }

    @Override
    public void validateToken(ValidateTokenRequest request, StreamObserver<ValidateTokenResponse> answer) {
        CredentialView credential;
        try {
            credential = credentials.validate(request.getAccessToken(), requestId());
        } catch (RuntimeException e) {
            answer.onError(GrpcRefusal.of(Failures.rejection(e)));
            return;
        }
        answer.onNext(ValidateTokenResponse.newBuilder()
                .setOrgId(credential.orgId().toString())
                .setPermissions(Permission.bitmap(credential.permissions()))
                .setAgentId(text(credential.agentId()))
                .setUserId(credential.userId().toString())
                .setTokenId(text(credential.tokenId()))
                .setExpiresAt(seconds(credential.expiresAt()))
                .build());
        answer.onCompleted();
        try {
            afterwards.execute(() -> credentials.used(credential));
        } catch (RejectedExecutionException e) {
            LOG.warning("The last use of a token was not recorded: too many wait to be", "cause", e);
        }
    }

    @Override
    public void validateAgent(ValidateAgentRequest request, StreamObserver<ValidateAgentResponse> answer) {
        serve(answer, Permission.AGENT_READ, actor -> {
            UUID id = id("agent_id", request.getAgentId());
            if (!actor.orgId().toString().equals(request.getOrgId())) {
                throw new Rejection(AgentError.AGENT_NOT_FOUND, "There is no agent with this id in your organization.");
            }
            return ValidateAgentResponse.newBuilder()
                    .setAgentId(id.toString())
                    .setOrgId(actor.orgId().toString())
                    .setStatus(agents.find(actor, id).status())
                    .build();
        });
    }

    @Override
    public void createToken(CreateTokenRequest request, StreamObserver<CreateTokenResponse> answer) {
        change(answer, Permission.TOKEN_CREATE, "CreateToken", Map.of(), actor -> {
            check("name", !request.getName().isBlank() && request.getName().length() <= MAX_NAME);
            check(
                    "permissions",
                    Permission.bitmap(Permission.of(request.getPermissions())) == request.getPermissions());
            check("expires_at", request.getExpiresAt() >= 0 && request.getExpiresAt() <= MAX_EPOCH_SECOND);
            NewTokenView made = tokens.create(
                    actor,
                    new TokenOrder(
                            request.getName(),
                            List.copyOf(Permission.of(request.getPermissions())),
                            request.getAgentId().isEmpty() ? null : id("agent_id", request.getAgentId()),
                            request.getExpiresAt() == 0 ? null : Instant.ofEpochSecond(request.getExpiresAt())));
            return CreateTokenResponse.newBuilder()
                    .setToken(token(made.token()))
                    .setAccessToken(made.accessToken())
                    .build();
        });
    }

    @Override
    public void revokeToken(RevokeTokenRequest request, StreamObserver<RevokeTokenResponse> answer) {
        String tokenId = request.getTokenId();
        Map<String, String> resource = tokenId.length() > MAX_ID ? Map.of() : Map.of("token_id", tokenId);
        change(answer, Permission.TOKEN_REVOKE, "RevokeToken", resource, actor -> {
            check("reason", request.getReason().length() <= MAX_REASON);
            TokenView revoked = tokens.revoke(
                    actor,
                    id("token_id", tokenId),
                    new RevocationOrder(request.getReason().isEmpty() ? null : request.getReason()));
            return RevokeTokenResponse.newBuilder().setToken(token(revoked)).build();
        });
    }

    @Override
    public void listTokens(ListTokensRequest request, StreamObserver<ListTokensResponse> answer) {
        serve(answer, Permission.TOKEN_READ, actor -> {
            check("limit", request.getLimit() >= 0 && request.getLimit() <= MAX_PAGE);
            Optional<String> after = request.getAfter().isEmpty()
                    ? Optional.empty()
                    : Optional.of(id("after", request.getAfter()).toString());
            Page<TokenView> page = tokens.list(
                    actor, new PageRequest(request.getLimit() == 0 ? DEFAULT_LIMIT : request.getLimit(), after));
            return ListTokensResponse.newBuilder()
                    .addAllTokens(page.items().stream().map(AuthCalls::token).toList())
                    .setNext(page.nextKey() == null ? "" : page.nextKey())
                    .build();
        });
    }

    /**
     * As {@link #serve}, for what changes something: it counts as a write, and a record is written of it.
     *
     * @param resource what the request names
     */
    @SuppressWarnings("try") // the draft is bound as long as it is open
    private <A> void change(
            StreamObserver<A> answer,
            Permission needed,
            String method,
            Map<String, String> resource,
            Function<Actor, A> work) {
        serve(answer, actor -> {
            // Refusals for the number of calls are not audited: auditing each would amplify a flood.
            Allowances allowances = limits.take(LimitClass.WRITE, actor);
            if (!allowances.allowed()) {
                throw allowances.refusal(EndpointError.TOO_MANY_CALLS);
            }
            AuditDraft draft = new AuditDraft(
                    actor, "GRPC", AuthServiceGrpc.SERVICE_NAME + '/' + method, "Tokens", null, resource);
            A made;
            try (AuditDraft.Scope scope = AuditDraft.bind(draft)) {
                require(actor, needed);
                made = work.apply(actor);
            } catch (RuntimeException e) {
                Rejection refusal = Failures.rejection(e);
                audit.refused(draft, refusal);
                throw refusal;
            }
            audit.done(draft, new AuditedAnswer(null, false, null));
            return made;
        });
    }

    /** Serves an authenticated caller with the required permission, with the caller's tenant bound. */
    private <A> void serve(StreamObserver<A> answer, Permission needed, Function<Actor, A> work) {
        serve(answer, actor -> {
            require(actor, needed);
            return work.apply(actor);
        });
    }

    private static void require(Actor actor, Permission needed) {
        if (!actor.may(needed)) {
            throw new Rejection(
                    EndpointError.PERMISSION_MISSING,
                    "This needs the permission %s, which you do not have.".formatted(needed.text()));
        }
    }

    /** Serves an authenticated caller, with the caller's tenant bound. */
    @SuppressWarnings("try") // the tenant is bound as long as it is open
    private <A> void serve(StreamObserver<A> answer, Function<Actor, A> work) {
        try {
            Actor actor = credentials.actor(bearer(), requestId(), ADDRESS.get());
            Log.actor(actor);
            try (Tenant tenant = Tenant.bind(actor.orgId())) {
                answer.onNext(work.apply(actor));
            }
            answer.onCompleted();
        } catch (RuntimeException e) {
            answer.onError(GrpcRefusal.of(Failures.rejection(e)));
        } finally {
            Log.actor(null);
        }
    }

    private static String bearer() {
        String header = HEADERS.get().get(AUTHORIZATION);
        if (header == null || !header.toLowerCase(Locale.ROOT).startsWith("bearer ")) {
            throw new Rejection(
                    EndpointError.TOKEN_MISSING, "Send your token as metadata: authorization: Bearer <token>.");
        }
        return header.substring("bearer ".length()).strip();
    }

    private static String requestId() {
        String sent = HEADERS.get().get(REQUEST_ID);
        return sent != null && sent.matches("[A-Za-z0-9._-]{1,128}")
                ? sent
                : UuidCreator.getTimeOrderedEpoch().toString();
    }

    private static UUID id(String field, String text) {
        check(field, text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"));
        return UUID.fromString(text);
    }

    private static void check(String field, boolean holds) {
        if (!holds) {
            throw Rejection.of(EndpointError.INVALID_REQUEST, field, field + " is missing, too long or malformed.");
        }
    }

    private static Token token(TokenView view) {
        return Token.newBuilder()
                .setTokenId(view.id().toString())
                .setName(view.name())
                .setPermissions(Permission.bitmap(view.permissions().stream()
                        .map(name -> Permission.valueOf(name.toUpperCase(Locale.ROOT)))
                        .toList()))
                .setUserId(view.userId().toString())
                .setAgentId(text(view.agentId()))
                .setCreatedAt(seconds(view.createdAt()))
                .setExpiresAt(seconds(view.expiresAt()))
                .setLastUsedAt(seconds(view.lastUsedAt()))
                .setRevokedAt(seconds(view.revokedAt()))
                .build();
    }

    private static String text(UUID id) {
        return id == null ? "" : id.toString();
    }

    private static long seconds(Instant time) {
        return time == null ? 0 : time.getEpochSecond();
    }
}
