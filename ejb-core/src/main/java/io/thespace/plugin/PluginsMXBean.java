package io.thespace.plugin;

import java.util.List;

/** The plugins of this node for a server's console (JMX): {@code io.thespace:type=Plugins}. */
public interface PluginsMXBean {

    /** A plugin: its state is as wished, or {@code failed} when it does not answer on this node; then it has a reason. */
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
     * @return how it is then, or why not
     */
    String enable(String pluginId);

    /**
     * Disables a plugin on all nodes; its data stays.
     *
     * @return how it is then, or why not
     */
    String disable(String pluginId);
}
