package io.thespace.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.plugin.api.PersonIdentifier;
import io.thespace.plugin.api.PersonalData;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Personal data stored by the core, and the result of an erasure. */
class CoreErasureDatabaseTest extends PrivacyCase {

    @ParameterizedTest
    @CsvSource({
        "'mail Ada@Example.org now', ada@example.org, true",
        "'C-10175', C-1017, false",
        "'{\"t\": \"one\\nada@example.org\"}', ada@example.org, true",
        "'xada@example.org', ada@example.org, false",
        "'(C-1017)', C-1017, true",
        "'a+b', a+b?, false",
        "'is a+b? yes', a+b?, true",
        "'', C-1017, false",
    })
    void aTextSpeaksOfSomebody(String text, String who, boolean expected) {
        boolean speaks =
                database.in(org, em -> (Boolean) em.createNativeQuery("select core.matches_person(:text, :who)")
                        .setParameter("text", text)
                        .setParameter("who", PersonIdentifier.mention(who))
                        .getSingleResult());
        assertThat(speaks).isEqualTo(expected);
    }

    /** An erasure continues where its last batch ended; rows added before that position are left to the next round. */
    @Test
    void anEventThatABatchPassedOverIsErasedInTheNextRound() throws Exception {
        for (int i = 0; i < 3; i++) {
            event(subject, "{\"amount\": 1}");
        }
        Job job = begun(asked(admin, DataRequestKind.ERASURE, subject, null).id());
        Supplier<PersonalData> events = PrivacyBeans.core().get("event");
        assertThat(erased(job, "event", events, 2)).isEqualTo(2);
        database.sql(
                "insert into core.events (id, org_id, type, source, subject, data, actor_id, request_id, synthetic)"
                        + " values ('%s', '%s', 't', 's', 'x', '{}', '%s', 'r', false)"
                                .formatted(
                                        new UUID(0, ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE)),
                                        org,
                                        subject));

