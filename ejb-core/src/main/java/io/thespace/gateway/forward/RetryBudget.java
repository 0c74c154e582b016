package io.thespace.gateway.forward;

/** Limits retries to a fifth of the requests, so that they do not overload a failing upstream. */
public final class RetryBudget {

    private static final double SHARE = 0.2;
    private static final double MAX_RETRIES = 10;

    private double left = MAX_RETRIES;

    /** Credits the budget for a request. */
    synchronized void earn() {
        left = Math.min(MAX_RETRIES, left + SHARE);
    }

    /** Whether one may be sent again. */
    synchronized boolean spend() {
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
