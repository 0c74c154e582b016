package io.thespace.benchmark;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Transfers over one connection. */
final class HttpClient implements Load.Client {

    private final Accounts accounts;
    private final Accounts.Spread spread;
    private final String head;
    private final HttpConnection connection;

    HttpClient(URI base, String token, Accounts accounts, Accounts.Spread spread) throws IOException {
        this.accounts = accounts;
        this.spread = spread;
        this.head = "POST /api/plugins/financial_business/transfer HTTP/1.1\r\nHost: " + base.getAuthority()
                + "\r\nAuthorization: Bearer " + token + "\r\nContent-Type: application/json\r\n";
        this.connection = new HttpConnection(base);
    }

    @Override
    public void once() throws IOException {
        UUID[] pair = accounts.pair(spread);
        String body = "{\"from_account_id\":\"%s\",\"to_account_id\":\"%s\",\"amount\":0.01,\"currency\":\"USD\"}"
                .formatted(pair[0], pair[1]);
        connection.exchange((head + "Idempotency-Key: " + UUID.randomUUID() + "\r\nContent-Length: " + body.length()
                        + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
