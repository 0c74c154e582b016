package io.thespace.plugin.api;

import java.nio.file.Path;

/**
 * An uploaded file, available until the call ends.
 *
 * @param fileName as the client named it; to be shown, never to be used as a path
 * @param file where its content lies
 * @param sha256 of its content, in hexadecimal
 */
public record Upload(String fileName, Path file, String sha256) {}
