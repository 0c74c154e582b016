package io.thespace.privacy;

import io.thespace.agent.AgentPersonalData;
import io.thespace.audit.AuditPersonalData;
import io.thespace.directive.DirectivePersonalData;
import io.thespace.endpoint.IdempotencyPersonalData;
import io.thespace.event.EventPersonalData;
import io.thespace.event.Outbox;
import io.thespace.hub.Channels;
import io.thespace.hub.HubPersonalData;
import io.thespace.hub.Messages;
import io.thespace.identity.AccessReduced;
import io.thespace.identity.Fired;
import io.thespace.identity.IdentityPersonalData;
import io.thespace.identity.Memberships;
import io.thespace.identity.TestDatabase;
import io.thespace.identity.key.Secrets;
import io.thespace.identity.key.Signatures;
import io.thespace.invitation.InvitationPersonalData;
import io.thespace.mcp.McpPersonalData;
import io.thespace.mcp.context.ContextPersonalData;
import io.thespace.mcp.federation.FederationPersonalData;
import io.thespace.memory.MemoryPersonalData;
import io.thespace.notification.NotificationPersonalData;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.EventType;
import io.thespace.plugin.api.PersonalData;
import io.thespace.preference.PreferencePersonalData;
import io.thespace.request.RequestPersonalData;
import io.thespace.session.SessionPersonalData;
import io.thespace.token.TokenPersonalData;
import io.thespace.webhook.WebhookPersonalData;
import io.thespace.workflow.WorkflowPersonalData;
import jakarta.persistence.EntityManager;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/** The beans of data requests and the core's personal data on a real database, wired as a container would. */
final class PrivacyBeans implements AutoCloseable {

    private static final byte[] SECRET = "a secret".getBytes(StandardCharsets.UTF_8);

    /** Of the transaction that is under way on a thread. */
    private static final ThreadLocal<EntityManager> CURRENT = new ThreadLocal<>();

    private final TestDatabase database;
    private final List<Object> published = new ArrayList<>();

    PrivacyBeans() throws Exception {
        database = new TestDatabase(
                DataRequest.class,
                LegalHold.class,
                Class.forName("io.thespace.agent.Agent"),
                Class.forName("io.thespace.event.Event"),
                Class.forName("io.thespace.hub.Channel"),
                Class.forName("io.thespace.hub.ChannelMember"),
                Class.forName("io.thespace.hub.ChannelMessage"),
                Class.forName("io.thespace.identity.Membership"),
                Class.forName("io.thespace.identity.Organization"),
                Class.forName("io.thespace.identity.signin.SignIn"),
                Class.forName("io.thespace.identity.User"),
                Class.forName("io.thespace.mcp.context.McpContext"),
                Class.forName("io.thespace.memory.Memory"),
                Class.forName("io.thespace.session.Message"),
                Class.forName("io.thespace.session.Session"),
                Class.forName("io.thespace.token.Token"));
    }

    TestDatabase database() {
        return database;
    }

    /** The events that were published. */
    List<Object> published() {
        return published;
    }

    /** The core's personal data by capability; each is to be made in a transaction of {@link #in}. */
    static Map<String, Supplier<PersonalData>> core() {
        Map<String, Supplier<PersonalData>> sources = new LinkedHashMap<>();
        sources.put("agent", () -> wired(new AgentPersonalData()));
        sources.put("audit", () -> wired(new AuditPersonalData()));
        sources.put("endpoint", () -> wired(new IdempotencyPersonalData()));
        sources.put("event", () -> wired(new EventPersonalData()));
        sources.put("hub", PrivacyBeans::hub);
        sources.put("invitation", () -> wired(new InvitationPersonalData()));
        sources.put("memory", () -> wired(new MemoryPersonalData()));
        sources.put("privacy", () -> wired(new PrivacyPersonalData()));
        sources.put("session", () -> wired(new SessionPersonalData()));
        sources.put("token", () -> wired(new TokenPersonalData()));
        sources.put("context", () -> wired(new ContextPersonalData()));
        sources.put("directive", () -> wired(new DirectivePersonalData()));
        sources.put("mcp", () -> wired(new McpPersonalData()));
        sources.put("federation", () -> wired(new FederationPersonalData()));
        sources.put("notification", () -> wired(new NotificationPersonalData()));
        sources.put("preference", () -> wired(new PreferencePersonalData()));
        sources.put("request", () -> wired(new RequestPersonalData()));
        sources.put("webhook", () -> wired(new WebhookPersonalData()));
        sources.put("workflow", () -> wired(new WorkflowPersonalData()));
        sources.put("identity", () -> wired(new IdentityPersonalData()));
        return sources;
    }

    private static HubPersonalData hub() {
        Channels channels = with(wired(new Channels()), "changes", new Fired<Object>());
        Messages messages = with(wired(new Messages()), "channels", channels);
        try {
            Constructor<HubPersonalData> constructor =
                    HubPersonalData.class.getDeclaredConstructor(Channels.class, Messages.class);
            constructor.setAccessible(true);
            return constructor.newInstance(channels, messages);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One transaction of a tenant; null for none. */
    <T> T in(UUID orgId, Function<EntityManager, T> work) {
        return database.in(orgId, em -> {
            CURRENT.set(em);
            try {
                return work.apply(em);
            } finally {
                CURRENT.remove();
            }
        });
    }

    /** One call of the use case, in a transaction of its own. */
    <T> T requests(Actor actor, Function<DataRequests, T> work) {
        return in(actor.orgId(), em -> work.apply(requests(em)));
    }

    @SuppressWarnings("UnnecessaryAssignment") // there is no container to inject it
    static DataRequests requests(EntityManager em) {
        DataRequests requests = new DataRequests();
        requests.em = em;
        requests.memberships = memberships(em);
        requests.subjects = subjects(em);
        requests.holds = holds(em);
        return requests;
    }

    @SuppressWarnings("UnnecessaryAssignment") // there is no container to inject it
    DataRequestSteps steps(EntityManager em) {
        DataRequestSteps steps = new DataRequestSteps();
        steps.em = em;
        steps.memberships = memberships(em);
        steps.signatures = new Signatures() {
            @Override
            public String issuer() {
                return "test";
            }

            @Override
            public String sign(String type, String text) {
                return text;
            }
        };
        steps.outbox = new Outbox() {
            @Override
            public void publish(Actor actor, String source, EventType type, String about, Object data) {
                published.add(data);
            }
        };
        return steps;
    }

    @SuppressWarnings("UnnecessaryAssignment") // there is no container to inject it
    static LegalHolds holds(EntityManager em) {
        LegalHolds holds = new LegalHolds();
        holds.em = em;
        holds.subjects = subjects(em);
        return holds;
    }

    @SuppressWarnings("UnnecessaryAssignment") // there is no container to inject it
    static Subjects subjects(EntityManager em) {
        Subjects subjects = new Subjects();
        subjects.em = em;
        subjects.memberships = memberships(em);
        subjects.secrets = new Secrets() {
            @Override
            public byte[] secret(String name) {
                return SECRET.clone();
            }
        };
        return subjects;
    }

    private static Memberships memberships(EntityManager em) {
        return with(with(new Memberships(), "em", em), "changes", new Fired<AccessReduced>());
    }

    private static <T> T wired(T bean) {
        return with(bean, "em", CURRENT.get());
    }

    private static <T> T with(T bean, String name, Object part) {
        try {
            Field field = bean.getClass().getDeclaredField(name);
            field.setAccessible(true);
            field.set(bean, part);
            return bean;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws Exception {
        database.close();
    }
}
