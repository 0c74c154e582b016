package io.thespace.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The statements that end a transaction, in any spelling. */
class TransactionControlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "commit",
                "COMMIT;",
                " \n\t Commit work and chain",
                "-- a comment\ncommit",
                "/* a /* nested */ comment */ commit",
                "select 1; commit; select 2",
                "select 'a;b'; -- ; commit\n rollback",
                "rollback",
                "rollback work",
                "rollback/**/and chain",
                "begin",
                "start transaction",
                "end",
                "abort",
                "prepare transaction 'x'",
                "prepare /* x */ transaction 'x'",
                "commit prepared 'x'",
                "do $$ begin commit; end $$; commit"
            })
    void controlIsFound(String sql) throws SQLException {
        assertThat(TransactionControl.find(sql, true)).as(sql).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 'commit'",
                "select 1 -- ; commit",
                "select /* ; commit; */ 1",
                "select $x$; commit; $x$",
                "do $$ begin null; end $$",
                "create function f() returns int language sql begin atomic select 1; end",
                "savepoint s",
                "rollback to s",
                "rollback to savepoint s",
                "rollback work to savepoint s",
                "release s",
                "prepare p as select 1",
                "insert into commit values (?)",
                "",
                ";;"
            })
    void otherStatementsAreNot(String sql) throws SQLException {
        assertThat(TransactionControl.find(sql, true)).as(sql).isNull();
    }

    @Test
    void backslashesInStringsAreReadAsTheServerReadsThem() throws SQLException {
        String sql = "select 'a\\'; commit; --'";

        assertThat(TransactionControl.find(sql, true)).isEqualTo("COMMIT");
        assertThat(TransactionControl.find(sql, false)).isNull();
    }
}
