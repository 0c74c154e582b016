package io.thespace.agent;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The lifecycle status of an agent, with its transitions. */
public enum AgentStatus {
    DRAFT,
    ACTIVE,
    PAUSED,
    /** Stopped by the platform, not by its people. */
    SUSPENDED,
    ARCHIVED;

    private Set<AgentStatus> next() {
        return switch (this) {
            case DRAFT -> EnumSet.of(ACTIVE, ARCHIVED);
            case ACTIVE -> EnumSet.of(PAUSED, SUSPENDED, ARCHIVED);
            case PAUSED -> EnumSet.of(ACTIVE, SUSPENDED, ARCHIVED);
            case SUSPENDED -> EnumSet.of(ACTIVE, ARCHIVED);
            case ARCHIVED -> EnumSet.noneOf(AgentStatus.class);
        };
    }

    /** Whether the transition is allowed; a status does not lead to itself. */
    boolean leadsTo(AgentStatus there) {
        return next().contains(there);
    }

    /** Whether an agent may act. */
    public boolean acts() {
        return this == ACTIVE;
    }

    /** Its form in the database and on the wire. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** From its form in the database. */
    public static AgentStatus of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
