package io.thespace.jaxrs;

import io.thespace.plugin.api.Upload;

/**
 * A body as it was sent, for an endpoint that decodes it itself.
 *
 * @param json the JSON, or the fields of a form
 * @param upload the form's file; null without one
 */
@SuppressWarnings("ArrayRecordComponent") // read once, compared never
public record SentBody(byte[] json, Upload upload) {

    static final SentBody NONE = new SentBody(new byte[0], null);
}
