package io.thespace.privacy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.thespace.identity.key.Signatures;
import io.thespace.json.Json;
import io.thespace.log.Log;
import io.thespace.plugin.PluginPersonalData;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.PersonalData.Subject;
import io.thespace.plugin.api.Rejection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

/** Verifies an erasure: counts in every store through its {@code PersonalData}, and searches every table. */
@ApplicationScoped
public class Verifications {

    private static final Log LOG = Log.of(Verifications.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private DataRequests requests;
    private DataRequestSteps steps;
    private PersonalSources sources;
    private Signatures signatures;

    Verifications() {}

    @Inject
    Verifications(DataRequests requests, DataRequestSteps steps, PersonalSources sources, Signatures signatures) {
        this.requests = requests;
        this.steps = steps;
        this.sources = sources;
        this.signatures = signatures;
    }

    /** The signed statement. */
    private record Statement(String iss, long iat, UUID sub, boolean absent, List<StoreView> stores, int searched) {}

    /**
     * Searches for the subject of an erasure.
     *
     * @throws Rejection {@code DATA_REQUEST_NOT_FOUND}, {@code NOT_COMPLETED}, {@code NOT_AN_ERASURE}, {@code
     *     IDENTIFIER_NEEDED}, {@code IDENTIFIER_WRONG}
     */
    public VerificationView verify(Actor actor, UUID id, VerificationOrder order) {
        Subject subject = requests.erased(actor, id, order.identifier());
        List<StoreView> found = new ArrayList<>();
        List<PersonalSources.Source> all = sources.all();
        for (PersonalSources.Source source : all) {
            look(actor, subject, source, found);
        }
        for (PluginPersonalData.Unreachable plugin : sources.unreachable(actor, all)) {
            found.add(left(plugin.plugin(), DataRequestSteps.ALL, 0, plugin.advice()));
        }
        int searched = subject.identifier() == null ? 0 : search(actor, subject.identifier(), found);
        boolean absent = found.stream().allMatch(store -> store.outcome().equals("kept"));
        Instant now = Instant.now();
        Statement statement = new Statement(signatures.issuer(), now.getEpochSecond(), id, absent, found, searched);
        try {
            String jws = signatures.sign("data-request-verification", Json.MAPPER.writeValueAsString(statement));
            return new VerificationView(id, now, absent, found, searched, jws);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A record of texts and numbers is JSON", e);
        }
    }

    private void look(Actor actor, Subject subject, PersonalSources.Source source, List<StoreView> found) {
        try {
            Map<String, String> kept = source.ask(actor, people -> people.kept(), PATIENCE);
            source.ask(actor, people -> steps.count(actor, subject, people), PATIENCE)
                    .forEach((store, rows) -> found.add(
                            kept.containsKey(store)
                                    ? new StoreView(source.name(), store, rows, 0, rows, "kept", kept.get(store))
                                    : left(
                                            source.name(),
                                            store,
                                            rows,
                                            "Something is there again. Make another request.")));
        } catch (ExecutionException | RuntimeException e) {
            LOG.error("Store could not be read", e, "source", source.name());
            found.add(left(
                    source.name(), DataRequestSteps.ALL, 0, "The store could not be read; the log has the cause."));
        }
    }

    private int search(Actor actor, String identifier, List<StoreView> found) {
        int searched = 0;
        for (DataRequestSteps.Table table : steps.tables(actor)) {
            String name = table.schema() + "." + table.name();
            if (DataRequestWork.UNSEARCHED.contains(name)) {
                continue;
            }
            try {
                long traces = steps.traces(actor, table, identifier);
                searched++;
                if (traces > 0) {
                    found.add(left(DataRequestSteps.SEARCH, name, traces, "These rows hold the identifier."));
                }
            } catch (RuntimeException e) {
                LOG.error("A table could not be searched", e, "table", name);
                found.add(left(
                        DataRequestSteps.SEARCH, name, 0, "The table could not be searched; the log has the cause."));
            }
        }
        return searched;
    }

    private static StoreView left(String source, String store, long rows, String note) {
        return new StoreView(source, store, rows, 0, rows, "left", note);
    }
}
