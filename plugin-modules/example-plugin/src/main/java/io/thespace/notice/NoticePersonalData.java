package io.thespace.notice;

import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Database;
import io.thespace.plugin.api.PersonalData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * Personal data of notices: erasing a person deletes the notices that the person wrote. Mentions in other authors' notices are
 * not found here; the platform's search for the identifier reports the table.
 */
final class NoticePersonalData implements PersonalData {

    private static final String STORE = "notice";
    private static final int BATCH = 100;

    private final Database database;

    NoticePersonalData(Database database) {
        this.database = database;
    }

    @Override
    public Map<String, Long> count(Actor actor, Subject subject) {
        return rows(transact(actor, connection -> {
            // Row-level security adds the organization.
            try (PreparedStatement count =
                    connection.prepareStatement("select count(*) from notice where author_id = ?")) {
                count.setObject(1, subject.userId());
                try (ResultSet found = count.executeQuery()) {
                    found.next();
                    return found.getLong(1);
                }
            }
        }));
    }

    @Override
    public void export(Actor actor, Subject subject, BiConsumer<String, Object> sink) {
        UUID after = new UUID(0, 0);
        List<NoticeView> notices;
        do {
            notices = next(actor, subject, after);
            for (NoticeView notice : notices) {
                sink.accept(STORE, notice);
                after = notice.id();
            }
        } while (notices.size() == BATCH);
    }

    private List<NoticeView> next(Actor actor, Subject subject, UUID after) {
        return transact(actor, connection -> {
            try (PreparedStatement query = connection.prepareStatement("select id, author_id, title, text, posted_at"
                    + " from notice where author_id = ? and id > ? order by id limit " + BATCH)) {
                query.setObject(1, subject.userId());
                query.setObject(2, after);
                List<NoticeView> rows = new ArrayList<>();
                try (ResultSet found = query.executeQuery()) {
                    while (found.next()) {
                        rows.add(Notices.view(found));
                    }
                }
                return rows;
            }
        });
    }

    @Override
    public Map<String, Long> erase(Actor actor, Subject subject, int most) {
        return rows(transact(actor, connection -> {
            try (PreparedStatement delete = connection.prepareStatement(
                    "delete from notice where id in (select id from notice where author_id = ? limit ?)")) {
                delete.setObject(1, subject.userId());
                delete.setInt(2, most);
                return (long) delete.executeUpdate();
            }
        }));
    }

    private static Map<String, Long> rows(long number) {
        return number == 0 ? Map.of() : Map.of(STORE, number);
    }

    private <T> T transact(Actor actor, Database.Work<T> work) {
        try {
            return database.transact(actor, work);
        } catch (SQLException e) {
            throw new IllegalStateException("The database does not answer", e);
        }
    }
}
