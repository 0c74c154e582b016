package io.thespace.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.thespace.json.Json;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.PersonalData;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Data requests and their jobs. */
class DataRequestsDatabaseTest extends PrivacyCase {

    @Test
    void exactlyOneNameIsAskedFor() {
        refused(PrivacyError.SUBJECT_AMBIGUOUS, () -> asked(admin, DataRequestKind.ACCESS, null, null));
        refused(PrivacyError.SUBJECT_AMBIGUOUS, () -> asked(admin, DataRequestKind.ACCESS, subject, EMAIL));
        refused(PrivacyError.SUBJECT_UNKNOWN, () -> asked(admin, DataRequestKind.ACCESS, UUID.randomUUID(), null));
        refused(PrivacyError.SUBJECT_UNKNOWN, () -> asked(stranger, DataRequestKind.ACCESS, subject, null));
    }

    @Test
    void aUsersAddressStandsForTheUser() {
        DataRequestView request = asked(admin, DataRequestKind.ERASURE, null, EMAIL.toUpperCase(Locale.ROOT));

        assertThat(request.userId()).isEqualTo(subject);
        assertThat(request.identifier()).isEqualTo(EMAIL);
        assertThat(request.state()).isEqualTo("queued");
        assertThat(request.dueAt()).isEqualTo(request.createdAt().plus(Duration.ofDays(28)));
    }

    @Test
    void anotherOrganizationsRequestIsNone() {
        UUID id = asked(admin, DataRequestKind.ACCESS, null, "somebody else").id();

        refused(PrivacyError.DATA_REQUEST_NOT_FOUND, () -> requests(stranger, r -> r.find(stranger, id)));
        refused(PrivacyError.DATA_REQUEST_NOT_FOUND, () -> requests(stranger, r -> r.export(stranger, id, 1)));
        assertThat(requests(stranger, r -> r.list(stranger, null, new PageRequest(10, Optional.empty())))
                        .items())
                .isEmpty();
        assertThat(requests(admin, r -> r.list(admin, null, new PageRequest(10, Optional.empty())))
                        .items())
                .hasSize(1);
        refused(PrivacyError.NO_EXPORT, () -> requests(admin, r -> r.export(admin, id, 1)));
        refused(PrivacyError.NOT_COMPLETED, () -> requests(admin, r -> r.receipt(admin, id)));
    }

    /** A node that is killed leaves its job; when it comes back after all it is too late. */
    @Test
    void aJobGoesOnElsewhereAndTheFirstNodeIsTooLate() throws Exception {
        UUID id = asked(admin, DataRequestKind.ERASURE, subject, null).id();
        UUID first = UUID.randomUUID();
        assertThat(claimed(first)).contains(new DataRequestSteps.Claim(id, org));
        assertThat(claimed(UUID.randomUUID())).isEmpty();
        Job job = steps(s -> s.begin(platform(), id, first)).orElseThrow();
        assertThat(job.subject()).isEqualTo(new PersonalData.Subject(subject, EMAIL));
        assertThat(suspended()).isTrue();
        Rows rows = new Rows(10);
        assertThat(erased(job, "rows", () -> rows, 4)).isEqualTo(4);

        database.sql(
                "update core.data_requests set leased_until = now() - interval '1 second' where id = '" + id + "'");
        UUID second = UUID.randomUUID();
        assertThat(claimed(second)).contains(new DataRequestSteps.Claim(id, org));

        refused(PrivacyError.JOB_LOST, () -> steps(s -> s.erase(job, "rows", rows, 4)));
        Job again = steps(s -> s.begin(platform(), id, second)).orElseThrow();
        steps(s -> tally(s, again, rows));
        assertThat(erased(again, "rows", () -> rows, 10)).isEqualTo(6);
        steps(s -> tally(s, again, rows));
        assertThat(finished(again)).isEqualTo(DataRequestState.COMPLETED);

        DataRequestView done = requests(admin, r -> r.find(admin, id));
        assertThat(done.identifier()).isNull();
        assertThat(done.stores()).containsExactly(new StoreView("rows", "rows.rows", 10, 10, 0L, "erased", null));
        JsonNode receipt =
                Json.MAPPER.readTree(requests(admin, r -> r.receipt(admin, id)).jws());
        assertThat(receipt.at("/stores/0/treated").asInt()).isEqualTo(10);
        assertThat(receipt.path("verified").asBoolean()).isTrue();
        assertThat(beans.published()).containsExactly(new DataRequestCompleted(id, "erasure"));
        assertThat(claimed(UUID.randomUUID())).isEmpty();
    }