        assertThat(erased(job, "event", events, 2)).isEqualTo(1);
        assertThat(erased(job, "event", events, 2)).isZero();
        assertThat(erased(job, "event", events, 2)).isEqualTo(1);
        assertThat(erased(job, "event", events, 2)).isZero();
    }

    /** So that a store which is added to the core is treated by the tests here, with the rights of the application's role. */
    @Test
    void everyStoreOfTheCoreIsTried() throws Exception {
        Path classes = Path.of(DataRequestSteps.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Set<String> there = new TreeSet<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                Class<?> type = Class.forName(
                        classes.relativize(file)
                                .toString()
                                .replace(".class", "")
                                .replace('/', '.'),
                        false,
                        getClass().getClassLoader());
                if (PersonalData.class.isAssignableFrom(type)) {
                    there.add(type.getName());
                }
            }
        }
        assertThat(this.<List<String>>steps(s -> PrivacyBeans.core().values().stream()
                        .map(source -> source.get().getClass().getName())
                        .toList()))
                .containsExactlyInAnyOrderElementsOf(there);
    }

    @Test
    void nothingOfSomebodyIsLeftInTheCore() throws Exception {
        plant();
        Map<String, Long> before = new LinkedHashMap<>();
        UUID exportId = asked(admin, DataRequestKind.ACCESS, subject, null).id();
        Job export = begun(exportId);
        steps(s -> {
            PrivacyBeans.core().forEach((source, people) -> s.export(export, source, people.get()));
            return s.finish(export, false, null);
        });
        String exported =
                new String(requests(admin, r -> r.export(admin, exportId, 1)).bytes(), StandardCharsets.UTF_8);
        assertThat(exported).contains("\"core.users\"", "\"core.events\"", "\"core.tokens\"", EMAIL);
        assertThat(dump()).contains(EMAIL);

        UUID id = asked(admin, DataRequestKind.ERASURE, subject, null).id();
        Job job = begun(id);
        PrivacyBeans.core().forEach((source, people) -> {
            before.putAll(steps(s -> s.count(job.actor(), job.subject(), people.get())));
            long treated = 1;
            for (int i = 0; i < 100 && treated > 0; i++) {
                treated = erased(job, source, people, 2);
            }
            assertThat(treated).as(source).isZero();
        });
        for (DataRequestSteps.Table table : steps(s -> s.tables(job.actor()))) {
            if (!table.name().equals("data_requests")) {
                assertThat(traced(job, table)).as("%s", table).isZero();
            }
        }
        assertThat(finished(job)).isEqualTo(DataRequestState.COMPLETED);

        assertThat(before)
                .containsEntry("core.users", 1L)
                .containsEntry("core.memberships", 1L)
                .containsEntry("core.sign_ins", 5L)
                .containsEntry("core.tokens", 2L)
                .containsEntry("core.agents", 2L)
                .containsEntry("core.events", 7L)
                .containsEntry("core.idempotency_keys", 2L)
                .containsEntry("core.data_requests", 1L)
                .containsEntry("core.legal_holds", 1L);
        assertThat(dump())
                .doesNotContainIgnoringCase(EMAIL)
                .doesNotContain(HexFormat.of().formatHex(EMAIL.getBytes(StandardCharsets.UTF_8)));
        Object account = database.in(
                org, em -> em.createNativeQuery("select status || ' ' || name from core.users where id = :id")
                        .setParameter("id", subject)
                        .getSingleResult());
        assertThat(account).isEqualTo("disabled Erased");
        assertThat(dump()).contains("another@example.org");
    }

    @Test
    void whoLeftIsErasedByTheirAddress() throws Exception {
        leave();
        Job job = begun(asked(admin, DataRequestKind.ERASURE, null, EMAIL).id());
        for (String source : List.of("event", "identity")) {
            assertThat(erased(job, source, () -> PrivacyBeans.core().get(source).get(), 100))
                    .as(source)
                    .isEqualTo(1);
        }
        assertThat(finished(job)).isEqualTo(DataRequestState.COMPLETED);
        assertThat(dump()).doesNotContain(EMAIL);
    }

    /** Of more parts than a batch deletes. */
    @Test
    void everyPartOfAnExportIsErased() throws Exception {
        UUID exported = asked(admin, DataRequestKind.ACCESS, null, "C-1017").id();
        Job export = begun(exported);
        steps(s -> s.finish(export, false, null));
        database.sql("insert into core.data_exports (request_id, org_id, source, part, content)"
                + " select '%s', '%s', 'rows', i, 'C-1017' from generate_series(1, 101) i".formatted(exported, org));
        Job job = begun(asked(admin, DataRequestKind.ERASURE, null, "C-1017").id());
        Supplier<PersonalData> privacy =
                () -> PrivacyBeans.core().get("privacy").get();

        assertThat(erased(job, "privacy", privacy, 5_000)).isEqualTo(100);
        assertThat(erased(job, "privacy", privacy, 5_000)).isEqualTo(2);
        assertThat(erased(job, "privacy", privacy, 5_000)).isZero();

        Number parts = beans.in(org, em -> (Number)
                em.createNativeQuery("select count(*) from core.data_exports").getSingleResult());
        assertThat(parts.longValue()).isZero();
        assertThat(requests(admin, r -> r.find(admin, exported)).identifier()).isNull();
    }

    /** A user who is also a member elsewhere keeps their account there. */
    @Test
    void anAccountThatIsUsedElsewhereStays() throws Exception {
        database.sql("insert into core.memberships (id, org_id, user_id, role, created_at)"
                + " values ('%s', '%s', '%s', 'member', now())"
                        .formatted(UUID.randomUUID(), stranger.orgId(), subject));
        Job job = begun(asked(admin, DataRequestKind.ERASURE, subject, null).id());
        assertThat(erased(
                        job,
                        "identity",
                        () -> PrivacyBeans.core().get("identity").get(),
                        100))
                .isEqualTo(1);
        Map<String, Long> left = steps(s -> s.count(
                job.actor(), job.subject(), PrivacyBeans.core().get("identity").get()));
        assertThat(left).isEmpty();
        assertThat(dump()).contains(EMAIL);
    }

    /** Without the account's issuer and subject the user's next token would create a user who was not removed. */
    @Test
    void anAccountThatAnotherOrganizationRemovedStays() throws Exception {
        removed(stranger.orgId());
        Job job = begun(asked(admin, DataRequestKind.ERASURE, subject, null).id());
        assertThat(erased(
                        job,
                        "identity",
                        () -> PrivacyBeans.core().get("identity").get(),
                        100))
                .isEqualTo(1);
        Object issuer = database.in(
                org, em -> em.createNativeQuery("select issuer || ' ' || subject from core.users where id = :id")
                        .setParameter("id", subject)
                        .getSingleResult());
        assertThat(issuer).isEqualTo("https://id.example sub-1");
    }

    @Test
    void aRemovalIsExportedAndErasedWithTheAccount() throws Exception {
        // Nothing else in the organization names the user.
        database.sql("delete from core.memberships where user_id = '%s'".formatted(subject));
        removed(org);
        UUID exportId = asked(admin, DataRequestKind.ACCESS, subject, null).id();
        Job export = begun(exportId);
        steps(s -> {
            s.export(export, "identity", PrivacyBeans.core().get("identity").get());
            return s.finish(export, false, null);
        });
        assertThat(exported(exportId, 1).path("records").findValuesAsText("role"))
                .containsExactly("viewer");
        assertThat(new String(requests(admin, r -> r.export(admin, exportId, 1)).bytes(), StandardCharsets.UTF_8))
                .contains("\"core.removed_members\"", "\"core.users\"", EMAIL);

        Job job = begun(asked(admin, DataRequestKind.ERASURE, null, EMAIL).id());
        Map<String, Long> before = steps(s -> s.count(
                job.actor(), job.subject(), PrivacyBeans.core().get("identity").get()));
        assertThat(before).isEqualTo(Map.of("core.removed_members", 1L, "core.users", 1L));
        assertThat(erased(
                        job,
                        "identity",
                        () -> PrivacyBeans.core().get("identity").get(),
                        100))
                .isEqualTo(2);
        assertThat(dump()).doesNotContain("https://id.example");
    }

    /** Makes the subject an external issuer's user whom an organization removed. */
    private void removed(UUID by) throws Exception {
        database.sql("update core.users set issuer = 'https://id.example', subject = 'sub-1' where id = '%s'"
                .formatted(subject));
        database.sql("insert into core.removed_members (org_id, user_id, role, removed_at)"
                + " values ('%s', '%s', 'viewer', now())".formatted(by, subject));
    }

    private void plant() throws Exception {
        for (int i = 0; i < 5; i++) {
            database.sql("insert into core.sign_ins (id, org_id, user_id, created_at, expires_at)"
                    + " values ('%s', '%s', '%s', now(), now() + interval '1 day')"
                            .formatted(UUID.randomUUID(), org, subject));
            event(subject, "{\"amount\": 1}");
        }
        event(admin.userId(), "{\"to\": \"" + EMAIL + "\", \"name\": \"Some Body\"}");
        event(null, "{\"text\": \"a\\nmail from " + EMAIL + "\"}");
        event(admin.userId(), "{\"to\": \"another@example.org\"}");
        database.sql("insert into core.tokens (id, org_id, user_id, name, hash, permissions, created_at) values"
                + " ('%s', '%s', '%s', 'mine', repeat('a', 43), 0, now()), ('%s', '%s', '%s', 'for %s', repeat('b', 43), 0, now())"
                        .formatted(UUID.randomUUID(), org, subject, UUID.randomUUID(), org, admin.userId(), EMAIL));
        database.sql("insert into core.agents (id, org_id, name, description, model, status, created_by, created_at,"
                + " changed_at) values ('%s', '%s', 'a', '', 'm', 'active', '%s', now(), now()),"
                        .formatted(UUID.randomUUID(), org, subject)
                + " ('%s', '%s', 'b', 'Ask %s.', 'm', 'active', '%s', now(), now())"
                        .formatted(UUID.randomUUID(), org, EMAIL, admin.userId()));
        database.sql("insert into core.idempotency_keys (org_id, principal, key, fingerprint, status, media_type, body)"
                + " values ('%s', '%s', 'k', '', 200, 'application/json', convert_to('{}', 'UTF8')),"
                        .formatted(org, subject)
                + " ('%s', '%s', 'k', '', 200, 'application/json', convert_to('{\"email\":\"%s\"}', 'UTF8'))"
                        .formatted(org, admin.userId(), EMAIL));
        cleared(holds(admin, h -> h.place(admin, new LegalHoldOrder(null, EMAIL, "the matter of " + EMAIL)))
                .id());
    }

    private void event(UUID actor, String data) throws Exception {
        database.sql(
                "insert into core.events (id, org_id, type, source, subject, data, actor_id, request_id, synthetic)"
                        + " values ('%s', '%s', 't', 's', 'x', '%s', %s, 'r', false)"
                                .formatted(
                                        UuidCreator.getTimeOrderedEpoch(),
                                        org,
                                        data,
                                        actor == null ? "null" : "'" + actor + "'"));
    }

    /** Every row of every table of the platform, as text. */
    private static String dump() {
        return database.in(null, em -> {
            StringBuilder all = new StringBuilder();
            try {
                database.sql("create table if not exists public.dump (line text)");
                database.sql("truncate public.dump");
                database.sql(
                        "do $$ declare t record; begin for t in select c.oid::regclass as name from pg_class c"
                                + " join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'core' and c.relkind = 'r' loop"
                                + " execute format('insert into public.dump select t::text from %s t', t.name); end loop; end $$");
                database.sql("grant select on public.dump to public; grant usage on schema public to public");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            List<?> lines = em.createNativeQuery("select line from public.dump").getResultList();
            lines.forEach(line -> all.append(line).append('\n'));
            return all.toString();
        });
    }

    private long traced(Job job, DataRequestSteps.Table table) {
        return steps(s -> s.traces(job.actor(), table, EMAIL));
    }
}
