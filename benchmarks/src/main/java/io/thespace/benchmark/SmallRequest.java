package io.thespace.benchmark;

/**
 * A request whose body is small and whose work may not be.
 *
 * @param name as the output has it
 * @param body JSON; null for none
 * @param most how often it is sent; what is limited per account or address is sent less often
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

    /** The same, sent so many times at the most. */
    SmallRequest atMost(int times) {
        return new SmallRequest(name, method, path, body, times);
    }
}
