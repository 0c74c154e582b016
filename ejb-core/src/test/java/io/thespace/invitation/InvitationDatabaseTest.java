package io.thespace.invitation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.event.Outbox;
import io.thespace.identity.Fired;
import io.thespace.identity.IdentityError;
import io.thespace.identity.MemberOrder;
import io.thespace.identity.MembershipRole;
import io.thespace.identity.TestDatabase;
import io.thespace.identity.TestIdentity;
import io.thespace.identity.TestMemberships;
import io.thespace.identity.TestUsers;
import io.thespace.identity.signin.LoginThrottle;
import io.thespace.identity.signin.Passwords;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.ErrorCode;
import io.thespace.plugin.api.EventType;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.PersonalData;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import io.thespace.redis.Redis;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Inviting people and coming in, on a real PostgreSQL, as the application's role. */
class InvitationDatabaseTest {

    private static final Actor ANYBODY = Actor.anonymous("test", null, null);
    private static final String PASSWORD = "correct horse battery";

    private static TestDatabase database;

    private final List<String> events = Collections.synchronizedList(new ArrayList<>());
    private final Onboarding onboarding = new Onboarding(
            new InTransactions(),
            new Passwords(),
            new LoginThrottle(new Redis(Optional.empty())),
            new TestUsers(database),
            new TestMemberships(database));
    private UUID org;
    private Actor admin;

    /** As the container does: each call of a use case is a transaction. */
    private final class InTransactions extends Invitations {

        private <T> T in(Actor actor, Function<Invitations, T> work) {
            return database.in(actor.orgId(), em -> {
                Invitations invitations = new Invitations();
                invitations.em = em;
                invitations.foundIn(TestIdentity.organizations(em));
                invitations.publishTo(
                        new Outbox() {
                            @Override
                            public void publish(Actor by, String source, EventType type, String subject, Object data) {
                                events.add(type.name());
                            }
                        },
                        new Fired<>());
                return work.apply(invitations);
            });
        }

        @Override
        public Page<InvitationView> list(Actor actor, PageRequest page) {
            return in(actor, invitations -> invitations.list(actor, page));
        }

        @Override
        public InvitationView find(Actor actor, UUID id) {
            return in(actor, invitations -> invitations.find(actor, id));
        }

        @Override
        public void revoke(Actor actor, UUID id) {
            in(actor, invitations -> {
                invitations.revoke(actor, id);
                return null;
            });
        }

        @Override
        public InvitationView add(Actor actor, InvitationOrder order, String email, String pinHash) {
            return in(actor, invitations -> invitations.add(actor, order, email, pinHash));
        }

        @Override
        public NewOrganizationView found(Actor actor, OrganizationOrder order, String pin, String pinHash) {
            return in(actor, invitations -> invitations.found(actor, order, pin, pinHash));
        }

        @Override
        public Optional<InvitationStatusView> accessStatus(Actor actor, String code) {
            return in(actor, invitations -> invitations.accessStatus(actor, code));
        }

        @Override
        public Optional<UUID> accept(Actor actor, UUID id, AcceptanceOrder order, UUID known, String passwordHash) {
            return in(actor, invitations -> invitations.accept(actor, id, order, known, passwordHash));
        }
    }

