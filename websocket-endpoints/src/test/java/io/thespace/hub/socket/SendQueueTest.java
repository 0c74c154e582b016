package io.thespace.hub.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.hub.node.Closing;
import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SendQueueTest {

    private static final String FRAME = "x".repeat(10);

    private final Backlog backlog = new Backlog(30);

    /** A client that takes a frame when the test says so. */
    private final class Client {

        private final Deque<SendHandler> taking = new ArrayDeque<>();
        private final AtomicInteger lost = new AtomicInteger();
        private int code;
        private final SendQueue queue;

        private Client() {
            RemoteEndpoint.Async remote = answering(RemoteEndpoint.Async.class, (name, arguments) -> {
                if (name.equals("sendText")) {
                    taking.add((SendHandler) arguments[1]);
                }
                return null;
            });
            Session session = answering(Session.class, (name, arguments) -> {
                if (name.equals("close")) {
                    code = ((CloseReason) arguments[0]).getCloseCode().getCode();
                }
                return name.equals("getAsyncRemote") ? remote : null;
            });
            queue = new SendQueue(session, backlog, Runnable::run, lost::incrementAndGet);
        }

        /** Sends one that is on its way at once, and others that wait. */
        private Client with(int waiting) {
            for (int i = 0; i <= waiting; i++) {
                queue.send(FRAME);
            }
            return this;
        }

        private void takes() {
            taking.remove().onResult(new SendResult());
        }
    }

    private interface Answer {
        Object to(String name, Object[] arguments);
    }

    private static <T> T answering(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer.to(method.getName(), arguments)));
    }

    @Test
    void aNodeThatHoldsTooMuchEndsWhoeverLetsMoreWait() {
        Client slow = new Client().with(4);
        assertThat(slow.code).isZero();

        Client other = new Client().with(1);
        assertThat(other.code).isZero();
        other.queue.send(FRAME);
        assertThat(other.lost).hasValue(1);
        other.takes();
        assertThat(other.code).isEqualTo(4429);

        slow.queue.send(FRAME);
        slow.takes();
        assertThat(slow.code).isEqualTo(4429);
        // Their memory is released.
        assertThat(new Client().with(3).code).isZero();
    }

    @Test
    void whatIsTakenIsHeldNoLonger() {
        Client reading = new Client().with(4);
        for (int i = 0; i < 4; i++) {
            reading.takes();
        }
        assertThat(reading.taking).hasSize(1);
        assertThat(new Client().with(4).code).isZero();
    }

    @Test
    void theReasonOfTheEndFollowsTheFrameOnItsWay() {
        Client slow = new Client().with(1);
        slow.queue.close(Closing.AUTHENTICATION, "Sign in again.");
        slow.queue.close(Closing.TOO_FAST, "You read too slowly.");
        assertThat(slow.code).isZero();
        slow.takes();
        assertThat(slow.code).isEqualTo(Closing.AUTHENTICATION.code());
        assertThat(slow.taking).isEmpty();

        Client idle = new Client();
        idle.queue.close(Closing.AUTHENTICATION, "Sign in again.");
        assertThat(idle.code).isEqualTo(Closing.AUTHENTICATION.code());
    }

    @Test
    void whoNeverTakesItIsCutOff() {
        Client slow = new Client().with(1);
        slow.queue.close(Closing.TOO_FAST, "You read too slowly.");
        slow.taking.remove().onResult(new SendResult(new IOException("It takes too long")));
        assertThat(slow.code).isEqualTo(CloseReason.CloseCodes.UNEXPECTED_CONDITION.getCode());
    }
}
