package io.thespace.benchmark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One of the servers that a benchmark compares.
 *
 * @param name as printed in the output
 * @param address its base URL
 * @param process its process, including child processes
 * @param ours whether the benchmark started the process and has to stop it
 */
record Contender(String name, URI address, ProcessHandle process, boolean ours) implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(90);
    private static final Pattern HELD = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final int LOOK_MILLIS = 200;

    /** A process that was just started, as soon as it takes connections. */
    static Contender started(String name, int port, Process process) throws IOException, InterruptedException {
        Contender contender = new Contender(name, URI.create("http://127.0.0.1:" + port), process.toHandle(), true);
        // Also stop the processes when the benchmark is interrupted.
        Runtime.getRuntime().addShutdownHook(new Thread(contender::close));
        long end = System.nanoTime() + START.toNanos();
        while (!listens(port)) {
            if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IOException(name + " ended with " + process.exitValue());
            }
            if (System.nanoTime() > end) {
                contender.close();
                throw new IOException(name + " takes no connections after " + START.toSeconds() + " s");
            }
        }
        return contender;
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** The CPU time of its processes so far. */
    Duration computed() {
        return processes()
                .flatMap(one -> one.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** The resident memory of its processes, in bytes; Linux only. */
    long resident() throws IOException {
        long kibibytes = 0;
        for (ProcessHandle one : processes().toList()) {
            Matcher held = HELD.matcher(Files.readString(Path.of("/proc/" + one.pid() + "/status")));
            kibibytes += held.find() ? Long.parseLong(held.group(1)) : 0;
        }
        return kibibytes * 1024;
    }

    private Stream<ProcessHandle> processes() {
        return Stream.concat(Stream.of(process), process.descendants());
    }

    @Override
    public void close() {
        if (ours) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }
}
