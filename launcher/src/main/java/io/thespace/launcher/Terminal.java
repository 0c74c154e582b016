package io.thespace.launcher;

import java.io.Console;
import java.util.Optional;

/** The person at the keyboard, if there is one. */
final class Terminal {

    private Terminal() {}

    /** The console, or nothing when input or output is redirected. */
    @SuppressWarnings(
            "SystemConsoleNull") // deploy.sh sets jdk.console=java.base, with which newer JDKs return null too
    static Optional<Console> console() {
        return Optional.ofNullable(System.console());
    }

    /** Reads a line; null without a terminal. */
    static String ask(String question) {
        return console().map(console -> console.readLine("%s", question)).orElse(null);
    }

    /** Reads a password without echo; null without a terminal. */
    static String askPassword(String question) {
        return console()
                .map(console -> new String(console.readPassword("%s", question)))
                .orElse(null);
    }
}
