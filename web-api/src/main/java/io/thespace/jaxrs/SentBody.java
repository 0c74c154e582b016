package io.thespace.jaxrs;

import io.thespace.plugin.api.Upload;

/**
 * A body as it was sent, for an endpoint that decodes it itself.
 *
 * @param json of a form its fields
 * @param upload the form's file; null when none came
 */
@SuppressWarnings("ArrayRecordComponent") // read once, compared never
public record SentBody(byte[] json, Upload upload) {

    static final SentBody NONE = new SentBody(new byte[0], null);
}
