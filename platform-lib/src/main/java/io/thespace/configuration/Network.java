package io.thespace.configuration;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * A range of addresses (CIDR, RFC 4632 and RFC 4291).
 *
 * @param address its first address
 * @param bits how many leading bits its addresses have in common
 */
public record Network(InetAddress address, int bits) {

    private static final Pattern ADDRESS = Pattern.compile("[0-9.]{7,15}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    /**
     * Reads {@code 10.0.0.0/8} or {@code fd00::/8}.
     *
     * @throws IllegalArgumentException with the reason
     */
    public static Network read(String text) {
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        if (slash < 0
                || !ADDRESS.matcher(host).matches()
                || !text.substring(slash + 1).matches("\\d{1,3}")) {
            throw new IllegalArgumentException("must name networks like 10.0.0.0/8, not " + text);
        }
        try {
            InetAddress address = InetAddress.getByName(host);
            int bits = Integer.parseInt(text.substring(slash + 1));
            if (bits > address.getAddress().length * 8) {
                throw new IllegalArgumentException("has a network with too many bits: " + text);
            }
            return new Network(address, bits);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("must name networks like 10.0.0.0/8, not " + text, e);
        }
    }

    /** Whether an address of the same family lies in it. */
    public boolean contains(InetAddress other) {
        byte[] mine = address.getAddress();
        byte[] theirs = other.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((mine[bit / 8] & mask) != (theirs[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
