package io.thespace.gateway.forward;

import io.thespace.plugin.api.Rejection;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/** Keeps what it was told; takes bytes at once unless it is slow. */
public final class Answered implements GatewayAnswer {

    public final CountDownLatch first = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final boolean slow;
    private IntConsumer taken;
    public final List<UpstreamTry> tries = new CopyOnWriteArrayList<>();
    public volatile String outcome;
    public volatile int status;
    public volatile List<Map.Entry<String, String>> headers;
    public volatile long length;
    public volatile boolean whole;
    public volatile boolean broken;
    public volatile Rejection refusal;

    public Answered(boolean slow) {
        this.slow = slow;
    }

    @Override
    public void begin(int code, List<Map.Entry<String, String>> came, long size, IntConsumer whenTaken) {
        status = code;
        headers = came;
        length = size;
        taken = whenTaken;
    }

    @Override
    public void cached(String how) {
        outcome = how;
    }

    @Override
    public void tried(UpstreamTry attempt) {
        tries.add(attempt);
    }

    @Override
    public synchronized void data(ByteBuffer part) {
        int size = part.remaining();
        byte[] copy = new byte[size];
        part.get(copy);
        bytes.write(copy, 0, size);
        first.countDown();
        if (!slow) {
            taken.accept(size);
        }
    }

    /** The caller takes so many bytes more. */
    void take(int size) {
        taken.accept(size);
    }

    @Override
    public void end() {
        whole = true;
        over.countDown();
    }

    @Override
    public void broken() {
        broken = true;
        over.countDown();
    }

    @Override
    public void refuse(Rejection rejection) {
        refusal = rejection;
        over.countDown();
    }

    /** Waits until it is over. */
    public Answered done() throws InterruptedException {
        if (!over.await(20, TimeUnit.SECONDS)) {
            throw new AssertionError("It is not over");
        }
        return this;
    }

    public synchronized int size() {
        return bytes.size();
    }

    public synchronized String body() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
