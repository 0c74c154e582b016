package io.thespace.event.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.event.EventsAccess;
import io.thespace.identity.Fired;
import jakarta.enterprise.inject.Instance;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The thread that finds what is to be delivered. */
class EventRelayTest {

    private static final long LIMIT_SECONDS = 30;

    @Test
    void anErrorEndsNoDeliveries() throws Exception {
        CountDownLatch looks = new CountDownLatch(2);
        EventRelay relay = new EventRelay();
        set(relay, "pending", EventsAccess.nonePending());
        set(relay, "readable", new Fired<EventsSequenced>());
        set(relay, "capabilities", none());
        set(relay, "deliveries", new Deliveries() {
            @Override
            int sequence(int limit) {
                looks.countDown();
                if (looks.getCount() > 0) {
                    throw new LinkageError("A class is missing");
                }
                return 0;
            }
        });
        relay.start(Executors.defaultThreadFactory());
        try {
            assertThat(looks.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            relay.stop();
        }
    }

    private static Object none() {
        return Proxy.newProxyInstance(
                EventRelayTest.class.getClassLoader(), new Class<?>[] {Instance.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("iterator")) {
                        return Collections.emptyIterator();
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    /** Sets a field that a server injects. */
    private static void set(EventRelay relay, String field, Object value) throws ReflectiveOperationException {
        Field injected = EventRelay.class.getDeclaredField(field);
        injected.setAccessible(true);
        injected.set(relay, value);
    }
}
