package io.thespace.mirrorcore;

/**
 * Linguistic style matching: the similarity of two speakers' use of function words. For each of the nine categories 1 −
 * |p − q| / (p + q + 0.0001), with p and q the category's share of each one's words in percent, and of these the mean:
 * 0 (nothing alike) to 1 (the same); it is symmetric. Source: Ireland, M. E. & Pennebaker, J. W. (2010), Language style
 * matching in writing, Journal of Personality and Social Psychology 99(3), 549–571.
 */
final class StyleMatch {

    private StyleMatch() {}

    /**
     * The mean of the categories.
     *
     * @param counts of function words by category, as {@link Lexicon#CATEGORIES} has them
     * @param words of that speaker, above zero
     */
    static double of(long[] counts, long words, long[] otherCounts, long otherWords) {
        double sum = 0;
        for (int i = 0; i < counts.length; i++) {
            sum += category(100.0 * counts[i] / words, 100.0 * otherCounts[i] / otherWords);
        }
        return sum / counts.length;
    }

    /** Returns the match of one category, from its shares in percent. */
    static double category(double share, double otherShare) {
        return 1 - Math.abs(share - otherShare) / (share + otherShare + 0.0001);
    }
}
