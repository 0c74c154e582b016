package io.thespace.plugin.api;

import java.nio.file.Path;

/**
 * An uploaded file, available until the call ends.
 *
 * @param fileName the client's name for it; for display, never to be used as a path
 * @param file the path of its content
 * @param sha256 of its content, in hexadecimal
 */
public record Upload(String fileName, Path file, String sha256) {}
