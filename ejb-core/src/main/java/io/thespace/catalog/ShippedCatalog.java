package io.thespace.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.thespace.json.Json;
import io.thespace.log.Log;
import io.thespace.plugin.Manifest;
import io.thespace.plugin.Plugins;
import io.thespace.plugin.api.FieldError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The catalog entries shipped by the platform and its enabled plugins. */
@ApplicationScoped
class ShippedCatalog {

    private static final Log LOG = Log.of(ShippedCatalog.class);

    private static final String FILE = "catalog.json";

    /** More than an author writes, and little enough to be read on each call. */
    private static final int MAX_BYTES = 1 << 20;

    private List<CatalogEntry> own;
    private Supplier<Map<String, byte[]>> files;

    ShippedCatalog() {}

    @Inject
    ShippedCatalog(Plugins plugins) {
        this(() -> files(plugins));
    }

    /** With the {@code catalog.json}s of plugins, by plugin. */
    ShippedCatalog(Supplier<Map<String, byte[]>> files) {
        this.own = platform();
        this.files = files;
    }

    private static Map<String, byte[]> files(Plugins plugins) {
        Map<String, byte[]> files = new TreeMap<>();
        for (Manifest plugin : plugins.enabled()) {
            plugins.file(plugin.id(), FILE).ifPresent(file -> files.put(plugin.id(), file));
        }
        return files;
    }

    private static List<CatalogEntry> platform() {
        try {
            return checked(Json.MAPPER.treeToValue(CatalogSchema.resource(FILE), CatalogDocument.class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The archive's " + FILE + " is malformed", e);
        }
    }

    private static List<CatalogEntry> checked(CatalogDocument document) {
        List<FieldError> faults = CatalogSchema.faults(document);
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(
                    faults.get(0).field() + " " + faults.get(0).message());
        }
        return document.entries();
    }

    /** The entries as they are now, by name. */
    SortedMap<String, Sourced> entries() {
        SortedMap<String, Sourced> entries = new TreeMap<>();
        own.forEach(entry -> entries.put(entry.name(), new Sourced("core", entry)));
        files.get().forEach((plugin, file) -> {
            for (CatalogEntry entry : contributed(plugin, file)) {
                entries.put(entry.name(), new Sourced("plugin:" + plugin, entry));
            }
        });
        return entries;
    }

    /** A plugin's file is its author's: a fault in it costs that plugin's entries and no one else's. */
    private static List<CatalogEntry> contributed(String plugin, byte[] file) {
        try {
            if (file.length > MAX_BYTES) {
                throw new IllegalArgumentException("It has more than " + MAX_BYTES + " bytes");
            }
            List<CatalogEntry> entries = checked(Json.MAPPER.readValue(file, CatalogDocument.class));
            for (CatalogEntry entry : entries) {
                if (!entry.name().startsWith(plugin + ".")) {
                    throw new IllegalArgumentException(
                            entry.name() + " is not the plugin's to describe; its names start with " + plugin + ".");
                }
            }
            return entries;
        } catch (IOException | IllegalArgumentException e) {
            LOG.error("catalog.json of a plugin ignored", e, "plugin", plugin);
            return List.of();
        }
    }
}
