package io.thespace.launcher;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Ensures that only one launcher at a time uses a SPACE_HOME; the operating system releases the lock when that launcher
 * dies.
 */
final class Lock {

    private Lock() {}

    /**
     * Does work while holding the lock.
     *
     * @throws LaunchFailure when another launcher holds it
     */
    static void holding(Path home, Runnable work) {
        Path file = home.resolve("lock");
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new LaunchFailure("Another deploy.sh (process %s) is using %s. Wait until it has finished."
                        .formatted(PrivateFiles.read(file), home));
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(
                    String.valueOf(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
            work.run();
        } catch (IOException e) {
            throw new LaunchFailure("Cannot lock " + file + " (" + e + ").", e);
        }
    }
}
