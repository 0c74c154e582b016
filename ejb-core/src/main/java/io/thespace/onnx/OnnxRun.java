package io.thespace.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.thespace.log.Log;

/** One run of a model, which another thread may cancel. */
final class OnnxRun {

    private static final Log LOG = Log.of(OnnxRun.class);

    private OrtSession.RunOptions options; // guarded by this, as the next
    private boolean terminated;

    /** Begins the run and returns the options by which the runtime can be stopped. */
    synchronized OrtSession.RunOptions begin() throws OrtException {
        options = new OrtSession.RunOptions();
        options.setTerminate(terminated);
        return options;
    }

    /** Has the run fail at its next operator; of a run that is over nothing. */
    synchronized void terminate() {
        terminated = true;
        if (options != null) {
            try {
                options.setTerminate(true);
            } catch (OrtException e) {
                LOG.warning("A run of an ONNX model cannot be ended", "cause", String.valueOf(e.getMessage()));
            }
        }
    }

    synchronized void end() {
        if (options != null) {
            options.close();
            options = null;
        }
    }
}