    @BeforeAll
    static void start() throws Exception {
        database = new TestDatabase(TestUsers.entities(Invitation.class));
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @BeforeEach
    void anOrganization() throws Exception {
        org = organization();
        admin = new Actor(org, UuidCreator.getTimeOrderedEpoch(), Role.ADMIN, null, "test", null, null, false);
    }

    private static UUID organization() throws Exception {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        database.sql(
                "insert into core.organizations (id, name, created_at) values ('%s', 'Acme', now())".formatted(id));
        return id;
    }

    private NewInvitationView invite(int uses) {
        return onboarding.invite(admin, new InvitationOrder("For a test", MembershipRole.VIEWER, uses, null));
    }

    private static AcceptanceOrder order(NewInvitationView invited, String email) {
        return new AcceptanceOrder(invited.invitation().code(), invited.pin(), email, "Ada", PASSWORD);
    }

    private static String someone() {
        return UUID.randomUUID() + "@example.org";
    }

    private boolean valid(String code, String pin) {
        return onboarding.validate(ANYBODY, new ValidationRequest(code, pin)).valid();
    }

    private static void refused(ErrorCode code, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(Rejection.class, rejection -> assertThat(rejection.code())
                .isEqualTo(code));
    }

    @Test
    void whoBringsCodeAndPinBecomesAMember() {
        NewInvitationView invited = invite(2);
        assertThat(invited.pin()).matches("\\d{8}");
        assertThat(invited.invitation().code()).matches("([0-9A-HJKMNP-TV-Z]{5}-){3}[0-9A-HJKMNP-TV-Z]{5}");

        ValidationView view = onboarding.validate(
                ANYBODY,
                new ValidationRequest(invited.invitation().code().toLowerCase(Locale.ROOT), " " + invited.pin()));
        assertThat(view.membership().organization()).isEqualTo("Acme");
        assertThat(view.membership().role()).isEqualTo("viewer");
        String email = someone();
        AcceptanceReceipt receipt = onboarding.accept(ANYBODY, order(invited, " " + email.toUpperCase(Locale.ROOT)));

        assertThat(receipt.orgId()).isEqualTo(org);
        assertThat(members(receipt.userId())).containsExactly("viewer");
        assertThat(new Passwords()
                        .matches(
                                PASSWORD,
                                new TestUsers(database)
                                        .candidate(ANYBODY, email)
                                        .get()
                                        .passwordHash()))
                .isTrue();
        assertThat(events).containsExactly(UserInvited.TYPE.name(), InvitationAccepted.TYPE.name());
        assertThat(uses(invited)).isEqualTo(1);
    }

    @Test
    void againIsTheSameAnswerAndNoFurtherUse() throws Exception {
        NewInvitationView invited = invite(1);
        String email = someone();
        AcceptanceReceipt first = onboarding.accept(ANYBODY, order(invited, email));

        assertThat(onboarding.accept(ANYBODY, order(invited, email))).isEqualTo(first);
        assertThat(uses(invited)).isEqualTo(1);
        assertThat(events).containsOnlyOnce(InvitationAccepted.TYPE.name());

        // Who was removed does not come back by the same invitation.
        database.sql("delete from core.memberships where user_id = '%s'".formatted(first.userId()));
        refused(InvitationError.INVITATION_SPENT, () -> onboarding.accept(ANYBODY, order(invited, email)));
    }

    @Test
    void anInvitationForOneAddressIsForNobodyElse() throws Exception {
        String email = someone();
        Actor owner = admin.with(MembershipRole.OWNER.permissions());
        NewInvitationView invited = onboarding.invite(
                owner, new MemberOrder(" " + email.toUpperCase(Locale.ROOT), "Ada", MembershipRole.MEMBER));
        assertThat(invited.invitation().email()).isEqualTo(email);
        assertThat(members(null)).isEmpty();

        refused(InvitationError.NOT_INVITED, () -> onboarding.accept(ANYBODY, order(invited, someone())));
        UUID userId = onboarding.accept(ANYBODY, order(invited, email)).userId();

        assertThat(members(userId)).containsExactly("member");
        assertThat(new InTransactions()
                        .find(admin, invited.invitation().invitationId())
                        .email())
                .isNull();
        refused(
                IdentityError.USER_EXISTS,
                () -> onboarding.invite(owner, new MemberOrder(email, "Ada", MembershipRole.MEMBER)));
    }

    @Test
    void whoIsKnownElsewhereIsInvitedLikeAnybody() throws Exception {
        String email = someone();
        onboarding.accept(ANYBODY, order(invite(1), email));
        Actor other = new Actor(organization(), UUID.randomUUID(), Role.GUEST, null, "test", null, null, false)
                .with(MembershipRole.OWNER.permissions());

        InvitationView known = onboarding
                .invite(other, new MemberOrder(email, "Ada", MembershipRole.MEMBER))
                .invitation();
        InvitationView unknown = onboarding
                .invite(other, new MemberOrder(someone(), "Ada", MembershipRole.MEMBER))
                .invitation();

        assertThat(known)
                .usingRecursiveComparison()
                .ignoringFields("invitationId", "code", "email", "createdAt", "expiresAt")
                .isEqualTo(unknown);
    }

    @Test
    void nobodyInvitesIntoARoleAboveTheirOwn() {
        Actor below = admin.with(MembershipRole.ADMIN.permissions());

        refused(
                IdentityError.ROLE_EXCEEDED,
                () -> onboarding.invite(below, new MemberOrder(someone(), "Ada", MembershipRole.OWNER)));
    }

    @Test
    void anOrganizationIsCreatedWithItsFirstOwnersInvitation() {
        String email = someone();

        NewOrganizationView made = onboarding.found(admin, new OrganizationOrder("Second", email, null));
        AcceptanceReceipt receipt = onboarding.accept(
                ANYBODY, new AcceptanceOrder(made.invitation().code(), made.pin(), email, "Ada", PASSWORD));

        assertThat(made.organization().name()).isEqualTo("Second");
        assertThat(made.organization().id()).isNotEqualTo(org);
        assertThat(receipt.orgId()).isEqualTo(made.organization().id());
        assertThat(receipt.role()).isEqualTo("owner");
        assertThat(new TestMemberships(database).organizations(admin, 100))
                .contains(made.organization().id(), org);
    }

    @Test
    void ofManyAtOnceNoMoreComeInThanMay() throws Exception {
        NewInvitationView invited = invite(5);
        AtomicInteger came = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        List<Callable<Void>> all = new ArrayList<>();
        InvitationStatusView accessStatus = new InTransactions()
                .accessStatus(ANYBODY, invited.invitation().code().replace("-", ""))
                .orElseThrow();
        Actor inside = new Actor(org, null, null, null, "test", null, null, false);
        for (int i = 0; i < 32; i++) {
            AcceptanceOrder order = order(invited, someone());
            all.add(() -> {
                try {
                    assertThat(new InTransactions().accept(inside, accessStatus.id(), order, null, "$hash"))
                            .isPresent();
                    came.incrementAndGet();
                } catch (Rejection e) {
                    assertThat(e.code()).isEqualTo(InvitationError.INVITATION_SPENT);
                    refused.incrementAndGet();
                }
                return null;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(32);
        for (Future<Void> done : threads.invokeAll(all, 60, TimeUnit.SECONDS)) {
            done.get();
        }
        threads.shutdown();

        assertThat(came).hasValue(5);
        assertThat(refused).hasValue(27);
        assertThat(uses(invited)).isEqualTo(5);
        assertThat(members(null)).hasSize(5);
    }

    @Test
    void ofTheSamePersonManyAtOnceComeInOnce() throws Exception {
        NewInvitationView invited = invite(5);
        AcceptanceOrder order = order(invited, someone());
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Callable<AcceptanceReceipt>> calls = Collections.nCopies(8, () -> onboarding.accept(ANYBODY, order));
        List<AcceptanceReceipt> receipts = new ArrayList<>();
        for (Future<AcceptanceReceipt> done : threads.invokeAll(calls, 60, TimeUnit.SECONDS)) {
            receipts.add(done.get());
        }
        threads.shutdown();

        assertThat(receipts).hasSize(8);
        assertThat(new HashSet<>(receipts)).hasSize(1);
        assertThat(uses(invited)).isEqualTo(1);
    }

    @Test
    void whatHoldsNoMoreAnswersAsWhatNeverWas() throws Exception {
        NewInvitationView invited = invite(1);
        String code = invited.invitation().code();
        assertThat(valid(code, invited.pin())).isTrue();
        assertThat(onboarding.validate(ANYBODY, new ValidationRequest(code, "00000000x")))
                .isEqualTo(ValidationView.NONE)
                .isEqualTo(onboarding.validate(ANYBODY, new ValidationRequest(InvitationCode.make(), invited.pin())))
                .isEqualTo(onboarding.validate(ANYBODY, new ValidationRequest("no code at all", invited.pin())));

        NewInvitationView revoked = invite(1);
        new InTransactions().revoke(admin, revoked.invitation().invitationId());
        assertThat(valid(revoked.invitation().code(), revoked.pin())).isFalse();
        refused(InvitationError.INVITATION_SPENT, () -> onboarding.accept(ANYBODY, order(revoked, someone())));
        database.sql("update core.invitations set expires_at = now() where id = '%s'"
                .formatted(invited.invitation().invitationId()));
        assertThat(valid(code, invited.pin())).isFalse();
        refused(InvitationError.INVITATION_SPENT, () -> onboarding.accept(ANYBODY, order(invited, someone())));
        assertThat(members(null)).isEmpty();
    }

    @Test
    void tenWrongPinsLockTheCodeAndNoOther() {
        NewInvitationView invited = invite(1);
        NewInvitationView other = invite(1);
        for (int i = 0; i < 10; i++) {
            assertThat(valid(invited.invitation().code(), "wrong")).isFalse();
        }

        refused(
                IdentityError.TOO_MANY_ATTEMPTS,
                () -> valid(invited.invitation().code(), invited.pin()));
        refused(IdentityError.TOO_MANY_ATTEMPTS, () -> onboarding.accept(ANYBODY, order(invited, someone())));
        assertThat(valid(other.invitation().code(), other.pin())).isTrue();
        // A code that nobody made is locked just so.
        String unknown = InvitationCode.make();
        for (int i = 0; i < 10; i++) {
            assertThat(valid(unknown, "wrong")).isFalse();
        }
        refused(IdentityError.TOO_MANY_ATTEMPTS, () -> valid(unknown, "wrong"));
    }

    @Test
    void whoIsKnownShowsTheirPassword() throws Exception {
        String email = someone();
        UUID known = onboarding.accept(ANYBODY, order(invite(1), email)).userId();
        UUID other = organization();
        admin = new Actor(other, admin.userId(), Role.ADMIN, null, "test", null, null, false);
        NewInvitationView elsewhere = invite(1);
        refused(
                InvitationError.EMAIL_KNOWN,
                () -> onboarding.accept(
                        ANYBODY,
                        new AcceptanceOrder(
                                elsewhere.invitation().code(), elsewhere.pin(), email, "Eve", "another password")));
        refused(
                IdentityError.PASSWORD_TOO_SHORT,
                () -> onboarding.accept(
                        ANYBODY,
                        new AcceptanceOrder(
                                elsewhere.invitation().code(), elsewhere.pin(), someone(), "Eve", "short")));
        refused(
                InvitationError.INVITATION_REFUSED,
                () -> onboarding.accept(
                        ANYBODY, new AcceptanceOrder(elsewhere.invitation().code(), "1", someone(), "Eve", PASSWORD)));

        assertThat(onboarding.accept(ANYBODY, order(elsewhere, email)))
                .isEqualTo(new AcceptanceReceipt(known, other, "Acme", "viewer"));
        NewInvitationView twice = invite(1);
        refused(InvitationError.ALREADY_MEMBER, () -> onboarding.accept(ANYBODY, order(twice, email)));
        assertThat(uses(twice)).isZero();
    }

    @Test
    void invitationsAreOfTheirOrganization() throws Exception {
        NewInvitationView invited = invite(1);
        invite(1);
        Actor stranger = new Actor(organization(), admin.userId(), Role.ADMIN, null, "test", null, null, false);
        UUID id = invited.invitation().invitationId();

        refused(InvitationError.INVITATION_NOT_FOUND, () -> new InTransactions().find(stranger, id));
        refused(InvitationError.INVITATION_NOT_FOUND, () -> new InTransactions().revoke(stranger, id));
        assertThat(database.<List<Invitation>>in(
                        stranger.orgId(), em -> em.createQuery("select i from Invitation i", Invitation.class)
                                .getResultList()))
                .isEmpty();
        Page<InvitationView> first = new InTransactions().list(admin, new PageRequest(1, Optional.empty()));
        Page<InvitationView> second =
                new InTransactions().list(admin, new PageRequest(1, Optional.of(first.nextKey())));
        assertThat(second.items()).containsExactly(new InTransactions().find(admin, id));
        assertThat(second.nextKey()).isNull();
    }

    @Test
    void theErasedAreForgotten() {
        NewInvitationView invited =
                onboarding.invite(admin, new InvitationOrder("For ada@example.org", MembershipRole.GUEST, 1, 1));
        PersonalData.Subject maker = new PersonalData.Subject(admin.userId(), "ada@example.org");
        PersonalData.Subject named = new PersonalData.Subject(null, "ada@example.org");
        PersonalData.Subject guest = new PersonalData.Subject(
                onboarding.accept(ANYBODY, order(invited, someone())).userId(), null);

        assertThat(this.<Map<String, Long>>people(data -> data.count(admin, named)))
                .isEqualTo(Map.of("core.invitations", 1L));
        assertThat(this.<Map<String, Long>>people(data -> data.count(admin, guest)))
                .isEqualTo(Map.of("core.invitation_acceptances", 1L));
        List<String> exported = new ArrayList<>();
        people(data -> {
            data.export(admin, maker, (store, row) -> exported.add(store));
            data.export(admin, guest, (store, row) -> exported.add(store));
            return null;
        });
        assertThat(exported).containsExactly("core.invitations", "core.invitation_acceptances");
        assertThat(this.<Map<String, Long>>people(data -> data.erase(admin, maker, 10)))
                .isEqualTo(Map.of("core.invitations", 1L));
        assertThat(this.<Map<String, Long>>people(data -> data.erase(admin, guest, 10)))
                .isEqualTo(Map.of("core.invitation_acceptances", 1L));
        assertThat(this.<Map<String, Long>>people(data -> data.erase(admin, maker, 10)))
                .isEmpty();
        assertThat(this.<Map<String, Long>>people(data -> data.erase(admin, guest, 10)))
                .isEmpty();
        assertThat(new InTransactions().find(admin, invited.invitation().invitationId()))
                .matches(view -> view.createdBy() == null && view.name().equals("(erased)"));
    }

    @Test
    void whatExpiredLongAgoIsForgotten() throws Exception {
        NewInvitationView invited = invite(1);
        invite(1);
        database.sql("update core.invitations set expires_at = now() - interval '91 days' where id = '%s'"
                .formatted(invited.invitation().invitationId()));
        Object purged = database.in(null, em -> em.createNativeQuery("select core.purge_invitations(100)", Long.class)
                .getSingleResult());
        assertThat(purged).isEqualTo(1L);
        assertThat(new InTransactions()
                        .list(admin, new PageRequest(10, Optional.empty()))
                        .items())
                .hasSize(1);
    }

    private <T> T people(Function<PersonalData, T> work) {
        return database.in(org, em -> {
            InvitationPersonalData people = new InvitationPersonalData();
            people.em = em;
            return work.apply(people);
        });
    }

    private int uses(NewInvitationView invited) {
        Actor inviter =
                new Actor(
                        database.in(null, em -> (UUID) em.createNativeQuery(
                                        "select org_id from core.invitation_standing(?1)", UUID.class)
                                .setParameter(1, invited.invitation().code().replace("-", ""))
                                .getSingleResult()),
                        null,
                        Role.ADMIN,
                        null,
                        "test",
                        null,
                        null,
                        false);
        return new InTransactions()
                .find(inviter, invited.invitation().invitationId())
                .uses();
    }

    /** The roles of the organization's members; of one of them, unless null. */
    @SuppressWarnings("unchecked") // native queries are not typed
    private List<String> members(UUID userId) {
        return database.in(org, em -> (List<String>) em.createNativeQuery(
                        "select role from core.memberships where user_id = coalesce(cast(?1 as uuid), user_id)",
                        String.class)
                .setParameter(1, userId)
                .getResultList());
    }
}
