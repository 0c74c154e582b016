package io.thespace.system;

import io.thespace.configuration.Key;
import io.thespace.launcher.Instance;
import io.thespace.launcher.Postgres;
import io.thespace.launcher.Redis;
import java.nio.file.Path;
import java.util.Map;

/** A PostgreSQL and a Redis of these tests' own. */
final class Stores implements AutoCloseable {

    private final Postgres postgres;
    private final Redis redis;

    private Stores(Postgres postgres, Redis redis) {
        this.postgres = postgres;
        this.redis = redis;
    }

    static Stores start(Path home) {
        Instance instance = Instance.of(Stage.settings(home));
        Stores stores = new Stores(instance.postgres(), instance.redis());
        // They outlive the process that started them, also when the tests are interrupted.
        Runtime.getRuntime().addShutdownHook(new Thread(stores::close));
        stores.postgres.start();
        stores.redis.start();
        return stores;
    }

    Postgres postgres() {
        return postgres;
    }

    Redis redis() {
        return redis;
    }

    /** Where an instance finds them. */
    Map<String, String> settings() {
        return Map.of(Key.DATABASE_URL.name(), postgres.url(), Key.REDIS_URL.name(), redis.url());
    }

    @Override
    public void close() {
        try {
            redis.stop();
        } finally {
            postgres.stop();
        }
    }
}
