package {{package}};

import java.time.Instant;
import java.util.UUID;

/** An item as its readers see it. */
public record ItemView(UUID id, String name, Instant addedAt) {}
