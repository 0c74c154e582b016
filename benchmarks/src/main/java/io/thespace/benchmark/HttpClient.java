package io.thespace.benchmark;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Transfers over one kept-alive HTTP/1.1 connection. A bare socket: the client shares the machine with the server. */
final class HttpClient implements Load.Client {

    private final Accounts accounts;
    private final Accounts.Spread spread;
    private final String head;
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    HttpClient(URI base, String token, Accounts accounts, Accounts.Spread spread) throws IOException {
        this.accounts = accounts;
        this.spread = spread;
        this.head = "POST /api/plugins/financial_business/transfer HTTP/1.1\r\nHost: " + base.getAuthority()
                + "\r\nAuthorization: Bearer " + token + "\r\nContent-Type: application/json\r\n";
        this.socket = new Socket(base.getHost(), base.getPort());
        this.socket.setTcpNoDelay(true);
        this.socket.setSoTimeout(20_000);
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    @Override
    public void once() throws IOException {
        UUID[] pair = accounts.pair(spread);
        String body = "{\"from_account_id\":\"%s\",\"to_account_id\":\"%s\",\"amount\":0.01,\"currency\":\"USD\"}"
                .formatted(pair[0], pair[1]);
        out.write((head + "Idempotency-Key: " + UUID.randomUUID() + "\r\nContent-Length: " + body.length() + "\r\n\r\n"
                        + body)
                .getBytes(StandardCharsets.US_ASCII));
        String status = line();
        int length = 0;
        for (String header = line(); !header.isEmpty(); header = line()) {
            if (header.regionMatches(true, 0, "Content-Length:", 0, 15)) {
                length = Integer.parseInt(header.substring(15).strip());
            }
        }
        String answer = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        if (!status.contains(" 200")) {
            throw new IOException(status + " " + answer);
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("The server closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
