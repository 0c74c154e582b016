package io.thespace.privacy;

import io.thespace.log.Log;
import io.thespace.plugin.PluginPersonalData;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PersonalData;
import io.thespace.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/** Everything that holds something about people: the platform's capabilities and the plugins that run on this node. */
@ApplicationScoped
class PersonalSources {

    private static final String CORE = "io.thespace.";

    /** Processed last: an erased user's account leads to their other data. */
    private static final String LAST = "identity";

    @Inject
    @Any
    Instance<PersonalData> capabilities;

    @Inject
    PluginPersonalData plugins;

    /** Something that holds data about people. */
    interface Source {

        /** The capability's word or the plugin's id. */
        String name();

        /**
         * Queries the source where its code runs, with the actor's tenant bound.
         *
         * @throws ExecutionException wrapping an exception of a plugin
         */
        <T> T ask(Actor actor, Function<PersonalData, T> question, Duration within) throws ExecutionException;
    }

    private record Capability(String name, PersonalData people) implements Source {

        @Override
        public <T> T ask(Actor actor, Function<PersonalData, T> question, Duration within) {
            return inside(actor, question, people);
        }
    }

    private record PluginSource(String name, PluginPersonalData plugins) implements Source {

        @Override
        public <T> T ask(Actor actor, Function<PersonalData, T> question, Duration within) throws ExecutionException {
            return plugins.ask(name, people -> inside(actor, question, people), within);
        }
    }

    List<Source> all() {
        List<Source> sources = new ArrayList<>();
        for (Instance.Handle<PersonalData> handle : capabilities.handles()) {
            String word = handle.getBean().getBeanClass().getPackageName();
            sources.add(new Capability(word.startsWith(CORE) ? word.substring(CORE.length()) : word, handle.get()));
        }
        for (String plugin : plugins.reachable()) {
            sources.add(new PluginSource(plugin, plugins));
        }
        sources.sort(Comparator.comparing((Source source) -> source.name().equals(LAST))
                .thenComparing(Source::name));
        return sources;
    }

    /** Data for which none of the queried sources is responsible, with the actor's tenant bound. */
    @SuppressWarnings("try") // the tenant is bound as long as it is open
    List<PluginPersonalData.Unreachable> unreachable(Actor actor, List<Source> asked) {
        try (Tenant tenant = Tenant.bind(actor.orgId())) {
            return plugins.unreachable(asked.stream().map(Source::name).toList());
        }
    }

    /** The removed plugins whose exported data is still kept. */
    List<String> exported() {
        return plugins.exported();
    }

    @SuppressWarnings("try") // the tenant is bound as long as it is open
    private static <T> T inside(Actor actor, Function<PersonalData, T> question, PersonalData people) {
        Log.actor(actor);
        try (Tenant tenant = Tenant.bind(actor.orgId())) {
            return question.apply(people);
        } finally {
            Log.actor(null);
        }
    }
}
