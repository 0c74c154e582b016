package io.thespace.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.memory.MemorySearchView.ContributionView;
import io.thespace.memory.MemorySearchView.HitView;
import io.thespace.memory.MemorySearchView.ListView;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Searches of memories on a real PostgreSQL, as the application's role. */
class MemorySearchesDatabaseTest extends MemoryFixture {

    /** In a database with any ctype: what is folded and segmented is so by the platform's own functions. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Встреча в Москве        | МОСКВЕ",
                "ΟΔΟΣ ΑΘΗΝΑΣ             | αθηνας",
                "Ærø ligger i Danmark    | ÆRØ",
                "Der Schlüssel «liegt»   | liegt",
                "ＦＵＬＬ ｗｉｄｔｈ          | full",
                "東京都の天気は晴れです。  | 天気",
                "東京都の天気は晴れです。  | 東京都",
                "東京都の天気は晴れです。  | 晴",
                "北京大学在海淀区         | 大学",
                "서울에서 만나요           | 서울",
                "ฉันชอบกินข้าวผัด           | ข้าวผัด",
                "ຂ້ອຍມັກເຂົ້າໜຽວ             | ເຂົ້າ",
                "ｶﾞｲﾄﾞ ﾌﾞｯｸ                | ガイド",
                "می‌خواهم بروم            | میخواهم",
                "नमस्ते दुनिया।              | दुनिया",
                "שלום עולם               | עולם",
                "Անի Ջան։                | ջան",
            })
    void wordsAreFoundInEveryScript(String content, String query) {
        add(ours, order(content));

        assertThat(fullText(search(ours, query))).containsExactly(content);
        assertThat(fullText(search(ours, "-" + query))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"北京大学在海淀区, 海区", "東京都の天気, 京東", "Встреча в Москве, Москва", "Ærø, ÅRÅ", "ฉันชอบกินข้าว, ชอบข้าว"})
    void otherWordsAreNot(String content, String query) {
        add(ours, order(content));

        assertThat(fullText(search(ours, query))).isEmpty();
    }

    /** The results of the full text search, without trigrams. */
    private static List<String> fullText(MemorySearchView view) {
        return view.items().stream()
                .filter(hit -> hit.contributions().stream()
                        .anyMatch(part -> part.ranking().equals("full_text")))
                .map(hit -> hit.memory().content())
                .toList();
    }

    @Test
    void wordsAndLikenessAreFoundAndExplained() {
        add(ours, order("The customer wants an invoice in April."));
        add(ours, order("Invoices are sent on Mondays."));
        add(ours, order("Nothing of the kind."));
        add(theirs, order("Their invoice."));

        MemorySearchView view = search(ours, "invoice");

        assertThat(found(view))
                .containsExactly("The customer wants an invoice in April.", "Invoices are sent on Mondays.");
        HitView best = view.items().get(0);
        assertThat(best.contributions().stream().map(ContributionView::ranking))
                .containsExactly("full_text", "trigram", "importance", "recency");
        assertThat(best.score())
                .isEqualTo(best.contributions().stream()
                        .mapToDouble(ContributionView::contribution)
                        .sum());
        assertThat(best.contributions().get(0).contribution()).isEqualTo(1.0 / 61);
        assertThat(view.items().get(1).contributions().stream().map(ContributionView::ranking))
                .containsExactly("trigram", "importance", "recency");
        assertThat(view.lists())
                .containsExactly(new ListView("full_text", 1, true, null), new ListView("trigram", 2, true, null));
    }

    @Test
    void aMisspeltWordIsFoundByItsLikeness() {
        add(ours, order("The customer wants an invoice."));
        assertThat(found(search(ours, "custommer"))).hasSize(1);
        assertThat(found(search(ours, "zzzzzz"))).isEmpty();
    }

    @Test
    void queriesAreReadAsOnTheWeb() {
        add(ours, order("red apples"));
        add(ours, order("green apples"));
        add(ours, order("apples that are red"));
        assertThat(search(ours, "\"red apples\"").lists().get(0).candidates()).isEqualTo(1);
        assertThat(search(ours, "apples -red").lists().get(0).candidates()).isEqualTo(1);
        assertThat(search(ours, "green or red").lists().get(0).candidates()).isEqualTo(3);
        for (String odd : List.of("!!!", "'", "\\", "a & | ! (", "-", "\"", ":*", "%_", "or", "日本")) {
            assertThat(search(ours, odd).items()).as(odd).hasSizeLessThan(4);
        }
    }

    @Test
    void importanceDecidesBetweenWhatFitsAlike() {
        add(ours, important("alpha beta", "0.9"));
        add(ours, important("alpha gamm", "0.1"));
        assertThat(found(search(ours, "alpha"))).containsExactly("alpha beta", "alpha gamm");
    }

    /** What matches everything costs no more than its candidates, and says that there was more. */
    @Test
    void aWordThatAllHoldBringsTheNewestCandidates() throws Exception {
        fill(3000);

        MemorySearchView view = search(ours, "memory");

        assertThat(view.items()).hasSize(20);
        assertThat(view.lists())
                .containsExactly(
                        new ListView("full_text", MemorySearches.CANDIDATES, false, null),
                        new ListView("trigram", MemorySearches.CANDIDATES, false, null));
    }

    @Test
    void aMisspeltWordThatAllHoldBringsTheNewest() throws Exception {
        fill(3000);
        List<UUID> newest = database.in(
                ours.orgId(), em -> em.createQuery("select m.id from Memory m order by m.id desc", UUID.class)
                        .setMaxResults(MemorySearches.CANDIDATES)
                        .getResultList());

        MemorySearchView view = search(ours, "custommer");

        assertThat(view.lists())
                .containsExactly(
                        new ListView("full_text", 0, true, null),
                        new ListView("trigram", MemorySearches.CANDIDATES, false, null));
        assertThat(view.items())
                .hasSize(20)
                .extracting(hit -> hit.memory().id())
                .isSubsetOf(newest);
        assertThat(search(theirs, "custommer").items()).isEmpty();
    }

    @Test
    void aListThatRunsOutOfTimeSaysSo() throws Exception {
        add(ours, order("tea"));
        try (Connection other = database.application().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table core.memories");
            MemorySearchView view = search(
                    ours, new MemorySearch("tea", null, null, null, null, null), searches -> searches.listMillis = 200);
            assertThat(view.lists())
                    .containsExactly(
                            new ListView("full_text", 0, false, null), new ListView("trigram", 0, false, null));
            other.rollback();
        }
        assertThat(found(search(ours, "tea"))).containsExactly("tea");
    }

    private void fill(int count) throws Exception {
        database.sql(
                """
                insert into core.memories (id, org_id, content, content_hash, importance, valid_from, created_at, changed_at)
                select gen_random_uuid(), '%s', 'memory ' || g || ' of a customer', sha256(g::text::bytea), 0.5, now() - interval '1 day', now(), now()
                from generate_series(1, %d) g
                """
                        .formatted(ours.orgId(), count));
        database.sql("analyze core.memories");
    }
}
