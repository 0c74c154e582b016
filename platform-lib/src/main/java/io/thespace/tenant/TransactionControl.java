package io.thespace.tenant;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Parser;

/** Finds statements that begin or end transactions. Savepoints are none of them. */
final class TransactionControl {

    private static final Set<String> WORDS = Set.of("BEGIN", "START", "COMMIT", "END", "ABORT", "ROLLBACK");
    private static final Set<String> NOISE = Set.of("WORK", "TRANSACTION");
    private static final int WORDS_THAT_TELL = 3;

    private TransactionControl() {}

    /**
     * The first such statement of a text.
     *
     * @param standardStrings whether a backslash in a string stands for itself
     * @return its first word; null when there is none
     * @throws SQLException when the driver cannot read the text
     */
    static String find(String sql, boolean standardStrings) throws SQLException {
        // Each of the driver's parts is one statement: the server refuses several in one message.
        for (NativeQuery statement : Parser.parseJdbcSql(sql, standardStrings, false, true, false, false)) {
            List<String> words = firstWords(statement.nativeSql);
            String first = words.isEmpty() ? "" : words.get(0);
            if (WORDS.contains(first) && !(first.equals("ROLLBACK") && toSavepoint(words))) {
                return first;
            }
            if (first.equals("PREPARE") && words.size() > 1 && words.get(1).equals("TRANSACTION")) {
                return "PREPARE TRANSACTION";
            }
        }
        return null;
    }

    private static boolean toSavepoint(List<String> words) {
        int next = words.size() > 1 && NOISE.contains(words.get(1)) ? 2 : 1;
        return words.size() > next && words.get(next).equals("TO");
    }

    private static List<String> firstWords(String sql) {
        List<String> words = new ArrayList<>();
        char[] text = sql.toCharArray();
        int at = 0;
        while (at < text.length && words.size() < WORDS_THAT_TELL) {
            int comment = text[at] == '-' ? Parser.parseLineComment(text, at) : Parser.parseBlockComment(text, at);
            if ((text[at] == '-' || text[at] == '/') && comment > at) {
                at = comment + 1;
            } else if (Character.isLetter(text[at])) {
                int end = at;
                while (end < text.length && (Character.isLetterOrDigit(text[end]) || text[end] == '_')) {
                    end++;
                }
                words.add(sql.substring(at, end).toUpperCase(Locale.ROOT));
                at = end;
            } else if (Character.isWhitespace(text[at]) || text[at] == '\u000b' || text[at] == '\ufeff') {
                at++;
            } else {
                break;
            }
        }
        return words;
    }
}
