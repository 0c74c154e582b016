package io.thespace.notice;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Database;
import io.thespace.plugin.api.Events;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Rejection;
import io.thespace.plugin.api.Role;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The notices of the board. */
final class Notices {

    private final Database database;
    private final Events events;

    Notices(Database database, Events events) {
        this.database = database;
        this.events = events;
    }

    /** The newest first; the key of a page is its last notice's id, which is a UUIDv7 and so sorts by time. */
    Page<NoticeView> page(Actor actor, PageRequest request) throws SQLException {
        return database.transact(actor, connection -> {
            try (PreparedStatement query = connection.prepareStatement(
                    "select id, author_id, title, text, posted_at from notice where id < ? order by id desc limit ?")) {
                query.setObject(1, UUID.fromString(request.after().orElse("ffffffff-ffff-ffff-ffff-ffffffffffff")));
                query.setInt(2, request.limit() + 1);
                List<NoticeView> rows = new ArrayList<>();
                try (ResultSet found = query.executeQuery()) {
                    while (found.next()) {
                        rows.add(view(found));
                    }
                }
                return Page.of(rows, request.limit(), notice -> notice.id().toString());
            }
        });
    }

    static NoticeView view(ResultSet row) throws SQLException {
        return new NoticeView(
                row.getObject("id", UUID.class),
                row.getObject("author_id", UUID.class),
                row.getString("title"),
                row.getString("text"),
                row.getTimestamp("posted_at").toInstant());
    }

    /**
     * Puts a notice on the board.
     *
     * @throws Rejection {@code TITLE_TAKEN}
     */
    NoticeView post(Actor actor, NoticeOrder order) throws SQLException {
        NoticeView notice = new NoticeView(
                UuidCreator.getTimeOrderedEpoch(),
                actor.userId(),
                order.title(),
                order.text(),
                Instant.now().truncatedTo(ChronoUnit.MILLIS));
        return database.transact(actor, connection -> {
            // The unique index decides, not a prior query: two concurrent callers cannot both take a title.
            try (PreparedStatement insert =
                    connection.prepareStatement("insert into notice (id, org_id, author_id, title, text, posted_at)"
                            + " values (?, ?, ?, ?, ?, ?) on conflict (org_id, title) do nothing")) {
                insert.setObject(1, notice.id());
                insert.setObject(2, actor.orgId());
                insert.setObject(3, notice.authorId());
                insert.setString(4, notice.title());
                insert.setString(5, notice.text());
                insert.setObject(6, notice.postedAt().atOffset(ZoneOffset.UTC));
                if (insert.executeUpdate() == 0) {
                    throw Rejection.of(
                            NoticeError.TITLE_TAKEN,
                            "title",
                            "There is a notice with the title \"%s\" already. Choose another title."
                                    .formatted(notice.title()));
                }
            }
            // In the same transaction: the event is published exactly when the notice is there.
            events.publish(
                    actor,
                    NoticePosted.TYPE,
                    notice.id().toString(),
                    new NoticePosted(notice.id(), notice.authorId(), notice.title()));
            return notice;
        });
    }

    /**
     * Takes a notice down: the author's own, or any for an administrator.
     *
     * @throws Rejection {@code NOTICE_NOT_FOUND}
     */
    void takeDown(Actor actor, UUID id) throws SQLException {
        database.transact(actor, connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("delete from notice where id = ? and (author_id = ? or ?)")) {
                delete.setObject(1, id);
                delete.setObject(2, actor.userId());
                delete.setBoolean(3, actor.role() == Role.ADMIN);
                if (delete.executeUpdate() == 0) {
                    throw new Rejection(NoticeError.NOTICE_NOT_FOUND, "There is no notice %s of yours.".formatted(id));
                }
                return null;
            }
        });
    }

    /** Counts a notice: once for each, since the platform notes the delivery in the same transaction. */
    void count(Actor actor) throws SQLException {
        database.transact(actor, connection -> {
            try (PreparedStatement upsert = connection.prepareStatement("insert into activity as a values (?, 1)"
                    + " on conflict (org_id) do update set posted = a.posted + 1")) {
                upsert.setObject(1, actor.orgId());
                upsert.executeUpdate();
                return null;
            }
        });
    }

    Activity activity(Actor actor) throws SQLException {
        return database.transact(actor, connection -> {
            try (PreparedStatement query = connection.prepareStatement("select posted from activity");
                    ResultSet row = query.executeQuery()) {
                return new Activity(row.next() ? row.getLong(1) : 0);
            }
        });
    }
}
