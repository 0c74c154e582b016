package io.thespace.plugin;

import io.thespace.plugin.api.Rejection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The names of an archive's entries: each can be unpacked on every file system, and none is in another's way. */
final class ArchiveNames {

    private static final int MAX_ENTRIES = 10_000;
    private static final int MAX_LENGTH = 500;
    private static final int MAX_PART_LENGTH = 200;

    private final Set<String> names = new HashSet<>();
    private final Set<String> files = new HashSet<>();
    private final Set<String> folders = new HashSet<>();

    /**
     * Checks an entry's name against the rules and the names before it.
     *
     * @param name as the zip has it; that of a folder ends with a slash
     * @throws Rejection {@code ARCHIVE_INVALID} or {@code ARCHIVE_TOO_LARGE}
     */
    void add(String name) {
        boolean folder = name.endsWith("/");
        String path = folder ? name.substring(0, name.length() - 1) : name;
        List<String> parts = List.of(path.split("/", -1));
        boolean safe = name.length() <= MAX_LENGTH
                && name.chars().allMatch(c -> c >= ' ' && c < 0x7f && "\\:*?\"<>|".indexOf(c) < 0)
                && parts.stream()
                        .noneMatch(part -> part.isEmpty()
                                || part.equals("..")
                                || part.equals(".")
                                || part.length() > MAX_PART_LENGTH);
        if (!safe) {
            throw Archive.invalid(
                    "The archive has an entry whose name would lead out of it or cannot be unpacked everywhere: \"%s\"."
                            .formatted(name.replaceAll("[^ -~]", "?")));
        }
        String key = path.toLowerCase(Locale.ROOT);
        boolean clashes = !names.add(key);
        (folder ? folders : files).add(key);
        for (int slash = key.lastIndexOf('/'); slash > 0; slash = key.lastIndexOf('/', slash - 1)) {
            String parent = key.substring(0, slash);
            clashes |= files.contains(parent);
            folders.add(parent);
        }
        clashes |= files.contains(key) && folders.contains(key);
        if (clashes) {
            throw Archive.invalid("The archive has two entries named %s, or a file and a folder.".formatted(path));
        }
        if (names.size() > MAX_ENTRIES) {
            throw new Rejection(
                    PluginError.ARCHIVE_TOO_LARGE, "The archive has more than %d entries.".formatted(MAX_ENTRIES));
        }
    }
}
