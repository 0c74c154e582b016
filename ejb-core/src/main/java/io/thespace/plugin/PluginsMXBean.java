package io.thespace.plugin;

import java.util.List;

/** The plugins of this node for a server's console (JMX): {@code io.thespace:type=Plugins}. */
public interface PluginsMXBean {

    /**
     * A plugin: its state is the desired one, or {@code failed} with a reason when it is not in service on this node.
     */
    final class Line {
        private final String id;
        private final String version;
        private final String state;
        private final String reason;

        Line(String id, String version, String state, String reason) {
            this.id = id;
            this.version = version;
            this.state = state;
            this.reason = reason;
        }

        public String getId() {
            return id;
        }

        public String getVersion() {
            return version;
        }

        public String getState() {
            return state;
        }

        public String getReason() {
            return reason;
        }
    }

    List<Line> getPlugins();

    /**
     * Enables a plugin on all nodes; its permissions must have been granted before.
     *
     * @return its resulting state, or the failure
     */
    String enable(String pluginId);

    /**
     * Disables a plugin on all nodes; its data is kept.
     *
     * @return its resulting state, or the failure
     */
    String disable(String pluginId);
}