    /** It cannot be told what a store has done that failed, whatever it counts afterwards. */
    @Test
    void whatFailedBlocksAlsoWhenNothingIsCounted() throws Exception {
        UUID id = asked(admin, DataRequestKind.ERASURE, null, "C-1018").id();
        Job job = begun(id);
        steps(s -> {
            s.obstruct(job, "rows", DataRequestSteps.ALL, "It failed.");
            tally(s, job, new Rows(0));
            return s.finish(job, true, "none");
        });

        DataRequestView blocked = requests(admin, r -> r.find(admin, id));
        assertThat(blocked.state()).isEqualTo("blocked");
        assertThat(blocked.reason()).contains("rows");
    }

    @Test
    void whatIsLeftBlocksAndIsTriedAgain() throws Exception {
        UUID id = asked(admin, DataRequestKind.ERASURE, null, "C-1017").id();
        Job job = begun(id);
        steps(s -> {
            s.obstruct(job, "gone", DataRequestSteps.ALL, "Install it again.");
            s.obstruct(job, DataRequestSteps.SEARCH, "core.events", "3 rows hold it.");
            tally(s, job, new Rows(3));
            return s.finish(job, true, "none");
        });

        DataRequestView blocked = requests(admin, r -> r.find(admin, id));
        assertThat(blocked.state()).isEqualTo("blocked");
        assertThat(blocked.reason()).contains("gone", "core.events", "rows.rows");
        assertThat(blocked.identifier()).isEqualTo("C-1017");
        assertThat(claimed(UUID.randomUUID())).isEmpty();
        database.sql("update core.data_requests set next_at = now() where id = '" + id + "'");
        Job again = begun(id);
        steps(s -> tally(s, again, new Rows(0)));
        assertThat(finished(again)).isEqualTo(DataRequestState.COMPLETED);
        refused(PrivacyError.IDENTIFIER_NEEDED, () -> requests(admin, r -> r.erased(admin, id, null)));
        refused(PrivacyError.IDENTIFIER_WRONG, () -> requests(admin, r -> r.erased(admin, id, "C-1018")));
        assertThat(requests(admin, r -> r.erased(admin, id, "c-1017")).identifier())
                .isEqualTo("c-1017");
    }

    @Test
    void anExportComesInPartsAndEnds() throws Exception {
        UUID id = asked(admin, DataRequestKind.ACCESS, null, "C-1017").id();
        Job job = begun(id);
        steps(s -> {
            s.export(job, "rows", new Rows(30_000));
            return s.finish(job, false, null);
        });

        int records = 0;
        JsonNode part = exported(id, 1);
        int parts = part.path("parts").asInt();
        assertThat(parts).isGreaterThan(1);
        for (int i = 1; i <= parts; i++) {
            part = exported(id, i);
            assertThat(part.path("format").asText()).isEqualTo("the-space-personal-data/1");
            records += part.path("records").size();
        }
        assertThat(records).isEqualTo(30_000);
        assertThat(part.at("/stores/0/outcome").asText()).isEqualTo("exported");
        refused(PrivacyError.EXPORT_PART_NOT_FOUND, () -> requests(admin, r -> r.export(admin, id, parts + 1)));
        refused(PrivacyError.NOT_AN_ERASURE, () -> requests(admin, r -> r.erased(admin, id, "C-1017")));
        database.sql("update core.data_requests set export_until = now() where id = '" + id + "'");
        refused(PrivacyError.NO_EXPORT, () -> requests(admin, r -> r.export(admin, id, 1)));
        long purged = beans.in(null, em -> beans.steps(em).purgeExports(100));
        assertThat(purged).isEqualTo(parts);
    }

    @Test
    void whoLeftIsAskedForByIdAndAddress() throws Exception {
        leave();

        for (DataRequestView request : List.of(
                asked(admin, DataRequestKind.ERASURE, subject, null),
                asked(admin, DataRequestKind.ACCESS, null, EMAIL.toUpperCase(Locale.ROOT)))) {
            assertThat(request.userId()).isEqualTo(subject);
            assertThat(request.identifier()).isEqualTo(EMAIL);
        }
        // An organization that they never belonged to does not learn of them.
        assertThat(asked(stranger, DataRequestKind.ACCESS, null, EMAIL).userId())
                .isNull();
        refused(PrivacyError.SUBJECT_UNKNOWN, () -> asked(stranger, DataRequestKind.ACCESS, subject, null));
        database.sql("update core.users set platform_admin = true where id = '" + subject + "'");
        assertThat(asked(admin, DataRequestKind.ACCESS, subject, null).identifier())
                .isNull();
        assertThat(asked(admin, DataRequestKind.ACCESS, null, EMAIL).userId()).isNull();
    }

