package io.thespace.audit.rest;

/** The chain of audit records that is read. */
public enum AuditScope {
    ORGANIZATION,
    PLATFORM;

    static final String DESCRIPTION =
            "`platform` for what belongs to no organization, such as failed sign-ins and changes over JMX; the"
                    + " administrator's own organization otherwise.";
}
