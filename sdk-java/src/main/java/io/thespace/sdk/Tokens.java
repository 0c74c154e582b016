package io.thespace.sdk;

import java.util.Map;
import java.util.UUID;

/** {@code /management/v1/tokens}. */
public final class Tokens {

    private static final String PATH = "/tokens";

    private final Transport transport;

    Tokens(Transport transport) {
        this.transport = transport;
    }

    /** The newest first, revoked and expired ones too. */
    public Listing<Token> list() {
        return new Listing<>(transport, PATH, Token.class);
    }

    /** Makes a token. If its answer is lost, revoke it and make another: its text cannot be read again. */
    public NewToken create(TokenOrder order) {
        return transport.postOnce(PATH, order, NewToken.class);
    }

    public Token get(UUID id) {
        return transport.get(PATH + "/" + id, Token.class);
    }

    /** Revokes a token for ever, on every node within a second. */
    public void revoke(UUID id, String reason) {
        transport.delete(PATH + "/" + id, Map.of("reason", reason));
    }
}
