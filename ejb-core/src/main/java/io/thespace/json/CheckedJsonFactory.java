package io.thespace.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.DataInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;

/**
 * Makes parsers that refuse numbers which Java cannot represent. If asked to, they also refuse values which PostgreSQL cannot
 * store, or other JSON readers cannot represent, wherever in a text they stand (RFC 8259, sections 6 and 8.2; RFC 7493, sections
 * 2.1 and 2.2).
 */
final class CheckedJsonFactory extends JsonFactory {

    private static final long serialVersionUID = 1L;

    /** Of the decimal exponent: what an IEEE 754 double can represent. */
    private static final int MAX_EXPONENT = 308;

    private final boolean storable;

    /** @param storable whether each value must be one that PostgreSQL can store */
    CheckedJsonFactory(JsonFactoryBuilder builder, boolean storable) {
        super(builder);
        this.storable = storable;
    }

    private CheckedJsonFactory(CheckedJsonFactory other) {
        super(other, null);
        storable = other.storable;
    }

    @Override
    public JsonFactory copy() {
        return new CheckedJsonFactory(this);
    }

    @Override
    protected JsonParser _createParser(InputStream in, IOContext context) throws IOException {
        return new Checked(super._createParser(in, context), storable);
    }

    @Override
    protected JsonParser _createParser(Reader in, IOContext context) throws IOException {
        return new Checked(super._createParser(in, context), storable);
    }

    @Override
    protected JsonParser _createParser(char[] data, int at, int length, IOContext context, boolean recyclable)
            throws IOException {
        return new Checked(super._createParser(data, at, length, context, recyclable), storable);
    }

    @Override
    protected JsonParser _createParser(byte[] data, int at, int length, IOContext context) throws IOException {
        return new Checked(super._createParser(data, at, length, context), storable);
    }

    @Override
    protected JsonParser _createParser(DataInput in, IOContext context) throws IOException {
        return new Checked(super._createParser(in, context), storable);
    }

    /** Checks each scalar and each member's name as it is read. */
    private static final class Checked extends JsonParserDelegate {

        private final boolean storable;

        Checked(JsonParser parser, boolean storable) {
            super(parser);
            this.storable = storable;
        }

        @Override
        public JsonToken nextToken() throws IOException {
            return checked(super.nextToken());
        }

        @Override
        public JsonToken nextValue() throws IOException {
            JsonToken token = nextToken();
            return token == JsonToken.FIELD_NAME ? nextToken() : token;
        }

        private JsonToken checked(JsonToken token) throws IOException {
            if (token == JsonToken.VALUE_NUMBER_FLOAT && !isNaN()) {
                BigDecimal number = number(getText());
                if (storable) {
                    check(number);
                }
            } else if (storable && token == JsonToken.FIELD_NAME) {
                check(currentName());
            } else if (storable && token == JsonToken.VALUE_STRING) {
                check(getText());
            }
            return token;
        }

        private void check(String text) throws UnstorableValueException {
            for (int i = 0; i < text.length(); i++) {
                char one = text.charAt(i);
                if (one == 0) {
                    throw refusal("must not hold a NUL character");
                }
                if (Character.isHighSurrogate(one)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1))) {
                    i++;
                } else if (Character.isSurrogate(one)) {
                    throw refusal("must not hold half of a surrogate pair");
                }
            }
        }

        private BigDecimal number(String text) throws UnstorableValueException {
            try {
                return new BigDecimal(text);
            } catch (NumberFormatException e) {
                // The text is a JSON number; only an exponent beyond an int does not fit.
                throw tooLarge();
            }
        }

        private void check(BigDecimal number) throws UnstorableValueException {
            long exponent = (long) number.precision() - number.scale() - 1;
            if (Math.abs(exponent) > MAX_EXPONENT || Math.abs((long) number.scale()) > MAX_EXPONENT) {
                throw tooLarge();
            }
        }

        private UnstorableValueException tooLarge() {
            int max = storable ? MAX_EXPONENT : Integer.MAX_VALUE;
            return refusal("must not have an exponent beyond %d".formatted(max));
        }

        private UnstorableValueException refusal(String message) {
            return new UnstorableValueException(this, path(getParsingContext()), message);
        }

        private static String path(JsonStreamContext context) {
            if (context == null || context.inRoot()) {
                return "";
            }
            String parent = path(context.getParent());
            if (context.inArray()) {
                return parent + "[" + context.getCurrentIndex() + "]";
            }
            // The name itself may be at fault; then the object that holds it is named.
            String name = context.getCurrentName();
            boolean plain =
                    name != null && name.chars().allMatch(one -> one >= ' ' && !Character.isSurrogate((char) one));
            return !plain ? parent : parent.isEmpty() ? name : parent + "." + name;
        }
    }
}
