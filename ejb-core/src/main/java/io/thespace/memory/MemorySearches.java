package io.thespace.memory;

import io.thespace.memory.MemorySearchView.HitView;
import io.thespace.memory.MemorySearchView.ListView;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Rejection;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Searches of memories: by words, by likeness and by meaning, fused by rank. */
@Stateless
public class MemorySearches {

    /** The maximum of matches that each list examines, and of the best of these that are ranked. */
    static final int POOL = 1000;

    static final int CANDIDATES = 200;

    private static final int DEFAULT_HITS = 20;

    @PersistenceContext(unitName = "core")
    EntityManager em;

    @Inject
    Embeddings embeddings;

    /** The time limit of one list of a search. */
    int listMillis = 1000;

    /**
     * Searches among the memories that hold.
     *
     * @throws Rejection {@code INVALID_TIME}
     */
    public MemorySearchView search(Actor actor, MemorySearch search) {
        // First, while this transaction has no connection yet that would wait with it.
        Embeddings.Sought meaning = embeddings.seek(search.query());
        Candidates words = candidates("memories_by_words", "core.sought(:query)", actor, search, search.query(), POOL);
        // Of words that many memories hold the likeness is measured only where they were found: their trigrams are
        // nearly everywhere.
        Candidates trigrams = words.complete()
                ? byTrigrams(actor, search)
                : new Candidates(alike(search.query(), words.values()), false);
        Candidates near = meaning.vector() == null
                ? new Candidates(Map.of(), false)
                : candidates("memories_by_embedding", ":query", actor, search, meaning.vector(), CANDIDATES);
        Map<UUID, Memory> found = rows(actor, words, trigrams, near);
        Fusion fusion = new Fusion();
        fusion.add(Ranking.FULL_TEXT, words.values());
        fusion.add(Ranking.TRIGRAM, trigrams.values());
        fusion.add(Ranking.EMBEDDING, near.values());
        fusion.add(
                Ranking.IMPORTANCE,
                values(found, memory -> memory.view().importance().doubleValue()));
        fusion.add(
                Ranking.RECENCY,
                values(found, memory -> memory.view().validFrom().getEpochSecond()));
        List<HitView> hits = new ArrayList<>();
        for (Fusion.Fused fused : fusion.best(found.size())) {
            Memory memory = found.get(fused.id());
            if (memory != null && hits.size() < (search.limit() == null ? DEFAULT_HITS : search.limit())) {
                hits.add(new HitView(memory.view(), fused.score(), fused.contributions()));
            }
        }
        List<ListView> lists =
                new ArrayList<>(List.of(words.view(Ranking.FULL_TEXT, null), trigrams.view(Ranking.TRIGRAM, null)));
        if (meaning.vector() != null || meaning.reason() != null) {
            lists.add(near.view(Ranking.EMBEDDING, meaning.reason()));
        }
        return new MemorySearchView(hits, lists);
    }

    /** The candidates that one list found. */
    private record Candidates(Map<UUID, Double> values, boolean complete) {

        /** The best of both, of which neither has all. */
        Candidates and(Candidates others) {
            Map<UUID, Double> all = new HashMap<>(values);
            all.putAll(others.values);
            Map<UUID, Double> best = new LinkedHashMap<>();
            all.entrySet().stream()
                    .sorted(Map.Entry.<UUID, Double>comparingByValue()
                            .reversed()
                            .thenComparing(
                                    Map.Entry.<UUID, Double>comparingByKey().reversed()))
                    .limit(CANDIDATES)
                    .forEach(entry -> best.put(entry.getKey(), entry.getValue()));
            return new Candidates(best, false);
        }

        ListView view(Ranking ranking, String reason) {
            return new ListView(ranking.text(), values.size(), complete, reason);
        }
    }

    /**
     * With too many similar memories the index returns any of them, or none in time; therefore the newest are searched,
     * too.
     */
    private Candidates byTrigrams(Actor actor, MemorySearch search) {
        Candidates any = candidates("memories_by_trigrams", ":query", actor, search, search.query(), POOL);
        return any.complete()
                ? any
                : any.and(candidates("memories_newest_by_trigrams", ":query", actor, search, search.query(), POOL));
    }

    /** @param parameter the function's first argument, in SQL */
    private Candidates candidates(
            String function, String parameter, Actor actor, MemorySearch search, String sought, int pool) {
        Instant at = search.asOf() == null ? Instant.now() : Memory.time("as_of", search.asOf());
        em.createNativeQuery("set local statement_timeout = " + listMillis).executeUpdate();
        @SuppressWarnings("unchecked")
        List<Object[]> rows = em.createNativeQuery("select memory, value from core." + function
                        + "(" + parameter + ", cast(:acting as uuid), cast(:agent as uuid),"
                        + " cast(:category as text), cast(:least as double precision), :at, :pool)")
                .setParameter("query", sought)
                .setParameter("acting", actor.agentId())
                .setParameter("agent", search.agentId())
                .setParameter("category", search.category())
                .setParameter(
                        "least",
                        search.minImportance() == null
                                ? null
                                : search.minImportance().doubleValue())
                .setParameter("at", at)
                .setParameter("pool", pool)
                .getResultList();
        em.createNativeQuery("set local statement_timeout to default").executeUpdate();
        boolean inTime = !rows.removeIf(row -> row[0] == null);
        return new Candidates(
                values(rows.stream()
                        .sorted(Comparator.comparingDouble((Object[] row) -> (Double) row[1])
                                .reversed())
                        .limit(CANDIDATES)
                        .toList()),
                inTime && rows.size() <= CANDIDATES);
    }

    private Map<UUID, Double> alike(String query, Map<UUID, Double> words) {
        if (words.isEmpty()) {
            return Map.of();
        }
        @SuppressWarnings("unchecked")
        List<Object[]> rows = em.createNativeQuery(
                        "select memory, value from core.memories_alike(:query, cast(:ids as uuid[]))")
                .setParameter("query", query)
                .setParameter(
                        "ids", words.keySet().stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}")))
                .getResultList();
        return values(rows);
    }

    private static Map<UUID, Double> values(List<Object[]> rows) {
        Map<UUID, Double> values = new LinkedHashMap<>();
        for (Object[] row : rows) {
            values.put((UUID) row[0], (Double) row[1]);
        }
        return values;
    }

    private static Map<UUID, Double> values(Map<UUID, Memory> found, Function<Memory, Number> value) {
        Map<UUID, Double> values = new LinkedHashMap<>();
        found.forEach((id, memory) -> values.put(id, value.apply(memory).doubleValue()));
        return values;
    }

    /**
     * The memories of the lists, read again as the application's role: row-level security decides which the actor may see, not
     * the functions that made the lists.
     */
    private Map<UUID, Memory> rows(Actor actor, Candidates... lists) {
        List<UUID> ids = new ArrayList<>();
        for (Candidates list : lists) {
            list.values().keySet().stream().filter(id -> !ids.contains(id)).forEach(ids::add);
        }
        Map<UUID, Memory> found = new LinkedHashMap<>();
        if (!ids.isEmpty()) {
            Conditions conditions = new Conditions(actor).and("m.id in ", "ids", ids);
            conditions
                    .bind(em.createQuery(conditions.query("select m from Memory m", ""), Memory.class))
                    .getResultList()
                    .forEach(memory -> found.put(memory.id(), memory));
        }
        return found;
    }
}
