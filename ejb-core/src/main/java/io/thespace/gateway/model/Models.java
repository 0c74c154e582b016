package io.thespace.gateway.model;

import io.thespace.audit.AuditDraft;
import io.thespace.gateway.AddressRule;
import io.thespace.gateway.GatewayError;
import io.thespace.gateway.GatewayRoutes;
import io.thespace.gateway.UpstreamOrder;
import io.thespace.gateway.forward.LiveUpstream;
import io.thespace.identity.key.Sealing;
import io.thespace.onnx.OnnxFile;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.FieldError;
import io.thespace.plugin.api.Rejection;
import io.thespace.revision.RevisionChanged;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The registry of models, as configured by platform administrators. */
@Stateless
public class Models {

    /** It bounds what each node holds and resolves. */
    static final int MAX_MODELS = 100;

    @PersistenceContext(unitName = "core")
    EntityManager em;

    private Event<RevisionChanged> changes;
    private AddressRule addresses;
    private Sealing sealing;

    @Inject
    void use(Event<RevisionChanged> told, AddressRule rule, Sealing seal) {
        changes = told;
        addresses = rule;
        sealing = seal;
    }

    /** All models, by name. */
    public List<ModelView> list(Actor actor) {
        Map<String, ModelFile> files = files();
        return rows().stream().map(model -> model.view(files.get(model.name()))).toList();
    }

    /** Returns all models with their encrypted keys, for the node that calls them. */
    public List<SealedModel> all(Actor actor) {
        Map<String, ModelFile> files = files();
        return rows().stream()
                .map(model -> model.sealed(files.get(model.name())))
                .toList();
    }

    private List<Model> rows() {
        return em.createQuery("select m from Model m order by m.name", Model.class)
                .setMaxResults(MAX_MODELS)
                .getResultList();
    }

    /** By the name of their model. */
    private Map<String, ModelFile> files() {
        return em.createQuery("select f from ModelFile f", ModelFile.class)
                .setMaxResults(MAX_MODELS)
                .getResultStream()
                .collect(Collectors.toMap(ModelFile::model, Function.identity()));
    }

    /**
     * Returns a model.
     *
     * @throws Rejection {@code MODEL_NOT_FOUND}
     */
    public ModelView find(Actor actor, String name) {
        return view(model(name));
    }

    private ModelView view(Model model) {
        return model.view(em.find(ModelFile.class, model.name()));
    }

    /** The content of the file with a digest; empty when no model has it any more. */
    public Optional<byte[]> content(Actor actor, String sha256) {
        List<?> found = em.createNativeQuery("select content from core.gateway_model_files where sha256 = :sha256")
                .setParameter("sha256", sha256)
                .setMaxResults(1)
                .getResultList();
        return found.stream().map(content -> (byte[]) content).findFirst();
    }

    /**
     * Adds a model.
     *
     * @param file of an ONNX model; empty for others
     * @throws Rejection {@code INVALID_MODEL}, {@code MODEL_TAKEN}, {@code TOO_MANY_MODELS}, {@code SEALING_KEY_UNUSABLE}
     */
    public ModelView create(Actor actor, ModelOrder order, Optional<OnnxFile> file) {
        ModelOrder complete = order.checked(addresses).complete();
        if (file.isPresent() != (complete.kind() == ModelKind.ONNX)) {
            throw ModelOrder.invalid(List.of(new FieldError(
                    "file",
                    file.isPresent()
                            ? "must be left out, or kind be onnx"
                            : "must be sent: POST /api/mcp/models takes the model as a form's file")));
        }
        revise();
        refuseUnknownFallback(complete);
        if (em.find(Model.class, complete.name()) != null) {
            throw Rejection.of(
                    GatewayError.MODEL_TAKEN,
                    "name",
                    "There is a model %s. Change that one, or choose another name.".formatted(complete.name()));
        }
        if (em.createQuery("select count(m) from Model m", Long.class).getSingleResult() >= MAX_MODELS) {
            throw new Rejection(
                    GatewayError.TOO_MANY_MODELS,
                    "There are %d models, which is the maximum. Delete one that is not needed.".formatted(MAX_MODELS));
        }
        Model model = new Model(complete, sealed(complete, order.apiKey(), null), Instant.now());
        em.persist(model);
        file.ifPresent(one -> store(complete.name(), one));
        audit(null, view(model));
        return view(model);
    }

    private void store(String name, OnnxFile file) {
        em.flush();
        em.createNativeQuery("insert into core.gateway_model_files (model, sha256, bytes, signature, content)"
                        + " values (:model, :sha256, :bytes, :signature, :content)")
                .setParameter("model", name)
                .setParameter("sha256", file.sha256())
                .setParameter("bytes", file.content().length)
                .setParameter("signature", ModelFile.signature(file))
                .setParameter("content", file.content())
                .executeUpdate();
    }

    /**
     * Puts another model in a model's place, with the same name; the file of an ONNX model stays.
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
        ModelView before = view(model);
        if (complete.kind() != before.kind()) {
            throw ModelOrder.invalid(List.of(new FieldError(
                    "kind", "must stay %s".formatted(before.kind().words()))));
        }
        model.become(complete, sealed(complete, order.apiKey(), model), Instant.now());
        audit(before, view(model));
        return view(model);
    }

    /**
     * Takes a model away.
     *
     * @throws Rejection {@code MODEL_NOT_FOUND}, {@code MODEL_NEEDED}
     */
    public void delete(Actor actor, String name) {
        revise();
        Model model = model(name);
        list(actor).stream()
                .filter(view -> name.equals(view.fallback()))
                .findFirst()
                .ifPresent(view -> {
                    throw new Rejection(
                            GatewayError.MODEL_NEEDED,
                            "The model %s falls back to this one. Change that one first.".formatted(view.name()));
                });
        ModelView before = view(model);
        em.remove(model);
        audit(before, null);
    }

    private byte[] sealed(ModelOrder complete, String apiKey, Model before) {
        if (complete.kind() == ModelKind.ONNX) {
            return null;
        }
        LiveUpstream server = new LiveUpstream(UpstreamOrder.to(complete.baseUrl()));
        if (apiKey == null) {
            if (before == null || before.sealedKey() == null) {
                return null;
            }
            if (!new LiveUpstream(UpstreamOrder.to(view(before).baseUrl()))
                    .origin()
                    .equals(server.origin())) {
                throw ModelOrder.invalid(List.of(new FieldError(
                        "api_key", "must be sent again, or be empty: base_url names another server than before")));
            }
            return before.sealedKey();
        } else if (apiKey.isEmpty()) {
            return null;
        }
        return sealing.seal(apiKey, SealedModel.place(complete.name(), server), GatewayError.SEALING_KEY_UNUSABLE);
    }

    /**
     * Serializes changes, as for routes: a fallback must not be deleted while another change starts to reference it.
     */
    private void revise() {
        em.createNativeQuery("update core.gateway_revision set revision = revision + 1")
                .executeUpdate();
        changes.fire(new RevisionChanged(GatewayRoutes.REVISION));
    }

    private void refuseUnknownFallback(ModelOrder order) {
        if (order.fallback() == null) {
            return;
        }
        Model fallback = em.find(Model.class, order.fallback());
        if (fallback == null) {
            throw ModelOrder.invalid(
                    List.of(new FieldError("fallback", "must be an existing model; there is no " + order.fallback())));
        }
        if (view(fallback).kind() != order.kind()) {
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
