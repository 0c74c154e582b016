package io.thespace.identity;

import jakarta.persistence.EntityManager;

/** The session beans of this package in a transaction of a {@link TestDatabase}. */
public final class TestIdentity {

    private TestIdentity() {}

    @SuppressWarnings("UnnecessaryAssignment") // there is no container to inject it
    public static Organizations organizations(EntityManager em) {
        Organizations organizations = new Organizations();
        organizations.em = em;
        organizations.changes = new Fired<>();
        organizations.creations = new Fired<>();
        return organizations;
    }

    public static Users users(EntityManager em) {
        Users users = new Users();
        users.em = em;
        return users;
    }

    @SuppressWarnings("UnnecessaryAssignment") // there is no container to inject it
    public static Memberships memberships(EntityManager em) {
        Memberships memberships = new Memberships();
        memberships.em = em;
        memberships.changes = new Fired<>();
        return memberships;
    }
}
