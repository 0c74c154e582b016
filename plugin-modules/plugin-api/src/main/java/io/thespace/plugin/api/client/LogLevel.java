package io.thespace.plugin.api.client;

/** The severity of a log message (RFC 5424, section 6.2.1), the least severe first. */
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
