package io.thespace.directive;

import java.util.Locale;

/** How a directive, or one of its versions, stands. */
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
