package io.thespace.plugin;

import io.thespace.audit.AuditAfterwards;
import io.thespace.audit.AuditDraft;
import io.thespace.audit.AuditedAnswer;
import io.thespace.endpoint.Failures;
import io.thespace.log.Log;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import jakarta.enterprise.concurrent.ContextService;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/** Lists, enables and disables plugins over JMX. Access to the server's console is sufficient. */
final class PluginsConsole implements PluginsMXBean {

    private static final Log LOG = Log.of(PluginsConsole.class);
    private static final String NAME = "io.thespace:type=Plugins";

    private final Plugins plugins;
    private final ControlCenter controlCenter;
    private final AuditAfterwards audit;

    PluginsConsole(Plugins plugins, ControlCenter controlCenter, AuditAfterwards audit) {
        this.audit = audit;
        this.plugins = plugins;
        this.controlCenter = controlCenter;
    }

    /**
     * Puts it into the server's console, instead of one that an undeployment left.
     *
     * @param contexts gives the console's threads, which belong to the server, the place of this application's
     */
    void open(ContextService contexts) {
        try {
            close();
            PluginsMXBean here = contexts.createContextualProxy(this, PluginsMXBean.class);
            ManagementFactory.getPlatformMBeanServer()
                    .registerMBean(new StandardMBean(here, PluginsMXBean.class, true), new ObjectName(NAME));
        } catch (JMException e) {
            LOG.warning("MXBean of plugins could not be registered", "cause", e);
        }
    }

    void close() {
        try {
            ObjectName name = new ObjectName(NAME);
            if (ManagementFactory.getPlatformMBeanServer().isRegistered(name)) {
                ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
            }
        } catch (JMException e) {
            LOG.warning("MXBean of plugins could not be unregistered", "cause", e);
        }
    }

    @Override
    public List<Line> getPlugins() {
        return plugins.list().stream()
                .map(plugin -> new Line(
                        plugin.id(),
                        plugin.version(),
                        plugin.state(),
                        plugin.state().equals(PluginState.FAILED.text())
                                ? String.valueOf(plugins.health(plugin.id()).reason())
                                : ""))
                .toList();
    }

    @Override
    public String enable(String pluginId) {
        return change("enable", pluginId, (actor, request) -> controlCenter.enable(actor, request));
    }

    @Override
    public String disable(String pluginId) {
        return change("disable", pluginId, (actor, request) -> controlCenter.disable(actor, request));
    }

    /** An operation on a plugin. */
    @FunctionalInterface
    private interface Change {
        InstalledPluginView apply(Actor actor, SwitchRequest request) throws IOException;
    }

    @SuppressWarnings("try") // the draft is bound as long as it is open
    private String change(String operation, String pluginId, Change change) {
        Actor actor = Actor.platform(null, "jmx-" + UUID.randomUUID());
        // No credentials stand behind it but those of the server's console.
        AuditDraft draft = new AuditDraft(
                actor, "JMX", NAME + "/" + operation, "plugins", null, Map.of("plugin_id", String.valueOf(pluginId)));
        try (AuditDraft.Scope scope = AuditDraft.bind(draft)) {
            InstalledPluginView view = change.apply(actor, new SwitchRequest(pluginId, null));
            audit.done(draft, new AuditedAnswer(null, false, null));
            LOG.info(
                    "Plugin was switched over JMX",
                    "plugin",
                    view.id(),
                    "operation",
                    operation,
                    "request_id",
                    actor.requestId());
            return "%s %s is %s".formatted(view.id(), view.version(), view.state());
        } catch (Rejection e) {
            audit.refused(draft, e);
            return e.getMessage();
        } catch (IOException | RuntimeException e) {
            Rejection failure = Failures.rejection(e);
            audit.refused(draft, failure);
            LOG.error("Plugin could not be switched over JMX", e, "plugin", pluginId);
            return "The operation failed; the log has the cause under request id " + actor.requestId() + ".";
        }
    }
}
