package io.thespace.plugin.api;

import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * Access to a plugin's personal data for access, portability and erasure requests (GDPR articles 15, 20 and 17). Each method is
 * called in a transaction in the actor's organization and sees that organization only.
 */
public interface PersonalData {

    /** For a plugin without personal data. */
    PersonalData NONE = new PersonalData() {
        @Override
        public Map<String, Long> count(Actor actor, Subject subject) {
            return Map.of();
        }

        @Override
        public void export(Actor actor, Subject subject, BiConsumer<String, Object> sink) {
            // There is nothing.
        }

        @Override
        public Map<String, Long> erase(Actor actor, Subject subject, int most) {
            return Map.of();
        }
    };

    /**
     * The data subject of a request.
     *
     * @param userId a user of the platform; null for a person who is not a user
     * @param identifier how the person is called in data that others brought, for example an e-mail address or a customer's
     *     number; null when there is only the user. Compare it by its normal form and never as it is
     */
    record Subject(UUID userId, String identifier) {

        /** {@link PersonIdentifier#normalForm} of the identifier; null for none. */
        public String normalForm() {
            return PersonIdentifier.normalForm(identifier);
        }

        /** {@link PersonIdentifier#exact} of the identifier; null for none. */
        public String exact() {
            return PersonIdentifier.exact(identifier);
        }

        /** {@link PersonIdentifier#mention} of the identifier; null for none. */
        public String mention() {
            return PersonIdentifier.mention(identifier);
        }
    }

    /** How many rows of each store (a table's name) are about the subject; a store without any may be left out. */
    Map<String, Long> count(Actor actor, Subject subject);

    /** Hands every row about the subject to the sink: the store's name, and a record of what it holds. Memory stays bounded. */
    void export(Actor actor, Subject subject, BiConsumer<String, Object> sink);

    /**
     * Erases what is about the subject, or anonymises it where it must stay (bookkeeping).
     *
     * @param most rows to treat in this transaction; the caller calls again until nothing is left
     * @return how many rows of each store were treated; empty when nothing was left
     */
    Map<String, Long> erase(Actor actor, Subject subject, int most);

    /**
     * The stores whose rows stay after an erasure since a law asks for them, each with the reason, which the person is told.
     * What stays names a user by their id only, which leads to no person once the account is erased.
     */
    default Map<String, String> kept() {
        return Map.of();
    }
}
