package io.thespace.directive;

import java.util.Locale;

/** The status of a directive, or of one of its versions. */
public enum DirectiveStatus {
    DRAFT,
    ACTIVE,
    /** A version in whose place a later one was promoted; a directive never is. */
    SUPERSEDED,
    REVOKED;

    /** Its form in the database and on the wire. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
