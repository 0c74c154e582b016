package io.thespace.endpoint;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Entity tags of things that count their versions, and the conditions that name them (RFC 9110, sections 8.8.3 and 13.1.1). */
public final class VersionTag {

    private static final Pattern TAG = Pattern.compile("\"(\\d{1,15})\"");
    private static final int MAX_TAGS = 20;

    private VersionTag() {}

    /** The tag of a version, quotes included. */
    public static String of(long version) {
        return "\"" + version + "\"";
    }

    /** Whether an {@code If-Match} is met by every version. */
    public static boolean any(String condition) {
        return condition.strip().equals("*");
    }

    /** Returns the versions that an {@code If-Match} names; -1, which no version has, for tags of another format. */
    public static Set<Long> versions(String condition) {
        Set<Long> versions = new HashSet<>(Set.of(-1L));
        for (String tag : condition.split(",", MAX_TAGS)) {
            Matcher ours = TAG.matcher(tag.strip());
            if (ours.matches()) {
                versions.add(Long.valueOf(ours.group(1)));
            }
        }
        return versions;
    }

    /** Whether an {@code If-Match} is met by a version. */
    public static boolean matches(String condition, long version) {
        return any(condition) || versions(condition).contains(version);
    }
}
