package io.thespace.gateway;

import com.github.f4b6a3.uuid.UuidCreator;
import io.thespace.audit.AuditDraft;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Page;
import io.thespace.plugin.api.PageRequest;
import io.thespace.plugin.api.Rejection;
import io.thespace.revision.RevisionChanged;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The gateway's routes, as configured by platform administrators. */
@Stateless
public class GatewayRoutes {

    /** The revision of routes and models together: nodes load them as one. */
    public static final String REVISION = "gateway-routes";

    /** It bounds what each node holds and resolves. */
    static final int MAX_ROUTES = 200;

    @PersistenceContext(unitName = "core")
    EntityManager em;

    private Event<RevisionChanged> changes;
    private AddressRule addresses;

    @Inject
    void use(Event<RevisionChanged> told, AddressRule rule) {
        changes = told;
        addresses = rule;
    }

    /** The routes by prefix. */
    public Page<RouteView> list(Actor actor, PageRequest page) {
        TypedQuery<GatewayRoute> rows = em.createQuery(
                        "select r from GatewayRoute r" + (page.after().isEmpty() ? "" : " where r.prefix > :after")
                                + " order by r.prefix",
                        GatewayRoute.class)
                .setMaxResults(page.limit() + 1);
        page.after().ifPresent(after -> rows.setParameter("after", after));
        return Page.of(rows.getResultList().stream().map(GatewayRoute::view).toList(), page.limit(), RouteView::prefix);
    }

    /** All of them, for the node that carries requests by them. */
    public List<RouteView> all(Actor actor) {
        return em.createQuery("select r from GatewayRoute r order by r.prefix", GatewayRoute.class)
                .setMaxResults(MAX_ROUTES)
                .getResultStream()
                .map(GatewayRoute::view)
                .toList();
    }

    /** Grows with each change. */
    public long revision(Actor actor) {
        return ((Number) em.createNativeQuery("select revision from core.gateway_revision")
                        .getSingleResult())
                .longValue();
    }

    /**
     * Returns a route.
     *
     * @throws Rejection {@code ROUTE_NOT_FOUND}
     */
    public RouteView find(Actor actor, UUID id) {
        return route(id).view();
    }

    /**
     * Adds a route.
     *
     * @throws Rejection {@code INVALID_ROUTE}, {@code PREFIX_TAKEN}, {@code TOO_MANY_ROUTES}
     */
    public RouteView create(Actor actor, RouteOrder order) {
        RouteOrder complete = order.checked(addresses).complete();
        revise();
        refuseTaken(complete.prefix(), null);
        long there = em.createQuery("select count(r) from GatewayRoute r", Long.class)
                .getSingleResult();
        if (there >= MAX_ROUTES) {
            throw new Rejection(
                    GatewayError.TOO_MANY_ROUTES,
                    "There are %d routes, which is the maximum. Delete one that is not needed.".formatted(MAX_ROUTES));
        }
        GatewayRoute route = new GatewayRoute(UuidCreator.getTimeOrderedEpoch(), complete, Instant.now());
        em.persist(route);
        audit(null, route.view());
        return route.view();
    }

    /**
     * Puts another route in a route's place.
     *
     * @throws Rejection {@code INVALID_ROUTE}, {@code ROUTE_NOT_FOUND}, {@code PREFIX_TAKEN}
     */
    public RouteView change(Actor actor, UUID id, RouteOrder order) {
        RouteOrder complete = order.checked(addresses).complete();
        revise();
        GatewayRoute route = route(id);
        refuseTaken(complete.prefix(), id);
        RouteView before = route.view();
        route.become(complete, Instant.now());
        audit(before, route.view());
        return route.view();
    }

    /**
     * Takes a route away.
     *
     * @throws Rejection {@code ROUTE_NOT_FOUND}
     */
    public void delete(Actor actor, UUID id) {
        revise();
        GatewayRoute route = route(id);
        RouteView before = route.view();
        em.remove(route);
        audit(before, null);
    }

    /** Serializes changes: two concurrent changes that add the same prefix would both find it free. */
    private void revise() {
        em.createNativeQuery("update core.gateway_revision set revision = revision + 1")
                .executeUpdate();
        changes.fire(new RevisionChanged(REVISION));
    }

    private void refuseTaken(String prefix, UUID mine) {
        boolean taken = em.createQuery("select r.id from GatewayRoute r where r.prefix = :prefix", UUID.class)
                .setParameter("prefix", prefix)
                .getResultStream()
                .anyMatch(id -> !id.equals(mine));
        if (taken) {
            throw Rejection.of(
                    GatewayError.PREFIX_TAKEN,
                    "prefix",
                    "Another route has the prefix %s. Change that one, or choose another prefix.".formatted(prefix));
        }
    }

    private GatewayRoute route(UUID id) {
        GatewayRoute route = em.find(GatewayRoute.class, id);
        if (route == null) {
            throw new Rejection(GatewayError.ROUTE_NOT_FOUND, "There is no route with this id.");
        }
        return route;
    }

    private static void audit(RouteView before, RouteView after) {
        AuditDraft.current().ifPresent(draft -> draft.changed(before, after));
    }
}
