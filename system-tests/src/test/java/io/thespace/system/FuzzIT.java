package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * No request, however absurd, causes a 5xx, HTML, a class name or a lost connection. More requests, or others:
 * {@code -Dspace.fuzz.requests=50000 -Dspace.fuzz.seed=7}.
 */
class FuzzIT {

    private static final int REQUESTS = Integer.getInteger("space.fuzz.requests", 4_000);
    private static final long SEED = Long.getLong("space.fuzz.seed", 1);
    private static final int THREADS = 8;

    /** Operations that would end the caller's sign-in, or affect data of other tests. */
    private static final Set<String> LEFT_OUT = Set.of(
            "POST /api/auth/logout",
            "POST /api/control-center/plugins/install",
            "POST /api/control-center/plugins/disable",
            "DELETE /api/control-center/plugins/uninstall");

    private final Stage stage = Stage.shared();
    private final Caller admin = stage.space()
            .as(stage.fixtures().admin(stage.fixtures().organization()))
            .from("198.51.100.66");

    /** Other tests expect that the gateway has only what they gave it. */
    @AfterEach
    void removeWhatTheGatewayGot() {
        remove("/api/control-center/gateway/models", "name");
        remove("/api/control-center/gateway/routes", "id");
    }

    private void remove(String path, String key) {
        for (JsonNode one : admin.get(path).is(200).json()) {
            admin.call("DELETE", path + "/" + one.path(key).asText());
        }
    }

    @Test
    void absurdRequestsAreRefused() throws Exception {
        List<Operation> operations = Operation.all(stage.space()).stream()
                .filter(operation -> !LEFT_OUT.contains(operation.toString()))
                .toList();

        List<String> faults = new Fuzzer(admin, operations, SEED).run(REQUESTS, THREADS);

        assertThat(faults).as("seed %d, %d requests", SEED, REQUESTS).isEmpty();
    }
}
