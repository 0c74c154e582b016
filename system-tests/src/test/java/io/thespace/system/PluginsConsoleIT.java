package io.thespace.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.tools.attach.VirtualMachine;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.Test;

/** Plugins seen and switched from a JMX console on the server's machine. */
class PluginsConsoleIT {

    private static final String ID = "financial_business";

    private final Stage stage = Stage.shared();

    @Test
    @SuppressWarnings("BanJNDI") // the address is the one that the server under test told
    void pluginsAreSeenAndSwitchedFromAConsole() throws Exception {
        Fixtures fixtures = stage.fixtures();
        Caller user = stage.space().as(fixtures.user(fixtures.organization()));
        VirtualMachine server = VirtualMachine.attach(
                Long.toString(ServerProcess.pid(stage.instance().home())));
        String url;
        try {
            url = server.startLocalManagementAgent();
        } finally {
            server.detach();
        }
        try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(url))) {
            MBeanServerConnection beans = connector.getMBeanServerConnection();
            ObjectName plugins = new ObjectName("io.thespace:type=Plugins");
            assertThat(states(beans, plugins)).containsEntry(ID, "enabled");
            assertThat(invoke(beans, plugins, "disable")).contains("is disabled");
            try {
                assertThat(states(beans, plugins)).containsEntry(ID, "disabled");
                user.get(Business.PATH + "/accounts").refused(404);
            } finally {
                assertThat(invoke(beans, plugins, "enable")).contains("is enabled");
            }
            user.get(Business.PATH + "/accounts").is(200);
            assertThat(beans.invoke(
                            plugins, "enable", new Object[] {"no_such_plugin"}, new String[] {String.class.getName()}))
                    .asString()
                    .contains("There is no plugin");
        }
        Caller admin = stage.space().as(fixtures.admin(fixtures.organization()));
        Patience.within(Duration.ofSeconds(30), () -> {
            JsonNode records = admin.get("/api/control-center/audit-events?scope=platform&source=plugins&limit=100")
                    .is(200)
                    .get("items");
            assertThat(records)
                    .extracting(record -> record.path("method").asText()
                            + " " + record.path("resource").path("plugin_id").asText()
                            + " " + record.path("outcome").asText())
                    .filteredOn(record -> record.startsWith("JMX "))
                    .containsExactlyInAnyOrder(
                            "JMX " + ID + " done", "JMX " + ID + " done", "JMX no_such_plugin refused");
        });
    }

    private static String invoke(MBeanServerConnection beans, ObjectName plugins, String operation) throws Exception {
        return (String) beans.invoke(plugins, operation, new Object[] {ID}, new String[] {String.class.getName()});
    }

    private static Map<String, String> states(MBeanServerConnection beans, ObjectName plugins) throws Exception {
        CompositeData[] lines = (CompositeData[]) beans.getAttribute(plugins, "Plugins");
        return Stream.of(lines)
                .collect(Collectors.toMap(line -> (String) line.get("id"), line -> (String) line.get("state")));
    }
}
