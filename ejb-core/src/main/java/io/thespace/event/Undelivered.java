package io.thespace.event;

/** A receiver outside the platform did not take an event. Its message is kept with the event. */
public final class Undelivered extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param reason without personal data, up to 200 characters */
    public Undelivered(String reason) {
        super(reason, null, false, false);
    }
}
