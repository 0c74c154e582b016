package io.thespace.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.exc.StreamReadException;

/** A well-formed JSON text holds a value that PostgreSQL cannot store, or Java cannot represent. */
public final class UnstorableValueException extends StreamReadException {

    private static final long serialVersionUID = 1L;

    private final String field;

    UnstorableValueException(JsonParser parser, String field, String message) {
        super(parser, message);
        this.field = field;
    }

    /** The path of the value, such as {@code steps[0].name}; empty for the whole text. */
    public String field() {
        return field;
    }

    @Override
    public StreamReadException withParser(JsonParser parser) {
        _processor = parser;
        return this;
    }

    @Override
    public StreamReadException withRequestPayload(com.fasterxml.jackson.core.util.RequestPayload payload) {
        _requestPayload = payload;
        return this;
    }
}
