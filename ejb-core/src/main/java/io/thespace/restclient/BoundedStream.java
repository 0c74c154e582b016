package io.thespace.restclient;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Fails a read after a deadline, and one that exceeds a number of bytes. */
final class BoundedStream extends FilterInputStream {

    private final int maxBytes;
    private final long end;
    private long count;

    /** @param end of {@link System#nanoTime} */
    BoundedStream(InputStream in, int maxBytes, long end) {
        super(in);
        this.maxBytes = maxBytes;
        this.end = end;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        check(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = super.read(target, offset, length);
        check(Math.max(0, read));
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        long skipped = super.skip(bytes);
        check(skipped);
        return skipped;
    }

    /** A mark would let bytes be counted twice. */
    @Override
    public boolean markSupported() {
        return false;
    }

    private void check(long more) throws IOException {
        count += more;
        if (count > maxBytes) {
            throw new IOException("The response body exceeds %d bytes.".formatted(maxBytes));
        }
        if (System.nanoTime() - end > 0) {
            throw new IOException("The response body did not end in time.");
        }
    }
}
