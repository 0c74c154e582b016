package io.thespace.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A process started by the launcher, identified by more than its number: numbers are reused, and a process of another
 * program must never be stopped.
 *
 * @param pid its number
 * @param startedMillis its start time reported by the operating system
 * @param command the path of its program
 * @param kernelStart on Linux the id of the machine's boot and the clock ticks from there to the process's start;
 *     elsewhere empty
 */
public record RunningProcess(long pid, long startedMillis, String command, String kernelStart) {

    /**
     * Start times are computed from the clock and the ticks since boot, so they may differ a little from read to read.
     * They move when the clock is set, therefore the ticks themselves are compared where they are known.
     */
    private static final long CLOCK_TOLERANCE_MILLIS = 3000;

    /** The number of the field with the start time in /proc/PID/stat, as proc(5) counts them. */
    private static final int STARTTIME = 22;

    /** Returns the process that was just started, with the operating system's data. */
    static RunningProcess of(ProcessHandle handle) {
        return new RunningProcess(
                handle.pid(),
                handle.info().startInstant().orElse(Instant.now()).toEpochMilli(),
                handle.info().command().orElse(""),
                kernelStart(handle.pid()));
    }

    private static String kernelStart(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
            // The program's name, in parentheses, may have spaces and parentheses; field 3 comes after it.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip() + " " + fields[STARTTIME - 3];
        } catch (IOException | IndexOutOfBoundsException e) {
            return "";
        }
    }

    /** The process that was written to a file, if it still runs. */
    static Optional<RunningProcess> load(Path file) {
        String text = PrivateFiles.read(file);
        if (text == null) {
            return Optional.empty();
        }
        Map<String, String> lines = Json.strings(text);
        try {
            RunningProcess process = new RunningProcess(
                    Long.parseLong(lines.getOrDefault("pid", "")),
                    Long.parseLong(lines.getOrDefault("started_millis", "")),
                    lines.getOrDefault("command", ""),
                    lines.getOrDefault("kernel_start", ""));
            return process.handle().isPresent() ? Optional.of(process) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Writes it down, so that a later launcher finds it. */
    void save(Path file) {
        PrivateFiles.write(
                file,
                Json.text(Map.of(
                        "pid",
                        String.valueOf(pid),
                        "started_millis",
                        String.valueOf(startedMillis),
                        "command",
                        command,
                        "kernel_start",
                        kernelStart)));
    }

    private Optional<ProcessHandle> handle() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(found -> {
            // A zombie has no command any more: it is dead, its parent only has not looked yet.
            boolean zombie = found.info().command().isEmpty() && Files.exists(Path.of("/proc/self/stat"));
            return !zombie && startedAsRecorded(found);
        });
    }

    private boolean startedAsRecorded(ProcessHandle found) {
        String now = kernelStart(pid);
        if (!kernelStart.isEmpty() && !now.isEmpty()) {
            return kernelStart.equals(now);
        }
        return found.info()
                .startInstant()
                .map(Instant::toEpochMilli)
                .map(millis -> Math.abs(millis - startedMillis) <= CLOCK_TOLERANCE_MILLIS)
                .orElse(true);
    }

    /** Whether this very process still runs. */
    public boolean alive() {
        return handle().isPresent();
    }

    /** Requests termination, waits, and then kills it. */
    public void stop(Duration limit) {
        handle().ifPresent(ProcessHandle::destroy);
        if (!Await.until(limit, () -> !alive())) {
            kill();
        }
    }

    /** Ends it at once, as {@code kill -9} does. */
    public void kill() {
        handle().ifPresent(ProcessHandle::destroyForcibly);
        if (!Await.until(Duration.ofSeconds(10), () -> !alive())) {
            throw new LaunchFailure("Process " + pid + " does not end.");
        }
    }
}
