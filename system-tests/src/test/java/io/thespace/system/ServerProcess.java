package io.thespace.system;

import java.nio.file.Path;

/** The server of an instance as the operating system sees it. */
final class ServerProcess {

    private ServerProcess() {}

    /** The process whose command line names the instance's home. */
    static long pid(Path home) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(home.toString())
                        && process.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElseThrow()
                .pid();
    }
}
