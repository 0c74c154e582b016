package {{package}};

import io.thespace.plugin.api.EventType;
import java.util.UUID;

/** The event of a new item. */
public record ItemAdded(UUID itemId, String name) {

    static final EventType TYPE =
            new EventType("item_added", "An item was added; the subject is the item's id.", ItemAdded.class);
}
