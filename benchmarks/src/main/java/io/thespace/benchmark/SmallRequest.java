package io.thespace.benchmark;

/**
 * A request with a small body that may be expensive to process.
 *
 * @param name as printed in the output
 * @param body JSON; null for none
 * @param most the number of times it is sent; requests limited per account or address are sent less often
 */
record SmallRequest(String name, String method, String path, String body, int most) {

    /** Bytes of the largest body. */
    static final int MAX_BODY = 4 * 1024;

    private static final int OFTEN = 20;

    static SmallRequest get(String name, String path) {
        return new SmallRequest(name, "GET", path, null, OFTEN);
    }

    static SmallRequest send(String name, String method, String path, String body) {
        return new SmallRequest(name, method, path, body, OFTEN);
    }

    /** A copy that is sent at most this many times. */
    SmallRequest atMost(int times) {
        return new SmallRequest(name, method, path, body, times);
    }
}
