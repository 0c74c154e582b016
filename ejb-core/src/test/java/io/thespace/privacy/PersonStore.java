package io.thespace.privacy;

import java.util.List;

/**
 * A store with the statement that plants identifiers, of the rows {@code planted(id, text, key)}.
 *
 * @param who which of the rows about a person an erasure treats
 * @param exported whether it hands out all that it counts
 */
record PersonStore(String name, Who who, boolean exported, String insert) {

    /** The person whose rows a store reports. */
    enum Who {
        /** Those that name the person. */
        NAMED,
        /** Those that the person, who is a user, wrote. */
        AUTHOR,
        /** None: only the search finds them, and an administrator removes them. */
        NOBODY
    }

    static final List<PersonStore> ALL = List.of(
            new PersonStore(
                    "core.memories",
                    Who.NAMED,
                    true,
                    "insert into core.memories (id, org_id, content, content_hash, importance, valid_from, subject, subject_key,"
                            + " created_at, changed_at) select id, :org, id::text, sha256(id::text::bytea), 0.5, now(), text, key, now(),"
                            + " now() from planted"),
            new PersonStore(
                    "core.sessions",
                    Who.NAMED,
                    true,
                    "insert into core.sessions (id, org_id, agent_id, subject, subject_key, metadata, status, idle_seconds, idle_at,"
                            + " created_at) select id, :org, :agent, text, key, '{}', 'active', 60, now(), now() from planted"),
            new PersonStore(
                    "core.events",
                    Who.NAMED,
                    true,
                    "insert into core.events (id, org_id, type, source, subject, data, request_id, synthetic) select id, :org, 't',"
                            + " 's', 'x', jsonb_build_object('to', e'one\\ntwo\\n' || text || ', three'), 'r', false from planted"),
            new PersonStore(
                    "core.tokens",
                    Who.NAMED,
                    true,
                    "insert into core.tokens (id, org_id, user_id, name, hash, permissions, created_at) select id, :org, :owner,"
                            + " 'for ' || text, rpad(replace(id::text, '-', ''), 43, 'x'), 0, now() from planted"),
            new PersonStore(
                    "core.agents",
                    Who.NAMED,
                    true,
                    "insert into core.agents (id, org_id, name, description, model, status, created_at, changed_at) select id,"
                            + " :org, id::text, 'Ask ' || text || '.', 'm', 'active', now(), now() from planted"),
            new PersonStore(
                    "core.invitations",
                    Who.NAMED,
                    true,
                    "insert into core.invitations (id, org_id, code, pin_hash, name, role, most_uses, expires_at, created_at)"
                            + " select id, :org, translate(upper(substr(md5(id::text), 1, 20)), 'ILOU', '0000'), 'h', '(' || text || ')',"
                            + " 'member', 1, now(), now() from planted"),
            new PersonStore(
                    "core.idempotency_keys",
                    Who.NAMED,
                    false,
                    "insert into core.idempotency_keys (org_id, principal, key, fingerprint, status, media_type, body) select :org,"
                            + " :owner, id::text, '', 200, 'application/json', convert_to('{\"email\":\"' || text || '\"}', 'UTF8')"
                            + " from planted"),
            new PersonStore(
                    "core.legal_holds",
                    Who.NAMED,
                    false,
                    "insert into core.legal_holds (id, org_id, identifier, reason, placed_by, placed_at, cleared_by, cleared_at,"
                            + " cleared_reason) select id, :org, text, 'r', :owner, now(), :owner, now(), 'c' from planted"),
            new PersonStore(
                    "core.data_requests",
                    Who.NAMED,
                    false,
                    "insert into core.data_requests (id, org_id, kind, identifier, state, requested_by, created_at, due_at) select"
                            + " id, :org, 'access', text, 'completed', :owner, now(), now() from planted"),
            new PersonStore(
                    "core.workflow_runs",
                    Who.NAMED,
                    true,
                    "insert into core.workflow_runs (id, org_id, workflow_id, workflow_version, state, input, cause, started_at) select id,"
                            + " :org, 'w', 1, 'failed', case when author is null then jsonb_build_object('to', text) else '{}' end,"
                            + " case when author is null then null else 'No account of ' || text || '.' end, now() from planted"),
            new PersonStore(
                    "core.workflow_steps",
                    Who.NAMED,
                    true,
                    "insert into core.workflow_steps (org_id, run_id, element, kind, state, execution, output, started_at) select :org,"
                            + " :run, 'e', 'action', 'completed', id::text, jsonb_build_object('said', text || '?'), now() from planted"),
            new PersonStore(
                    "core.schedules",
                    Who.NAMED,
                    true,
                    "insert into core.schedules (id, org_id, name, workflow_id, input, cron, zone, jitter_seconds, overlap, catch_up,"
                            + " enabled, created_at, changed_at) select id, :org, 's', 'w', jsonb_build_object('for', text), '0 8 * * *', 'UTC',"
                            + " 0, 'skip', 'none', false, now(), now() from planted"),
            new PersonStore(
                    "core.webhook_deliveries",
                    Who.NAMED,
                    true,
                    "insert into core.webhook_deliveries (id, org_id, webhook_id, event_id, event_type, attempted_at, duration_millis,"
                            + " outcome, answer) select id, :org, :webhook, id, 't', now(), 1, 'failed', 'Unknown: ' || text from planted"),
            new PersonStore(
                    "core.channel_messages",
                    Who.AUTHOR,
                    true,
                    "insert into core.channel_messages (id, org_id, epoch, at_offset, sender_id, sent_at, data) select id, :org,"
                            + " :epoch, (select count(*) from core.channel_messages) + row_number() over (), author, now(),"
                            + " jsonb_build_object('text', 'Ask ' || text || '!')::text from planted"),
            new PersonStore(
                    "core.channels",
                    Who.NOBODY,
                    false,
                    "insert into core.channels (epoch, org_id, id, name, visibility, created_at, changed_at) select id, :org,"
                            + " id::text, text || ' and others', 'private', now(), now() from planted"));

    /** The column that holds a planted row's id. */
    String key() {
        return switch (name) {
            case "core.idempotency_keys" -> "key::uuid";
            case "core.channels" -> "epoch";
            case "core.workflow_steps" -> "execution::uuid";
            default -> "id";
        };
    }
}
