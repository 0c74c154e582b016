package io.thespace.system;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One node of the product, as its clients see it. */
final class Space {

    private final URI base;
    private final Map<String, Caller> signedIn = new ConcurrentHashMap<>();

    Space(URI base) {
        this.base = base;
    }

    URI base() {
        return base;
    }

    /** Somebody without a token. */
    Caller anonymous() {
        return new Caller(base, Map.of());
    }

    /** Signs in anew. */
    Caller signIn(String email, String password) {
        return anonymous().withToken(login(email, password).is(200).text("access_token"));
    }

    /** What signing in answers. */
    Answer login(String email, String password) {
        return anonymous().post("/api/auth/login", "email", email, "password", password);
    }

    /** A person, signed in before or now. */
    Caller as(Person person) {
        return signedIn.computeIfAbsent(person.email(), email -> signIn(email, Fixtures.PASSWORD));
    }
}
