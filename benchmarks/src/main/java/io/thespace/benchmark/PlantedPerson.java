package io.thespace.benchmark;

import io.thespace.configuration.DatabaseUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A person mentioned in an organization's data, inserted as the tables' owner instead of over the API: equally many
 * events, memories, messages of sessions and turns of conversations, and for each an unrelated row.
 *
 * @param identifier the person's identifier
 */
record PlantedPerson(UUID orgId, DatabaseUrl database, String identifier) {

    /** In each: the organization, the identifier and how many rows. Even numbers are about the person. */
    private static final Map<String, String> STORES = Map.of(
            "events",
            """
            with given as (select ?::uuid as org, ?::text as name, ?::int as rows)
            insert into core.events (id, org_id, type, source, subject, data, request_id, synthetic, recorded_at)
                select gen_random_uuid(), org, 'benchmarked', '/benchmark', n::text,
                       jsonb_build_object('order', n, 'customer', case when n % 2 = 0 then name else 'nobody-' || n end),
                       'benchmark', true, now()
                from given, generate_series(1, rows * 2) n
            """,
            "memories",
            """
            with given as (select ?::uuid as org, ?::text as name, ?::int as rows)
            insert into core.memories
                    (id, org_id, content, content_hash, importance, subject, valid_from, created_at, changed_at)
                select gen_random_uuid(), org, content, sha256(convert_to(content, 'UTF8')), 0.5,
                       case when n % 2 = 0 then name end, now(), now(), now()
                from given, generate_series(1, rows * 2) n,
                     lateral (select 'order ' || n || ' for ' || case when n % 2 = 0 then name else 'nobody' end
                         as content) contents
                on conflict do nothing
            """,
            "messages",
            """
            with given as (select ?::uuid as org, ?::text as name, ?::int as rows),
            opened as (
                insert into core.sessions (id, org_id, agent_id, subject, metadata, status, messages, idle_seconds, idle_at,
                        created_at, ended_at)
                    select gen_random_uuid(), org, gen_random_uuid(), case when n % 2 = 0 then name else 'nobody-' || n end,
                           '{}', 'terminated', 100, 600, now(), now(), now()
                    from given, generate_series(1, greatest(2, rows * 2 / 100)) n
                    returning id, subject)
            insert into core.session_messages (id, org_id, session_id, position, role, content, metadata, created_at)
                select gen_random_uuid(), given.org, opened.id, n, 'user', 'Good morning from ' || opened.subject, '{}', now()
                from given, opened, generate_series(1, 100) n
            """,
            "turns",
            """
            with given as (select ?::uuid as org, ?::text as name, ?::int as rows),
            opened as (
                insert into mirrorcore.session (id, org_id, title, turns, words, characters, last_position)
                    select gen_random_uuid(), org, 'Benchmark', 200, 400, 2600, 201
                    from given, generate_series(1, greatest(1, rows / 100)) returning id),
            spoke as (
                insert into mirrorcore.speaker (id, session_id, org_id, name)
                    select gen_random_uuid(), opened.id, org, who
                    from given, opened, lateral (values (name), ('nobody')) people (who) returning id, session_id, name)
            insert into mirrorcore.turn (id, session_id, position, org_id, speaker_id, text, language, characters, words,
                    types, sentences, syllables, questions, hedges, content_words, tagged_words, sentiment, function_words)
                select gen_random_uuid(), spoke.session_id, n * 2 + case when spoke.name = 'nobody' then 0 else 1 end, org,
                       spoke.id, 'Good morning.', 'en', 13, 2, 2, 1, 3, 0, 0, 1, 2, 0, array_fill(0, array[9])
                from given, spoke, generate_series(1, 100) n
            """);

    /** The names of the stores. */
    static Set<String> stores() {
        return STORES.keySet();
    }

    /** Writes about so many rows about them, as many into each of these stores, and has the statistics taken. */
    void plant(int rows, Set<String> stores) throws SQLException {
        try (Connection owner = DriverManager.getConnection(database.jdbc(), database.user(), database.password());
                Statement statement = owner.createStatement()) {
            for (String store : stores) {
                try (PreparedStatement plant = owner.prepareStatement(STORES.get(store))) {
                    plant.setObject(1, orgId);
                    plant.setString(2, identifier);
                    plant.setInt(3, rows / stores.size());
                    plant.executeUpdate();
                }
            }
            statement.execute("vacuum analyze core.events, core.memories, core.sessions, core.session_messages,"
                    + " mirrorcore.session, mirrorcore.speaker, mirrorcore.turn");
        }
    }
}
