package io.thespace.configuration;

import java.util.List;

/** Settings that stop the start; each problem is a sentence that names its key. */
public final class InvalidConfiguration extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidConfiguration(List<String> problems) {
        super(String.join("\n", problems));
    }
}
