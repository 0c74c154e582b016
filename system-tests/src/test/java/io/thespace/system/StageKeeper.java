package io.thespace.system;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Ends the stage when the last test of this process is over. */
public final class StageKeeper implements LauncherSessionListener {

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        try {
            Stage.end();
        } catch (Exception e) {
            throw new IllegalStateException("The stage does not end orderly", e);
        }
    }
}
