package io.thespace.privacy;

import java.util.Locale;

/** The kind of a data request. */
public enum DataRequestKind {
    /** To see it (GDPR article 15). */
    ACCESS,
    /** To take it along (GDPR article 20). */
    PORTABILITY,
    /** To have it erased (GDPR article 17). */
    ERASURE;

    /** Its form in the database and on the wire. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static DataRequestKind of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
