package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.VirtualMachine;
import io.thespace.launcher.Instance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.Test;

/**
 * Threads' buffers for large responses stay far below the limit of the server's memory outside its heap. Uses a
 * separate server, since the measurement opens a port which stays open.
 */
@OwnServers
class BufferMemoryIT {

    private static final int CLIENTS = 64;
    private static final int ANSWERS = 10;
    private static final long LIMIT_SECONDS = 300;

    /** Half of {@code -XX:MaxDirectMemorySize}. */
    private static final long MOST_BYTES = 64 << 20;

    @Test
    void largeAnswersToManyClientsLeaveRoom() throws Exception {
        Path folder = Stage.temporaryFolder();
        try (Stores stores = Stores.start(folder.resolve("stores"))) {
            Map<String, String> settings = Stage.settings(folder.resolve("node"));
            settings.putAll(stores.settings());
            Instance instance = Instance.of(settings);
            try (Node node = new Node(instance, Stage.KIND).started()) {
                readAtOnce(node.space().anonymous());

                assertThat(directBytes(instance)).isLessThan(MOST_BYTES);
            }
        } finally {
            Stage.clear(folder);
        }
    }

    private static void readAtOnce(Caller anyone) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<Answer>> answers = new ArrayList<>();
            for (int i = 0; i < CLIENTS * ANSWERS; i++) {
                answers.add(threads.submit(() -> anyone.get("/api/openapi")));
            }
            for (Future<Answer> answer : answers) {
                assertThat(answer.get(LIMIT_SECONDS, TimeUnit.SECONDS).is(200).body())
                        .hasSizeGreaterThan(500_000);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @SuppressWarnings("BanJNDI") // the other side is the server that these tests started
    private static long directBytes(Instance instance) throws Exception {
        long server = ServerProcess.pid(instance.home());
        VirtualMachine machine = VirtualMachine.attach(Long.toString(server));
        try (JMXConnector connector =
                JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()))) {
            MBeanServerConnection beans = connector.getMBeanServerConnection();
            return (Long) beans.getAttribute(new ObjectName("java.nio:type=BufferPool,name=direct"), "MemoryUsed");
        } finally {
            machine.detach();
        }
    }
}
