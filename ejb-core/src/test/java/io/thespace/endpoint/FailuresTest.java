package io.thespace.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.thespace.plugin.api.Rejection;
import io.thespace.tenant.SpaceDataSource;
import jakarta.ejb.EJBException;
import jakarta.ejb.EJBTransactionRolledbackException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import java.sql.SQLException;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailuresTest {

    @Test
    void aRefusalStaysWhatItIs() {
        Rejection refusal = new Rejection(EndpointError.KEY_REUSED, "No.");

        assertThat(Failures.rejection(new EJBException(refusal))).isSameAs(refusal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "53300", "57P01", "57P02", "57P03"})
    void aDatabaseThatIsAwayIsAnOutage(String state) {
        assertThat(Failures.rejection(new EJBException(new SQLException("gone", state)))
                        .code())
                .isEqualTo(EndpointError.DATABASE_AWAY);
    }

    @Test
    void aDatabaseThatGoesAwayAtTheCommitIsAnOutageOnWildFly() {
        RollbackException rollback = new RollbackException("Could not commit transaction.");
        rollback.addSuppressed(new Exception(new SQLException("terminating connection", "57P01")));
        Exception failure = new EJBTransactionRolledbackException("Transaction rolled back", rollback);

        assertThat(Failures.rejection(failure).code()).isEqualTo(EndpointError.DATABASE_AWAY);
    }

    @Test
    void aDatabaseThatGoesAwayAtTheCommitIsAnOutageOnPayara() {
        XAException lost = new XAException("…LocalTransactionException: " + SpaceDataSource.LOST_AT_COMMIT + ": gone");
        SystemException failure = new SystemException();
        failure.initCause(lost);

        assertThat(Failures.rejection(new EJBException("Unable to complete", failure))
                        .code())
                .isEqualTo(EndpointError.DATABASE_AWAY);
        assertThat(Failures.rejection(new EJBException("Unable to complete", new XAException("a constraint")))
                        .code())
                .isEqualTo(EndpointError.DEFECT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01", "55P03", "57014"})
    void aConflictIsWorthASecondTry(String state) {
        assertThat(Failures.rejection(new SQLException("conflict", state)).code())
                .isEqualTo(EndpointError.BUSY);
    }

    @ParameterizedTest
    @CsvSource({
        "22003, INVALID_REQUEST",
        "22P05, INVALID_REQUEST",
        "23503, CONFLICT",
        "23505, CONFLICT",
        "23514, DATA_REJECTED",
        "23502, DATA_REJECTED"
    })
    void whatTheDatabaseRejectsIsNoCrash(String state, EndpointError code) {
        assertThat(Failures.rejection(new SQLException("rejected", state)).code())
                .isEqualTo(code);
    }

    @Test
    void anythingElseIsADefect() {
        assertThat(Failures.rejection(new IllegalStateException()).code()).isEqualTo(EndpointError.DEFECT);
        assertThat(Failures.rejection(new SQLException("no such column", "42703"))
                        .code())
                .isEqualTo(EndpointError.DEFECT);
        assertThat(Failures.rejection(new RollbackException()).code()).isEqualTo(EndpointError.DEFECT);
    }

    /** Closing a lost connection fails too; that does not excuse what came before. */
    @Test
    void aDefectStaysOneWhateverItSuppressed() {
        IllegalStateException defect = new IllegalStateException();
        defect.addSuppressed(new SQLException("gone", "08006"));

        assertThat(Failures.rejection(defect).code()).isEqualTo(EndpointError.DEFECT);
    }
}
