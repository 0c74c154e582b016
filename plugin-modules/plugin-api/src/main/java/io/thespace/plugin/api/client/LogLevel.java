package io.thespace.plugin.api.client;

/** How severe a message of a log is (RFC 5424, section 6.2.1), the least first. */
public enum LogLevel {
    DEBUG,
    INFO,
    NOTICE,
    WARNING,
    ERROR,
    CRITICAL,
    ALERT,
    EMERGENCY
}
