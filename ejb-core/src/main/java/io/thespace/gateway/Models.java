package io.thespace.gateway;

import io.thespace.audit.AuditDraft;
import io.thespace.identity.Sealing;
import io.thespace.log.Log;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.FieldError;
import io.thespace.plugin.api.Rejection;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;

/** The models that the gateway may ask, as platform administrators wish them. */
@Stateless
public class Models {

    private static final Log LOG = Log.of(Models.class);

    /** It bounds what each node holds and resolves. */
    static final int MOST = 100;

    @PersistenceContext(unitName = "core")
    EntityManager em;

    private Event<RoutesChanged> changes;
    private AddressRule addresses;
    private Sealing sealing;

    @Inject
    void use(Event<RoutesChanged> told, AddressRule rule, Sealing seal) {
        changes = told;
        addresses = rule;
        sealing = seal;
    }

    /** All models, by name. */
    public List<ModelView> list(Actor actor) {
        return rows().stream().map(Model::view).toList();
    }

    /** All of them with their sealed keys, for the node that asks them. */
    public List<SealedModel> all(Actor actor) {
        return rows().stream().map(Model::sealed).toList();
    }

    private List<Model> rows() {
        return em.createQuery("select m from Model m order by m.name", Model.class)
                .setMaxResults(MOST)
                .getResultList();
    }

    /**
     * One model.
     *
     * @throws Rejection {@code MODEL_NOT_FOUND}
     */
    public ModelView find(Actor actor, String name) {
        return model(name).view();
    }

    /**
     * Adds a model.
     *
     * @throws Rejection {@code INVALID_MODEL}, {@code MODEL_TAKEN}, {@code TOO_MANY_MODELS}, {@code SEALING_KEY_UNUSABLE}
     */
    public ModelView create(Actor actor, ModelOrder order) {
        ModelOrder complete = order.checked(addresses).complete();
        revise();
        refuseUnknownFallback(complete);
        if (em.find(Model.class, complete.name()) != null) {
            throw Rejection.of(
                    GatewayError.MODEL_TAKEN,
                    "name",
                    "There is a model %s. Change that one, or choose another name.".formatted(complete.name()));
        }
        if (em.createQuery("select count(m) from Model m", Long.class).getSingleResult() >= MOST) {
            throw new Rejection(
                    GatewayError.TOO_MANY_MODELS,
                    "There are %d models, as many as there may be. Delete one that is not needed.".formatted(MOST));
        }
        Model model = new Model(complete, sealed(complete, order.apiKey(), null), Instant.now());
        em.persist(model);
        audit(null, model.view());
        return model.view();
    }

    /**
     * Puts another model in a model's place, with the same name.
     *
     * @throws Rejection {@code INVALID_MODEL}, {@code MODEL_NOT_FOUND}, {@code SEALING_KEY_UNUSABLE}
     */
    public ModelView change(Actor actor, String name, ModelOrder order) {
        ModelOrder complete = order.checked(addresses).complete();
        revise();
        if (!complete.name().equals(name)) {
            throw ModelOrder.invalid(List.of(new FieldError(
                    "name", "must be %s: delete a model to have it under another name".formatted(name))));
        }
        refuseUnknownFallback(complete);
        Model model = model(name);
        ModelView before = model.view();
        if (complete.kind() != before.kind()) {
            throw ModelOrder.invalid(List.of(new FieldError(
                    "kind", "must stay %s".formatted(before.kind().words()))));
        }
        model.become(complete, sealed(complete, order.apiKey(), model), Instant.now());
        audit(before, model.view());
        return model.view();
    }

    /**
     * Takes a model away.
     *
     * @throws Rejection {@code MODEL_NOT_FOUND}, {@code MODEL_NEEDED}
     */
    public void delete(Actor actor, String name) {
        revise();
        Model model = model(name);
        rows().stream()
                .map(Model::view)
                .filter(view -> name.equals(view.fallback()))
                .findFirst()
                .ifPresent(view -> {
                    throw new Rejection(
                            GatewayError.MODEL_NEEDED,
                            "The model %s falls back to this one. Change that one first.".formatted(view.name()));
                });
        em.remove(model);
        audit(model.view(), null);
    }

    private byte[] sealed(ModelOrder complete, String apiKey, Model before) {
        LiveUpstream server = new LiveUpstream(UpstreamOrder.to(complete.baseUrl()));
        if (apiKey == null) {
            if (before == null || before.sealedKey() == null) {
                return null;
            }
            if (!new LiveUpstream(UpstreamOrder.to(before.view().baseUrl()))
                    .origin()
                    .equals(server.origin())) {
                throw ModelOrder.invalid(List.of(new FieldError(
                        "api_key", "must be said again, or be empty: base_url leads to another server than before")));
            }
            return before.sealedKey();
        } else if (apiKey.isEmpty()) {
            return null;
        }
        try {
            return sealing.seal(apiKey, SealedModel.place(complete.name(), server));
        } catch (IllegalStateException e) {
            LOG.error("An API key cannot be sealed", e);
            throw new Rejection(GatewayError.SEALING_KEY_UNUSABLE, e.getMessage());
        }
    }

    /** One change after the other, as with routes: a fallback must not go while somebody comes to need it. */
    private void revise() {
        em.createNativeQuery("update core.gateway_revision set revision = revision + 1")
                .executeUpdate();
        changes.fire(new RoutesChanged());
    }

    private void refuseUnknownFallback(ModelOrder order) {
        if (order.fallback() == null) {
            return;
        }
        Model fallback = em.find(Model.class, order.fallback());
        if (fallback == null) {
            throw ModelOrder.invalid(
                    List.of(new FieldError("fallback", "must be a model, and there is no " + order.fallback())));
        }
        if (fallback.view().kind() != order.kind()) {
            throw ModelOrder.invalid(List.of(new FieldError(
                    "fallback", "must be %s".formatted(order.kind().words()))));
        }
    }

    private Model model(String name) {
        Model model = em.find(Model.class, name);
        if (model == null) {
            throw new Rejection(GatewayError.MODEL_NOT_FOUND, "There is no model with this name.");
        }
        return model;
    }

    private static void audit(ModelView before, ModelView after) {
        AuditDraft.current().ifPresent(draft -> draft.changed(before, after));
    }
}
