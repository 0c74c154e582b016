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
     * @param identifier an identifier of the person in data from other sources, for example an e-mail address or a
     *     customer's number; null when there is only the user. Compare its normal form, never the raw text
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

    /**
     * Counts the rows of each store (a table's name) that are about the subject; a store without any may be left out.
     */
    Map<String, Long> count(Actor actor, Subject subject);

    /** Hands every row about the subject to the sink: the store's name, and a record of what it holds. Memory stays bounded. */
    void export(Actor actor, Subject subject, BiConsumer<String, Object> sink);

    /**
     * Erases the data about the subject, or anonymises it where it must be kept (bookkeeping).
     *
     * @param most maximum of rows to process in this transaction; the caller repeats the call until nothing is left
     * @return the number of rows of each store that were processed; empty when nothing was left
     */
    Map<String, Long> erase(Actor actor, Subject subject, int most);

    /**
     * Returns the stores whose rows are kept after an erasure for legal reasons, each with the reason, which is
     * disclosed to the person. Kept rows reference a user by id only, which identifies no person once the account is
     * erased. What stays names a user by their id only, which leads to no person once the account is erased.
     */
    default Map<String, String> kept() {
        return Map.of();
    }
}
