package io.thespace.catalog;

import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.FieldError;
import io.thespace.plugin.api.Rejection;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The data catalog: the shipped entries, overridden by those of administrators. */
@Stateless
public class CatalogEntries {

    /** The maximum of imported entries; it keeps the list bounded. */
    private static final int MAX_IMPORTED = 1000;

    @PersistenceContext(unitName = "core")
    EntityManager entities;

    @Inject
    ShippedCatalog shipped;

    /** The whole catalog, by name. */
    public List<CatalogEntryView> list(Actor actor) {
        return merged(shipped.entries(), imported()).values().stream()
                .map(Sourced::view)
                .toList();
    }

    /** The whole catalog as a document that {@link #importAll} takes. */
    public CatalogDocument export(Actor actor) {
        return new CatalogDocument(
                null,
                merged(shipped.entries(), imported()).values().stream()
                        .map(Sourced::entry)
                        .toList());
    }

    /**
     * Imports a document. An entry equal to the current catalog changes nothing; one equal to the shipped catalog removes the
     * imported entry, so that it follows the next version.
     *
     * @param replace whether to delete imported entries that the document does not have
     * @throws Rejection {@code INVALID_DOCUMENT}, {@code CATALOG_FULL}
     */
    public ImportReceipt importAll(Actor actor, CatalogDocument document, boolean replace) {
        refuseFaults(document);
        // Serializes imports: two that add the same name would both find it missing.
        entities.createNativeQuery("lock table core.catalog_entries in share row exclusive mode")
                .executeUpdate();
        Map<String, ImportedEntry> imported = imported();
        SortedMap<String, Sourced> base = shipped.entries();
        SortedMap<String, Sourced> before = merged(base, imported);
        Map<String, CatalogEntry> say = new TreeMap<>();
        Set<String> forget = new TreeSet<>();
        int added = 0;
        int unchanged = 0;
        for (CatalogEntry entry : document.entries()) {
            String name = entry.name();
            Sourced original = base.get(name);
            CatalogEntry after = over(original, entry);
            if (!before.containsKey(name)) {
                added++;
            } else if (before.get(name).entry().equals(after)) {
                unchanged++;
                continue;
            }
            if (original == null) {
                say.put(name, entry);
            } else if (original.entry().equals(after)) {
                forget.add(name);
            } else {
                say.put(name, entry.without(original.entry()));
            }
        }
        int changed = document.entries().size() - added - unchanged;
        int removed = 0;
        if (replace) {
            Set<String> left = new TreeSet<>(imported.keySet());
            document.entries().forEach(entry -> left.remove(entry.name()));
            forget.addAll(left);
            removed = left.size();
        }
        refuseTooMany(imported.keySet(), say.keySet(), forget);
        forget.forEach(name -> entities.remove(imported.get(name)));
        say.forEach((name, entry) -> {
            ImportedEntry known = imported.get(name);
            if (known == null) {
                entities.persist(new ImportedEntry(actor, entry));
            } else {
                known.say(actor, entry);
            }
        });
        return new ImportReceipt(added, changed, unchanged, removed);
    }

    private static void refuseFaults(CatalogDocument document) {
        List<FieldError> faults = CatalogSchema.faults(document);
        if (!faults.isEmpty()) {
            String message = faults.stream()
                    .map(fault -> (fault.field() + " " + fault.message()).strip())
                    .collect(Collectors.joining("; ", "Nothing was imported: ", "."));
            throw new Rejection(CatalogError.INVALID_DOCUMENT, message, faults);
        }
    }

    private static void refuseTooMany(Set<String> imported, Set<String> say, Set<String> forget) {
        Set<String> then = new TreeSet<>(imported);
        then.addAll(say);
        then.removeAll(forget);
        if (then.size() > MAX_IMPORTED) {
            throw new Rejection(
                    CatalogError.CATALOG_FULL,
                    "Nothing was imported: there would be %d imported entries, and the catalog takes %d. Import with replace=true to drop those that are not in the document."
                            .formatted(then.size(), MAX_IMPORTED));
        }
    }

    private Map<String, ImportedEntry> imported() {
        Map<String, ImportedEntry> imported = new HashMap<>();
        entities.createQuery("select e from ImportedEntry e", ImportedEntry.class)
                .getResultList()
                .forEach(entry -> imported.put(entry.name(), entry));
        return imported;
    }

    private static SortedMap<String, Sourced> merged(
            SortedMap<String, Sourced> shipped, Map<String, ImportedEntry> imported) {
        SortedMap<String, Sourced> merged = new TreeMap<>(shipped);
        imported.forEach(
                (name, entry) -> merged.put(name, new Sourced("imported", over(shipped.get(name), entry.entry()))));
        return merged;
    }

    private static CatalogEntry over(Sourced original, CatalogEntry entry) {
        return original == null ? entry : entry.over(original.entry());
    }
}
