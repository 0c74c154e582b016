package io.thespace.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.thespace.json.Json;
import io.thespace.plugin.api.Actor;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;

/** An entry imported by an administrator: one of their own, or an override of a shipped one. */
@Entity
@SuppressWarnings("UnusedVariable") // read by JPA
@Table(name = "catalog_entries")
class ImportedEntry {

    @Id
    private String name;

    // Hibernate's own JSON type needs a class of the driver that WildFly's Hibernate does not see.
    @ColumnTransformer(write = "?::jsonb")
    private String content;

    @Column(name = "imported_by")
    private UUID importedBy;

    @Column(name = "imported_at")
    private Instant importedAt;

    @Version
    private long version;

    protected ImportedEntry() {}

    ImportedEntry(Actor actor, CatalogEntry entry) {
        this.name = entry.name();
        say(actor, entry);
    }

    String name() {
        return name;
    }

    CatalogEntry entry() {
        try {
            return Json.MAPPER.readValue(content, CatalogEntry.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The imported entry " + name + " cannot be read", e);
        }
    }

    /** Replaces the content of this entry. */
    final void say(Actor actor, CatalogEntry entry) {
        try {
            this.content = Json.MAPPER.writeValueAsString(entry);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The entry " + name + " cannot be written", e);
        }
        this.importedBy = actor.userId();
        this.importedAt = Instant.now();
    }
}
