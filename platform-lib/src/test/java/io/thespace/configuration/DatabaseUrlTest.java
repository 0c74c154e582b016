package io.thespace.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

    @Test
    void readsEveryPart() {
        assertThat(DatabaseUrl.parse("postgresql://own%40er:p%3Aw+d@db.example.org:6543/space?sslmode=require"))
                .isEqualTo(new DatabaseUrl(
                        "db.example.org", 6543, "space", "own@er", "p:w+d", Map.of("sslmode", "require")));
    }

    @Test
    void readsTheShortSchemeAndTheUsualPort() {
        assertThat(DatabaseUrl.parse("postgres://o:p@db/space").port()).isEqualTo(5432);
    }

    @Test
    void readsJdbcsForm() {
        DatabaseUrl url = DatabaseUrl.parse("jdbc:postgresql://db:1/space?user=o&password=p&ApplicationName=x");
        assertThat(url).isEqualTo(new DatabaseUrl("db", 1, "space", "o", "p", Map.of("ApplicationName", "x")));
        assertThat(url.jdbc()).isEqualTo("jdbc:postgresql://db:1/space");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://o:secret@db/space",
                "postgresql://o:secret@db",
                "postgresql://o:sec ret@db/space",
                "postgresql://secret@db/space",
                "secret"
            })
    void refusesOthersWithoutQuotingThem(String text) {
        assertThatThrownBy(() -> DatabaseUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret")
                .hasMessageNotContaining("sec ret");
    }

    @Test
    void showsNoPassword() {
        assertThat(DatabaseUrl.parse("postgresql://o:secret@db/space")).hasToString("postgresql://o:***@db:5432/space");
    }
}
