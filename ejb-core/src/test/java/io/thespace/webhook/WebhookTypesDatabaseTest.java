package io.thespace.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.identity.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The types of a webhook as the database keeps them. */
class WebhookTypesDatabaseTest {

    @Test
    void asManyAndAsLongTypesAsAWebhookMayHaveAreKept() throws Exception {
        UUID org = UUID.randomUUID();
        UUID id = UUID.randomUUID();
        List<String> types = IntStream.range(0, 100)
                .mapToObj(i -> "t".repeat(98) + "%02d".formatted(i))
                .toList();
        try (TestDatabase database = new TestDatabase(Webhook.class)) {
            database.sql(
                    "insert into core.organizations (id, name, created_at) values ('%s', 'O', now())".formatted(org));
            database.in(org, em -> {
                em.persist(new Webhook(
                        id,
                        org,
                        new WebhookChange("https://hooks.example.org", types, null),
                        new byte[] {1},
                        Instant.now()));
                em.flush();
                return null;
            });

            assertThat(database.<List<String>>in(
                            org, em -> em.find(Webhook.class, id).view().types()))
                    .isEqualTo(types);
        }
    }
}