    /** Rows that are about it would be about it for ever. */
    @Test
    void whatErasuresLeaveBehindIsNobody() {
        for (String identifier : List.of("erased", "(Erased)", "true", "\uff45rased", "erased (erased)")) {
            refused(PrivacyError.SUBJECT_AMBIGUOUS, () -> asked(admin, DataRequestKind.ERASURE, null, identifier));
        }
        assertThat(asked(admin, DataRequestKind.ERASURE, null, "erasedx").state())
                .isEqualTo("queued");
    }

    /** A plugin that is uninstalled with its data is counted no more. */
    @Test
    void aStoreThatIsGoneBlocksNoMore() throws Exception {
        UUID id = asked(admin, DataRequestKind.ERASURE, null, "C-1017").id();
        Job job = begun(id);
        steps(s -> {
            s.obstruct(job, "rows", DataRequestSteps.ALL, "It failed.");
            return tally(s, job, new Rows(3));
        });
        assertThat(finished(job)).isEqualTo(DataRequestState.BLOCKED);
        database.sql("update core.data_requests set next_at = now() where id = '" + id + "'");

        assertThat(finished(begun(id))).isEqualTo(DataRequestState.COMPLETED);
    }

    /** Two erasures, each of which was accepted while the other one's owner was there. */
    @Test
    void oneOwnerStays() throws Exception {
        UUID other = user(org, "other." + org + "@example.org", "owner");
        UUID first = asked(admin, DataRequestKind.ERASURE, admin.userId(), null).id();
        UUID second = asked(admin, DataRequestKind.ERASURE, other, null).id();
        begun(first);
        UUID lease = UUID.randomUUID();
        assertThat(claimed(lease)).contains(new DataRequestSteps.Claim(second, org));

        Optional<Job> none = steps(s -> s.begin(platform(), second, lease));
        assertThat(none).isEmpty();

        DataRequestView blocked = requests(admin, r -> r.find(admin, second));
        assertThat(blocked.state()).isEqualTo("blocked");
        assertThat(blocked.reason()).contains("last owner");
        Object owner = beans.in(org, em -> em.createNativeQuery("select user_id from core.memberships"
                        + " where role = 'owner' and status = 'active' and org_id = :org")
                .setParameter("org", org)
                .getSingleResult());
        assertThat(owner).isEqualTo(other);
        database.sql("update core.memberships set role = 'owner' where user_id = '" + subject + "'");
        database.sql("update core.data_requests set next_at = now() where id = '" + second + "'");
        assertThat(begun(second).subject().userId()).isEqualTo(other);
    }

    /** One who became it after the request is not erased either. */
    @Test
    void aPlatformAdministratorByTokenIsNotErased() throws Exception {
        UUID id = asked(admin, DataRequestKind.ERASURE, subject, null).id();
        database.sql("update core.memberships set issuer_admin_at = now() where user_id = '" + subject + "'");
        refused(PrivacyError.PLATFORM_ADMINISTRATOR, () -> asked(admin, DataRequestKind.ERASURE, subject, null));
        UUID lease = UUID.randomUUID();
        assertThat(claimed(lease)).contains(new DataRequestSteps.Claim(id, org));

        Optional<Job> none = steps(s -> s.begin(platform(), id, lease));

        assertThat(none).isEmpty();
        assertThat(requests(admin, r -> r.find(admin, id)).reason()).contains("platform administrator");
        assertThat(suspended()).isFalse();
        database.sql("update core.memberships set issuer_admin_at = null where user_id = '" + subject + "'");
        database.sql("update core.data_requests set next_at = now() where id = '" + id + "'");
        assertThat(begun(id).subject().userId()).isEqualTo(subject);
    }

    private static Void tally(DataRequestSteps steps, Job job, PersonalData people) {
        steps.tally(job, "rows", people);
        return null;
    }

    private boolean suspended() {
        return beans.in(org, em -> em.createNativeQuery(
                                "select status from core.memberships where user_id = :id", String.class)
                        .setParameter("id", subject)
                        .getSingleResult())
                .equals("suspended");
    }
}
