package {{package}};

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Database;
import io.thespace.plugin.api.Events;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Rejection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The organization's items. */
final class Items {

    private final Database database;
    private final Events events;

    Items(Database database, Events events) {
        this.database = database;
        this.events = events;
    }

    /** The newest first; the key of a page is its last item's id, which is a UUIDv7 and so sorts by time. */
    Page<ItemView> page(Actor actor, PageRequest request) throws SQLException {
        return database.transact(actor, connection -> {
            try (PreparedStatement query = connection.prepareStatement(
                    "select id, name, added_at from item where id < ? order by id desc limit ?")) {
                query.setObject(1, UUID.fromString(request.after().orElse("ffffffff-ffff-ffff-ffff-ffffffffffff")));
                query.setInt(2, request.limit() + 1);
                List<ItemView> rows = new ArrayList<>();
                try (ResultSet found = query.executeQuery()) {
                    while (found.next()) {
                        rows.add(new ItemView(
                                found.getObject("id", UUID.class),
                                found.getString("name"),
                                found.getTimestamp("added_at").toInstant()));
                    }
                }
                return Page.of(rows, request.limit(), item -> item.id().toString());
            }
        });
    }

    /**
     * Adds an item.
     *
     * @throws Rejection {@code NAME_TAKEN}
     */
    ItemView add(Actor actor, ItemOrder order) throws SQLException {
        ItemView item = new ItemView(
                UuidCreator.getTimeOrderedEpoch(), order.name(), Instant.now().truncatedTo(ChronoUnit.MILLIS));
        return database.transact(actor, connection -> {
            // The unique index decides, not a prior query: two concurrent callers cannot both take a name.
            try (PreparedStatement insert =
                    connection.prepareStatement("insert into item (id, org_id, name, added_by, added_at)"
                            + " values (?, ?, ?, ?, ?) on conflict (org_id, name) do nothing")) {
                insert.setObject(1, item.id());
                insert.setObject(2, actor.orgId());
                insert.setString(3, item.name());
                insert.setObject(4, actor.userId());
                insert.setObject(5, item.addedAt().atOffset(ZoneOffset.UTC));
                if (insert.executeUpdate() == 0) {
                    throw Rejection.of(
                            ItemError.NAME_TAKEN,
                            "name",
                            "There is an item \"%s\" already. Choose another name.".formatted(item.name()));
                }
            }
            // In the same transaction: the event is published exactly when the item is there.
            events.publish(actor, ItemAdded.TYPE, item.id().toString(), new ItemAdded(item.id(), item.name()));
            return item;
        });
    }
}
