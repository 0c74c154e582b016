package io.thespace.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.identity.Fired;
import io.thespace.identity.OrganizationCreated;
import io.thespace.identity.TestDatabase;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.PersonalData;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Channels and messages on a real PostgreSQL, as the application's role. */
class HubDatabaseTest {

    private static TestDatabase database;

    private final Fired<ChannelChanged> fired = new Fired<>();
    private UUID org;
    private Actor admin;
    private Actor user;
    private Actor guest;

    @BeforeAll
    static void start() throws Exception {
        database = new TestDatabase(Channel.class, ChannelMember.class, ChannelMessage.class);
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @BeforeEach
    void people() throws Exception {
        org = organization();
        admin = person(org, Role.ADMIN);
        user = person(org, Role.USER);
        guest = person(org, Role.GUEST);
    }

    private static UUID organization() throws Exception {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        database.sql("insert into core.organizations (id, name, created_at) values ('%s', 'O', now())".formatted(id));
        return id;
    }

    private static Actor person(UUID orgId, Role role) throws Exception {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        database.sql("insert into core.users (id, email, name, created_at) values ('%s', '%s@example.org', 'P', now())"
                .formatted(id, id));
        database.sql("insert into core.memberships (id, org_id, user_id, role, created_at)"
                + " values ('%s', '%s', '%s', 'member', now())".formatted(UUID.randomUUID(), orgId, id));
        return new Actor(orgId, id, role, null, "test", null, null, false);
    }

    private <T> T channels(Actor actor, Function<Channels, T> work) {
        return database.in(actor.orgId(), em -> {
            Channels channels = new Channels();
            channels.em = em;
            channels.tell(fired);
            return work.apply(channels);
        });
    }

    private <T> T messages(Actor actor, Function<Messages, T> work) {
        return database.in(actor.orgId(), em -> {
            Messages messages = new Messages();
            messages.em = em;
            messages.channels = new Channels();
            messages.channels.em = em;
            return work.apply(messages);
        });
    }

    private <T> T data(Function<PersonalData, T> work) {
        return messages(user, messages -> {
            return work.apply(new HubPersonalData(messages.channels, messages));
        });
    }

    private ChannelView make(String id, Visibility visibility) {
        return channels(admin, channels -> channels.create(admin, new ChannelOrder(id, "C", visibility)));
    }

    private MessageView say(Actor actor, String id) {
        return messages(actor, messages -> messages.send(actor, id, "{\"a\":1}"));
    }

    private HistoryView history(String id, UUID epoch, long since) {
        return messages(user, messages -> messages.history(user, id, epoch, since));
    }

    private static void refused(HubError code, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(Rejection.class, rejection -> assertThat(rejection.code())
                .isEqualTo(code));
    }

    @ParameterizedTest
    @CsvSource({
        "PUBLIC, USER, , writes", "PUBLIC, GUEST, , reads", "PUBLIC, USER, READER, reads",
        "ORGANIZATION, USER, , writes", "ORGANIZATION, GUEST, , nothing", "ORGANIZATION, GUEST, READER, reads",
        "PRIVATE, USER, , nothing", "PRIVATE, ADMIN, , nothing", "PRIVATE, USER, READER, reads",
        "PRIVATE, GUEST, WRITER, writes",
    })
    void visibilityAndMembershipDecide(Visibility visibility, Role role, ChannelRole membership, String expected) {
        make("c", visibility);
        Actor actor =
                switch (role) {
                    case ADMIN -> admin;
                    case USER -> user;
                    case GUEST -> guest;
                };
        if (membership != null) {
            channels(admin, channels -> channels.admit(admin, "c", actor.userId(), new ChannelMemberOrder(membership)));
        }

        if (expected.equals("nothing")) {
            refused(HubError.NOT_AUTHORIZED, () -> channels(actor, channels -> channels.access(actor, "c")));
            refused(HubError.NOT_AUTHORIZED, () -> say(actor, "c"));
            return;
        }
        boolean writes = expected.equals("writes");
        assertThat(channels(actor, channels -> channels.access(actor, "c")).writes())
                .isEqualTo(writes);
        if (writes) {
            assertThat(say(actor, "c").offset()).isEqualTo(1);
        } else {
            refused(HubError.READ_ONLY, () -> say(actor, "c"));
        }
    }

    @Test
    void aChannelIsEnsuredOnce() {
        ChannelOrder lobby = new ChannelOrder("lobby", "Lobby", Visibility.PUBLIC);
        ChannelView made = channels(admin, channels -> channels.ensure(admin, lobby));
        assertThat(channels(admin, channels -> channels.ensure(admin, lobby)).epoch())
                .isEqualTo(made.epoch());
    }

    @Test
    @SuppressWarnings("UnnecessaryAssignment") // there is no container here that injects
    void anOrganizationHasAGeneralChannelFromTheStart() {
        refused(HubError.NOT_AUTHORIZED, () -> channels(user, channels -> channels.access(user, "general")));
        channels(admin, channels -> {
            InitialChannels initial = new InitialChannels();
            initial.channels = channels;
            initial.created(new OrganizationCreated(org));
            return null;
        });

        ChannelView general = channels(admin, channels -> channels.find(admin, "general"));
        assertThat(general.visibility()).isEqualTo("public");
        assertThat(general.createdBy()).isNull();
        assertThat(this.<Access>channels(user, channels -> channels.access(user, "general")))
                .isEqualTo(new Access(general.epoch(), 0, true));
    }

    @Test
    void eventsAreForAdministratorsAndForThoseTheyName() {
        assertThat(this.<Access>channels(admin, channels -> channels.access(admin, "events")))
                .isEqualTo(new Access(null, 0, false));
        refused(HubError.NOT_AUTHORIZED, () -> channels(user, channels -> channels.access(user, "events")));
        refused(HubError.NOT_AUTHORIZED, () -> channels(user, channels -> channels.access(user, "plugin:notes")));
        make("plugin:notes", Visibility.PRIVATE);
        channels(
                admin,
                channels -> channels.admit(
                        admin, "plugin:notes", user.userId(), new ChannelMemberOrder(ChannelRole.WRITER)));

        assertThat(channels(user, channels -> channels.access(user, "plugin:notes"))
                        .writes())
                .isFalse();
        refused(HubError.READ_ONLY, () -> say(user, "plugin:notes"));
    }

    /** As {@link Channels#access} says of each. */
    @Test
    void accessToManyChannelsIsThatToEach() {
        make("public", Visibility.PUBLIC);
        make("organization", Visibility.ORGANIZATION);
        make("private", Visibility.PRIVATE);
        make("mine", Visibility.PRIVATE);
        List<String> ids = List.of("public", "organization", "private", "mine", "none", "events", "plugin:notes");
        for (Actor actor : List.of(admin, user, guest)) {
            channels(admin, c -> c.admit(admin, "mine", actor.userId(), new ChannelMemberOrder(ChannelRole.READER)));
            assertThat(accesses(actor, ids)).isEqualTo(accessOneByOne(actor, ids));
            assertThat(accesses(actor, ids)).containsKey("mine").doesNotContainKeys("private", "none");

            channels(admin, c -> {
                c.dismiss(admin, actor.userId());
                return null;
            });
            assertThat(accesses(actor, ids)).doesNotContainKey("mine").isEqualTo(accessOneByOne(actor, ids));
        }
    }

    private Map<String, Access> accesses(Actor actor, List<String> ids) {
        return channels(actor, c -> c.accesses(actor, ids));
    }

    private Map<String, Access> accessOneByOne(Actor actor, List<String> ids) {
        Map<String, Access> accesses = new HashMap<>();
        for (String id : ids) {
            try {
                accesses.put(id, this.<Access>channels(actor, c -> c.access(actor, id)));
            } catch (Rejection refused) {
                assertThat(refused.code()).isEqualTo(HubError.NOT_AUTHORIZED);
            }
        }
        return accesses;
    }

    @Test
    void aChannelOfAnotherOrganizationIsNone() throws Exception {
        make("c", Visibility.PUBLIC);
        Actor stranger = person(organization(), Role.ADMIN);

        refused(HubError.CHANNEL_NOT_FOUND, () -> channels(stranger, channels -> channels.find(stranger, "c")));
        refused(HubError.NOT_AUTHORIZED, () -> say(stranger, "c"));
        refused(
                HubError.USER_UNKNOWN,
                () -> channels(
                        admin,
                        channels -> channels.admit(
                                admin, "c", stranger.userId(), new ChannelMemberOrder(ChannelRole.READER))));
        // Also when a query forgets whose they are.
        assertThat(database.<List<Channel>>in(
                        stranger.orgId(), em -> em.createQuery("select c from Channel c", Channel.class)
                                .getResultList()))
                .isEmpty();
    }

    @Test
    void channelsAreMadeChangedAndDeleted() {
        make("c", Visibility.PUBLIC);
        refused(HubError.CHANNEL_EXISTS, () -> make("c", Visibility.PRIVATE));
        UUID epoch = say(user, "c").epoch();
        channels(admin, channels -> channels.change(admin, "c", new ChannelChange("Other", Visibility.PRIVATE)));
        refused(HubError.NOT_AUTHORIZED, () -> say(user, "c"));
        channels(
                admin,
                channels -> channels.admit(admin, "c", user.userId(), new ChannelMemberOrder(ChannelRole.WRITER)));
        Page<ChannelMemberView> members =
                channels(admin, channels -> channels.members(admin, "c", new PageRequest(1, Optional.empty())));
        assertThat(members.items())
                .extracting(ChannelMemberView::userId, ChannelMemberView::role)
                .containsExactly(tuple(user.userId(), "writer"));
        channels(admin, channels -> {
            channels.dismiss(admin, "c", user.userId());
            return null;
        });
        refused(
                HubError.MEMBER_NOT_FOUND,
                () -> channels(admin, channels -> {
                    channels.dismiss(admin, "c", user.userId());
                    return null;
                }));
        channels(admin, channels -> {
            channels.delete(admin, "c");
            return null;
        });
        assertThat(this.<List<ChannelView>>channels(admin, channels -> channels.list(admin)))
                .isEmpty();

        assertThat(make("c", Visibility.PUBLIC).epoch()).isNotEqualTo(epoch);
        assertThat(say(user, "c").offset()).isEqualTo(1);
        assertThat(fired.events())
                .hasSize(6)
                .containsOnly(new ChannelChanged(org, "c", null), new ChannelChanged(org, "c", user.userId()));
    }

    @Test
    void offsetsHaveNoGapsWhoeverSends() throws Exception {
        make("c", Visibility.PUBLIC);
        ExecutorService senders = Executors.newFixedThreadPool(8);
        List<Callable<MessageView>> calls = Collections.nCopies(40, () -> say(user, "c"));
        for (Future<MessageView> sent : senders.invokeAll(calls, 30, TimeUnit.SECONDS)) {
            assertThat(sent.get().offset()).isPositive();
        }
        senders.shutdown();

        HistoryView history = history("c", null, 0);
        assertThat(history.messages().stream().map(MessageView::offset))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 40).boxed().toList());
        assertThat(history.complete()).isTrue();
    }

    @Test
    void whatWasMissedComesWholeOrNotAtAll() throws Exception {
        UUID epoch = make("c", Visibility.PUBLIC).epoch();
        for (int i = 0; i < Messages.MAX_MESSAGES + 5; i++) {
            say(user, "c");
        }

        HistoryView first = history("c", epoch, 3);
        assertThat(first.recovered()).isTrue();
        assertThat(first.complete()).isFalse();
        assertThat(first.messages()).hasSize(Messages.MAX_MESSAGES);
        HistoryView rest = history(
                "c", epoch, first.messages().get(Messages.MAX_MESSAGES - 1).offset());
        assertThat(rest.complete()).isTrue();
        assertThat(rest.messages()).hasSize(2);
        assertThat(history("c", epoch, rest.offset())).matches(h -> h.recovered() && h.complete());

        // An offset of another epoch, or one that is not there yet, says nothing.
        assertThat(history("c", UUID.randomUUID(), 3))
                .matches(h -> !h.recovered() && h.messages().isEmpty());
        assertThat(history("c", epoch, rest.offset() + 1)).matches(h -> !h.recovered());

        // What is kept no more cannot be recovered.
        database.sql(
                "update core.channel_messages set sent_at = now() - interval '31 days' where at_offset <= 10 and epoch = '%s'"
                        .formatted(epoch));
        Object purged =
                database.in(null, em -> em.createNativeQuery("select core.purge_channel_messages(30, 100)", Long.class)
                        .getSingleResult());
        assertThat(purged).isEqualTo(10L);
        assertThat(history("c", epoch, 9))
                .matches(h -> !h.recovered() && h.first() == 11 && h.messages().isEmpty());
        assertThat(history("c", epoch, 10)).matches(HistoryView::recovered);
    }

    @Test
    void theErasedLeaveTheirOffsetsOnly() {
        UUID epoch = make("c", Visibility.PUBLIC).epoch();
        say(user, "c");
        say(admin, "c");

        channels(
                admin,
                channels -> channels.admit(admin, "c", user.userId(), new ChannelMemberOrder(ChannelRole.WRITER)));
        PersonalData.Subject subject = new PersonalData.Subject(user.userId(), null);
        PersonalData.Subject other = new PersonalData.Subject(admin.userId(), null);
        Map<String, Long> stores = Map.of("core.channel_members", 1L, "core.channel_messages", 1L);
        List<String> exported = new ArrayList<>();

        assertThat(this.<Map<String, Long>>data(data -> data.count(user, subject)))
                .isEqualTo(stores);
        data(data -> {
            data.export(user, subject, (store, row) -> exported.add(store));
            return null;
        });
        assertThat(exported).containsExactly("core.channel_members", "core.channel_messages");
        assertThat(this.<Map<String, Long>>data(data -> data.erase(user, subject, 10)))
                .isEqualTo(stores);
        assertThat(this.<Map<String, Long>>data(data -> data.erase(user, subject, 10)))
                .isEmpty();
        assertThat(this.<Map<String, Long>>data(data -> data.count(admin, other)))
                .containsEntry("core.channels", 1L);

        List<MessageView> left = history("c", epoch, 0).messages();
        assertThat(left).hasSize(2);
        assertThat(left.get(0)).matches(message -> message.senderId() == null && message.data() == null);
        assertThat(left.get(1)).matches(message -> message.senderId().equals(admin.userId()));
    }
}
